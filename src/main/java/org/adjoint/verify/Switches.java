package org.adjoint.verify;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Walk;

/** The numbers whose sign decides which formula holds: {@code g} of {@code |g|}, {@code √(g²)} and {@code [g < h]}. */
final class Switches {
    private Switches() {
    }

    /** Those that are single numbers and not constant. */
    static List<Expr> of(List<Expr> roots) {
        Set<Expr> found = new LinkedHashSet<>();
        for (Expr node : Walk.postorder(roots)) {
            // The condition of a `where` is itself such a function.
            if (node instanceof Elementwise f) {
                add(found, f);
            }
        }
        found.removeIf(g -> !g.shape().isScalar() || Walk.variables(g).isEmpty());
        return List.copyOf(found);
    }

    private static void add(Set<Expr> found, Elementwise f) {
        ScalarFunction function = f.function();
        if (function.kink().isPresent() && f.operandCount() == 1 && function != Functions.FLOOR) {
            found.add(f.operand(0));
        } else if (function == Functions.LEAKY_RELU || function == Functions.ELU) {
            found.add(f.operand(0));
        } else if (function.kink().isPresent() && f.operandCount() == 2) {
            found.add(f.operand(0).minus(f.operand(1)));
        } else
            if ((function == Functions.SQRT || function == Functions.POWER) && f.operand(0) instanceof Elementwise base
                    && base.function() == Functions.POWER && isEven(base.operand(1))) {
                        found.add(base.operand(0));
                    }
    }

    private static boolean isEven(Expr exponent) {
        return Constant.uniform(exponent).filter(Rational::isInteger).filter(e -> !e.numerator().testBit(0))
                .isPresent();
    }
}
