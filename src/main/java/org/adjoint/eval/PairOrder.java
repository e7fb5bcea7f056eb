package org.adjoint.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which a contraction of many factors is computed two at a time: first what can be summed within one factor,
 * then, greedily, the pair with the fewest multiplications. Sources: the greedy path of Smith and Gray, "opt_einsum", JOSS
 * 3(26), 2018.
 */
final class PairOrder {
    /** Beyond this many factors they are taken in the order in which they come. */
    private static final int SEARCH_LIMIT = 32;
    static final int NONE = -1;

    /**
     * One product of two operands, or a sum over one.
     *
     * @param left   an operand: a factor of the contraction, or, counted after them, the result of an earlier step
     * @param right  another, or {@link #NONE}
     * @param labels the indices of the result, in the order of its axes
     */
    record Step(int left, int right, int[] labels) {
    }

    private final List<int[]> operands = new ArrayList<>();
    private final List<Integer> open = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final int[] output;
    private final int[] sizes;

    private PairOrder(int[][] labels, int[] output, int[] sizes) {
        this.output = output;
        this.sizes = sizes;
        for (int[] factor : labels) {
            open.add(operands.size());
            operands.add(factor);
        }
    }

    /** The steps that contract at least one factor onto the (distinct) output indices; the last one gives the result. */
    static List<Step> of(int[][] labels, int[] output, int[] sizes) {
        PairOrder order = new PairOrder(labels, output, sizes);
        order.search();
        return order.steps;
    }

    private void search() {
        if (open.size() > 1) {
            for (int operand : List.copyOf(open)) {
                int[] kept = needed(Labels.distinct(operands.get(operand)), operand, operand);
                if (kept.length < operands.get(operand).length) {
                    replace(operand, NONE, kept);
                }
            }
        }
        while (open.size() > 2) {
            int[] pair = open.size() > SEARCH_LIMIT ? new int[] {open.get(0), open.get(1)} : cheapest();
            replace(pair[0], pair[1], needed(union(pair[0], pair[1]), pair[0], pair[1]));
        }
        replace(open.get(0), open.size() == 2 ? open.get(1) : NONE, output);
    }

    private void replace(int left, int right, int[] labels) {
        steps.add(new Step(left, right, labels));
        open.remove(Integer.valueOf(left));
        open.remove(Integer.valueOf(right));
        open.add(operands.size());
        operands.add(labels);
    }

    private int[] cheapest() {
        int[] best = {open.get(0), open.get(1)};
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < open.size(); i++) {
            for (int j = i + 1; j < open.size(); j++) {
                int[] union = union(open.get(i), open.get(j));
                double cost = volume(union) + 1e-3 * volume(needed(union, open.get(i), open.get(j)));
                // A product that only grows is better left for later.
                cost -= 1e-3 * (volume(operands.get(open.get(i))) + volume(operands.get(open.get(j))));
                if (cost < least) {
                    least = cost;
                    best = new int[] {open.get(i), open.get(j)};
                }
            }
        }
        return best;
    }

    private double volume(int[] labels) {
        double volume = 1;
        for (int label : labels) {
            volume *= sizes[label];
        }
        return volume;
    }

    private int[] union(int left, int right) {
        return Labels.union(operands.get(left), operands.get(right));
    }

    /** The labels that the output or an operand other than the two still needs. */
    private int[] needed(int[] labels, int left, int right) {
        return Labels.where(labels, label -> Labels.contains(output, label) || isElsewhere(label, left, right));
    }

    private boolean isElsewhere(int label, int left, int right) {
        for (int k : open) {
            if (k != left && k != right && Labels.contains(operands.get(k), label)) {
                return true;
            }
        }
        return false;
    }
}
