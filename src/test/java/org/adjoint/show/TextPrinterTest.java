package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.junit.jupiter.api.Test;

/** Pins of the text form. */
class TextPrinterTest {
    private static final Size N = Size.symbol("n");
    private static final Variable W = Variable.of("W", Shape.of("m", "n"));
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));
    private static final Variable C = Variable.of("C", Shape.of("n", "n"));
    private static final Variable X = Variable.of("X", Shape.of("n", "d"));
    private static final Variable w = Variable.of("w", Shape.of("d"));
    private static final Variable y = Variable.of("y", Shape.of("n"));
    private static final Variable x = Variable.of("x", Shape.of("n"));
    private static final Variable z = Variable.of("z", Shape.of("n"));
    private static final Variable u = Variable.of("u", Shape.of("m"));
    private static final Variable s = Variable.scalar("s");
    private static final Variable t = Variable.scalar("t");

    private static String text(Expr e) {
        return TextPrinter.text(e);
    }

    @Test
    void productsOfMatricesAndVectors() {
        Expr wx = W.matmul(x);
        assertThat(text(wx)).isEqualTo("W @ x");
        assertThat(text(u.matmul(W))).isEqualTo("W.T @ u");
        assertThat(text(W.transpose().matmul(wx))).isEqualTo("W.T @ (W @ x)");
        assertThat(text(A.matmul(B).matmul(C))).isEqualTo("A @ B @ C");
        assertThat(text(A.matmul(B.matmul(C)))).isEqualTo("A @ (B @ C)");
        assertThat(text(A.matmul(B).transpose())).isEqualTo("(A @ B).T");
        assertThat(text(B.transpose().matmul(A.transpose()))).isEqualTo("B.T @ A.T");
        assertThat(text(Tensors.outer(wx, x).times(2))).isEqualTo("2 * outer(W @ x, x)");
        assertThat(text(x.matmul(z))).isEqualTo("x @ z");
        assertThat(text(z.matmul(x))).isEqualTo("x @ z");
        assertThat(text(x.matmul(A).matmul(x))).isEqualTo("x @ A @ x");
        assertThat(text(x.matmul(A.matmul(x)))).isEqualTo("x @ (A @ x)");
    }

    @Test
    void gradientOfLeastSquares() {
        Expr residual = X.matmul(w).minus(y);
        Expr gradient = X.transpose().matmul(residual).times(2).dividedBy(Dimension.of(N));
        assertThat(text(gradient)).isEqualTo("2/n * (X.T @ (X @ w - y))");
        assertThat(text(residual.pow(2).sum().dividedBy(Dimension.of(N)))).isEqualTo("sum((X @ w - y)**2)/n");
        assertThat(text(residual.times(2).dividedBy(Dimension.of(N)))).isEqualTo("2/n * (X @ w - y)");
        assertThat(text(residual.matmul(residual).times(Rational.HALF)))
                .isEqualTo("1/2 * ((X @ w - y) @ (X @ w - y))");
        assertThat(text(X.transpose().matmul(residual).times(Rational.HALF).dividedBy(Dimension.of(N))))
                .isEqualTo("X.T @ (X @ w - y)/(2*n)");
    }

    @Test
    void entrywiseProductsAndBroadcasting() {
        assertThat(text(x.times(z))).isEqualTo("x * z");
        assertThat(text(z.times(x).times(3))).isEqualTo("3 * x * z");
        assertThat(text(A.times(x))).isEqualTo("A * x");
        assertThat(text(A.times(Tensors.insertAxis(x, 1)))).isEqualTo("x[:, None] * A");
        assertThat(text(A.times(B.transpose()))).isEqualTo("A * B.T");
        assertThat(text(A.plus(x))).isEqualTo("A + x");
        assertThat(text(A.plus(Tensors.insertAxis(x, 1)))).isEqualTo("A + x[:, None]");
        assertThat(text(Tensors.insertAxis(x, 1).plus(z))).isEqualTo("z + x[:, None]");
        assertThat(text(x.dividedBy(z))).isEqualTo("x / z");
        assertThat(text(x.dividedBy(z.pow(2)))).isEqualTo("x / z**2");
        assertThat(text(Tensors.reciprocal(z))).isEqualTo("1 / z");
        assertThat(text(Tensors.reciprocal(z).times(-2))).isEqualTo("-2 / z");
        assertThat(text(x.times(s).times(t))).isEqualTo("s * t * x");
        assertThat(text(W.matmul(x.times(z)))).isEqualTo("W @ (x * z)");
        assertThat(text(Tensors.outer(x.times(z), u))).isEqualTo("outer(x * z, u)");
        assertThat(text(W.matmul(x).times(s))).isEqualTo("s * (W @ x)");
        assertThat(text(Tensors.diag(x))).isEqualTo("diag(x)");
        assertThat(text(Tensors.diag(x).matmul(A))).isEqualTo("x[:, None] * A");
        assertThat(text(Tensors.broadcast(x, W.shape()))).isEqualTo("broadcast_to(x, [m, n])");
    }

    @Test
    void sumsAndTraces() {
        assertThat(text(x.sum())).isEqualTo("sum(x)");
        assertThat(text(W.sum())).isEqualTo("sum(W)");
        assertThat(text(W.sum(0))).isEqualTo("sum(W, axis=0)");
        assertThat(text(W.sum(1))).isEqualTo("sum(W, axis=1)");
        assertThat(text(Tensors.trace(A))).isEqualTo("trace(A)");
        assertThat(text(Tensors.trace(A.matmul(B)))).isEqualTo("trace(A @ B)");
        assertThat(text(A.times(B).sum())).isEqualTo("sum(A * B)");
        assertThat(text(Tensors.diagonal(A))).isEqualTo("diagonal(A)");
        assertThat(text(x.times(z).times(y).sum())).isEqualTo("sum(x * y * z)");
        assertThat(text(W.matmul(x).sum())).isEqualTo("sum(W @ x)");
        assertThat(text(Tensors.inner(A, Tensors.outer(x, z)))).isEqualTo("sum(outer(x, z) * A)");
        assertThat(text(A.matmul(B).sum(1))).isEqualTo("sum(A @ B, axis=1)");
        assertThat(text(Tensors.outer(x, z).matmul(y))).isEqualTo("outer(x, z) @ y");
    }

    @Test
    void sumsOfTerms() {
        assertThat(text(x.minus(z))).isEqualTo("x - z");
        assertThat(text(z.negate().plus(x))).isEqualTo("x - z");
        assertThat(text(Functions.SIGMOID.apply(x).negate().plus(Constant.ONE))).isEqualTo("1 - sigmoid(x)");
        assertThat(text(x.minus(Constant.ONE))).isEqualTo("x - 1");
        assertThat(text(x.negate().minus(z))).isEqualTo("-x - z");
        assertThat(text(x.pow(2).plus(x.times(2)).plus(Constant.ONE))).isEqualTo("2 * x + x**2 + 1");
        assertThat(text(s.plus(Constant.of(Rational.HALF)))).isEqualTo("s + 1/2");
        assertThat(text(x.plus(z).times(-3))).isEqualTo("-3 * (x + z)");
    }

    @Test
    void softmaxAndReductions() {
        assertThat(text(Tensors.softmax(x, 0))).isEqualTo("softmax(x)");
        assertThat(text(Tensors.softmax(X, 1))).isEqualTo("softmax(X, axis=1)");
        assertThat(text(Tensors.logSoftmax(X, 1))).isEqualTo("log_softmax(X, axis=1)");
        assertThat(text(Reduction.of(Reduction.Operation.LOG_SUM_EXP, x, 0))).isEqualTo("logsumexp(x)");
        assertThat(text(Reduction.of(Reduction.Operation.MAX, X, 1))).isEqualTo("max(X, axis=1)");
        assertThat(text(Reduction.of(Reduction.Operation.FIRST_MAX, X, 1))).isEqualTo("argmax_onehot(X, axis=1)");
    }

    @Test
    void functionsAndSelections() {
        assertThat(text(Functions.RELU.apply(W.matmul(x)))).isEqualTo("relu(W @ x)");
        assertThat(text(Functions.MAXIMUM.apply(x, Constant.ZERO))).isEqualTo("maximum(x, 0)");
        assertThat(text(Where.of(Functions.LESS.apply(x, z), x, Constant.ZERO))).isEqualTo("where(x < z, x, 0)");
        assertThat(text(Where.of(Functions.LESS.apply(Constant.ZERO, x), x, z))).isEqualTo("where(x > 0, x, z)");
        assertThat(text(x.pow(3))).isEqualTo("x**3");
        assertThat(text(Functions.POWER.apply(x, Constant.of(Rational.of(-1, 3))))).isEqualTo("x**(-1/3)");
        assertThat(text(Functions.SQRT.apply(x.plus(z)))).isEqualTo("sqrt(x + z)");
        assertThat(text(MatrixFunction.of(MatrixFunction.Operation.INVERSE, A.matmul(B)))).isEqualTo("inv(A @ B)");
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, Set.of());
        assertThat(text(Application.of(sigma, new int[] {0}, List.of(x)))).isEqualTo("sigma'(x)");
    }

    @Test
    void layout() {
        Variable v = Variable.of("v", Shape.of(6));
        assertThat(text(Window.slice(v, 0, Size.of(1), 1, Size.of(2)))).isEqualTo("v[1:3]");
        assertThat(text(Window.slice(v, 0, Size.of(5), -1, Size.of(6)))).isEqualTo("v[::-1]");
        assertThat(text(Window.slice(v, 0, Size.of(0), 2, Size.of(3)))).isEqualTo("v[:5:2]");
        assertThat(text(Window.entry(v, 0, Size.of(2)))).isEqualTo("v[2]");
        assertThat(text(Window.entry(X, 1, Size.of(2)))).isEqualTo("X[:, 2]");
        assertThat(text(Window.slice(X, 1, Size.ONE, 1, Size.of(2)))).isEqualTo("X[:, 1:3]");
        assertThat(text(Window.slice(x, 0, Size.ONE, 1, N.minus(1)))).isEqualTo("x[1:]");
        assertThat(text(Window.roll(x, 0, Size.ONE))).isEqualTo("roll(x, 1, axis=0)");
        assertThat(text(Window.slice(v, 0, Size.of(-1), 1, Size.of(6))))
                .isEqualTo("gather(v, strides=[[1]], offsets=[-1], window=[6])");
        assertThat(text(Reshape.of(v, Shape.of(2, 3)))).isEqualTo("reshape(v, [2, 3])");
        assertThat(text(Concatenation.of(List.of(x, z), 0))).isEqualTo("concatenate([x, z], axis=0)");
        assertThat(text(Tensors.stack(List.of(s, t)))).isEqualTo("[s, t]");
        assertThat(text(Tensors.stack(List.of(x, z)))).isEqualTo("[x, z]");
        assertThat(text(Constant.of(Shape.of(2, 2),
                List.of(Rational.ONE, Rational.HALF, Rational.MINUS_ONE, Rational.ZERO))))
                .isEqualTo("[[1, 1/2], [-1, 0]]");
        assertThat(text(Linear.fill(x.shape(), Rational.TWO))).isEqualTo("2 * ones(n)");
        assertThat(text(Linear.zero(W.shape()))).isEqualTo("zeros(m, n)");
        assertThat(text(Delta.of(N))).isEqualTo("eye(n)");
    }

    @Test
    void tensorsOfHigherRank() {
        Variable p = Variable.of("P", Shape.of("B", "m", "n"));
        Variable q = Variable.of("Q", Shape.of("B", "n", "d"));
        assertThat(text(p.matmul(q))).isEqualTo("P @ Q");
        assertThat(text(p.matmul(X))).isEqualTo("P @ X");
        assertThat(text(p.matmul(x))).isEqualTo("P @ x");
        assertThat(text(Tensors.permute(p, 0, 2, 1))).isEqualTo("transpose(P, [0, 2, 1])");
        assertThat(text(p.sum(1))).isEqualTo("sum(P, axis=1)");
        Expr soup = Contraction.of(List.of(p, W), List.of(new int[] {0, 1, 2}, new int[] {1, 2}), new int[] {0},
                Shape.of("B"));
        assertThat(text(soup)).isEqualTo("[sum(W[j, k] * P[i, j, k] for j, k) for i]");
    }

    @Test
    void aDeepChainAndASharedGraph() {
        Expr deep = s;
        for (int k = 0; k < 1_000_000; k++) {
            deep = k % 2 == 0 ? Functions.SIN.apply(deep) : Functions.EXP.apply(deep);
        }
        assertThat(new TextPrinter().printed(deep).complete()).isFalse();
        assertThat(text(deep)).contains("1000001 operations");
        Expr doubling = s;
        List<String> names = new ArrayList<>();
        for (int k = 0; k < 50; k++) {
            doubling = Functions.SIN.apply(doubling.times(doubling.plus(t)));
            names.add("t" + (k + 1));
        }
        Printed printed = new TextPrinter().printed(doubling);
        assertThat(printed.complete()).isTrue();
        assertThat(printed.where()).isNotEmpty();
        assertThat(printed.toString().length()).isLessThan(5000);
    }
}
