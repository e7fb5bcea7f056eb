package org.adjoint.verify;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;

/**
 * The smallest part of a proposition: a test of two equally shaped tensors, true when it is true of every entry ({@code !=}:
 * of some).
 *
 * @param test      what is tested
 * @param left      the left side with definitions kept as variables
 * @param right     the right side likewise
 * @param values    both sides with every definition replaced by its value
 * @param tolerance how far equal sides may be apart, shaped like them
 * @param axes      the index names of the leading axes
 * @param text      as written
 */
record Comparison(Test test, Expr left, Expr right, Sides values, Optional<Expr> tolerance, List<String> axes,
        String text) {
    /** What can be tested. */
    enum Test {
        EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL,
        /** The left side is an integer; the right is ignored. */
        INTEGER,
        /** The left side divides the right: both are integers and the right is a multiple. */
        DIVIDES,
        /** The greatest entry of the left side occurs once. */
        UNIQUE_MAX
    }

    /** Two expressions of given variables only. */
    record Sides(Expr left, Expr right) {
    }
}
