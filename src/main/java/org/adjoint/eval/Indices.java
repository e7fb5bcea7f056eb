package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;

/**
 * The indices of a contraction for given sizes, with Kronecker deltas resolved: the two indices of a delta are one, so a
 * delta is never a factor. Where both are output indices the result is zero off that diagonal.
 *
 * @param factors      the factors that are not deltas
 * @param labels       for each factor, the index of each of its axes
 * @param output       the index of each output axis; repeated where a delta ties two of them
 * @param sizes        the size of every index
 * @param multiplicity the product of the sizes of the summed indices that are in no factor
 */
record Indices(List<Expr> factors, int[][] labels, int[] output, int[] sizes, long multiplicity) {

    static Indices of(Contraction contraction, Sizes bound) {
        int count = contraction.indexCount();
        int[] tied = new int[count];
        Arrays.setAll(tied, label -> label);
        List<Expr> factors = new ArrayList<>();
        for (int k = 0; k < contraction.operandCount(); k++) {
            if (contraction.operand(k) instanceof Delta) {
                int low = root(tied, contraction.index(k, 0));
                int high = root(tied, contraction.index(k, 1));
                tied[Math.max(low, high)] = Math.min(low, high);
            } else {
                factors.add(contraction.operand(k));
            }
        }
        int[][] labels = new int[factors.size()][];
        boolean[] used = new boolean[count];
        for (int k = 0, factor = 0; k < contraction.operandCount(); k++) {
            if (!(contraction.operand(k) instanceof Delta)) {
                labels[factor] = contraction.indices(k);
                for (int axis = 0; axis < labels[factor].length; axis++) {
                    labels[factor][axis] = root(tied, labels[factor][axis]);
                    used[labels[factor][axis]] = true;
                }
                factor++;
            }
        }
        int[] output = new int[contraction.shape().rank()];
        for (int axis = 0; axis < output.length; axis++) {
            output[axis] = root(tied, axis);
            used[output[axis]] = true;
        }
        int[] sizes = new int[count];
        long multiplicity = 1;
        for (int label = 0; label < count; label++) {
            sizes[label] = bound.of(contraction.indexSize(label));
            multiplicity *= tied[label] == label && !used[label] ? sizes[label] : 1;
        }
        return new Indices(factors, labels, output, sizes, multiplicity);
    }

    private static int root(int[] tied, int label) {
        int root = label;
        while (tied[root] != root) {
            root = tied[root];
        }
        return root;
    }

    /** The distinct output indices, in order of first occurrence. */
    int[] distinctOutput() {
        return Labels.distinct(output);
    }

    /** The number of entries of the output. */
    int outputCount() {
        return Layout.count(sizes(output));
    }

    /** Whether a delta ties two output axes. */
    boolean isDiagonal() {
        return distinctOutput().length < output.length;
    }

    /** Whether nothing is summed over but single entries. */
    boolean isProduct() {
        for (int[] factor : labels) {
            for (int label : factor) {
                if (sizes[label] != 1 && !Labels.contains(output, label)) {
                    return false;
                }
            }
        }
        return multiplicity == 1;
    }

    int[] sizes(int[] someLabels) {
        return Layout.pick(sizes, someLabels);
    }

    /**
     * How far a row-major tensor with these labels moves when each of the given indices moves by one; an index that
     * labels two axes moves along their diagonal.
     */
    static int[] strides(int[] tensorLabels, int[] allSizes, int[] along) {
        int[] own = Layout.strides(Layout.pick(allSizes, tensorLabels));
        int[] strides = new int[along.length];
        for (int k = 0; k < along.length; k++) {
            for (int axis = 0; axis < tensorLabels.length; axis++) {
                strides[k] += tensorLabels[axis] == along[k] ? own[axis] : 0;
            }
        }
        return strides;
    }
}
