package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Source text on the left, the node built through the Java API on the right: they are the same object. */
class ElaboratorTest {
    private static final String DECLARATIONS = """
            a, b, c : R; t : R positive
            x, y : R[n]; W : R[m, n]; A, B : R[n, n]; p : R[4]; M : R[2, 3]; T : R[2, 3, 4]
            sigma : R -> R; phi : R[m, n] -> R; S : R[n, n] symmetric
            """;
    private final Size n = Size.symbol("n");
    private final Size m = Size.symbol("m");
    private final Variable a = Variable.scalar("a");
    private final Variable b = Variable.scalar("b");
    private final Variable c = Variable.scalar("c");
    private final Variable x = Variable.of("x", Shape.of("n"));
    private final Variable y = Variable.of("y", Shape.of("n"));
    private final Variable w = Variable.of("W", Shape.of("m", "n"));
    private final Variable sq = Variable.of("A", Shape.of("n", "n"));
    private final Variable p = Variable.of("p", Shape.of(4));
    private final Variable mm = Variable.of("M", Shape.of(2, 3));
    private final Variable tt = Variable.of("T", Shape.of(2, 3, 4));
    private final Map<String, Supplier<Expr>> table = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> expressions() {
        numbers();
        operators();
        entries();
        functions();
        layout();
        Desk desk = Desk.of(DECLARATIONS);
        assertThat(desk.problems()).isEmpty();
        return table.entrySet().stream().map(row -> DynamicTest.dynamicTest(row.getKey(),
                () -> assertThat(desk.expr(row.getKey())).isSameAs(row.getValue().get())));
    }

    private void row(String text, Supplier<Expr> expected) {
        assertThat(table.put(text, expected)).as(text).isNull();
    }

    private void numbers() {
        row("0.1", () -> Constant.of(Rational.of(1, 10)));
        row("1.0E-5", () -> Constant.of(Rational.of(1, 100_000)));
        row("96%", () -> Constant.of(Rational.of(96, 100)));
        row("1/2", () -> Constant.HALF);
        row("2**3", () -> Constant.of(8));
        row("2**-1", () -> Constant.HALF);
        row("-2**2", () -> Constant.of(-4));
        row("7 // 2", () -> Constant.of(3));
        row("-7 // 2", () -> Constant.of(-4));
        row("-7 % 3", () -> Constant.of(2));
        row("pi", () -> Functions.PI.apply());
        row("np.pi", () -> Functions.PI.apply());
        row("n", () -> Dimension.of(n));
        row("n + 1", () -> Dimension.of(n).plus(Constant.ONE));
        row("n * m", () -> Dimension.of(n.times(m)));
        row("(n + 1) // 2", () -> Dimension.of(n.plus(Size.ONE).floorDivide(Size.of(2))));
        row("x.shape[0]", () -> Dimension.of(n));
        row("T.shape[-1]", () -> Constant.of(4));
        row("W.size", () -> Dimension.of(m.times(n)));
        row("size(T, 1)", () -> Constant.of(3));
        row("T.ndim", () -> Constant.of(3));
        row("[1, 1/2]", () -> Constant.of(Shape.of(2), List.of(Rational.ONE, Rational.HALF)));
        row("[[1, 2], [3, 4]][1, 0]", () -> Window.gather(desk("[[1, 2], [3, 4]]"),
                new Window.Access(Shape.of(2, 2), Shape.SCALAR, List.of(List.of(), List.of()),
                        List.of(Size.ONE, Size.ZERO), false)));
    }

    private static Expr desk(String text) {
        return Desk.of(DECLARATIONS).expr(text);
    }

