package org.adjoint.eval;

/**
 * What stands outside of an axis {@code a b c d}: for a position before or behind it, the entry that is read there. The adjoint
 * adds to the entry that was read.
 */
public enum Border {
    /** {@code 0 0 | a b c d | 0 0}. */
    ZERO,
    /** {@code c d | a b c d | a b}. */
    CIRCULAR,
    /** {@code c b | a b c d | c b}: mirrored at the outermost entries. */
    REFLECT,
    /** {@code b a | a b c d | d c}: mirrored at the edge. */
    SYMMETRIC,
    /** {@code a a | a b c d | d d}. */
    REPLICATE;

    /** The entry read at a position, of an axis with n entries; {@link Positions#OUTSIDE} for a zero. */
    int entry(int position, int n) {
        if (position >= 0 && position < n) {
            return position;
        }
        return switch (this) {
            case ZERO -> Positions.OUTSIDE;
            case CIRCULAR -> Math.floorMod(position, n);
            case REFLECT -> position < 0 ? -position : 2 * (n - 1) - position;
            case SYMMETRIC -> position < 0 ? -position - 1 : 2 * n - 1 - position;
            case REPLICATE -> position < 0 ? 0 : n - 1;
        };
    }

    /** The most entries that can be padded on one side of n. */
    int most(int n) {
        return switch (this) {
            case ZERO, CIRCULAR, REPLICATE -> Integer.MAX_VALUE;
            case REFLECT -> n - 1;
            case SYMMETRIC -> n;
        };
    }
}
