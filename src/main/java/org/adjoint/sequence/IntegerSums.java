package org.adjoint.sequence;

import org.adjoint.expr.Expr;
import org.adjoint.expr.IntegerSum;
import org.adjoint.expr.Variable;

/** Sums over all integers as expressions. */
public final class IntegerSums {
    private IntegerSums() {
    }

    /**
     * {@code Σ_{i ∈ ℤ} body}: closed, as an expression by cases, or left open over unknown sequences.
     *
     * @throws NotClosed when it cannot be closed, or is not known to converge
     */
    public static Expr sum(Variable index, Expr body) {
        try {
            Piecewise sum = Summation.over(index, new Reading().piecewise(body));
            if (!sum.isFormal()) {
                return sum.expr();
            }
            Kernel.of(sum);
            return new IntegerSum(index, body).expr();
        } catch (ArithmeticException tooLarge) {
            throw new NotClosed("a number is too large");
        }
    }
}
