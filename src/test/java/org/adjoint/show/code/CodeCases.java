package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.derive.Layout;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** The functions for which code is written in every language, and run. */
final class CodeCases {
    private static final List<CodeCase> ALL = make();

    private CodeCases() {
    }

    static List<CodeCase> all() {
        return ALL;
    }

    private static List<CodeCase> make() {
        List<CodeCase> cases = new ArrayList<>();
        cases.addAll(functionsOfMatrices());
        cases.addAll(learning());
        cases.addAll(scalars());
        cases.addAll(kinds());
        cases.add(exponentCalledX());
        cases.addAll(NameCases.of(kinds()));
        return cases;
    }

    private static List<CodeCase> functionsOfMatrices() {
        return List.of(
                CodeCase.gradient("linear", "a : R[n]; x : R[n]", "a @ x"),
                CodeCase.gradient("bilinear", "A : R[m, n]; x : R[m]; y : R[n]", "x @ A @ y"),
                CodeCase.gradient("quadratic", "A : R[n, n]; x : R[n]", "x @ A @ x"),
                CodeCase.gradient("least squares", "W : R[m, n]; x : R[n]; y : R[m]", "sum((W @ x - y)**2)/2"),
                CodeCase.gradient("frobenius", "A : R[m, k]; B : R[k, n]", "sum((A @ B)**2)"),
                CodeCase.gradient("trace of products", "A : R[m, n]; B : R[n, k]; C : R[k, m]",
                        "trace(A @ B @ C)"),
                CodeCase.gradient("log determinant", "X : R[n, n] spd", "logdet(X)"),
                CodeCase.gradient("determinant", "X : R[n, n] invertible", "det(X)"),
                CodeCase.gradient("inverse", "X : R[n, n] invertible; a : R[n]; b : R[n]", "a @ inv(X) @ b"),
                CodeCase.gradient("gaussian", "S : R[n, n] spd; mu : R[n]; x : R[n]",
                        "-logdet(S)/2 - (x - mu) @ inv(S) @ (x - mu)/2 - n/2*log(2*pi)"),
                CodeCase.of("jacobian of a linear map", "W : R[m, n]; x : R[n]", "W @ x", Layout.JACOBIAN),
                CodeCase.of("hessian of a quadratic form", "A : R[n, n]; x : R[n]", "x @ A @ x", Layout.HESSIAN),
                CodeCase.of("hessian of log-sum-exp", "x : R[n]", "logsumexp(x)", Layout.HESSIAN),
                CodeCase.gradient("sizes that must be solved for", "x : R[2*n + 1]; y : R[n]", "sum(x)/n + sum(y**2)"),
                CodeCase.gradient("tensors of rank 3", "T : R[a, b, c]; u : R[b]; V : R[c, a]",
                        "sum(einsum('abc,b,ca->a', T, u, V)**2)"));
    }

    private static List<CodeCase> learning() {
        return List.of(
                CodeCase.gradient("softmax cross-entropy", "z : R[k]; y : R[k] probability", "-sum(y*log(softmax(z)))"),
                CodeCase.gradient("softmax by rows", "Z : R[m, k]; Y : R[m, k]", "sum(Y*softmax(Z, axis=1))"),
                CodeCase.gradient("two layers", """
                        W1 : R[h, n]; b1 : R[h]; W2 : R[k, h]; b2 : R[k]; x : R[n]; y : R[k]
                        z1 = W1 @ x + b1
                        a1 = relu(z1)
                        z2 = W2 @ a1 + b2
                        """, "sum((z2 - y)**2)/2"),
                CodeCase.gradient("a batch through two layers", """
                        W1 : R[n, h]; W2 : R[h, k]; X : R[m, n]; Y : R[m, k]
                        H = tanh(X @ W1)
                        """, "sum((H @ W2 - Y)**2)/m"),
                CodeCase.gradient("logistic loss", "X : R[m, n]; w : R[n]; y : R[m] pm1",
                        "sum(log(1 + exp(-y*(X @ w))))/m"),
                CodeCase.gradient("attention", "Q : R[m, d]; K : R[n, d]; V : R[n, e]",
                        "sum((softmax(Q @ K.T/sqrt(d), axis=1) @ V)**2)"),
                CodeCase.gradient("batch norm", """
                        x : R[m, d]; gamma : R[d]; beta : R[d]; c : R[m, d]
                        mu = mean(x, axis=0)
                        v = mean((x - mu)**2, axis=0)
                        """, "sum(c*(gamma*(x - mu)/sqrt(v + 1/100) + beta))"),
                CodeCase.derived("convolution", Definitions.NONE, convolution(), Layout.GRADIENT),
                CodeCase.gradient("names that languages keep", "lambda : R; var : R; end : R[n]; class : R[n]; t1 : R",
                        "lambda*sum(end*class) + var**2 + t1"));
    }

