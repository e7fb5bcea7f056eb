package org.adjoint.eval;

import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Expr;

/**
 * Why an entry of a tensor has no value, and where that arose.
 *
 * @param kind     whether there is no real value, or this arithmetic cannot give it
 * @param reason   the law that was broken and what was got
 * @param node     the node at which it arose
 * @param position the entry of that node, in row-major order
 */
public record Undefined(Kind kind, String reason, Expr node, int position) {
    /** Ordered by how much they say: the later one wins where several meet in one entry. */
    public enum Kind {
        /** There is a real value, which this arithmetic cannot hold. */
        NOT_EXACT,
        /** A sign or an order could not be told at this precision. */
        UNDECIDABLE,
        /** There is no real value. */
        OUTSIDE_DOMAIN
    }

    /** The exception that an arithmetic throws for this. */
    public ArithmeticException exception() {
        return switch (kind) {
            case NOT_EXACT -> new Arithmetic.NotExact(reason);
            case UNDECIDABLE -> new Arithmetic.Undecidable(reason);
            case OUTSIDE_DOMAIN -> new Arithmetic.OutsideDomain(reason);
        };
    }

    /** Whether the entry certainly has no real value. */
    public boolean isOutsideDomain() {
        return kind == Kind.OUTSIDE_DOMAIN;
    }
}
