package org.adjoint.derive;

import org.adjoint.expr.Expr;

/** Derivatives of which none may be refused, or the time of a refusal would be measured. */
public final class Derivatives {
    private Derivatives() {
    }

    /** The form that is shown. */
    public static Expr shown(Derivation derivation) {
        return switch (derivation) {
            case Derived derived -> derived.value();
            case Refused refused -> throw new IllegalStateException(refused.reason());
        };
    }
}
