package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pins of the text form. */
@ExtendWith(SoftAssertionsExtension.class)
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

    @InjectSoftAssertions
    private SoftAssertions softly = new SoftAssertions();

    private void pin(String text, Expr e) {
        softly.assertThat(TextPrinter.text(e)).isEqualTo(text);
    }

    @Test
    void productsOfMatricesAndVectors() {
        Expr wx = W.matmul(x);
        pin("W @ x", wx);
        pin("W.T @ u", u.matmul(W));
        pin("W.T @ (W @ x)", W.transpose().matmul(wx));
        pin("A @ B @ C", A.matmul(B).matmul(C));
        pin("A @ (B @ C)", A.matmul(B.matmul(C)));
        pin("B.T @ A.T", A.matmul(B).transpose());
        pin("B.T @ A.T", B.transpose().matmul(A.transpose()));
        pin("2 * outer(W @ x, x)", Tensors.outer(wx, x).times(2));
        pin("x @ z", x.matmul(z));
        pin("x @ z", z.matmul(x));
        pin("x @ A @ x", x.matmul(A).matmul(x));
        pin("x @ (A @ x)", x.matmul(A.matmul(x)));
    }

    @Test
    void gradientOfLeastSquares() {
        Expr residual = X.matmul(w).minus(y);
        Expr gradient = X.transpose().matmul(residual).times(2).dividedBy(Dimension.of(N));
        pin("2/n * (X.T @ (X @ w - y))", gradient);
        pin("mean((X @ w - y)**2)", residual.pow(2).sum().dividedBy(Dimension.of(N)));
        pin("2/n * (X @ w - y)", residual.times(2).dividedBy(Dimension.of(N)));
        pin("1/2 * ((X @ w - y) @ (X @ w - y))", residual.matmul(residual).times(Rational.HALF));
        pin("X.T @ (X @ w - y)/(2*n)", X.transpose().matmul(residual).times(Rational.HALF).dividedBy(Dimension.of(N)));
    }

    @Test
    void entrywiseProductsAndBroadcasting() {
        pin("x * z", x.times(z));
        pin("3 * x * z", z.times(x).times(3));
        pin("A * x", A.times(x));
        pin("x[:, None] * A", A.times(Tensors.insertAxis(x, 1)));
        pin("A * B.T", A.times(B.transpose()));
        pin("A + x", A.plus(x));
        pin("A + x[:, None]", A.plus(Tensors.insertAxis(x, 1)));
        pin("z + x[:, None]", Tensors.insertAxis(x, 1).plus(z));
        pin("x / z", x.dividedBy(z));
        pin("x / z**2", x.dividedBy(z.pow(2)));
        pin("1 / z", Tensors.reciprocal(z));
        pin("-2 / z", Tensors.reciprocal(z).times(-2));
        pin("s * t * x", x.times(s).times(t));
        pin("W @ (x * z)", W.matmul(x.times(z)));
        pin("outer(x * z, u)", Tensors.outer(x.times(z), u));
        pin("s * (W @ x)", W.matmul(x).times(s));
        pin("diag(x)", Tensors.diag(x));
        pin("x[:, None] * A", Tensors.diag(x).matmul(A));
        pin("broadcast_to(x, [m, n])", Tensors.broadcast(x, W.shape()));
    }

    @Test
    void sumsAndTraces() {
        pin("sum(x)", x.sum());
        pin("sum(W)", W.sum());
        pin("sum(W, axis=0)", W.sum(0));
        pin("sum(W, axis=1)", W.sum(1));
        pin("trace(A)", Tensors.trace(A));
        pin("trace(A @ B)", Tensors.trace(A.matmul(B)));
        pin("sum(A * B)", A.times(B).sum());
        pin("diagonal(A)", Tensors.diagonal(A));
        pin("x @ (y * z)", x.times(z).times(y).sum());
        pin("sum(W @ x)", W.matmul(x).sum());
        pin("x @ (A @ z)", Tensors.inner(A, Tensors.outer(x, z)));
        pin("sum(A @ B, axis=1)", A.matmul(B).sum(1));
        pin("(y @ z) * x", Tensors.outer(x, z).matmul(y));
    }

    @Test
    void sumsOfTerms() {
        pin("x - z", x.minus(z));
        pin("x - z", z.negate().plus(x));
        pin("1 - sigmoid(x)", Functions.SIGMOID.apply(x).negate().plus(Constant.ONE));
        pin("x - 1", x.minus(Constant.ONE));
        pin("-x - z", x.negate().minus(z));
        pin("x**2 + 2 * x + 1", x.pow(2).plus(x.times(2)).plus(Constant.ONE));
        pin("s + 1/2", s.plus(Constant.of(Rational.HALF)));
        pin("-3 * (x + z)", x.plus(z).times(-3));
    }

    @Test
    void softmaxAndReductions() {
        pin("softmax(x)", Tensors.softmax(x, 0));
        pin("softmax(X, axis=1)", Tensors.softmax(X, 1));
        pin("log_softmax(X, axis=1)", Tensors.logSoftmax(X, 1));
        pin("logsumexp(x)", Reduction.of(Reduction.Operation.LOG_SUM_EXP, x, 0));
        pin("max(X, axis=1)", Reduction.of(Reduction.Operation.MAX, X, 1));
        pin("argmax_onehot(X, axis=1)", Reduction.of(Reduction.Operation.FIRST_MAX, X, 1));
    }

    @Test
    void functionsAndSelections() {
        pin("relu(W @ x)", Functions.RELU.apply(W.matmul(x)));
        pin("maximum(x, 0)", Functions.MAXIMUM.apply(x, Constant.ZERO));
        pin("where(x < z, x, 0)", Where.of(Functions.LESS.apply(x, z), x, Constant.ZERO));
        pin("where(x > 0, x, z)", Where.of(Functions.LESS.apply(Constant.ZERO, x), x, z));
        pin("x**3", x.pow(3));
        pin("x**(-1/3)", Functions.POWER.apply(x, Constant.of(Rational.of(-1, 3))));
        pin("sqrt(x + z)", Functions.SQRT.apply(x.plus(z)));
        pin("inv(A @ B)", MatrixFunction.of(MatrixFunction.Operation.INVERSE, A.matmul(B)));
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, Set.of());
        pin("sigma'(x)", Application.of(sigma, new int[] {0}, List.of(x)));
    }

    @Test
    void layout() {
        Variable v = Variable.of("v", Shape.of(6));
        pin("v[1:3]", Window.slice(v, 0, Size.of(1), 1, Size.of(2)));
        pin("v[::-1]", Window.slice(v, 0, Size.of(5), -1, Size.of(6)));
        pin("v[::2]", Window.slice(v, 0, Size.of(0), 2, Size.of(3)));
        pin("v[2]", Window.entry(v, 0, Size.of(2)));
        pin("X[:, 2]", Window.entry(X, 1, Size.of(2)));
        pin("X[:, 1:3]", Window.slice(X, 1, Size.ONE, 1, Size.of(2)));
        pin("x[1:]", Window.slice(x, 0, Size.ONE, 1, N.minus(1)));
        pin("roll(x, 1, axis=0)", Window.roll(x, 0, Size.ONE));
        pin("gather(v, strides=[[1]], offsets=[-1], window=[6])", Window.slice(v, 0, Size.of(-1), 1, Size.of(6)));
        pin("reshape(v, [2, 3])", Reshape.of(v, Shape.of(2, 3)));
        pin("concatenate([x, z], axis=0)", Concatenation.of(List.of(x, z), 0));
        pin("[s, t]", Tensors.stack(List.of(s, t)));
        pin("[x, z]", Tensors.stack(List.of(x, z)));
        pin("[[1, 1/2], [-1, 0]]", Constant.of(Shape.of(2, 2),
                List.of(Rational.ONE, Rational.HALF, Rational.MINUS_ONE, Rational.ZERO)));
        pin("2 * ones(n)", Linear.fill(x.shape(), Rational.TWO));
        pin("zeros(m, n)", Linear.zero(W.shape()));
        pin("eye(n)", Delta.of(N));
    }

    @Test
    void tensorsOfHigherRank() {
        Variable p = Variable.of("P", Shape.of("B", "m", "n"));
        Variable q = Variable.of("Q", Shape.of("B", "n", "d"));
        pin("P @ Q", p.matmul(q));
        pin("P @ X", p.matmul(X));
        pin("P @ x", p.matmul(x));
        pin("transpose(P, [0, 2, 1])", Tensors.permute(p, 0, 2, 1));
        pin("sum(P, axis=1)", p.sum(1));
        Expr soup = Contraction.of(List.of(p, W), List.of(new int[] {0, 1, 2}, new int[] {1, 2}), new int[] {0},
                Shape.of("B"));
        pin("sum(P * W, axis=(1, 2))", soup);
        Expr entries = Contraction.of(List.of(p, q), List.of(new int[] {3, 0, 1}, new int[] {3, 1, 2}),
                new int[] {0, 1, 2}, Shape.of("m", "n", "d"));
        pin("[sum(P[l, i, j] * Q[l, j, k] for l) for i, j, k]", entries);
    }

    @Test
    void aDeepChainAndASharedGraph() {
        Expr deep = s;
        for (int k = 0; k < 1_000_000; k++) {
            deep = k % 2 == 0 ? Functions.SIN.apply(deep) : Functions.EXP.apply(deep);
        }
        assertThat(new TextPrinter().printed(deep).complete()).isFalse();
        assertThat(TextPrinter.text(deep)).contains("1000001 operations");
        Expr doubling = s;
        for (int k = 0; k < 50; k++) {
            doubling = Functions.SIN.apply(doubling.times(doubling.plus(t)));
        }
        Printed printed = new TextPrinter().printed(doubling);
        assertThat(printed.complete()).isTrue();
        assertThat(printed.where()).isNotEmpty();
        assertThat(printed.toString().length()).isLessThan(5000);
    }
}
