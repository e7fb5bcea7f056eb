package org.adjoint.nn;

import java.util.Collections;
import java.util.List;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * What an entry depends on, along one axis of the input: the entry at t reads {@code size} entries, from
 * {@code jump · t + start} on (Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019,
 * equations 2 and 3). Entries of the padding count.
 *
 * @param size  how many entries it reads
 * @param jump  the effective stride: how far the next entry's field is
 * @param start the first entry that the first field reads; negative inside the padding
 */
public record Field(Size size, Size jump, Size start) {
    /** An entry of the input. */
    public static final Field ENTRY = new Field(Size.ONE, Size.ONE, Size.ZERO);

    static List<Field> entries(int axes) {
        return Collections.nCopies(axes, ENTRY);
    }

    /** The smallest interval around both. */
    Field around(Field other) {
        Size gap = other.start.minus(start);
        if (!jump.equals(other.jump) || !gap.isNonNegative() && !gap.times(-1).isNonNegative()) {
            throw new ShapeError("branches that are added have the same stride and starts that compare; got " + this
                    + " and " + other);
        }
        if (!gap.isNonNegative()) {
            return other.around(this);
        }
        Size beyond = gap.plus(other.size).minus(size);
        if (!beyond.isNonNegative() && !beyond.times(-1).isNonNegative()) {
            throw new ShapeError("branches that are added have fields that compare; got " + this + " and " + other);
        }
        return beyond.isNonNegative() ? new Field(gap.plus(other.size), jump, start) : this;
    }

    /** {@code (r + d(k − 1) j, s j, a − p j)}: the field of a window over entries with this field. */
    Field under(Sliding window) {
        return new Field(size.plus(window.length().minus(1).times(jump)), jump.times(window.stride()),
                start.minus(window.before().times(jump)));
    }
}
