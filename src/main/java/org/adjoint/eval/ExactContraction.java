package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Rational;

/** {@code out[o] = Σ_s Π_k factor_k[indices_k]} over the entries of any arithmetic. */
final class ExactContraction<T> {
    private final Entries<T> entries;
    private final Indices indices;

    private ExactContraction(Entries<T> entries, Indices indices) {
        this.entries = entries;
        this.indices = indices;
    }

    /** @param values the values of {@link Indices#factors()}, in their order */
    static <T> Object[] of(Entries<T> entries, Contraction contraction, Indices indices, List<Object[]> values,
            int[] shape) {
        Object[] core = new ExactContraction<>(entries, indices).core(values);
        if (indices.multiplicity() != 1) {
            T times = entries.field.of(Rational.of(indices.multiplicity()));
            core = Arrays.stream(core).map(entry -> entries.multiply(times, entry)).toArray();
        }
        if (!indices.isDiagonal()) {
            return core;
        }
        Object[] result = new Object[Layout.count(shape)];
        Arrays.fill(result, entries.zero);
        int[] distinct = indices.distinctOutput();
        int[] positions = Layout.offsets(indices.sizes(distinct),
                Indices.strides(indices.output(), indices.sizes(), distinct));
        for (int k = 0; k < core.length; k++) {
            result[positions[k]] = core[k];
        }
        return result;
    }

    private Object[] core(List<Object[]> values) {
        int[] output = indices.distinctOutput();
        if (values.isEmpty() || indices.isProduct()) {
            return contract(values, List.of(indices.labels()), output);
        }
        List<Object[]> operands = new ArrayList<>(values);
        List<int[]> labels = new ArrayList<>(List.of(indices.labels()));
        for (PairOrder.Step step : PairOrder.of(indices.labels(), output, indices.sizes())) {
            List<Integer> used = step.right() == PairOrder.NONE ? List.of(step.left())
                    : List.of(step.left(), step.right());
            operands.add(contract(used.stream().map(operands::get).toList(), used.stream().map(labels::get).toList(),
                    step.labels()));
            labels.add(step.labels());
        }
        return operands.getLast();
    }

    private Object[] contract(List<Object[]> operands, List<int[]> labels, int[] output) {
        int[] summed = labels.stream().flatMapToInt(Arrays::stream).distinct()
                .filter(label -> !Labels.contains(output, label)).toArray();
        int[][] outer = offsets(labels, output);
        int[][] inner = offsets(labels, summed);
        Object[] result = new Object[Layout.count(indices.sizes(output))];
        int terms = Layout.count(indices.sizes(summed));
        Budget budget = Budget.current();
        for (int o = 0; o < result.length; o++) {
            Object sum = entries.zero;
            for (int s = 0; s < terms; s++) {
                budget.poll();
                Object product = operands.isEmpty() ? entries.one : operands.get(0)[outer[0][o] + inner[0][s]];
                for (int k = 1; k < outer.length; k++) {
                    product = entries.multiply(product, operands.get(k)[outer[k][o] + inner[k][s]]);
                }
                sum = s == 0 ? product : entries.add(sum, product);
            }
            result[o] = sum;
        }
        return result;
    }

    private int[][] offsets(List<int[]> labels, int[] along) {
        return IntStream.range(0, labels.size())
                .mapToObj(k -> Layout.offsets(indices.sizes(along),
                        Indices.strides(labels.get(k), indices.sizes(), along)))
                .toArray(int[][]::new);
    }
}
