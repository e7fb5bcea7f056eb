package org.adjoint.eval;

/**
 * How windows read one axis: entry j of the window at place t reads position {@code s·t + d·j + o}, inside of the axis or not.
 *
 * @param input    the entries of the axis
 * @param kernel   the entries of a window
 * @param places   the number of windows
 * @param stride   s ≥ 1
 * @param dilation d, of either sign
 * @param offset   o, the padding with its sign changed
 */
record Slide(int input, int kernel, int places, int stride, int dilation, int offset) {
    int position(int place, int entry) {
        return stride * place + dilation * entry + offset;
    }

    /** The same with the entries of windows as places, where those go forward. */
    Slide exchanged() {
        return new Slide(input, /* kernel= */ places, /* places= */ kernel, /* stride= */ dilation,
                /* dilation= */ stride, offset);
    }
}
