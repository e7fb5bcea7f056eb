package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adjoint.expr.Contractor.Factor;

/**
 * The order of the factors of a contraction and the numbers of its indices: factors by digest, output indices first,
 * summed indices by first occurrence, and among orders that only permute equal factors the one with the smallest numbering.
 */
final class FactorOrder {
    private static final int TIE_LIMIT = 720;
    /** Ties of no more orders than this are tried out; where there are more, equal factors are told apart by where they stand. */
    private static final int FEW_ORDERS = 6;
    /** How far a factor looks for what tells it from its equals. */
    private static final int ROUNDS = 16;

    private final List<Factor> factors;
    private final int[] output;
    private final Shape shape;
    private final int labelCount;
    /** What tells equal factors apart: where they stand in the product, up to symmetry. */
    private long[] colours = {};

    FactorOrder(List<Factor> factors, int[] output, Shape shape, int labelCount) {
        this.factors = new ArrayList<>(factors);
        this.factors.sort((f, g) -> Expr.compareByDigest(f.node(), g.node()));
        this.output = output;
        this.shape = shape;
        this.labelCount = labelCount;
    }

    /** The contraction of the factors in this order. */
    Expr contraction() {
        int[] order = bestOrder();
        int[] names = new int[labelCount];
        int[][] indices = number(order, names);
        Expr[] nodes = new Expr[order.length];
        for (int k = 0; k < order.length; k++) {
            nodes[k] = factors.get(order[k]).node();
        }
        int count = shape.rank();
        for (int[] index : indices) {
            for (int name : index) {
                count = Math.max(count, name + 1);
            }
        }
        Size[] indexSizes = new Size[count];
        for (int k = 0; k < shape.rank(); k++) {
            indexSizes[k] = shape.get(k);
        }
        for (int k = 0; k < nodes.length; k++) {
            for (int axis = 0; axis < indices[k].length; axis++) {
                indexSizes[indices[k][axis]] = nodes[k].shape().get(axis);
            }
        }
        return Interner.intern(new Contraction(shape, nodes, indices, indexSizes));
    }

    /** Among the orders that only permute equal factors, the one whose numbering is smallest. */
    private int[] bestOrder() {
        int n = factors.size();
        int[] order = new int[n];
        Arrays.setAll(order, k -> k);
        long orders = orders();
        if (orders > FEW_ORDERS) {
            refine();
            orders = orders();
        }
        if (orders == 1 || orders > TIE_LIMIT) {
            return order;
        }
        int[][] best = {order.clone()};
        int[][][] bestIndices = {number(order, new int[labelCount])};
        permute(order, 0, best, bestIndices);
        return best[0];
    }

    /** How many orders only permute factors that nothing tells apart. */
    private long orders() {
        long orders = 1;
        for (int k = 0, run = 1; k < factors.size(); k++, run++) {
            run = k > 0 && tied(k, k - 1) ? run : 1;
            orders = Math.min(orders * run, Integer.MAX_VALUE);
        }
        return orders;
    }

    private boolean tied(int a, int b) {
        return factors.get(a).node() == factors.get(b).node() && (colours.length == 0 || colours[a] == colours[b]);
    }

    /**
     * Colour refinement: a factor's colour is made of the colours of its indices, an index's of the factors and axes that have
     * it, round by round; then equal factors are ordered by colour.
     */
    private void refine() {
        long[] labels = new long[labelCount];
        for (int k = 0; k < output.length; k++) {
            labels[output[k]] = mix(k + 1);
        }
        long[] colour = new long[factors.size()];
        for (int round = 0; round < Math.min(factors.size(), ROUNDS); round++) {
            long[] next = new long[labelCount];
            for (int k = 0; k < colour.length; k++) {
                Factor factor = factors.get(k);
                long sum = mix(factor.node().digestHigh() ^ colour[k]);
                for (int label : factor.labels()) {
                    sum = mix(sum * 31 + labels[label]);
                }
                colour[k] = sum;
            }
            for (int k = 0; k < colour.length; k++) {
                int[] own = factors.get(k).labels();
                for (int axis = 0; axis < own.length; axis++) {
                    next[own[axis]] += mix(colour[k] + axis);
                }
            }
            for (int label = 0; label < labelCount; label++) {
                labels[label] = mix(labels[label] * 31 + next[label]);
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < colour.length; k++) {
            order.add(k);
        }
        order.sort((a, b) -> {
            int byDigest = Expr.compareByDigest(factors.get(a).node(), factors.get(b).node());
            return byDigest != 0 ? byDigest : Long.compare(colour[a], colour[b]);
        });
        List<Factor> sorted = order.stream().map(factors::get).toList();
        colours = order.stream().mapToLong(k -> colour[k]).toArray();
        factors.clear();
        factors.addAll(sorted);
    }

    /** SplitMix64's finaliser. */
    private static long mix(long x) {
        long a = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    /** Tries every order of the run of equal factors that starts at {@code from}; depth is at most the factor count. */
    private void permute(int[] order, int from, int[][] best, int[][][] bestIndices) {
        if (from == order.length) {
            int[][] indices = number(order, new int[labelCount]);
            if (compare(indices, bestIndices[0]) < 0) {
                best[0] = order.clone();
                bestIndices[0] = indices;
            }
            return;
        }
        for (int k = from; k < order.length
                && tied(order[k], order[from]); k++) {
            swap(order, from, k);
            permute(order, from + 1, best, bestIndices);
            swap(order, from, k);
        }
    }

    private static void swap(int[] order, int i, int j) {
        int held = order[i];
        order[i] = order[j];
        order[j] = held;
    }

    private static int compare(int[][] a, int[][] b) {
        for (int k = 0; k < a.length; k++) {
            int difference = Arrays.compare(a[k], b[k]);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int[][] number(int[] order, int[] names) {
        Arrays.fill(names, -1);
        for (int k = 0; k < output.length; k++) {
            names[output[k]] = k;
        }
        int next = output.length;
        int[][] indices = new int[order.length][];
        for (int k = 0; k < order.length; k++) {
            int[] labels = factors.get(order[k]).labels();
            indices[k] = new int[labels.length];
            for (int axis = 0; axis < labels.length; axis++) {
                if (names[labels[axis]] < 0) {
                    names[labels[axis]] = next++;
                }
                indices[k][axis] = names[labels[axis]];
            }
        }
        return indices;
    }
}
