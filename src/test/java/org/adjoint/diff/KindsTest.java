package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.eval.Point;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.MatrixFunction.Operation;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The adjoint rule of every kind of node: Jacobian, and Jacobian of the Jacobian, against forward mode and differences. */
class KindsTest {
    private static final Size M = Size.symbol("m");
    private static final Size N = Size.symbol("n");
    private static final Variable A = Variable.of("A", Shape.of("m", "n"));
    private static final Variable P = Variable.of("P", Shape.of("m", "n"), Fact.Named.POSITIVE);
    private static final Variable S = Variable.of("S", Shape.of("n", "n"), Fact.Named.INVERTIBLE);
    private static final Variable V = Variable.of("v", Shape.of("n"));
    private static final Variable T = Variable.of("T", Shape.of(Size.of(2), M, N));
    private static final Variable X = Variable.scalar("x");

    static Map<String, Expr> kinds() {
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, Set.of());
        UnknownFunction g = new UnknownFunction("g", List.of(Shape.SCALAR, Shape.SCALAR), Shape.SCALAR, Set.of());
        UnknownFunction phi = new UnknownFunction("phi", List.of(A.shape(), V.shape()), Shape.SCALAR, Set.of());
        UnknownFunction field = new UnknownFunction("F", List.of(V.shape(), A.shape()), Shape.of("m"), Set.of());
        Expr ranged = V.times(Range.of(N));
        Map<String, Expr> kinds = new LinkedHashMap<>();
        kinds.put("variable", A);
        kinds.put("constant times dimension", X.pow(2).times(Dimension.of(N)).times(Rational.of(3, 2)));
        kinds.put("range", ranged.pow(2));
        kinds.put("delta", Tensors.diag(V).plus(Delta.of(N)));
        kinds.put("linear", A.times(3).plus(A.pow(2).times(Rational.of(-1, 2))));
        kinds.put("matrix product", A.matmul(S).matmul(A.transpose()));
        kinds.put("repeated index", Tensors.diagonal(S.matmul(S)));
        kinds.put("trace", Tensors.trace(S).times(Tensors.trace(S)));
        kinds.put("outer product", Tensors.outer(V, V));
        kinds.put("three equal factors", Contraction.of(List.of(S, S, S),
                List.of(new int[] {0, 1}, new int[] {1, 2}, new int[] {2, 0}), new int[0], Shape.SCALAR));
        kinds.put("loose index", Contraction.of(List.of(V.pow(2), Contraction.ones(Shape.of(M))),
                List.of(new int[] {0}, new int[] {1}), new int[0], Shape.SCALAR));
        kinds.put("broadcast output", Tensors.broadcast(V, Shape.of(M, N)).times(Tensors.broadcast(X, A.shape())));
        kinds.put("size-1 axes", Tensors.insertAxis(V, 0).times(Tensors.insertAxis(V, 1)));
        kinds.put("mean", A.minus(Tensors.mean(A, new int[] {0}, true)).pow(2));
        kinds.put("power", P.pow(Constant.of(Rational.of(5, 2))).plus(A.pow(3)));
        kinds.put("power of a power", P.pow(A));
        kinds.put("maximum", Functions.MAXIMUM.apply(A, V));
        kinds.put("minimum", Functions.MINIMUM.apply(A, V));
        kinds.put("slice", Window.slice(A, 1, Size.ONE, 1, N.minus(1)));
        kinds.put("strided slice", Window.slice(T, 2, Size.ZERO, 2, N.plus(1).floorDivide(Size.of(2))));
        kinds.put("flip", Window.slice(A, 0, M.minus(1), -1, M));
        kinds.put("padding", Window.slice(V, 0, Size.of(-2), 1, N.plus(3)).pow(2));
        kinds.put("entry", Window.entry(A, 0, Size.ZERO).times(X));
        kinds.put("roll", Window.roll(A, 1, Size.of(2)).times(A));
        kinds.put("sliding windows", Window.gather(V, sliding(N)).pow(2));
        kinds.put("fold", Window.fold(Window.gather(V, sliding(N)).pow(2), sliding(N)));
        kinds.put("max over an axis", Reduction.of(Reduction.Operation.MAX, A, 1));
        kinds.put("max over all axes", Reduction.of(Reduction.Operation.MAX, T, 0, 1, 2));
        kinds.put("product over an axis", Reduction.of(Reduction.Operation.PRODUCT, A, 0));
        kinds.put("product over two axes", Reduction.of(Reduction.Operation.PRODUCT, T, 0, 2));
        kinds.put("log-sum-exp over an axis", Reduction.of(Reduction.Operation.LOG_SUM_EXP, A, 0));
        kinds.put("log-sum-exp over two axes", Reduction.of(Reduction.Operation.LOG_SUM_EXP, T, 0, 2));
        kinds.put("first maximum", Reduction.of(Reduction.Operation.FIRST_MAX, A, 1).times(A));
        kinds.put("where", Where.of(Functions.LESS.apply(A, V), A.pow(2), A.times(V)));
        kinds.put("inverse", MatrixFunction.of(Operation.INVERSE, S));
        kinds.put("determinant", MatrixFunction.of(Operation.DETERMINANT, S).times(X));
        kinds.put("log-determinant", MatrixFunction.of(Operation.LOG_DETERMINANT, S));
        kinds.put("reshape", Reshape.of(A.matmul(S), Shape.of(M.times(N))).pow(2));
        kinds.put("concatenation", Concatenation.of(List.of(A, A.pow(2), T.sum(0)), 1));
        kinds.put("stack", Tensors.stack(List.of(A, V, X)));
        kinds.put("unknown scalar function", sigma.apply(List.of(A)));
        kinds.put("unknown function of two scalars", g.apply(List.of(A, V)));
        kinds.put("unknown function of one argument twice", g.apply(List.of(A, A)));
        kinds.put("unknown function of tensors", phi.apply(List.of(A.matmul(S), V)).times(X));
        kinds.put("unknown vector field", field.apply(List.of(V.times(X), A)));
        kinds.put("derivative of an unknown function by its second argument",
                Application.of(phi, new int[] {1}, List.of(A, V)));
        kinds.put("second derivative of an unknown function by both arguments",
                Application.of(phi, new int[] {1, 0}, List.of(A, V)));
        kinds.put("derivative of a vector field", Application.of(field, new int[] {0}, List.of(V, A)));
        kinds.put("softmax", Tensors.softmax(A, 1));
        kinds.put("zero", Linear.zero(A.shape()).plus(A.times(X)));
        return kinds;
    }

    private static Window.Access sliding(Size n) {
        return new Window.Access(Shape.of(n), Shape.of(n, Size.of(3)), List.of(List.of(2, -1)), List.of(Size.ONE),
                false);
    }

    @TestFactory
    List<DynamicTest> jacobian() {
        List<DynamicTest> tests = new ArrayList<>();
        kinds().forEach((name, f) -> tests.add(dynamicTest(name, () -> assertSlopes(f, name.hashCode(), 5))));
        return tests;
    }

    /** The Jacobian of the Jacobian: the adjoint of every adjoint. */
    @TestFactory
    List<DynamicTest> secondOrder() {
        List<DynamicTest> tests = new ArrayList<>();
        kinds().forEach((name, f) -> {
            if (f.shape().rank() <= 1) {
                Variable by = Walk.variables(f).iterator().next();
                tests.add(dynamicTest(name,
                        () -> assertSlopes(ReverseSweep.jacobian(f, by), name.hashCode(), 3)));
            } else {
                tests.add(dynamicTest(name, () -> {
                    Expr weighted = Tensors.inner(f, Variable.of("weights", f.shape()));
                    assertSlopes(ReverseSweep.gradient(weighted, Walk.variables(f).iterator().next()),
                            name.hashCode(), 3);
                }));
            }
        });
        return tests;
    }

    private static void assertSlopes(Expr f, long seed, int sizes) {
        Slopes.Compared compared = new Slopes.Compared(0, 0);
        for (Variable x : Walk.variables(f)) {
            Expr jacobian = ReverseSweep.jacobian(f, x);
            assertThat(jacobian.shape()).isEqualTo(f.shape().concat(x.shape()));
            for (Point point : Numerically.points(List.of(f, jacobian), seed, sizes, 1)) {
                compared = compared.plus(Slopes.check(f, x, jacobian, point, seed));
            }
        }
        assertThat(compared.forward()).as("entries compared with forward mode").isPositive();
        assertThat(compared.differences()).as("entries compared with differences").isPositive();
    }
}
