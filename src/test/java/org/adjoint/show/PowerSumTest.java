package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.MatrixFunction.Operation;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** The sums that stand for the derivative of a matrix power have its value, and print with an index of their own. */
class PowerSumTest {
    private static final Variable X = Variable.of("X", Shape.of("n", "n"), Fact.Named.INVERTIBLE);
    private static final Variable E = Variable.of("E", Shape.of("n", "n"));

    private static Expr power(long k) {
        return MatrixFunction.power(X, Constant.of(k));
    }

    private static Expr term(long left, long right) {
        return power(left).matmul(E).matmul(power(right));
    }

    /** Σ_{j=0}^{k−1} Xʲ E Xᵏ⁻¹⁻ʲ, and −Σ_{j=1}^{−k} X⁻ʲ E Xᵏ⁻¹⁺ʲ for negative k. */
    @Test
    void bothSumsAreTheDerivative() {
        for (long k = -3; k <= 4; k++) {
            List<Expr> terms = new ArrayList<>();
            for (long j = 0; j < k; j++) {
                terms.add(term(j, k - 1 - j));
            }
            for (long j = 1; j <= -k; j++) {
                terms.add(term(-j, k - 1 + j).negate());
            }
            Expr sum = terms.isEmpty() ? E.times(0) : Tensors.sum(terms);
            Expr slope = MatrixFunction.of(Operation.POWER_SLOPE, List.of(X, Constant.of(k), E));
            Numerically.assertSame("k = " + k, slope, sum, 5);
        }
    }

    @Test
    void theIndexIsNoOtherName() {
        Variable j = Variable.scalar("j", Fact.Named.NATURAL);
        Expr slope = MatrixFunction.of(Operation.POWER_SLOPE, List.of(X, j, E));
        assertThat(UnicodePrinter.text(slope)).isEqualTo("Σ_{i = 0..j − 1} X^i E X^(j − 1 − i)");
        Expr twice = MatrixFunction.of(Operation.POWER_SLOPE, List.of(X, j, slope));
        assertThat(LatexPrinter.text(twice)).isEqualTo("\\sum_{l=0}^{j - 1} X^{l} "
                + "\\left(\\sum_{i=0}^{j - 1} X^{i} E X^{j - 1 - i}\\right) X^{j - 1 - l}");
    }
}
