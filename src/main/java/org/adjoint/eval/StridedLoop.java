package org.adjoint.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * {@code z[o] = α Σ_s a[o, s] · b[o, s]}, or with one operand, for tensors read and written with any strides: sums over
 * axes, permutations, diagonals, products that are no matrix products.
 */
final class StridedLoop implements Step {
    private final int target;
    private final int count;
    private final int a;
    private final int b;
    private final Scale scale;
    private final boolean accumulates;
    private final int[] lengths;
    private final int[][] strides;
    private final int[] index;

    /**
     * @param target  the slot written
     * @param count   the number of entries of the target; those that no index reaches become 0
     * @param a       the slot of the first operand
     * @param b       that of the second, or {@link PairOrder#NONE}
     * @param lengths the length of every axis, kept and summed
     * @param strides how far target, a and b move along each axis; the target stays along a summed axis
     */
    StridedLoop(int target, int count, int a, int b, Scale scale, int[] lengths, int[][] strides) {
        this.target = target;
        this.count = count;
        this.a = a;
        this.b = b;
        this.scale = scale;
        int[] order = order(lengths, strides);
        int rank = 0;
        int[] l = new int[order.length + 1];
        int[][] s = new int[3][order.length + 1];
        for (int axis : order) {
            if (rank > 0 && continues(s, l, rank - 1, lengths[axis], strides, axis)) {
                l[rank - 1] *= lengths[axis];
                rank--;
            } else {
                l[rank] = lengths[axis];
            }
            for (int k = 0; k < 3; k++) {
                s[k][rank] = strides[k][axis];
            }
            rank++;
        }
        if (rank == 0) {
            l[rank++] = 1;
        }
        this.lengths = Arrays.copyOf(l, rank);
        int axes = rank;
        this.strides = Arrays.stream(s).map(row -> Arrays.copyOf(row, axes)).toArray(int[][]::new);
        this.index = new int[rank];
        long reached = 1;
        boolean sums = false;
        for (int k = 0; k < rank; k++) {
            reached *= this.lengths[k];
            sums |= this.strides[0][k] == 0 && this.lengths[k] != 1;
        }
        this.accumulates = sums || reached != count;
    }

    /** Long strides outside, short ones inside; axes of length 1 left out. */
    private static int[] order(int[] lengths, int[][] strides) {
        return IntStream.range(0, lengths.length).filter(axis -> lengths[axis] != 1).boxed()
                .sorted(Comparator.comparingInt((Integer axis) -> -strides[1][axis] - strides[2][axis])
                        .thenComparingInt(axis -> -strides[0][axis]))
                .mapToInt(axis -> axis).toArray();
    }

    /** Whether an axis is the inner part of the one before it, for all three tensors. */
    private static boolean continues(int[][] s, int[] l, int outer, int length, int[][] strides, int axis) {
        for (int k = 0; k < 3; k++) {
            if (s[k][outer] != strides[k][axis] * length) {
                return false;
            }
        }
        return l[outer] > 0;
    }

    @Override
    public int[] reads() {
        return scale.with(b == PairOrder.NONE ? new int[] {a} : new int[] {a, b});
    }

    @Override
    public int writes() {
        return target;
    }

    @Override
    public void run(double[][] memory) {
        double[] z = memory[target];
        if (accumulates) {
            Arrays.fill(z, 0, count, 0);
        }
        double alpha = scale.value(memory);
        double[] x = memory[a];
        double[] y = b == PairOrder.NONE ? x : memory[b];
        int last = lengths.length - 1;
        long rows = 1;
        for (int axis = 0; axis < last; axis++) {
            rows *= lengths[axis];
        }
        Arrays.fill(index, 0);
        int zo = 0;
        int xo = 0;
        int yo = 0;
        for (long row = 0; row < rows && lengths[last] > 0; row++) {
            if (b == PairOrder.NONE) {
                inner(alpha, x, xo, strides[1][last], z, zo, strides[0][last], lengths[last]);
            } else {
                inner(alpha, x, xo, strides[1][last], y, yo, strides[2][last], z, zo, strides[0][last],
                        lengths[last]);
            }
            for (int axis = last - 1; axis >= 0; axis--) {
                zo += strides[0][axis];
                xo += strides[1][axis];
                yo += strides[2][axis];
                if (++index[axis] < lengths[axis]) {
                    break;
                }
                zo -= strides[0][axis] * lengths[axis];
                xo -= strides[1][axis] * lengths[axis];
                yo -= strides[2][axis] * lengths[axis];
                index[axis] = 0;
            }
        }
    }

    private void inner(double alpha, double[] x, int xo, int xs, double[] z, int zo, int zs, int n) {
        if (zs == 0) {
            double even = 0;
            double odd = 0;
            int i = 0;
            for (; i + 1 < n; i += 2) {
                even += x[xo + i * xs];
                odd += x[xo + (i + 1) * xs];
            }
            z[zo] = (accumulates ? z[zo] : 0) + alpha * (i < n ? even + odd + x[xo + i * xs] : even + odd);
        } else if (accumulates) {
            for (int i = 0; i < n; i++) {
                z[zo + i * zs] += alpha * x[xo + i * xs];
            }
        } else {
            for (int i = 0; i < n; i++) {
                z[zo + i * zs] = alpha * x[xo + i * xs];
            }
        }
    }

    private void inner(double alpha, double[] x, int xo, int xs, double[] y, int yo, int ys, double[] z, int zo,
            int zs, int n) {
        if (zs == 0) {
            double even = 0;
            double odd = 0;
            int i = 0;
            for (; i + 1 < n; i += 2) {
                even += x[xo + i * xs] * y[yo + i * ys];
                odd += x[xo + (i + 1) * xs] * y[yo + (i + 1) * ys];
            }
            z[zo] = (accumulates ? z[zo] : 0)
                    + alpha * (i < n ? even + odd + x[xo + i * xs] * y[yo + i * ys] : even + odd);
        } else if (accumulates) {
            for (int i = 0; i < n; i++) {
                z[zo + i * zs] += alpha * x[xo + i * xs] * y[yo + i * ys];
            }
        } else {
            for (int i = 0; i < n; i++) {
                z[zo + i * zs] = alpha * x[xo + i * xs] * y[yo + i * ys];
            }
        }
    }
}
