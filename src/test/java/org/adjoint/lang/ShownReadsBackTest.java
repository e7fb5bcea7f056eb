package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Walk;
import org.adjoint.graphs.Numerically;
import org.adjoint.show.TextPrinter;
import org.adjoint.show.UnicodePrinter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the text printer writes is read back as the same node; what is written as on paper, with its shorter words, as a node
 * of the same value.
 */
class ShownReadsBackTest {
    private static final String DECLARATIONS = """
            a, b, c : R; x, y : R[n]; u : R[m]; W : R[m, n]; A, B : R[n, n]; p : R[4]; M : R[2, 3]; T : R[2, 3, 4]
            sigma : R -> R; phi : R[m, n] -> R; f : R, R -> R
            """;

    private static final List<String> EXPRESSIONS = List.of("a + b - c", "a - (b - c)", "a / b / c", "a / (b / c)",
            "2 * a**2 * b / c", "-a**2",
            "(a + b)**3", "a**b**c", "x * y + W", "W @ x", "W.T @ W @ x", "x @ A @ y", "x[:, None] * y", "outer(x, y)",
            "2/n * (W.T @ (W @ x - u))", "n + 1", "n * (n + 1) / 2", "(n + 1) // 2", "(n - 3) % 2", "x.shape[0] * m",
            "sum(x)", "sum(W, axis=0)", "sum(T, axis=(0, 2))", "mean(x)", "var(x)", "max(W, axis=1)", "min(x)",
            "prod(p)", "logsumexp(x)", "softmax(x)", "softmax(W, axis=0)", "log_softmax(x)", "norm(x)", "trace(A @ B)",
            "diag(x)", "diagonal(A)", "inv(A) @ x", "det(A)", "logdet(A)", "eye(n)", "ones(m, n)", "zeros(n)",
            "arange(n)", "p[1]", "p[-1]", "p[1:3]", "p[::-1]", "p[::2]", "T[0, :, 1]", "x[1:] - x[:-1]", "x[-1]",
            "[x[i] * y[i] for i]", "[sum(T[i, j, k] * p[k] for k) for i, j]", "concatenate([x, y])", "[a, b]",
            "[[a, b], [c, 1]]", "[1, 1/2]", "roll(x, 1)", "reshape(M, (3, 2))", "transpose(T, [0, 2, 1])",
            "broadcast_to(x, [m, n])", "relu(x) * sigmoid(y)", "where(x > 0, x, y)", "where(x <= y, 1, 0)", "sigma(x)",
            "sigma'(x)", "sigma''(a)", "phi(W)", "grad(phi(W), W)", "derivative(f, 0, 1)(a, b)", "f(a, x)",
            "argmax_onehot(W, axis=1)", "argmax(x)", "maximum(x, 0)", "leaky_relu(x, 0.2)", "detach(x)",
            "float([0.1, 0.2])", "sqrt(x**2 + 1)", "exp(x) / sum(exp(x))", "grad(sum((W @ x - u)**2), W)",
            "grad(logsumexp(W @ x), W)", "hessian(sum(exp(A @ x)), x)", "grad(norm(x), x)", "grad(log(det(A)), A)",
            "grad(p[1] * p[2], p)", "grad(sum(x[1:] * x[:-1]), x)", "grad(max(x), x)", "grad(prod(p), p)",
            "grad(sum(relu(x)), x)", "cumsum(x)", "tril(A)", "onehot(2, 4)", "A[[0, 0][0], 0]", "x[argmax(y)]",
            "pi * a", "einsum(\"ijk,k->ji\", T, p)", "1e-30 * a", "123456789123456789 * a", "a * 0.1", "square(x - y)");

    static List<String> expressions() {
        return EXPRESSIONS;
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void text(String text) {
        Desk desk = Desk.of(DECLARATIONS);
        Expr node = desk.expr(text);
        String shown = TextPrinter.text(node);
        assertThat(desk.expr(shown)).as(shown).isSameAs(node);
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void unicode(String text) {
        Expr node = Desk.of(DECLARATIONS).expr(text);
        String shown = UnicodePrinter.text(node);
        Expr read = Desk.of(Dialect.MATH, DECLARATIONS).expr(shown);
        assertThat(detached(read)).as(shown).isEqualTo(detached(node));
        if (read != node) {
            Numerically.assertSame(shown, read, node, 1);
        }
    }

    private static long detached(Expr node) {
        return Walk.postorder(node).stream().filter(Detach.class::isInstance).count();
    }
}