    private void operators() {
        row("a + b - c", () -> Tensors.sum(List.of(a, b, c.negate())));
        row("a - (b - c)", () -> a.minus(b.minus(c)));
        row("-a", () -> a.negate());
        row("+a", () -> a);
        row("2 * a / b * c", () -> Tensors.product(List.of(Constant.TWO, a, Tensors.reciprocal(b), c)));
        row("a * (b * c)", () -> Tensors.product(List.of(a, b.times(c))));
        row("-a**2", () -> a.pow(2).negate());
        row("a**b", () -> a.pow(b));
        row("a^2", () -> a.pow(2));
        row("a**0.5", () -> Functions.SQRT.apply(a));
        row("x * y", () -> x.times(y));
        row("W * x", () -> w.times(x));
        row("W @ x", () -> w.matmul(x));
        row("2 * W @ x", () -> w.times(2).matmul(x));
        row("x @ A @ y", () -> x.matmul(sq).matmul(y));
        row("x @ y * a", () -> Tensors.product(List.of(x.matmul(y), a)));
        row("W.T @ W", () -> w.transpose().matmul(w));
        row("x.T", () -> x);
        row("x[:, None] * y", () -> Tensors.outer(x, y));
        row("x + W", () -> w.plus(x));
        row("a // b", () -> Functions.FLOOR.apply(a.dividedBy(b)));
        row("a % b", () -> a.minus(b.times(Functions.FLOOR.apply(a.dividedBy(b)))));
        row("a if n > 0 else b", () -> a);
        row("a if 2 > 3 else b", () -> b);
        row("a if b > 0 else c", () -> Where.of(Functions.LESS.apply(Constant.ZERO, b), a, c));
        row("(b <= c) * a", () -> Functions.LESS_EQUAL.apply(b, c).times(a));
        row("where(x > 0 and x < 1, x, 0)", () -> Where.of(
                Functions.LESS.apply(Constant.ZERO, x).times(Functions.LESS.apply(x, Constant.ONE)), x,
                Constant.ZERO));
        row("where(not x > 0, 1, 0)", () -> Where.of(
                Constant.ONE.minus(Functions.LESS.apply(Constant.ZERO, x)), Constant.ONE, Constant.ZERO));
    }

    private void entries() {
        row("p[1]", () -> Window.entry(p, 0, Size.of(1)));
        row("p[-1]", () -> Window.entry(p, 0, Size.of(3)));
        row("x[n - 1]", () -> Window.entry(x, 0, n.minus(Size.ONE)));
        row("x[-1]", () -> Window.entry(x, 0, n.minus(Size.ONE)));
        row("x[:]", () -> x);
        row("x[...]", () -> x);
        row("x[1:]", () -> Window.slice(x, 0, Size.ONE, 1, n.minus(Size.ONE)));
        row("p[1:3]", () -> Window.slice(p, 0, Size.ONE, 1, Size.of(2)));
        row("p[::2]", () -> Window.slice(p, 0, Size.ZERO, 2, Size.of(2)));
        row("p[::-1]", () -> Window.slice(p, 0, Size.of(3), -1, Size.of(4)));
        row("p[2:100]", () -> Window.slice(p, 0, Size.of(2), 1, Size.of(2)));
        row("[p[i:i + 2] for i in 0..2]", () -> Window.gather(p, new Window.Access(p.shape(),
                Shape.of(Size.of(3), Size.of(2)), List.of(List.of(1, 1)), List.of(Size.ZERO), false)));
        row("[p[3 - i:4 - i] for i in 0..3]", () -> Window.gather(p, new Window.Access(p.shape(),
                Shape.of(Size.of(4), Size.ONE), List.of(List.of(-1, 1)), List.of(Size.of(3)), false)));
        row("T[..., 1]", () -> Window.entry(tt, 2, Size.ONE));
        row("T[0]", () -> Window.entry(tt, 0, Size.ZERO));
        row("x[None, :]", () -> Tensors.insertAxis(x, 0));
        row("[x[i] for i]", () -> x);
        row("[W[j, i] for i, j]", () -> w.transpose());
        row("[A[i, i] for i]", () -> Tensors.diagonal(sq));
        row("[sum(W[i, j] * x[j] for j) for i]", () -> w.matmul(x));
        row("sum(x[k] * y[k] for k)", () -> x.matmul(y));
        row("sum(A[i, i] for i)", () -> Tensors.trace(sq));
        row("sum(x[i] for i in 1..n-1)",
                () -> Window.slice(x, 0, Size.ONE, 1, n.minus(Size.ONE)).sum());
        row("sum(a for i in 1..n)", () -> a.times(Dimension.of(n)));
        row("sum(k for k in 1..n)", () -> Range.of(n).plus(Constant.ONE).sum());
        row("prod(x[i] for i)", () -> Reduction.of(Reduction.Operation.PRODUCT, x, 0));
        row("max(x[i] for i)", () -> Reduction.of(Reduction.Operation.MAX, x, 0));
        row("sum(v for v in {a, b})", () -> a.plus(b));
        row("sum(x**k for k in 0..2)", () -> Tensors.sum(
                Contraction.ones(Shape.of("n")).times(0).plus(desk("[x**k for k in 0..2]")), new int[] {0}, false));
        row("[delta(i, j) for i in 0..n-1, j in 0..n-1]", () -> Delta.of(n));
        row("delta(2, 2)", () -> Constant.ONE);
    }

