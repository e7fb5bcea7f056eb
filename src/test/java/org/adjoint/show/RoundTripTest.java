package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.SyntaxException;
import org.adjoint.lang.Undecided;
import org.junit.jupiter.api.Test;

/** What is printed parses back to the same node, or to one with the same values where a product is written in steps. */
class RoundTripTest {
    private static final int GRAPHS = 150;
    private static final long SEED = 20260101;

    private final Reader reader = new Reader();

    private static final List<String> TEXTS = List.of(
            "W @ x", "W.T @ (W @ x)", "2 * outer(W @ x, x)", "A @ B @ C", "A @ (B @ C)", "x @ A @ x", "x @ (A @ x)",
            "2/n * (X.T @ (X @ w - y))", "sum((X @ w - y)**2)/n", "s * (W @ x)", "x[:, None] * A", "A * x", "A + x",
            "A + x[:, None]", "outer(x, z) * A", "sum(A * B)", "trace(A @ B)", "trace(A)", "diagonal(A)", "diag(x)",
            "softmax(x)", "softmax(X, axis=1)", "log_softmax(X, axis=1)", "logsumexp(X, axis=0)", "max(x)",
            "argmax_onehot(X, axis=1)", "prod(x)", "where(x > 0, x, z)", "where(x <= z, x, 0)", "relu(W @ x)",
            "maximum(x, 0)", "x**3", "x**(-1/3)", "1 / z", "x / z**2", "-2 / z", "sqrt(x + z)", "inv(A @ B)",
            "logdet(A)", "det(A)", "sigma'(x)", "sigma''(s * t)", "phi(outer(u, x))", "phi'(W)", "v[1:3]", "v[::-1]",
            "v[::2]", "v[2]", "X[:, 2]", "V[1:3, 2]", "V[::-1, 1:3]", "V[2]", "x[1:]", "roll(x, 1, axis=0)",
            "reshape(v, [2, 3])", "concatenate([x, z], axis=0)", "[s, t]", "[x, z]", "[[1, 1/2], [-1, 0]]",
            "2 * ones(n)", "zeros(m, n)", "eye(n)", "arange(n)", "P @ Q", "P @ X", "P @ x", "sum(P, axis=1)",
            "sum(P, axis=(0, 2))", "transpose(P, [0, 2, 1])", "P.T", "[sum(P[i, j, k] * W[j, k] for j, k) for i]",
            "broadcast_to(x, [m, n])", "detach(x) * z", "row * A", "col * A", "row @ x", "A @ col", "row.T",
            "col @ row",
            "col[:, 0]", "1 - sigmoid(x)", "x - 1", "s + 1/2", "-x - z", "-3 * (x + z)", "sum(A @ B, axis=1)",
            "leaky_relu(x, 1/100)", "sum(outer(x, z))", "A * B.T", "X.T @ A @ X", "n * s", "x / n", "2 * n", "pi * s",
            "exp(x)**2", "(x * z)**2", "x**s", "s**x", "(-s)**2", "A - eye(n)", "sum(A, axis=0) + x", "dim(n - 1)",
            "sum(x)/dim(n - 1)",
            "gather(x, strides=[[1]], offsets=[-1], window=[n])", "fold(x, strides=[[1]], offsets=[2], source=[n])",
            "derivative(g, 0, 1)(s, t)", "float([0.1, 0.2])", "x[1:] - x[:-1]", "kron(A, W)", "kron(eye(n), X.T)",
            "2 * kron(A.T, B)", "B * (A * A * A * B * B * C * C)");

