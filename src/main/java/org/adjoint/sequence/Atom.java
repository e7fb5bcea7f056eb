package org.adjoint.sequence;

import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/** What a monomial has powers of. */
sealed interface Atom {
    /** An integer variable, or a number that depends on none. */
    record Symbol(Expr expr) implements Atom {
    }

    /** {@code P − Q} in the denominator of a geometric sum, which is not 0 where the sum is closed so. */
    record Denominator(Poly difference) implements Atom {
    }

    default boolean is(Variable variable) {
        return this instanceof Symbol symbol && symbol.expr() == variable;
    }

    default Expr toExpr() {
        return switch (this) {
            case Symbol symbol -> symbol.expr();
            case Denominator denominator -> denominator.difference().expr();
        };
    }
}
