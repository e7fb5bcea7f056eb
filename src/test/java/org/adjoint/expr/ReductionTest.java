package org.adjoint.expr;

import static org.adjoint.expr.Loops.assertEntries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.adjoint.expr.Reduction.Operation;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** Maximum, product, log-sum-exp and the indicator of the first maximum against loops. */
class ReductionTest {
    private static final Variable A = Variable.of("A", Shape.of("m", "n"));
    private static final Variable T = Variable.of("T", Shape.of(Size.of(2), Size.symbol("m"), Size.symbol("n")));

    private static Rational max(IntStream indices, IntFunction<Rational> entry) {
        return indices.mapToObj(entry).reduce((a, b) -> a.compareTo(b) >= 0 ? a : b).orElseThrow();
    }

    @Test
    void maximum() {
        assertEntries(Reduction.of(Operation.MAX, A, 1),
                (at, o) -> max(IntStream.range(0, at.size("n")), j -> at.of(A, o[0], j)));
        assertEntries(Reduction.of(Operation.MAX, T, 2, 0), (at, o) -> max(IntStream.range(0, 2 * at.size("n")),
                k -> at.of(T, k % 2, o[0], k / 2)));
    }

    @Test
    void product() {
        assertEntries(Reduction.of(Operation.PRODUCT, A, 0), (at, o) -> IntStream.range(0, at.size("m"))
                .mapToObj(i -> at.of(A, i, o[0])).reduce(Rational.ONE, Rational::times));
    }

    /** One at the first maximal entry in row-major order over the reduced axes. */
    @Test
    void firstMaximum() {
        Expr coarse = Functions.FLOOR.apply(T);
        assertEntries(Reduction.of(Operation.FIRST_MAX, coarse, 0, 2), (at, o) -> {
            int n = at.size("n");
            int best = 0;
            for (int k = 1; k < 2 * n; k++) {
                Rational here = Rational.of(at.of(T, k / n, o[1], k % n).floor());
                Rational there = Rational.of(at.of(T, best / n, o[1], best % n).floor());
                best = here.compareTo(there) > 0 ? k : best;
            }
            return best == o[0] * n + o[2] ? Rational.ONE : Rational.ZERO;
        });
    }

    /** logsumexp x = log Σ eˣ. */
    @Test
    void logSumExp() {
        Numerically.assertSame("logsumexp", Reduction.of(Operation.LOG_SUM_EXP, T, 0, 2),
                Functions.LOG.apply(Tensors.sum(Functions.EXP.apply(T), new int[] {0, 2}, false)), 3);
    }

    @Test
    void axesHaveNoOrder() {
        assertThat(Reduction.of(Operation.MAX, T, 2, 0)).isSameAs(Reduction.of(Operation.MAX, T, 0, 2));
        assertThat(Reduction.of(Operation.MAX, T)).isSameAs(T);
        assertThat(Reduction.of(Operation.FIRST_MAX, T)).isSameAs(Contraction.ones(T.shape()));
        assertThat(Tensors.reduce(Operation.MAX, T, new int[] {-1}, true).shape())
                .isEqualTo(Shape.of(Size.of(2), Size.symbol("m"), Size.ONE));
    }

    @Test
    void shapeErrors() {
        for (int[] axes : List.of(new int[] {2}, new int[] {-1}, new int[] {0, 0})) {
            assertThatThrownBy(() -> Reduction.of(Operation.MAX, A, axes)).isInstanceOf(ShapeError.class)
                    .hasMessageContaining("axes of a reduction must exist and differ")
                    .hasMessageContaining("got A [m, n]");
        }
    }
}
