package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adjoint.eval.Point;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** Adjoints of exponentials and powers of matrices, against forward mode and differences at 60 digits. */
class MatrixAdjointTest {
    private static final Shape SQUARE = Shape.of("n", "n");
    private static final Variable X = Variable.of("X", SQUARE);
    private static final Variable A = Variable.of("A", SQUARE);
    private static final Variable T = Variable.scalar("t");
    private static final Variable K = Variable.scalar("k", Fact.Named.NATURAL);
    private static final Expr N = Dimension.of(Size.symbol("n"));

    private static void check(Expr f, Variable x, Expr jacobian) {
        int compared = 0;
        List<Point> points = Numerically.points(List.of(f, x), 17, 4, 2);
        for (int k = 0; k < points.size(); k++) {
            compared += Slopes.check(f, x, jacobian, points.get(k), k).differences();
        }
        assertThat(compared).isPositive();
    }

    @Test
    void jacobians() {
        List<Expr> functions = List.of(MatrixFunction.exponential(X), MatrixFunction.exponential(X.times(T)),
                MatrixFunction.power(X, K), MatrixFunction.power(X, N), MatrixFunction.power(X, Constant.of(9)),
                MatrixFunction.exponential(X.transpose().matmul(A)).matmul(X),
                Tensors.trace(A.matmul(MatrixFunction.exponential(X))));
        for (Expr f : functions) {
            check(f, X, ReverseSweep.jacobian(f, X));
        }
    }

    @Test
    void secondDerivatives() {
        for (Expr f : List.of(Tensors.trace(A.matmul(MatrixFunction.exponential(X))),
                Tensors.trace(A.matmul(MatrixFunction.power(X, N))), Tensors.trace(MatrixFunction.exponential(X)))) {
            Expr gradient = ReverseSweep.gradient(f, X);
            check(gradient, X, ReverseSweep.jacobian(gradient, X));
        }
    }

    @Test
    void byAScalar() {
        Expr f = MatrixFunction.exponential(A.times(T)).matmul(X);
        Expr slope = Tangent.byScalar(Definitions.NONE, f, T);
        check(f, T, slope);
        Expr trace = Tensors.trace(X.matmul(MatrixFunction.exponential(A.times(T))));
        check(trace, T, ReverseSweep.gradient(trace, T));
    }

    /** Where the cotangent commutes with the matrix no Fréchet derivative is left. */
    @Test
    void commutingCotangents() {
        Expr exponential = MatrixFunction.exponential(X);
        assertThat(ReverseSweep.gradient(Tensors.trace(exponential), X)).isEqualTo(exponential.transpose());
        assertThat(ReverseSweep.gradient(Tensors.trace(MatrixFunction.power(X, K)), X))
                .isEqualTo(MatrixFunction.power(X, K.minus(Constant.ONE)).times(K).transpose());
        Expr flow = MatrixFunction.exponential(A.times(T));
        assertThat(Tangent.byScalar(Definitions.NONE, flow, T)).isEqualTo(A.matmul(flow));
        Expr trace = Tensors.trace(X.matmul(flow));
        assertThat(ReverseSweep.gradient(trace, T)).isEqualTo(Tensors.trace(X.matmul(A.matmul(flow))));
    }

    /** Matrices that merely look alike do not commute. */
    @Test
    void notCommuting() {
        Variable b = Variable.of("B", SQUARE);
        for (Expr e : List.of(A, X.transpose(), X.matmul(A), X.times(A), X.plus(X.transpose()),
                X.transpose().matmul(X), Tensors.outer(Tensors.diagonal(X), Tensors.diagonal(X)))) {
            assertThat(Commuting.with(X, e)).as("%s", e).isFalse();
        }
        for (Expr e : List.of(X, X.times(T), X.matmul(X).plus(X.times(3)), MatrixFunction.exponential(X),
                MatrixFunction.of(MatrixFunction.Operation.INVERSE, X.times(T)))) {
            assertThat(Commuting.with(X, e)).as("%s", e).isTrue();
        }
        assertThat(Commuting.with(X.matmul(b), b.matmul(X))).isFalse();
        assertThat(Commuting.with(X.times(T), X)).isTrue();
    }

    @Test
    void exponentsHaveNoDerivative() {
        assertThatThrownBy(() -> ReverseSweep.gradient(Tensors.trace(MatrixFunction.power(X, K)), K))
                .isInstanceOf(Underivable.class).hasMessageContaining("integer");
    }
}
