package org.adjoint.nn;

import java.util.stream.IntStream;
import org.adjoint.expr.Shape;

/** Axes by their numbers. */
final class Axes {
    private Axes() {
    }

    /** The axis counted from 0; it must exist. */
    static int counted(Model model, int dim, Shape input) {
        Misfit.require(dim >= -input.rank() && dim < input.rank(), model, "dim is an axis of the input", input);
        return dim < 0 ? dim + input.rank() : dim;
    }

    static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** All axes but one. */
    static int[] except(int axis, int rank) {
        return IntStream.range(0, rank).filter(k -> k != axis).toArray();
    }
}
