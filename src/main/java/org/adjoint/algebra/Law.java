package org.adjoint.algebra;

import org.adjoint.expr.Expr;

/**
 * A named identity that the prover uses: both sides are equal wherever both have a value, at all sizes. What is assumed is
 * declared of the variables that occur.
 *
 * @param name      what a proof calls it
 * @param statement the identity as on paper
 * @param left      one side
 * @param right     the other side
 */
public record Law(String name, String statement, Expr left, Expr right) {
    /** @throws IllegalArgumentException when the sides differ in shape, or the name or the statement is blank */
    public Law {
        if (!left.shape().equals(right.shape())) {
            throw new IllegalArgumentException(
                    "both sides of a law have one shape; " + name + " has " + left.shape() + " and " + right.shape());
        }
        if (name.isBlank() || statement.isBlank()) {
            throw new IllegalArgumentException("a law has a name and a statement");
        }
    }
}
