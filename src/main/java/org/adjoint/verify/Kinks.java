package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Walk;

/** Where derivatives do not exist: the arguments of relu, abs, step, comparisons and maxima, as expressions that are 0 there. */
final class Kinks {
    private Kinks() {
    }

    /** Expressions one entry of which is 0 exactly where a point is on a kink of one of the roots. */
    static List<Expr> of(List<Expr> roots) {
        Set<Expr> zeros = new LinkedHashSet<>();
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof Elementwise f && f.function().kink().isPresent()) {
                zeros.add(argument(f));
            } else
                if (node instanceof Reduction max && (max.operation() == Reduction.Operation.MAX
                        || max.operation() == Reduction.Operation.FIRST_MAX)) {
                            zeros.add(ties(max));
                        }
        }
        return new ArrayList<>(zeros);
    }

    private static Expr argument(Elementwise f) {
        ScalarFunction g = f.function();
        boolean tie = g == Functions.LESS || g == Functions.LESS_EQUAL || g == Functions.EQUAL
                || g == Functions.MAXIMUM || g == Functions.MINIMUM;
        if (tie) {
            return f.operand(0).minus(f.operand(1));
        }
        Expr x = f.operand(0);
        return g == Functions.FLOOR ? x.minus(Functions.FLOOR.apply(x)) : x;
    }

    /** 0 where the greatest entry occurs more than once. */
    private static Expr ties(Reduction max) {
        Expr x = max.operand(0);
        Expr greatest = Tensors.reduce(Reduction.Operation.MAX, x, max.axes(), true);
        Expr count = Tensors.sum(Functions.EQUAL.apply(x, greatest), max.axes(), false);
        return Constant.ONE.minus(Functions.LESS.apply(Constant.ONE, count));
    }
}