    private void functions() {
        row("np.exp(x)", () -> Functions.EXP.apply(x));
        row("torch.nn.functional.relu(x)", () -> Functions.RELU.apply(x));
        row("F.leaky_relu(x)",
                () -> Functions.LEAKY_RELU.apply(x, Constant.of(Rational.of(1, 100))));
        row("leaky_relu(x, negative_slope=0.2)",
                () -> Functions.LEAKY_RELU.apply(x, Constant.of(Rational.of(1, 5))));
        row("gelu(x, approximate=\"tanh\")", () -> Functions.GELU_TANH.apply(x));
        row("np.linalg.inv(A)", () -> MatrixFunction.of(MatrixFunction.Operation.INVERSE, sq));
        row("logdet(A)", () -> MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, sq));
        row("sum(W)", () -> w.sum());
        row("sum(W, axis=0)", () -> w.sum(0));
        row("W.sum(axis=-1)", () -> w.sum(1));
        row("torch.sum(W, dim=1, keepdim=True)", () -> Tensors.sum(w, new int[] {1}, true));
        row("sum(T, axis=(0, 2))", () -> Tensors.sum(tt, new int[] {0, 2}, false));
        row("mean(x)", () -> Tensors.mean(x, new int[] {0}, false));
        row("max(x)", () -> Reduction.of(Reduction.Operation.MAX, x, 0));
        row("max(a, b)", () -> Functions.MAXIMUM.apply(a, b));
        row("max(0, a, b)", () -> Functions.MAXIMUM.apply(Functions.MAXIMUM.apply(Constant.ZERO, a), b));
        row("max(W, axis=1)", () -> Reduction.of(Reduction.Operation.MAX, w, 1));
        row("min(x)", () -> Reduction.of(Reduction.Operation.MAX, x.negate(), 0).negate());
        row("maximum(x, 0)", () -> Functions.MAXIMUM.apply(x, Constant.ZERO));
        row("clip(x, 0, 1)", () -> Functions.MINIMUM.apply(Functions.MAXIMUM.apply(x, Constant.ZERO), Constant.ONE));
        row("np.var(x)", () -> Tensors.mean(x.minus(Tensors.mean(x, new int[] {0}, true)).pow(2), new int[] {0},
                false));
        row("torch.var(p)", () -> p.minus(Tensors.mean(p, new int[] {0}, true)).pow(2).sum()
                .times(Rational.of(1, 3)));
        row("std(p)", () -> Functions.SQRT.apply(desk("var(p)")));
        row("norm(x)", () -> Functions.SQRT.apply(x.pow(2).sum()));
        row("norm(x, 1)", () -> Functions.ABS.apply(x).sum());
        row("norm(W)", () -> Functions.SQRT.apply(w.pow(2).sum()));
        row("softmax(W, axis=0)", () -> Tensors.softmax(w, 0));
        row("softmax(W)", () -> Tensors.softmax(w, 1));
        row("logsumexp(x)", () -> Reduction.of(Reduction.Operation.LOG_SUM_EXP, x, 0));
        row("mse(x, y)", () -> Tensors.mean(x.minus(y).pow(2), new int[] {0}, false));
        row("dot(x, y)", () -> x.matmul(y));
        row("outer(x, y)", () -> Tensors.outer(x, y));
        row("np.inner(W, x)", () -> w.matmul(x));
        row("trace(A)", () -> Tensors.trace(sq));
        row("diag(x)", () -> Tensors.diag(x));
        row("diag(A)", () -> Tensors.diagonal(sq));
        row("einsum(\"ij,jk->ki\", W, A)", () -> w.matmul(sq).transpose());
        row("sigma(x)", () -> unknown("sigma").apply(List.of(x)));
        row("sigma'(a)", () -> Application.of(unknown("sigma"), new int[] {0}, List.of(a)));
        row("derivative(sigma, 0, 0)(a)", () -> Application.of(unknown("sigma"), new int[] {0, 0}, List.of(a)));
        row("relu'(x)", () -> Functions.RELU.derivative(0, List.of(x)));
        row("detach(x)", () -> Detach.of(x));
        row("argmax_onehot(x)", () -> Reduction.of(Reduction.Operation.FIRST_MAX, x, 0));
        row("argmax(x)", () -> Reduction.of(Reduction.Operation.FIRST_MAX, x, 0).matmul(Range.of(n)));
        row("grad(x @ A @ x, x)", () -> sq.matmul(x).plus(x.matmul(sq)));
        row("grad(a * b, [a, b])", () -> Tensors.stack(List.of(b, a)));
        row("jacobian(W @ x, x)", () -> w);
        row("hessian(sum(x**2), x)", () -> Delta.of(n).times(2));
        row("pull(x, A)", () -> x.matmul(sq));
        row("jvp(A @ x, x, y)", () -> sq.matmul(y));
        row("vjp(A @ x, x, y)", () -> y.matmul(sq));
        row("limit(z / 2, z -> 3)", () -> Tensors.stack(List.of(Variable.scalar("z").times(Rational.HALF),
                Constant.of(3), Variable.scalar("z"))).sum());
    }

    private static UnknownFunction unknown(String name) {
        return new UnknownFunction(name, List.of(Shape.SCALAR), Shape.SCALAR, java.util.Set.<Fact>of());
    }

    private void layout() {
        row("ones(2, n)", () -> Contraction.ones(Shape.of(Size.of(2), n)));
        row("zeros((2, 3)) + M", () -> mm);
        row("eye(n)", () -> Delta.of(n));
        row("arange(n)", () -> Range.of(n));
        row("arange(1, n)", () -> Range.of(n.minus(Size.ONE)).plus(Constant.ONE));
        row("reshape(M, (3, 2))", () -> Reshape.of(mm, Shape.of(3, 2)));
        row("M.reshape(-1)", () -> Reshape.of(mm, Shape.of(6)));
        row("T.reshape(2, -1)", () -> Reshape.of(tt, Shape.of(2, 12)));
        row("W.flatten()", () -> Reshape.of(w, Shape.of(m.times(n))));
        row("vec(M)", () -> Reshape.of(mm.transpose(), Shape.of(6)));
        row("transpose(T, [0, 2, 1])", () -> Tensors.permute(tt, 0, 2, 1));
        row("concatenate([x, y])", () -> Concatenation.of(List.of(x, y), 0));
        row("concatenate([M, M], axis=1)", () -> Concatenation.of(List.of(mm, mm), 1));
        row("stack([x, y])", () -> Tensors.stack(List.of(x, y)));
        row("[x, y]", () -> Tensors.stack(List.of(x, y)));
        row("roll(x, 1)", () -> Window.roll(x, 0, Size.ONE));
        row("roll(M, (1, 2), axis=(0, 1))", () -> Window.roll(Window.roll(mm, 0, Size.ONE), 1, Size.of(2)));
        row("roll(M, 1, axis=(0, 1))", () -> Window.roll(Window.roll(mm, 0, Size.ONE), 1, Size.ONE));
        row("rot90(M)", () -> Window.flip(mm.transpose(), 0));
        row("flip(p)", () -> Window.slice(p, 0, Size.of(3), -1, Size.of(4)));
        row("broadcast_to(x, [m, n])", () -> Tensors.broadcast(x, Shape.of(m, n)));
        row("dim(n - 1)", () -> Dimension.of(n.minus(Size.ONE)));
        row("gather(x, strides=[[2]], offsets=[-1], window=[m])", () -> Window.gather(x, new Window.Access(
                Shape.of("n"), Shape.of("m"), List.of(List.of(2)), List.of(Size.of(-1)), false)));
        row("fold(p, strides=[[1]], offsets=[2], source=[n])", () -> Window.fold(p, new Window.Access(
                Shape.of("n"), Shape.of(4), List.of(List.of(1)), List.of(Size.of(2)), false)));
        row("float([0.5, 2])", () -> Constant.data(Shape.of(2), 0.5, 2));
        row("onehot(2, 4)", () -> Functions.EQUAL.apply(Constant.of(2), Range.of(Size.of(4))));
    }
}
