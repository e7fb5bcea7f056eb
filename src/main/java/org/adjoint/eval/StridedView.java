package org.adjoint.eval;

import java.util.Arrays;

/** Reads runs of a tensor whose entries lie strided in an array: transposed, broadcast, diagonal. */
final class StridedView {
    private final int[] lengths;
    private final int[] strides;
    private final int[] index;

    /** @param strides how far the source moves along each axis of the view; 0 where it is broadcast */
    StridedView(int[] lengths, int[] strides) {
        int rank = 0;
        int[] l = new int[lengths.length + 1];
        int[] s = new int[lengths.length + 1];
        for (int axis = 0; axis < lengths.length; axis++) {
            if (lengths[axis] == 1) {
                continue;
            }
            if (rank > 0 && s[rank - 1] == strides[axis] * lengths[axis]) {
                l[rank - 1] *= lengths[axis];
                s[rank - 1] = strides[axis];
            } else {
                l[rank] = lengths[axis];
                s[rank++] = strides[axis];
            }
        }
        if (rank == 0) {
            l[rank] = 1;
            s[rank++] = 1;
        }
        this.lengths = Arrays.copyOf(l, rank);
        this.strides = Arrays.copyOf(s, rank);
        this.index = new int[rank];
    }

    /** Whether the entries are the source's, in its order. */
    boolean isContiguous() {
        return lengths.length == 1 && strides[0] == 1;
    }

    /** Whether every entry is the source's first. */
    boolean isConstant() {
        return lengths.length == 1 && strides[0] == 0;
    }

    /** Copies the entries {@code start … start + n − 1} of the view in row-major order to the front of the target. */
    void load(double[] source, int start, int n, double[] target) {
        int last = lengths.length - 1;
        int position = 0;
        for (int axis = last, rest = start; axis >= 0; axis--) {
            index[axis] = rest % lengths[axis];
            rest /= lengths[axis];
            position += index[axis] * strides[axis];
        }
        int inner = strides[last];
        for (int k = 0; k < n;) {
            int run = Math.min(lengths[last] - index[last], n - k);
            if (inner == 1) {
                System.arraycopy(source, position, target, k, run);
            } else if (inner == 0) {
                Arrays.fill(target, k, k + run, source[position]);
            } else {
                for (int i = 0; i < run; i++) {
                    target[k + i] = source[position + i * inner];
                }
            }
            k += run;
            position -= index[last] * inner;
            index[last] = 0;
            for (int axis = last - 1; axis >= 0; axis--) {
                position += strides[axis];
                if (++index[axis] < lengths[axis]) {
                    break;
                }
                position -= strides[axis] * lengths[axis];
                index[axis] = 0;
            }
        }
    }
}
