package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.adjoint.eval.Point;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.graphs.Numerically;
import org.adjoint.graphs.RandomGraph;

/** Reverse mode over random graphs of every kind against forward mode and against central differences at 60 digits. */
class ReverseSweepTest {
    private static Slopes.Compared compared = new Slopes.Compared(0, 0);

    /** That the checks above did find something to compare. */
    @AfterContainer
    static void enoughWasCompared() {
        assertThat(compared.forward()).isGreaterThan(10_000);
        assertThat(compared.differences()).isGreaterThan(10_000);
    }

    /** {@code Σ J d = ∂f/∂d}, with the batched cotangent that makes the Jacobian. */
    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void jacobiansOfRandomGraphs(@ForAll long seed) {
        RandomGraph graphs = new RandomGraph(seed);
        check(graphs.of(graphs.shape(2), 1 + (int) Math.floorMod(seed, 3L)), seed, 2);
    }

    /** The gradient of a scalar is the Jacobian without the batch axes. */
    @Property(tries = 700, shrinking = ShrinkingMode.OFF)
    void gradientsOfRandomGraphs(@ForAll long seed) {
        RandomGraph graphs = new RandomGraph(seed);
        Expr f = graphs.of(graphs.shape(2), 3).sum();
        for (Variable x : Walk.variables(f)) {
            Expr gradient = ReverseSweep.gradient(f, x);
            assertThat(gradient.shape()).isEqualTo(x.shape());
            for (Point point : Numerically.points(List.of(f, gradient), seed, 2, 1)) {
                compared = compared.plus(Slopes.check(f, x, gradient, point, seed));
            }
        }
    }

    /** Adjoints are ordinary expressions: the Jacobian of a gradient of a smooth function is right, and symmetric. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void hessiansOfRandomGraphs(@ForAll long seed) {
        RandomGraph graphs = new RandomGraph(seed, false);
        Expr f = graphs.of(Shape.SCALAR, 2 + new Random(seed).nextInt(2));
        for (Variable x : Walk.variables(f)) {
            Expr gradient = ReverseSweep.gradient(f, x);
            Expr hessian = ReverseSweep.jacobian(gradient, x);
            int rank = x.shape().rank();
            int[] swap = new int[2 * rank];
            Arrays.setAll(swap, k -> (k + rank) % (2 * rank));
            Expr transposed = Tensors.permute(hessian, swap);
            for (Point point : Numerically.points(List.of(f, hessian), seed, 2, 1)) {
                compared = compared.plus(Slopes.check(gradient, x, hessian, point, seed));
                Numerically.Outcome symmetric = Numerically.compare(hessian, transposed, List.of(point));
                assertThat(symmetric.difference()).as("seed %s by %s", seed, x).isEmpty();
            }
        }
    }

    private static void check(Expr f, long seed, int sizes) {
        for (Variable x : Walk.variables(f)) {
            Expr jacobian = ReverseSweep.jacobian(f, x);
            assertThat(jacobian.shape()).isEqualTo(f.shape().concat(x.shape()));
            for (Point point : Numerically.points(List.of(f, jacobian), seed, sizes, 1)) {
                compared = compared.plus(Slopes.check(f, x, jacobian, point, seed));
            }
        }
    }

    @Example
    void aGradientNeedsAScalar() {
        Variable x = Variable.of("x", Shape.of("n"));
        assertThatThrownBy(() -> ReverseSweep.gradient(x, x)).isInstanceOf(ShapeError.class)
                .hasMessage("a gradient is taken of a scalar; use the Jacobian; got x [n]");
    }
}
