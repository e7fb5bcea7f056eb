package org.adjoint.derive;

import org.adjoint.expr.Variable;

/**
 * A derivative that is not handed out.
 *
 * @param wrt    the variable by which it was asked for
 * @param reason why, in words
 */
public record Refused(Variable wrt, String reason) implements Derivation {
}
