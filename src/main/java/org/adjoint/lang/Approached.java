package org.adjoint.lang;

import org.adjoint.expr.Expr;

/** What a function approaches. */
public sealed interface Approached {
    /** A value, shaped like the function. */
    record Finite(Expr value) implements Approached {
    }

    /** {@code +∞} for 1, {@code −∞} for −1. */
    record Infinity(int sign) implements Approached {
    }

    /** Nothing: there is no limit, and why. */
    record Nothing(String reason) implements Approached {
    }
}
