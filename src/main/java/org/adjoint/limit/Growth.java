package org.adjoint.limit;

/** What series ask of their coefficients. */
interface Growth {
    /** The sign for all large X: −1, 0 or 1. */
    int sign(Term t);

    /** The sign of a constant, or {@link Constants#UNKNOWN_SIGN}. */
    int knownSign(Term constant);

    /** Whether the term vanishes for all large X and for parameters in general. */
    boolean isZero(Term t);
}
