package org.adjoint.eval;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Short lists of indices, in plain loops: every contraction is lowered for every assignment of sizes. */
final class Labels {
    private Labels() {
    }

    static boolean contains(int[] labels, int label) {
        for (int each : labels) {
            if (each == label) {
                return true;
            }
        }
        return false;
    }

    /** Those that the predicate holds of. */
    static int[] where(int[] labels, IntPredicate predicate) {
        int[] kept = new int[labels.length];
        int count = 0;
        for (int label : labels) {
            if (predicate.test(label)) {
                kept[count++] = label;
            }
        }
        return count == kept.length ? kept : Arrays.copyOf(kept, count);
    }

    /** Each once, in order of first occurrence. */
    static int[] distinct(int[] labels) {
        int[] kept = new int[labels.length];
        int count = 0;
        for (int k = 0; k < labels.length; k++) {
            boolean known = false;
            for (int j = 0; j < count && !known; j++) {
                known = kept[j] == labels[k];
            }
            if (!known) {
                kept[count++] = labels[k];
            }
        }
        return count == kept.length ? kept : Arrays.copyOf(kept, count);
    }

    static int[] concat(int[]... parts) {
        int length = 0;
        for (int[] part : parts) {
            length += part.length;
        }
        int[] all = new int[length];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Those of the first, then those of the second that are not in the first. */
    static int[] union(int[] a, int[] b) {
        return distinct(concat(a, b));
    }
}
