package org.adjoint.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure after reduction: smallest sizes, fewest entries that are not zero, simplest numbers.
 *
 * @param place where it fails still
 * @param wrong what is wrong there
 * @param test  a JUnit test that fails so, to paste
 */
public record Smallest(Place place, List<Finding> wrong, String test) {

    public Smallest {
        wrong = List.copyOf(wrong);
    }

    @Override
    public boolean equals(@Nullable Object other) { return this == other; }

    @Override
    public int hashCode() { return System.identityHashCode(this); }
}
