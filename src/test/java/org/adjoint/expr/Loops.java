package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.graphs.JavaCode;

/** Holds an expression against a formula for its entries, exactly, at sizes all distinct, each 1, all equal and random. */
final class Loops {
    private Loops() {
    }

    /** The exact values of variables at a point, by index; an index outside reads 0. */
    record At(Point point) {
        Rational of(Variable x, int... index) {
            NumberTensor<Rational> value = point.value(x);
            int[] shape = value.shape();
            for (int axis = 0; axis < index.length; axis++) {
                if (index[axis] < 0 || index[axis] >= shape[axis]) {
                    return Rational.ZERO;
                }
            }
            return index.length == 0 ? value.value() : value.get(index);
        }

        int size(String name) {
            return point.sizes().value(name).orElseThrow();
        }

        /** {@code Σ_k term(k)} for k below the count. */
        static Rational sum(int count, Function<Integer, Rational> term) {
            Rational sum = Rational.ZERO;
            for (int k = 0; k < count; k++) {
                sum = sum.plus(term.apply(k));
            }
            return sum;
        }
    }

    static void assertEntries(Expr expr, BiFunction<At, int[], Rational> entry) {
        Sampler sampler = new Sampler(expr.digestLow());
        List<Expr> all = new ArrayList<>(List.of(expr));
        int compared = 0;
        for (Sizes sizes : sampler.sizes(all, 7)) {
            Point point = sampler.point(Walk.variables(all), sizes);
            ExactArithmetic field = new ExactArithmetic();
            NumberTensor<Radical> value = new Evaluator<>(field, sizes).evaluate(expr, point.in(field));
            assertThat(value.shape()).isEqualTo(sizes.of(expr.shape()));
            At at = new At(point);
            for (int position = 0; position < value.count(); position++) {
                int[] index = index(value.shape(), position);
                assertThat(value.get(position))
                        .as(() -> "at " + Arrays.toString(index) + ", " + point + "\n" + JavaCode.of(expr))
                        .isEqualTo(Radical.of(entry.apply(at, index)));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private static int[] index(int[] shape, int position) {
        int[] index = new int[shape.length];
        int rest = position;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }
}
