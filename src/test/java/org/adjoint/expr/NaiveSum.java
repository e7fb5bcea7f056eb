package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;

/** {@code out[o] = Σ_s Π_k factor_k[labels_k]} by nested loops over every label, from its definition and nothing else. */
final class NaiveSum {
    private NaiveSum() {
    }

    static NumberTensor<Radical> of(List<NumberTensor<Radical>> factors, List<int[]> labels, int[] output, Shape shape,
            Sizes sizes) {
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int axis = 0; axis < output.length; axis++) {
            lengths.put(output[axis], sizes.of(shape.get(axis)));
        }
        for (int k = 0; k < factors.size(); k++) {
            int[] factorShape = factors.get(k).shape();
            for (int axis = 0; axis < factorShape.length; axis++) {
                lengths.put(labels.get(k)[axis], factorShape[axis]);
            }
        }
        List<Integer> names = new ArrayList<>(lengths.keySet());
        int[] counts = names.stream().mapToInt(lengths::get).toArray();
        int[] outShape = Arrays.stream(output).map(lengths::get).toArray();
        Radical[] result = new Radical[Arrays.stream(outShape).reduce(1, (a, b) -> a * b)];
        Arrays.fill(result, Radical.ZERO);
        int total = Arrays.stream(counts).reduce(1, (a, b) -> a * b);
        for (int step = 0; step < total; step++) {
            Map<Integer, Integer> at = new HashMap<>();
            int rest = step;
            for (int k = 0; k < counts.length; k++) {
                at.put(names.get(k), rest % counts[k]);
                rest /= counts[k];
            }
            Radical product = Radical.ONE;
            for (int k = 0; k < factors.size(); k++) {
                int[] index = Arrays.stream(labels.get(k)).map(at::get).toArray();
                product = product.times(index.length == 0 ? factors.get(k).value() : factors.get(k).get(index));
            }
            int position = 0;
            for (int axis = 0; axis < output.length; axis++) {
                position = position * outShape[axis] + Objects.requireNonNull(at.get(output[axis]));
            }
            result[position] = result[position].plus(product);
        }
        return NumberTensor.of(outShape, List.of(result));
    }
}
