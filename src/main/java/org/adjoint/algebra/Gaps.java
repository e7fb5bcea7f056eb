package org.adjoint.algebra;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Walk;

/**
 * Points at which a form has no value. An intermediate form of a proof may only have gaps where a side has one already:
 * from {@code a = s} and {@code s = b} follows {@code a = b} where s has a value.
 */
final class Gaps {
    private Gaps() {
    }

    /** Whether the form is known to have a value wherever all of the others have one. */
    static boolean none(Expr form, Collection<Expr> others) {
        List<Expr> there = Walk.postorder(others);
        Set<Expr> known = new HashSet<>(there);
        for (Expr node : Walk.postorder(form)) {
            if (!known.contains(node) && !Totality.isLocallyTotal(node) && !isNumber(node)
                    && there.stream().noneMatch(other -> hasGapsOf(other, node))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the node has no variables and a value. */
    private static boolean isNumber(Expr node) {
        return node.shape().isScalar() && Walk.variables(node).isEmpty()
                && Walk.sizeSymbols(List.of(node)).isEmpty() && ExactValues.value(node).isPresent();
    }

    /** Whether both are {@code x^−p} and {@code (±x)^−q}, which have no value at the same points. */
    private static boolean hasGapsOf(Expr other, Expr node) {
        if (!(node instanceof Elementwise f) || !(other instanceof Elementwise g) || !isReciprocal(f)
                || !isReciprocal(g)) {
            return false;
        }
        return Equality.prove(f.operand(0), g.operand(0)).isPresent()
                || Equality.prove(f.operand(0).negate(), g.operand(0)).isPresent();
    }

    private static boolean isReciprocal(Elementwise f) {
        return f.function() == Functions.POWER && f.operand(0).shape().isScalar()
                && Constant.uniform(f.operand(1)).filter(p -> p.isInteger() && p.compareTo(Rational.ZERO) < 0)
                        .isPresent();
    }
}
