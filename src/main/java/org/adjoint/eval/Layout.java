package org.adjoint.eval;

import org.adjoint.expr.Budget;

/** Row-major addressing: how many entries a tensor has, and how far apart neighbours along an axis are. */
final class Layout {
    private Layout() {
    }

    /** The number of entries, within the budget. */
    static int count(int[] lengths) {
        long count = 1;
        for (int length : lengths) {
            count = Math.multiplyExact(count, (long) length);
        }
        Budget.current().checkEntries(count);
        return Math.toIntExact(count);
    }

    /** The distance between neighbours along each axis. */
    static int[] strides(int[] lengths) {
        int[] strides = new int[lengths.length];
        int stride = 1;
        for (int axis = lengths.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= lengths[axis];
        }
        return strides;
    }

    /**
     * The position in a row-major tensor of every entry along some of its axes, in row-major order of those axes; the
     * other axes stay at 0.
     */
    static int[] offsets(int[] lengths, int[] strides) {
        int[] offsets = new int[count(lengths)];
        int[] index = new int[lengths.length];
        for (int k = 0, position = 0; k < offsets.length; k++) {
            offsets[k] = position;
            position += advance(index, lengths, strides);
        }
        return offsets;
    }

    /** Moves the index to the next entry in row-major order, from the last to the first, and gives the distance moved. */
    static int advance(int[] index, int[] lengths, int[] strides) {
        int moved = 0;
        for (int axis = lengths.length - 1; axis >= 0; axis--) {
            moved += strides[axis];
            if (++index[axis] < lengths[axis]) {
                return moved;
            }
            moved -= strides[axis] * lengths[axis];
            index[axis] = 0;
        }
        return moved;
    }

    /** The elements of an array at some positions. */
    static int[] pick(int[] array, int[] positions) {
        int[] picked = new int[positions.length];
        for (int k = 0; k < picked.length; k++) {
            picked[k] = array[positions[k]];
        }
        return picked;
    }

    /** The index of the entry at a position of the flattened tensor. */
    static int[] index(int position, int[] lengths) {
        int[] index = new int[lengths.length];
        int rest = position;
        for (int axis = lengths.length - 1; axis >= 0; axis--) {
            index[axis] = rest % lengths[axis];
            rest /= lengths[axis];
        }
        return index;
    }
}
