package org.adjoint.check;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One input or output: its name and sizes. Its entries stand row by row.
 *
 * @param name  for messages
 * @param sizes of the axes; empty for a number
 */
public record Slot(String name, int... sizes) {

    public Slot {
        sizes = sizes.clone();
    }

    /** The number of entries. */
    public int count() {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }

    /** The entry with this number, as it is written: {@code A[1, 2]}. */
    public String entry(int number) {
        if (sizes.length == 0) {
            return name;
        }
        var indices = new int[sizes.length];
        int rest = number;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            indices[axis] = rest % sizes[axis];
            rest /= sizes[axis];
        }
        return name + Arrays.toString(indices);
    }

    /** {@code 3×4}, or {@code a number}. */
    public String shape() {
        return switch (sizes.length) {
            case 0 -> "a number";
            case 1 -> "[" + sizes[0] + "]";
            default -> Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("×"));
        };
    }

    boolean hasSizes(int... others) { return Arrays.equals(sizes, others); }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slot slot && name.equals(slot.name) && Arrays.equals(sizes, slot.sizes);
    }

    @Override
    public int hashCode() { return 31 * name.hashCode() + Arrays.hashCode(sizes); }

    @Override
    public String toString() { return name + ": " + shape(); }
}
