package org.adjoint.nn;

import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * How a window slides along one axis: k entries, d apart, moved by s, over the axis with p entries of padding before it and q
 * behind. Its length is {@code d(k − 1) + 1}; it stops at
 *
 * <p>{@code ⌊(n + p + q − d(k − 1) − 1) / s⌋ + 1} places (Dumoulin, Visin, A guide to convolution arithmetic, 2016,
 * Relationships 6 and 15).
 *
 * @param kernel   k, the entries of the window
 * @param stride   s ≥ 1; a symbol where only shapes are asked for
 * @param before   p ≥ 0
 * @param after    q ≥ 0
 * @param dilation d ≥ 1
 */
public record Sliding(Size kernel, Size stride, Size before, Size after, Size dilation) {
    /** @throws ShapeError when there is no such window */
    public Sliding {
        require(!kernel.isInteger() || kernel.value() >= 1, "a kernel has at least one entry", kernel);
        require(!stride.isInteger() || stride.value() >= 1, "a stride is at least 1", stride);
        require(!dilation.isInteger() || dilation.value() >= 1, "a dilation is at least 1", dilation);
        require(!before.isInteger() || before.value() >= 0, "padding is not negative", before);
        require(!after.isInteger() || after.value() >= 0, "padding is not negative", after);
    }

    public Sliding(Size kernel, int stride, Size before, Size after, int dilation) {
        this(kernel, Size.of(stride), before, after, Size.of(dilation));
    }

    private static void require(boolean holds, String law, Size got) {
        if (!holds) {
            throw new ShapeError(law + ", got " + got);
        }
    }

    /** Every window that lies inside, entry by entry. */
    public static Sliding over(Size kernel) {
        return new Sliding(kernel, 1, Size.ZERO, Size.ZERO, 1);
    }

    /**
     * s as a number, which moving needs: an expression has no symbolic strides.
     *
     * @throws ShapeError when it is a symbol
     */
    int step() {
        return number(stride, "stride");
    }

    /** d as a number, as {@link #step}. */
    int gap() {
        return number(dilation, "dilation");
    }

    private static int number(Size size, String what) {
        if (!size.isInteger()) {
            throw new ShapeError("windows are taken with a " + what + " that is a number, got " + size);
        }
        return Math.toIntExact(size.value());
    }

    /** {@code d(k − 1) + 1}, the entries from the first of the window to its last. */
    public Size length() {
        return kernel.minus(1).times(dilation).plus(1);
    }

    /** {@code n + p + q − d(k − 1) − 1}, how far the window can move; a window fits when it is not negative. */
    public Size room(Size input) {
        Size room = input.plus(before).plus(after).minus(length());
        if (room.isInteger() && room.value() < 0) {
            throw new ShapeError("a window fits into its padded input; it is " + length() + " long, and the input "
                    + input.plus(before).plus(after));
        }
        return room;
    }

    /** How many places the window stops at. */
    public Size output(Size input) {
        return room(input).floorDivide(stride).plus(1);
    }

    /** {@code s⌊room/s⌋ − room}, which is not negative where the stride divides what the window can move. */
    public Size remainder(Size input) {
        Size room = room(input);
        return room.floorDivide(stride).times(stride).minus(room);
    }

    /**
     * The places where the stride divides {@link #room}, so that the windows reach every entry; symbols are taken to be such
     * that it does.
     *
     * @throws ShapeError when it does not
     */
    public Size exactly(Size input) {
        Size room = room(input);
        if (room.isInteger() && stride.isInteger() && room.value() % stride.value() != 0) {
            throw new ShapeError("with exact division the stride divides n + 2*padding - dilation*(kernel - 1) - 1; "
                    + stride + " does not divide " + room);
        }
        return output(input);
    }

    /**
     * {@code (n − 1)s − p − q + d(k − 1) + r + 1}: the entries of the axis over which this window stops at n places, the last r
     * of which no window needs to reach.
     */
    public Size covered(Size places, int extra) {
        if (extra < 0 || extra >= Math.max(step(), gap())) {
            throw new ShapeError("output padding is less than the stride or the dilation, got " + extra);
        }
        Size covered = places.minus(1).times(stride).minus(before).minus(after).plus(length()).plus(extra);
        if (covered.isInteger() && covered.value() < 1) {
            throw new ShapeError("a transposed convolution has an output; with this padding " + covered
                    + " entries are left");
        }
        return covered;
    }

    /** The same window where it stops at one place, so that by how much it would move does not matter. */
    Sliding resting() {
        return new Sliding(kernel, Size.ONE, before, after, dilation);
    }

    /** The same window over an axis that is padded already. */
    Sliding unpadded() {
        return new Sliding(kernel, stride, Size.ZERO, Size.ZERO, dilation);
    }
}
