package org.adjoint.show;

import java.util.Arrays;
import java.util.List;

/** A factor of a contraction with the index of each of its axes. */
record Part(Shown form, int[] indices) {
    boolean has(int index) {
        for (int each : indices) {
            if (each == index) {
                return true;
            }
        }
        return false;
    }

    /** Whether the axes carry exactly these indices, in this order. */
    boolean is(int... order) {
        return Arrays.equals(indices, order);
    }

    boolean repeats() {
        for (int k = 1; k < indices.length; k++) {
            for (int j = 0; j < k; j++) {
                if (indices[j] == indices[k]) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean any(List<Part> parts, int index) {
        for (Part part : parts) {
            if (part.has(index)) {
                return true;
            }
        }
        return false;
    }
}