    /** The squared entries of a 3×3 correlation over two channels, with stride 2 and padding 1. */
    private static Expr convolution() {
        Variable x = Variable.of("x", Shape.of(2, 6, 7));
        Variable kernel = Variable.of("kernel", Shape.of(2, 2, 3, 3));
        Expr patches = Window.gather(x, new Window.Access(x.shape(), Shape.of(2, 3, 4, 3, 3),
                List.of(List.of(1, 0, 0, 0, 0), List.of(0, 2, 0, 1, 0), List.of(0, 0, 2, 0, 1)),
                List.of(Size.ZERO, Size.of(-1), Size.of(-1)), false));
        return contract(Shape.of(2, 3, 4), new int[] {0, 1, 2}, new Expr[] {patches, kernel},
                new int[] {3, 1, 2, 4, 5}, new int[] {0, 3, 4, 5}).pow(2).sum();
    }

    private static List<CodeCase> scalars() {
        List<CodeCase> cases = new ArrayList<>();
        cases.add(CodeCase.gradient("scalars", "a : R; x : R", "sin(a*x)**2 + exp(-x**2/3)*a - 1/7"));
        cases.add(CodeCase.gradient("relu, maximum and where", "x : R[n]; y : R[n]",
                "sum(relu(x)*maximum(x, y)) + sum(where(x > y, x**3, y*x))"));
        cases.add(CodeCase.gradient("product of entries", "x : R[n] nonzero", "prod(x)"));
        cases.add(CodeCase.gradient("largest entry", "x : R[m, n]", "max(x) + sum(max(x, axis=0))"));
        cases.add(CodeCase.gradient("unknown functions", "sigma : R -> R; phi : R[n] -> R; W : R[n, k]; x : R[k]",
                "phi(sigma(W @ x))"));
        for (ScalarFunction f : Functions.all()) {
            // within every domain: 1/10 < x < 9/10
            Variable x = Variable.of("x", Shape.of("n"), new Fact.Interval(Rational.of(1, 10), Rational.of(9, 10)));
            Variable y = Variable.of("y", Shape.of("n"), new Fact.Interval(Rational.of(1, 10), Rational.of(9, 10)));
            Variable s = Variable.scalar("s", new Fact.Interval(Rational.of(1, 10), Rational.of(9, 10)));
            Variable t = Variable.scalar("t", new Fact.Interval(Rational.of(1, 10), Rational.of(9, 10)));
            Expr vector = f.arity() == 0 ? f.apply().times(x) : f.arity() == 1 ? f.apply(x) : f.apply(x, y);
            Expr scalar = f.arity() == 0 ? f.apply().times(s) : f.arity() == 1 ? f.apply(s) : f.apply(s, t);
            Expr negative = f.domain().isPresent() ? x : f.arity() == 0 ? x
                    : f.arity() == 1 ? f.apply(x.negate()) : f.apply(x.negate(), y);
            cases.add(CodeCase.of("function " + f.name(), vector, scalar, negative));
        }
        return cases;
    }

