package org.adjoint.check;

/** How much a check spends at each point. */
public enum Effort {

    /**
     * Two random directions. At most 30 calls in all of a function whose value is a number and of its gradient, whatever
     * their size, as long as what is seen is smooth and agrees.
     */
    FAST(0, 0, 2, 2),

    /** Every entry of small Jacobians; of large ones some columns and rows, and many directions. */
    THOROUGH(64, 12, 6, 4);

    /** Up to so many entries of input and of output all of the Jacobian is measured. */
    final int small;
    /** So many columns of a larger one. */
    final int columns;
    private final int leastDirections;
    final int cotangents;

    Effort(int small, int columns, int leastDirections, int cotangents) {
        this.small = small;
        this.columns = columns;
        this.leastDirections = leastDirections;
        this.cotangents = cotangents;
    }

    /**
     * Random directions for a Jacobian of so many entries. One wrong entry is missed along a direction only if the step
     * to it is short there, with a probability measured below 1/8; thoroughly, the bound on the probability that any
     * one of all entries is missed shrinks as their number grows.
     */
    int directions(long entries) {
        return this == FAST ? leastDirections
                : leastDirections + (64 - Long.numberOfLeadingZeros(Math.max(1, entries))) / 3;
    }
}
