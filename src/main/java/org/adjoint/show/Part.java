package org.adjoint.show;

import java.util.Arrays;
import java.util.List;

/** A factor of a contraction with the index of each of its axes. */
record Part(Shown form, int[] indices) {
    boolean has(int index) {
        return Arrays.stream(indices).anyMatch(k -> k == index);
    }

    /** Whether the axes carry exactly these indices, in this order. */
    boolean is(int... order) {
        return Arrays.equals(indices, order);
    }

    boolean repeats() {
        return Arrays.stream(indices).distinct().count() < indices.length;
    }

    static boolean any(List<Part> parts, int index) {
        return parts.stream().anyMatch(part -> part.has(index));
    }
}
