package org.adjoint.algebra;

import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Walk;

/** Which expressions have a real value whatever the values of their variables. */
final class Totality {
    private Totality() {
    }

    /** Whether the expression is known to have a value everywhere. */
    static boolean isTotal(Expr expr) {
        return Walk.postorder(expr).stream().allMatch(Totality::isLocallyTotal);
    }

    /** Whether the node has a value wherever its operands have one. */
    static boolean isLocallyTotal(Expr node) {
        if (node instanceof MatrixFunction f) {
            return !f.needsInvertible();
        }
        if (node instanceof Elementwise f && f.function() == Functions.POWER) {
            Rational exponent = Constant.uniform(f.operand(1)).orElse(Rational.MINUS_ONE);
            return (exponent.isInteger() && exponent.signum() >= 0) || Signs.isPositive(f.operand(0));
        }
        if (node instanceof Elementwise f && (f.function() == Functions.SQRT || f.function() == Functions.LOG)) {
            Signs.Sign sign = Signs.of(f.operand(0));
            return sign == Signs.Sign.POSITIVE
                    || (sign == Signs.Sign.NONNEGATIVE && f.function() == Functions.SQRT);
        }
        return !(node instanceof Elementwise f) || f.function().domain().isEmpty();
    }

    /** Whether every entry is 0 or 1. */
    static boolean isIndicator(Expr expr) {
        Expr node = expr instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0
                ? view.operand(0)
                : expr;
        return node instanceof Elementwise f && isIndicator(f.function());
    }

    /** Whether the function takes the values 0 and 1 only. */
    static boolean isIndicator(ScalarFunction f) {
        return f == Functions.STEP || f == Functions.LESS || f == Functions.LESS_EQUAL || f == Functions.EQUAL;
    }
}
