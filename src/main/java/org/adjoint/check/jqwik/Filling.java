package org.adjoint.check.jqwik;

import java.util.Arrays;

/** Entries of a kind, for any sizes. */
interface Filling {

    /** Sizes are below this. */
    int SIDE = 1024;

    /** All entries at these places of each axis, row by row; the same for the same arguments. */
    double[] entries(int[][] places, Drawn drawn);

    /** Whether a single entry may be this number instead. */
    boolean allows(double value);

    /** How far from the plainest value of its kind, if entries only make sense together. */
    default int rank(Drawn drawn) {
        return 0;
    }

    /** The entry at this place, whatever others there are. */
    default long key(int[] place) {
        long key = 0;
        for (int index : place) {
            key = SIDE * key + index;
        }
        return key;
    }

    static int[] sizes(int[][] places) { return Arrays.stream(places).mapToInt(axis -> axis.length).toArray(); }

    /** The place of the entry at these indices. */
    static int[] place(int[][] places, int[] indices) {
        var place = new int[indices.length];
        Arrays.setAll(place, axis -> places[axis][indices[axis]]);
        return place;
    }

    /** Goes to the next indices, row by row; false after the last. */
    static boolean next(int[] indices, int[] sizes) {
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            if (++indices[axis] < sizes[axis]) {
                return true;
            }
            indices[axis] = 0;
        }
        return false;
    }

    static int count(int[] sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }
}
