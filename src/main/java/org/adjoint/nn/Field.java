package org.adjoint.nn;

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

    /** {@code (r + d(k − 1) j, s j, a − p j)}: the field of a window over entries with this field. */
    Field under(Sliding window) {
        return new Field(size.plus(window.length().minus(1).times(jump)), jump.times(window.stride()),
                start.minus(window.before().times(jump)));
    }
}
