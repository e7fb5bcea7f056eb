package org.adjoint.derive;

import org.adjoint.expr.Variable;

/**
 * A derivative that is not handed out.
 *
 * @param wrt    the variable by which it was asked for
 * @param cause  what kind of reason
 * @param reason why, in words
 */
public record Refused(Variable wrt, Cause cause, String reason) implements Derivation {
    /** Why nothing is handed out. */
    public enum Cause {
        /** The layout asks for something that is not declared of the variable. */
        LAYOUT,
        /** The function jumps and is constant in between. */
        JUMPS,
        /** Finite differences contradict the derived form. */
        CONTRADICTED,
        /** No point was found at which finite differences can tell. */
        NO_POINT
    }
}
