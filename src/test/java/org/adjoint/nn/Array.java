package org.adjoint.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.adjoint.eval.Tensor;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/** Doubles by their indices, for loops that know nothing of the engine. */
record Array(int[] shape, double[] data) {
    static Array zero(int... shape) {
        return new Array(shape, new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
    }

    static Array random(Random random, int... shape) {
        Array array = zero(shape);
        Arrays.setAll(array.data, k -> random.nextGaussian());
        return array;
    }

    /** Entries that are apart from each other, so that a maximum stays where it is when they are moved a little. */
    static Array apart(Random random, int... shape) {
        Array array = zero(shape);
        List<Integer> order = new ArrayList<>(IntStream.range(0, array.data.length).boxed().toList());
        Collections.shuffle(order, random);
        Arrays.setAll(array.data, k -> (order.get(k) - array.data.length / 2.0) / 8);
        return array;
    }

    /** Entry by entry from its index. */
    static Array of(int[] shape, ToDoubleFunction<int[]> entry) {
        Array array = zero(shape);
        for (int k = 0; k < array.data.length; k++) {
            array.data[k] = entry.applyAsDouble(array.index(k));
        }
        return array;
    }

    static Array like(Shape shape, ToDoubleFunction<int[]> entry) {
        return of(shape.sizes().stream().mapToInt(size -> (int) size.value()).toArray(), entry);
    }

    int[] index(int position) {
        int[] index = new int[shape.length];
        int rest = position;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    double get(int... index) {
        int at = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new IndexOutOfBoundsException(Arrays.toString(index) + " of " + Arrays.toString(shape));
            }
            at = at * shape[axis] + index[axis];
        }
        return data[at];
    }

    /** Whether there is an entry at that index. */
    boolean has(int... index) {
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                return false;
            }
        }
        return true;
    }

    Shape size() {
        return Shape.of(Arrays.stream(shape).mapToObj(Size::of).toList());
    }

    Tensor tensor() {
        return Tensor.of(shape, data.clone());
    }
}
