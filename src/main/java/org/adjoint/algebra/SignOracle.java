package org.adjoint.algebra;

import org.adjoint.expr.Expr;

/** The sign of scalars under declared facts and assumptions, three-valued: unknown is not true. */
public final class SignOracle {
    private final Assumptions assumptions;

    public SignOracle(Assumptions assumptions) {
        this.assumptions = assumptions;
    }

    /** What is known of a sign: the values that it may have. */
    public enum Sign {
        NEGATIVE, ZERO, POSITIVE, NONPOSITIVE, NONNEGATIVE, NONZERO, UNKNOWN
    }

    public Assumptions assumptions() {
        return assumptions;
    }

    /** What is known of the sign of a scalar, wherever it is defined. */
    public Sign of(Expr x) {
        return switch (Signs.of(x)) {
            case POSITIVE -> Sign.POSITIVE;
            case NONNEGATIVE -> Sign.NONNEGATIVE;
            case UNKNOWN -> Sign.UNKNOWN;
        };
    }

    /** Whether the relation is known to hold wherever both sides are defined. */
    public boolean proves(Relation relation) {
        Sign sign = of(relation.difference());
        return switch (relation.op()) {
            case LESS -> sign == Sign.NEGATIVE;
            case LESS_OR_EQUAL -> sign == Sign.NEGATIVE || sign == Sign.ZERO || sign == Sign.NONPOSITIVE;
            case EQUAL -> sign == Sign.ZERO;
            case NOT_EQUAL -> sign == Sign.NEGATIVE || sign == Sign.POSITIVE || sign == Sign.NONZERO;
            case GREATER_OR_EQUAL -> sign == Sign.POSITIVE || sign == Sign.ZERO || sign == Sign.NONNEGATIVE;
            case GREATER -> sign == Sign.POSITIVE;
        };
    }
}
