package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.adjoint.check.expr.SelfCheck;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.MatrixFunction.Operation;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every kind of node as compiled plans compute it: first and second derivatives against differences of the values. */
class KindsCheckedTest {

    @TestFactory
    Stream<DynamicTest> derivativesOfEveryKind() {
        return KindsTest.kinds().entrySet().stream()
                .map(kind -> dynamicTest(kind.getKey(), () -> SelfCheck.assertRight(kind.getKey(), kind.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> derivativesOfEveryMatrixFunction() {
        return Stream.of(Operation.values())
                .map(op -> dynamicTest(op.name(), () -> SelfCheck.assertRight(op.name(), example(op), List.of(X, E))));
    }

    private static final Variable X = Variable.of("X", Shape.of(2, 2));
    private static final Variable E = Variable.of("E", Shape.of(2, 2));

    /** Of a matrix near 2 I, and of a direction. */
    private static Expr example(Operation operation) {
        var x = X.times(Rational.of(1, 8)).plus(Delta.of(Size.of(2)).times(2)).plus(E.times(Rational.of(1, 16)));
        var k = Constant.of(7);
        return MatrixFunction.of(operation, switch (operation) {
            case INVERSE, DETERMINANT, LOG_DETERMINANT, EXPONENTIAL -> List.of(x);
            case POWER -> List.of(x, k);
            case EXPONENTIAL_SLOPE -> List.of(x, E);
            case POWER_SLOPE -> List.of(x, k, E);
        });
    }

    /** A cut passes nothing on, whatever the values say: what is cut off is constant for the derivative. */
    @Test
    void whatIsDetachedIsConstant() {
        var x = Variable.of("x", Shape.of(3));
        var y = Variable.of("y", Shape.of(3));
        assertThat(ReverseSweep.gradient(Tensors.inner(Detach.of(x.pow(2)), y), x)).isEqualTo(
                Linear.zero(x.shape()));
        SelfCheck.assertRight("detached factor", Detach.of(x.pow(2)).times(y.pow(3)), List.of(y));
    }

    @Test
    void noKindIsLeftOut() {
        Set<Class<?>> met = new HashSet<>();
        Set<Object> operations = new HashSet<>();
        KindsTest.kinds().values().forEach(f -> Walk.postorder(f).forEach(node -> {
            met.add(node.getClass());
            if (node instanceof Reduction r) {
                operations.add(r.operation());
            }
        }));
        assertThat(met).as("kinds of nodes")
                .containsAll(kinds(Expr.class).stream().filter(k -> k != Detach.class).toList());
        assertThat(operations).contains((Object[]) Reduction.Operation.values());
    }

    private static List<Class<?>> kinds(Class<?> of) {
        List<Class<?>> kinds = new ArrayList<>();
        var permitted = of.getPermittedSubclasses();
        if (permitted == null) {
            kinds.add(of);
        } else {
            for (var kind : permitted) {
                kinds.addAll(kinds(kind));
            }
        }
        return kinds;
    }
}
