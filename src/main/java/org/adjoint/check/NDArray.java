package org.adjoint.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array with any number of axes.
 *
 * @param entries row by row: the last index changes first; not copied
 * @param sizes   of the axes; none for a number
 */
public record NDArray(double[] entries, int... sizes) {

    /** @throws IllegalArgumentException if there are not as many entries as the sizes say */
    public NDArray {
        sizes = sizes.clone();
        if (new Slot("", sizes).count() != entries.length) {
            throw new IllegalArgumentException("an array of sizes %s has %d entries; got %d".formatted(
                    Arrays.toString(sizes), new Slot("", sizes).count(), entries.length));
        }
    }

    NDArray copy() { return new NDArray(entries.clone(), sizes); }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NDArray a && Arrays.equals(entries, a.entries) && Arrays.equals(sizes, a.sizes);
    }

    @Override
    public int hashCode() { return 31 * Arrays.hashCode(entries) + Arrays.hashCode(sizes); }

    @Override
    public String toString() { return Arrays.toString(sizes) + " " + Text.of(entries); }
}
