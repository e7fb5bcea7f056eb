package org.adjoint.derive;

import org.adjoint.expr.Variable;

/** The outcome of a derivation: a verified result, or a refusal. */
public sealed interface Derivation permits Derived, Refused {
    /** The variable by which was differentiated. */
    Variable wrt();
}
