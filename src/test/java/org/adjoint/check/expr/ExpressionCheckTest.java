package org.adjoint.check.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.adjoint.check.GradientCheck;
import org.adjoint.check.Kind;
import org.adjoint.check.Outcome;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Code against expressions, and expressions against their own derivatives. */
class ExpressionCheckTest {

    private static final Variable A = Variable.of("A", Shape.of("m", "n"));
    private static final Variable X = Variable.of("x", Shape.of("n"));
    private static final Sizes SIZES = Sizes.of(Map.of("m", 3, "n", 2));

    private static Expr total(Expr y) { return Tensors.sum(y, new int[] {0}, false); }

    private static GradientCheck swept(Expr f) {
        return ExpressionCheck.gradient(f, List.of(A, X),
                List.of(ReverseSweep.gradient(f, A), ReverseSweep.gradient(f, X)), SIZES);
    }

    /** What is left of the slopes of terms that saturate and cancel is below the rounding of a claim in doubles. */
    @Test
    void saturatedTermsThatCancel() {
        var f = total(Functions.TANH.apply(Tensors.matmul(A, X)));
        assertThat(swept(f).at(new double[][] {{0, 0, 0, -1, 0, 1}, {0, -38}}).check().wrong()).isEmpty();
        for (long seed = 0; seed < 40; seed++) {
            assertThat(swept(f).points(9).seed(seed).shrinking(false).check().wrong()).as("seed %s", seed).isEmpty();
        }
        assertThat(swept(f).points(9).seed(-8203994664140224928L).check().wrong()).isEmpty();
    }

    @Test
    void theSweepOfAnExpressionIsItsGradient() {
        var f = total(Functions.TANH.apply(Tensors.matmul(A, X)));
        var report = swept(f).points(9).check();
        assertThat(report.confirmed()).as("%s", report).isTrue();
        var swapped = ExpressionCheck.gradient(f, List.of(A, X),
                List.of(ReverseSweep.gradient(f, A), ReverseSweep.gradient(total(Tensors.matmul(A, X)), X)), SIZES)
                .points(1).check();
        assertThat(swapped.passed()).isFalse();
    }

    @Test
    void codeAgainstAnExpression() {
        var y = Functions.EXP.apply(X);
        var right = ExpressionCheck.of(y, List.of(X), SIZES)
                .vjp((in, w) -> new double[][] {{Math.exp(in[0][0]) * w[0], Math.exp(in[0][1]) * w[1]}})
                .at(0.3, -2).check();
        assertThat(right.confirmed()).as("%s", right).isTrue();
        var wrong = ExpressionCheck.of(y, List.of(X), SIZES)
                .vjp((in, w) -> new double[][] {{Math.exp(in[0][0]) * w[0], 1.0000001 * Math.exp(in[0][1]) * w[1]}})
                .at(0.3, -2).check();
        assertThat(wrong.wrong()).anyMatch(f -> f.probe().toString().contains("x[1]"));
        assertThat(wrong.smallest()).isPresent();
    }

    /** 1e10 + sin x changes too little for doubles to say much: sixty digits do. */
    @Test
    void sixtyDigitsWhereDoublesDrown() {
        var hidden = Tensors
                .sum(List.of(Linear.fill(X.shape(), Rational.of(10_000_000_000L)), Functions.SIN.apply(X)));
        var off = ExpressionCheck.of(hidden, List.of(X), SIZES)
                .vjp((in, w) -> new double[][] {{Math.cos(in[0][0]) * w[0], 1.001 * Math.cos(in[0][1]) * w[1]}})
                .at(0.3, 1.1).check();
        assertThat(off.wrong()).as("%s", off)
                .anyMatch(f -> f.numeric().error() < 1e-12 && f.numeric().kind() == Kind.SMOOTH);
    }

    @Test
    void kinksFromBothSides() {
        var e = Objects.requireNonNull(new PreciseReference(Functions.ABS.apply(X), List.of(X), SIZES)
                .along(new double[] {0, 2}, new double[] {1, 0}, 0));
        assertThat(e.kind()).isEqualTo(Kind.KINK);
        assertThat(e.left()).isEqualTo(-1);
        assertThat(e.right()).isEqualTo(1);
        var report = ExpressionCheck.of(Functions.ABS.apply(X), List.of(X), SIZES)
                .vjp((in, w) -> new double[][] {{Math.signum(in[0][0]) * w[0], Math.signum(in[0][1]) * w[1]}})
                .at(0, -3).check();
        assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.RIGHT);
    }
}
