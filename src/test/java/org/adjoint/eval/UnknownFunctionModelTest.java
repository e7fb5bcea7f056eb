package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

class UnknownFunctionModelTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable V = Variable.of("v", Shape.of("n"));

    private static Tensor evaluate(Expr expr, Sizes sizes, Values values) {
        return Plan.compile(List.of(expr), sizes).evaluate(values).get(0);
    }

    /** The derivative of the model is the limit of its difference quotient; exactly, for the linear one. */
    @Test
    void unknownFunctionsHaveTheirTrueDerivatives() {
        UnknownFunction phi = new UnknownFunction("phi", List.of(Shape.of("n"), Shape.SCALAR), Shape.SCALAR,
                Set.of());
        UnknownFunction linear = new UnknownFunction("A", List.of(Shape.of("n")), Shape.of(2),
                Set.of(Fact.Named.LINEAR));
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, Set.of());
        Variable direction = Variable.of("d", Shape.of("n"));
        Variable h = Variable.scalar("h");
        Sizes sizes = Sizes.of("n", 3);
        Expr moved = V.plus(direction.times(h));
        Expr slope = Tensors.inner(derivative(phi.apply(List.of(V, X)), 0), direction);
        Expr curvature = derivative(derivative(phi.apply(List.of(V, X)), 0), 0).matmul(direction).matmul(direction);
        Expr value = phi.apply(List.of(V, X));
        Expr around = phi.apply(List.of(moved, X));
        Expr back = phi.apply(List.of(V.minus(direction.times(h)), X));
        Values values = Values.of(V, 0.25, -0.5, 1).with(X, 0.5).with(direction, 1, -1, 0.5).with(h, 1e-4);
        List<Tensor> results = Plan.compile(List.of(slope, around.minus(back).dividedBy(h.times(2)), curvature,
                around.plus(back).minus(value.times(2)).dividedBy(h.times(h)),
                linear.apply(List.of(moved)).minus(linear.apply(List.of(V))).dividedBy(h),
                derivative(linear.apply(List.of(V)), 0).matmul(direction),
                derivative(sigma.apply(List.of(V)), 0)), sizes).evaluate(values);
        double scale = 1 + Math.abs(results.get(0).value()) + Math.abs(results.get(2).value());
        assertThat(results.get(1).value()).isCloseTo(results.get(0).value(), within(1e-4 * scale));
        assertThat(results.get(3).value()).isCloseTo(results.get(2).value(), within(1e-3 * scale));
        assertThat(results.get(4).toArray()).containsExactly(results.get(5).toArray(), within(1e-8));
        assertThat(results.get(6).shape()).containsExactly(3);
        assertThat(results.get(6).toArray()).doesNotContain(0);
    }

    private static Expr derivative(Expr application, int argument) {
        return ((Application) application).derivative(argument);
    }

    /** Doubles and exact evaluation see the same polynomials. */
    @Test
    void unknownFunctionsAreTheSameInEveryArithmetic() {
        UnknownFunction phi = new UnknownFunction("phi", List.of(Shape.of("n")), Shape.of("n"), Set.of());
        Expr jacobian = derivative(phi.apply(List.of(V)), 0);
        Sizes sizes = Sizes.of("n", 2);
        Point point = new Sampler(1).point(List.of(V), sizes);
        ExactArithmetic field = new ExactArithmetic();
        NumberTensor<Radical> exact = new Evaluator<>(field, sizes).evaluate(jacobian, point.in(field));
        assertThat(evaluate(jacobian, sizes, point.doubles()).toArray())
                .containsExactly(exact.toDoubles(field), within(1e-9));
    }
}
