package org.adjoint.expr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Expressions that have no value whatever their variables are: {@code 1/0}, {@code sqrt(-1)}, {@code log(0)} and what
 * contains them outside the branches of a {@code where}.
 *
 * <p>Cancelling such a term, or multiplying it by zero, would give a value to what has none; so the factories ask here
 * before they let a term vanish.
 */
final class Existence {
    /** Nodes looked at: what is certainly undefined is written near the top. */
    private static final int LIMIT = 200;

    private Existence() {
    }

    /** Whether the expression is certain to have no value; false when that is not seen. */
    static boolean isNowhere(Expr expr) {
        NodeMap<Boolean> seen = new NodeMap<>();
        Deque<Expr> open = new ArrayDeque<>(List.of(expr));
        while (!open.isEmpty() && seen.size() < LIMIT) {
            Expr node = open.pop();
            if (seen.put(node, true) != null) {
                continue;
            }
            if (node instanceof Elementwise f && isOutsideDomain(f)) {
                return true;
            }
            for (int k = 0; k < node.operandCount(); k++) {
                if (k == 0 || !(node instanceof Where)) {
                    open.add(node.operand(k));
                }
            }
        }
        return false;
    }

    private static boolean isOutsideDomain(Elementwise f) {
        Rational x = f.operandCount() == 0 ? null : Constant.uniform(f.operand(0)).orElse(null);
        if (x == null) {
            return false;
        }
        ScalarFunction function = f.function();
        if (function == Functions.LOG) {
            return x.signum() <= 0;
        }
        if (function == Functions.LOG1P) {
            return x.compareTo(Rational.MINUS_ONE) <= 0;
        }
        if (function == Functions.SQRT) {
            return x.signum() < 0;
        }
        if (function == Functions.ASIN || function == Functions.ACOS) {
            return x.abs().compareTo(Rational.ONE) > 0;
        }
        if (function == Functions.POWER) {
            Rational exponent = Constant.uniform(f.operand(1)).orElse(null);
            return exponent != null
                    && (x.isZero() ? exponent.signum() < 0 : x.signum() < 0 && !exponent.isInteger());
        }
        return false;
    }
}
