package org.adjoint.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something was tested.
 *
 * @param point   number of the point, from 0
 * @param x       all entries of the inputs, one input after the other, row by row
 * @param inputs  their names and sizes
 * @param outputs names and sizes of the results
 */
public record Place(int point, double[] x, List<Slot> inputs, List<Slot> outputs) {

    public Place {
        x = x.clone();
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    Layout layout() { return new Layout(inputs); }

    @Override
    public boolean equals(@Nullable Object other) { return this == other; }

    @Override
    public int hashCode() { return System.identityHashCode(this); }
}
