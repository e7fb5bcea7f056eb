package org.adjoint.lang;

/** How expressions are read; statements are the same in all dialects. */
public enum Dialect {
    /** {@code *} is elementwise, {@code @} the matrix product, {@code .T} transposes, entries count from 0. */
    NUMPY(0),
    /** {@code *} is the matrix product, {@code .*} elementwise, {@code '} transposes, entries count from 1. */
    MATLAB(1),
    /** Textbook text: {@code *} is the linear-algebra product, {@code ⊙} elementwise, entries count from 1. */
    MATH(1);

    private final int firstIndex;

    Dialect(int firstIndex) {
        this.firstIndex = firstIndex;
    }

    /** The index of the first entry of an axis. */
    public int firstIndex() {
        return firstIndex;
    }
}