    @Test
    void printedTextParsesBack() {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (String text : TEXTS) {
            check(reader.numpy(text), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    /** A sum of a multiple of a scalar and a product has nothing to join. */
    @Test
    void aScalarBesideAProductIsPrintedInEveryNotation() {
        Expr expr = reader.numpy("sum(pi*x) * (softmax(x) @ (pi*x)) + pi*(softmax(x) @ x) + 2*pi*s");
        assertThat(new MatlabPrinter().print(expr)).contains("no words");
        assertThat(UnicodePrinter.text(expr)).contains("π");
        assertThat(LatexPrinter.text(expr)).contains("\\pi");
    }

    @Test
    void randomGraphsAndTheirGradientsParseBack() {
        Random random = new Random(SEED);
        Map<String, String> wrong = new TreeMap<>();
        for (int k = 0; k < GRAPHS; k++) {
            Expr root = graph(random);
            check(root, wrong);
            Expr scalar = root.shape().isScalar() ? root : root.sum();
            for (Variable variable : Walk.variables(scalar)) {
                check(ReverseSweep.gradient(scalar, variable), wrong);
            }
        }
        assertThat(wrong).as("seed %d", SEED).isEmpty();
    }

    private void check(Expr node, Map<String, String> wrong) {
        Printed text = new TextPrinter().printed(node);
        Printed unicode = new UnicodePrinter().printed(node);
        if (text.where().isEmpty()) {
            compare(text.text(), reader::numpy, node, wrong);
            new MatlabPrinter().closed(node).ifPresent(closed -> compare(closed, reader::matlab, node, wrong));
            // a matrix of one column, and what broadcasts, has no text that textbook notation reads
            Map<String, String> other = new TreeMap<>();
            compare(unicode.text(), reader::math, node, other);
            other.values().removeIf(trouble -> !trouble.contains("instead of"));
            wrong.putAll(other);
        }
    }

    private static void compare(String text, Function<String, Expr> read, Expr node, Map<String, String> wrong) {
        try {
            Expr again = read.apply(text);
            if (again != node && !Agreement.of(again, node)) {
                wrong.put(text, TextPrinter.text(again) + " " + again + " instead of " + node);
            }
        } catch (Undecided e) {
            // a function of a square matrix that may be meant entry by entry or of the matrix
        } catch (IllFormed | SyntaxException e) {
            wrong.put(text, e.getMessage());
        }
    }

    /** A random expression of a few operations over the declared variables. */
    Expr graph(Random random) {
        List<Expr> pool = new ArrayList<>();
        for (String name : List.of("A", "B", "W", "X", "x", "y", "z", "u", "w", "s", "t", "P", "row", "col")) {
            pool.add(reader.variable(name));
        }
        Expr last = pool.get(0);
        for (int k = 0, made = 0; made < 5 && k < 200; k++) {
            Expr a = pick(pool, random);
            Expr b = pick(pool, random);
            try {
                Expr next = apply(random.nextInt(22), a, b, random);
                if (next.shape().rank() <= 3) {
                    pool.add(next);
                    pool.add(next);
                    pool.add(next);
                    last = next;
                    made++;
                }
            } catch (ShapeError e) {
                // these two do not fit; another pair may
            }
        }
        return last;
    }

    private static Expr pick(List<Expr> pool, Random random) {
        return pool.get(random.nextInt(pool.size()));
    }

    static Expr apply(int operation, Expr a, Expr b, Random random) {
        return switch (operation) {
            case 0, 1, 2 -> a.matmul(b);
            case 3, 4 -> a.times(b);
            case 5 -> a.plus(b);
            case 6 -> a.minus(b.times(Rational.of(random.nextInt(7) + 1, random.nextInt(3) + 1)));
            case 7 -> a.transpose();
            case 8 -> a.sum();
            case 9 -> a.sum(random.nextInt(Math.max(1, a.shape().rank())));
            case 10 -> Functions.TANH.apply(a);
            case 11 -> Functions.EXP.apply(a);
            case 12 -> a.pow(random.nextInt(4) - 1);
            case 13 -> Tensors.outer(a, b);
            case 14 -> a.dividedBy(b);
            case 15 -> Tensors.softmax(a, random.nextInt(Math.max(1, a.shape().rank())));
            case 16 -> Tensors.diag(a);
            case 17 -> Tensors.trace(a);
            case 18 -> MatrixFunction.of(MatrixFunction.Operation.INVERSE, a);
            case 19 -> Functions.MAXIMUM.apply(a, Constant.ZERO);
            case 20 -> Where.of(Functions.LESS.apply(a, b), a, b.times(2));
            default -> Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, a,
                    new int[] {random.nextInt(Math.max(1, a.shape().rank()))}, random.nextBoolean());
        };
    }
}
