package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.Values;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** The product of the others, in plain loops and as a quotient. */
class LeaveOneOutTest {
    private static final Variable X = Variable.of("X", Shape.of(2, 3, 2));
    private static final double[] NUMBERS = {1.5, 0, -2, 3, 0.5, 4, 0, 0, 7, -1, 2, 5};

    /** The product over the positions that agree with {@code at} outside the axes, the own one left out. */
    private static double expected(int at, int[] axes) {
        int[] own = {at / 6, at / 2 % 3, at % 2};
        double product = 1;
        for (int k = 0; k < 12; k++) {
            int[] other = {k / 6, k / 2 % 3, k % 2};
            boolean same = true;
            for (int axis = 0; axis < 3; axis++) {
                int fixed = axis;
                same &= IntStream.of(axes).anyMatch(a -> a == fixed) || other[axis] == own[axis];
            }
            product *= same && k != at ? NUMBERS[k] : 1;
        }
        return product;
    }

    @Test
    void zerosAreNoDivisors() {
        for (int[] axes : new int[][] {{0}, {1}, {2}, {0, 2}, {1, 2}, {0, 1, 2}}) {
            double[] values = Plan.compile(List.of(LeaveOneOut.of(X, axes)), Sizes.NONE)
                    .evaluate(Values.NONE.with(X, Tensor.of(new int[] {2, 3, 2}, NUMBERS))).get(0).data();
            for (int at = 0; at < 12; at++) {
                assertThat(values[at]).as("axes %s, entry %s", Arrays.toString(axes), at)
                        .isEqualTo(expected(at, axes));
            }
        }
    }

    @Test
    void quotientsAreEqualWhereNothingIsZero() {
        Variable y = Variable.of("Y", Shape.of("l", "m", "n"), Fact.Named.NONZERO);
        for (int[] axes : new int[][] {{0}, {1}, {2}, {0, 1, 2}, {0, 2}}) {
            Expr others = LeaveOneOut.of(y, axes);
            Expr quotients = LeaveOneOut.asQuotients(others);
            assertThat(Walk.postorder(quotients)).noneMatch(node -> node instanceof Where);
            assertThat(Numerically.compare(others, quotients, Numerically.points(List.of(others, y), 4, 4, 3))
                    .difference()).isEmpty();
        }
    }

    @Test
    void whatMayBeZeroEverywhereIsNotDividedBy() {
        Expr relu = Functions.RELU.apply(X);
        Expr others = LeaveOneOut.of(relu, new int[] {1});
        assertThat(LeaveOneOut.asQuotients(others)).isEqualTo(others);
        Expr product = Reduction.of(Reduction.Operation.PRODUCT, X, 1);
        assertThat(LeaveOneOut.asQuotients(product)).isEqualTo(product);
    }

    /** {@code |u|} is zero where u is; {@code |u| − u} is zero on half of all points. */
    @Test
    void absoluteValuesAreDividedBy() {
        Variable y = Variable.of("Y", Shape.of("m", "n"), Fact.Named.NONZERO);
        Expr others = LeaveOneOut.of(Functions.ABS.apply(y), new int[] {0, 1});
        Expr quotients = LeaveOneOut.asQuotients(others);
        assertThat(Walk.postorder(quotients)).noneMatch(node -> node instanceof Where);
        assertThat(Numerically.compare(others, quotients, Numerically.points(List.of(others, y), 4, 4, 3))
                .difference()).isEmpty();
        Expr flat = LeaveOneOut.of(Functions.ABS.apply(y).minus(y), new int[] {0, 1});
        assertThat(LeaveOneOut.asQuotients(flat)).isSameAs(flat);
    }
}
