package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The referee is judged first: every published form passes, and none passes that is off by a thousandth. */
class RefereeTest {
    /** Whose derivative is zero, which stays right when it is scaled. */
    private static final Set<String> ZERO = Set.of("n_14");

    @Test
    void everyPublishedFormIsRight() {
        assertThat(Case.own()).hasSizeGreaterThan(500)
                .allSatisfy(each -> assertThat(Referee.objection(each)).isEmpty());
    }

    @Test
    void everyFormScaledByAThousandthIsRejected() {
        assertThat(Case.own()).filteredOn(each -> !ZERO.contains(each.id()))
                .allSatisfy(each -> assertThat(Referee.objection(each, 1.001)).isPresent());
    }

    @Test
    void everyRowHasANameOfItsOwn() {
        assertThat(Case.own().stream().map(Case::id).collect(Collectors.groupingBy(id -> id, Collectors.counting())))
                .allSatisfy((id, count) -> assertThat(count).as(id).isEqualTo(1));
    }

    /** Values computed by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "-2^2 | -4", "2^3^2 | 512", "2^-1 | 0.5", "7-2-1 | 4", "8/4/2 | 1", "2.*3 | 6",
            "x'*y | 11", "tr(A*A) | 29", "det(A) | -2", "sum(inv(A)) | 0", "tr(A^2)+tr(A^-1) | 26.5",
            "sum(A.*A') | 29", "sum(A')-sum(A) | 0", "norm2(x)^2+norm1(-x) | 8", "prod(x)*prod(y) | 24",
            "sum(diag(x)*A) | 17", "diagvec(A)'*x | 9", "rowsum(A)'*x | 17", "colsum(A)'*x | 16",
            "vec(A)'*kron(x,y) | 59", "sum(comm(2,2)*vec(A)-vec(A')) | 0", "sum(kron(A,eye(2))) | 20",
            "conv(x,y)'*conv(x,y) | 173", "corr(x,y) | 11", "sum(toep(x,2)*y-conv(y,x)) | 0",
            "sum(im2col(x,1)-x) | 0", "sum(conv2(A,A)) | 100", "corr2(A,A) | 30",
            "einsum(\"ij,j,i->\",A,x,y) | 59", "sum(einsum(\"i,j->ij\",x,y)-x*y') | 0", "step(0)+step(2) | 1",
            "sum(softmax(x)) | 1", "sum(softmaxrows(A)) | 2", "exp(logsumexp(x))-sum(exp(x)) | 0",
            "det(expm(A))-exp(tr(A)) | 0", "sum(zeros(2,2))+sum(ones(3)) | 3", "relu(-1)+abs(-2)+sign(-3) | 1",
    })
    void valuesAreThoseOfTheNotation(String text, double value) {
        Map<String, Array> values = Map.of("x", Array.column(1, 2), "y", Array.column(3, 4), "A",
                Array.matrix(2, 2, (i, j) -> 1 + 2 * i + j));
        assertThat(Naive.value(TermParser.parse(text), values).value())
                .isCloseTo(value, org.assertj.core.data.Offset.offset(1e-9));
    }
}
