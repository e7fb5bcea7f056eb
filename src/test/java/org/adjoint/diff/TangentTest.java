package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** Products with a Jacobian against the Jacobian itself. */
class TangentTest {
    private static final Variable W = Variable.of("W", Shape.of("m", "n"));
    private static final Variable X = Variable.of("x", Shape.of("n"));
    private static final Variable V = Variable.of("v", Shape.of("n"));
    private static final Variable U = Variable.of("u", Shape.of("m"));

    private static List<Expr> functions() {
        Expr z = W.matmul(X);
        return List.of(z, Functions.TANH.apply(z), Tensors.softmax(z, 0), Functions.RELU.apply(z).times(z),
                z.times(z.sum()), Tensors.logSoftmax(z.pow(2), 0));
    }

    @Test
    void productsAreThoseWithTheJacobian() {
        for (Expr f : functions()) {
            Expr jacobian = ReverseSweep.jacobian(f, X);
            Expr forward = Tangent.jvp(Definitions.NONE, f, X, V);
            Expr backward = Tangent.vjp(Definitions.NONE, f, X, U);
            var points = Numerically.points(List.of(f, V, U), 5, 4, 3);
            assertThat(Numerically.compare(forward, jacobian.matmul(V), points).difference()).isEmpty();
            assertThat(Numerically.compare(backward, jacobian.transpose().matmul(U), points).difference()).isEmpty();
            assertThat(Walk.variables(forward)).extracting(Variable::name).doesNotContain("cotangent of f");
        }
    }

    private static void same(Expr a, Expr b) {
        assertThat(Numerically.compare(a, b, Numerically.points(List.of(a, b), 3, 4, 3)).difference()).isEmpty();
    }

    @Test
    void throughDefinitions() {
        Variable z = Variable.of("z", Shape.of("m"));
        Definitions definitions = Definitions.NONE.with(z, W.matmul(X));
        same(Tangent.jvp(definitions, z.times(z), X, V), z.times(W.matmul(V)).times(2));
    }

    @Test
    void ofMatricesAndUnknownFunctions() {
        Variable a = Variable.of("A", Shape.of("n", "n"));
        Variable d = Variable.of("D", Shape.of("n", "n"));
        Expr regular = a.plus(Delta.of(a.shape().get(0)).times(20));
        Expr shifted = MatrixFunction.of(MatrixFunction.Operation.INVERSE, regular);
        same(Tangent.jvp(Definitions.NONE, shifted, a, d), shifted.matmul(d).matmul(shifted).negate());
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, java.util.Set.of());
        Expr f = sigma.apply(List.of(X));
        Expr slope = ((org.adjoint.expr.Application) f).derivative(0);
        assertThat(Tangent.jvp(Definitions.NONE, f, X, V)).isEqualTo(slope.times(V));
    }

    @Test
    void shapesMustFit() {
        assertThatThrownBy(() -> Tangent.jvp(Definitions.NONE, W.matmul(X), X, U)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("a direction has the shape of the variable");
        assertThatThrownBy(() -> Tangent.vjp(Definitions.NONE, W.matmul(X), X, V)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("a cotangent has the shape of the function");
    }
}
