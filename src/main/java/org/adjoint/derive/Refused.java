package org.adjoint.derive;

import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/**
 * A derivative that is not handed out.
 *
 * @param wrt    the variable by which it was asked for
 * @param cause  what kind of reason
 * @param reason why, in words
 * @param at     the smallest expression that stands in the way
 */
public record Refused(Variable wrt, Cause cause, String reason, Expr at) implements Derivation {
    /** Why nothing is handed out. */
    public enum Cause {
        /** The layout asks for something that is not declared of the variable. */
        LAYOUT,
        /** The function does not depend on the variable. */
        CONSTANT,
        /** The function jumps and is constant in between. */
        JUMPS,
        /** There is no rule for a part of the function. */
        NO_RULE,
        /** Too large to be read; products with it are not. */
        TOO_LARGE,
        /** Finite differences contradict the derived form. */
        CONTRADICTED,
        /** No point was found at which finite differences can tell. */
        NO_POINT
    }
}
