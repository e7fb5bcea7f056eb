package org.adjoint.algebra;

import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/** An expression as {@code base^exponent} with a number as the exponent. */
record Power(Expr base, Rational exponent) {
    /** The outermost power or root of an expression; the expression itself to the first power where there is none. */
    static Power of(Expr expr) {
        if (expr instanceof Elementwise f && f.function() == Functions.SQRT) {
            return new Power(f.operand(0), Rational.HALF);
        }
        if (expr instanceof Elementwise f && f.function() == Functions.POWER) {
            Rational exponent = Constant.uniform(f.operand(1)).orElse(null);
            if (exponent != null) {
                return new Power(f.operand(0), exponent);
            }
        }
        return new Power(expr, Rational.ONE);
    }

    Expr node() {
        return exponent.isOne() ? base : Monomials.rawPower(base, exponent);
    }
}
