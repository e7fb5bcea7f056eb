package org.adjoint.verify;

import java.util.List;
import org.adjoint.algebra.Signs;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Walk;

/** Which expressions may have no value somewhere, and which can have exact values. */
final class Domains {
    private Domains() {
    }

    /** Whether some node may have no value at some point. */
    static boolean mayBeUndefined(List<Expr> roots) {
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof MatrixFunction f && f.needsInvertible()) {
                return true;
            }
            if (node instanceof Elementwise f && f.function().domain().isPresent() && !isSafe(f)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSafe(Elementwise f) {
        if (f.function() == Functions.POWER) {
            Rational exponent = Constant.uniform(f.operand(1)).orElse(Rational.MINUS_ONE);
            return exponent.isInteger() && exponent.signum() >= 0 || Signs.isPositive(f.operand(0));
        }
        boolean root = f.function() == Functions.SQRT && Signs.of(f.operand(0)) != Signs.Sign.UNKNOWN;
        return root || f.function() == Functions.LOG && Signs.isPositive(f.operand(0));
    }

    /** Whether values at random rational points are mostly no radicals: exact arithmetic is not worth trying there. */
    static boolean isTranscendental(List<Expr> roots) {
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof Elementwise f && !isAlgebraic(f.function())
                    || node instanceof org.adjoint.expr.Reduction r
                            && r.operation() == org.adjoint.expr.Reduction.Operation.LOG_SUM_EXP) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAlgebraic(ScalarFunction f) {
        return f == Functions.POWER || f == Functions.SQRT || f.kink().isPresent() && f != Functions.ELU;
    }
}
