package org.adjoint.lang;

/** How the variable of a limit moves. */
public enum Direction {
    /** To the target, from both sides. */
    BOTH,
    /** To the target, from greater values. */
    ABOVE,
    /** To the target, from smaller values. */
    BELOW,
    /** Beyond all bounds; the target is 0 and means nothing. */
    INFINITY,
    /** Below all bounds; the target is 0 and means nothing. */
    MINUS_INFINITY
}
