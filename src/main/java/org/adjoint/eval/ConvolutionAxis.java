package org.adjoint.eval;

import org.adjoint.expr.ShapeError;

/**
 * How a window slides along one axis: at place t its entry j reads {@code s·t + d·j − p} of n entries, for
 * {@code ⌊(n + p + q − d(k − 1) − 1) / s⌋ + 1} places (Dumoulin, Visin, A guide to convolution arithmetic, 2016).
 *
 * @param input    n ≥ 1, the entries of the axis
 * @param kernel   k ≥ 1, the entries of the window
 * @param stride   s ≥ 1
 * @param dilation d ≥ 1
 * @param before   p ≥ 0, the entries of padding before the axis
 * @param after    q ≥ 0, those behind it
 */
public record ConvolutionAxis(int input, int kernel, int stride, int dilation, int before, int after) {
    /** @throws ShapeError naming the law when there is no such window, or it does not fit */
    public ConvolutionAxis {
        atLeast(1, input, "the input of a convolution has entries along each axis");
        atLeast(1, kernel, "a kernel has at least one entry along each axis");
        atLeast(1, stride, "a stride is at least 1");
        atLeast(1, dilation, "a dilation is at least 1");
        atLeast(0, before, "padding is not negative");
        atLeast(0, after, "padding is not negative");
        long room = room(input, kernel, dilation, before, after);
        if (room < 0) {
            throw new ShapeError("a window fits into its padded input; it is " + (dilation * (kernel - 1L) + 1)
                    + " long, and the input " + ((long) input + before + after));
        }
        if ((long) input + before + after > Integer.MAX_VALUE) {
            throw new ShapeError("a padded axis has fewer than 2^31 entries, got " + ((long) input + before + after));
        }
    }

    /** The window that moves by one over an axis that is not padded. */
    public static ConvolutionAxis over(int input, int kernel) {
        return new ConvolutionAxis(input, kernel, 1, 1, 0, 0);
    }

    /** The axis with the same padding on both sides. */
    public static ConvolutionAxis of(int input, int kernel, int stride, int padding) {
        return new ConvolutionAxis(input, kernel, stride, 1, padding, padding);
    }

    private static void atLeast(int least, int got, String law) {
        if (got < least) {
            throw new ShapeError(law + ", got " + got);
        }
    }

    private static long room(int input, int kernel, int dilation, int before, int after) {
        return (long) input + before + after - dilation * (kernel - 1L) - 1;
    }

    /** How many places the window stops at. */
    public int places() {
        return (int) (room(input, kernel, dilation, before, after) / stride) + 1;
    }
}
