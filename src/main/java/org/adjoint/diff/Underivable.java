package org.adjoint.diff;

import org.adjoint.expr.Expr;

/** A derivative for which there is no rule: at which node, and why. */
public final class Underivable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Expr at;

    Underivable(Expr at, String reason) {
        super(reason);
        this.at = at;
    }

    /** The smallest expression that cannot be differentiated. */
    public Expr at() {
        return at;
    }

    /** Why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