    /** The functions that are handed to helpers have parameters of their own. */
    private static CodeCase exponentCalledX() {
        Variable x = Variable.scalar("x", Fact.Named.NATURAL);
        Variable s = Variable.of("X", Shape.of("n", "n"));
        Variable e = Variable.of("e", Shape.of("n", "n"));
        return CodeCase.of("an exponent called x", MatrixFunction.power(s, x),
                MatrixFunction.of(MatrixFunction.Operation.POWER_SLOPE, List.of(s, x, e)),
                MatrixFunction.of(MatrixFunction.Operation.POWER_SLOPE, List.of(s, x.plus(Constant.ONE), e)),
                MatrixFunction.of(MatrixFunction.Operation.EXPONENTIAL_SLOPE, List.of(s, e.times(x))));
    }

    private static Expr contract(Shape shape, int[] output, Expr[] factors, int[]... labels) {
        return Contraction.of(List.of(factors), List.of(labels), output, shape);
    }

    /** Node by node, what derivations of the cases above may not reach. */
    private static List<CodeCase> kinds() {
        Variable a = Variable.of("a", Shape.of("m", "n"));
        Variable b = Variable.of("b", Shape.of("m", "n"));
        Variable s = Variable.of("s", Shape.of("n", "n"));
        Variable v = Variable.of("v", Shape.of("n"));
        Variable u = Variable.of("u", Shape.of("m"));
        Variable cube = Variable.of("cube", Shape.of("m", "n", "k"));
        Variable cubes = Variable.of("cubes", Shape.of("k", "n", "n"));
        Variable k = Variable.scalar("k", Fact.Named.NATURAL);
        Variable six = Variable.of("six", Shape.of(6));
        Variable grid = Variable.of("grid", Shape.of(5, 7));
        Size m = Size.symbol("m");
        Size n = Size.symbol("n");
        Shape mn = Shape.of("m", "n");
        Expr[] sv = {s, v};
        Window.Access patches = new Window.Access(Shape.of(5, 7), Shape.of(3, 3, 3, 2),
                List.of(List.of(2, 0, 1, 0), List.of(0, 2, 0, 3)), List.of(Size.of(-1), Size.of(-1)), false);
        Expr gathered = Window.gather(grid, patches);
        return List.of(
                CodeCase.of("leaves", Dimension.of(n.times(m).plus(1)).times(v.sum()), Range.of(n).times(v),
                        Delta.of(n).plus(s), Linear.zero(mn), Linear.fill(mn, Rational.of(2, 7)).plus(a),
                        Constant.of(Shape.of(2, 3), List.of(1, 2, 3, 4, 5, 6).stream().map(Rational::of).toList())
                                .times(Rational.of(1, 3))),
                CodeCase.of("sums and scalings", a.times(Rational.of(-2, 3)).plus(b.times(Rational.of(5, 4))),
                        a.negate().minus(b), Tensors.sum(List.of(a, u.sum(), v)),
                        v.times(Rational.of(-1, 2)).minus(v.pow(2))),
                CodeCase.of("powers", a.plus(Constant.of(20)).pow(Constant.of(Rational.of(3, 2))), a.pow(2), a.pow(3),
                        v.plus(Constant.of(30)).pow(-2), Functions.POWER.apply(v.plus(Constant.of(30)), v)),
                CodeCase.of("views", Tensors.transpose(a), Tensors.permute(cube, 2, 0, 1), Tensors.diagonal(s),
                        Tensors.diag(v), Tensors.trace(s), Tensors.broadcast(v, mn),
                        contract(mn, new int[] {0, 1}, new Expr[] {u}, new int[] {0})),
                CodeCase.of("products of two", a.matmul(v), Tensors.transpose(a).matmul(u),
                        Tensors.transpose(a).matmul(b), a.matmul(Tensors.transpose(b)), Tensors.outer(u, v),
                        Tensors.outer(v, u), a.times(b), a.times(v), a.times(b).sum(), a.times(b).sum(0),
                        u.dividedBy(a.matmul(v).pow(2).plus(Constant.ONE))),
                CodeCase.of("products of many", u.matmul(a).matmul(s).matmul(v), a.matmul(s).matmul(s),
                        contract(Shape.of("n"), new int[] {0}, new Expr[] {s, s, v, v}, new int[] {0, 1},
                                new int[] {1, 0}, new int[] {1}, new int[] {0}),
                        contract(Shape.of("n", "n", "n"), new int[] {0, 1, 2}, new Expr[] {s, s, s}, new int[] {0, 3},
                                new int[] {1, 3}, new int[] {2, 3}),
                        contract(Shape.of("m", "k"), new int[] {0, 1}, new Expr[] {cube, v, u}, new int[] {0, 2, 1},
                                new int[] {2}, new int[] {0}),
                        contract(mn, new int[] {0, 1}, new Expr[] {u, Dimension.of(n), v}, new int[] {0}, new int[] {},
                                new int[] {1}),
                        contract(Shape.of("n", "n"), new int[] {0, 1}, sv, new int[] {0, 0}, new int[] {1})),
                CodeCase.of("axes of length 1", Tensors.insertAxis(v, 0), Tensors.sum(a, new int[] {1}, true),
                        a.minus(Tensors.sum(a, new int[] {1}, true)), Tensors.insertAxis(u, 1).matmul(
                                Tensors.insertAxis(v, 0))),
                CodeCase.of("reductions", Reduction.of(Reduction.Operation.MAX, cube, 0, 2),
                        Reduction.of(Reduction.Operation.PRODUCT, cube, 0, 2),
                        Reduction.of(Reduction.Operation.LOG_SUM_EXP, cube, 1, 2),
                        Reduction.of(Reduction.Operation.FIRST_MAX, cube, 0, 2),
                        Reduction.of(Reduction.Operation.FIRST_MAX, six, 0),
                        Reduction.of(Reduction.Operation.LOG_SUM_EXP, v.times(1000), 0)),
                CodeCase.of("selections", Where.of(Functions.LESS.apply(a, v), a, b),
                        Where.of(v, v.times(2), Linear.zero(Shape.of("n"))), Functions.LESS.apply(a, b).times(a)),
                CodeCase.of("functions of matrices",
                        MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, s),
                        MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, s.plus(Delta.of(n).times(40))),
                        MatrixFunction.of(MatrixFunction.Operation.INVERSE, s.plus(Delta.of(n).times(40)))),
                CodeCase.of("matrix powers and exponentials", MatrixFunction.exponential(s), MatrixFunction.power(s, k),
                        MatrixFunction.of(MatrixFunction.Operation.POWER,
                                List.of(s.plus(Delta.of(n).times(40)), Constant.of(-3))),
                        MatrixFunction.of(MatrixFunction.Operation.EXPONENTIAL_SLOPE, List.of(s, cubes)),
                        MatrixFunction.of(MatrixFunction.Operation.POWER_SLOPE, List.of(s, k, s.plus(Delta.of(n))))),
                CodeCase.gradient("trace of an exponential", "X : R[n, n]; A : R[n, n]", "trace(A @ expm(X))"),
                CodeCase.of("layout", Reshape.of(a, Shape.of(List.of(m.times(n)))), Reshape.of(cube,
                        Shape.of(List.of(m.times(n), Size.symbol("k")))), Reshape.of(six, Shape.of(2, 3)),
                        Concatenation.of(List.of(a, b, a), 0), Concatenation.of(List.of(a, b), 1)),
                CodeCase.of("windows", gathered, Window.fold(gathered, patches),
                        Window.slice(six, 0, Size.of(1), 2, Size.of(2)),
                        Window.slice(six, 0, Size.of(5), -1, Size.of(6)),
                        Window.slice(six, 0, Size.of(4), -2, Size.of(2)),
                        Window.entry(grid, 0, Size.of(2)), Window.entry(v, 0, n.minus(1)),
                        Window.roll(six, 0, Size.of(2)), Window.slice(v, 0, Size.of(0), 1, n.minus(1)),
                        Window.slice(six, 0, Size.of(-2), 1, Size.of(10))));
    }
}
