package org.adjoint.limit;

import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Tensors;

/** The entries at which a tensor is maximal: all of them, where several tie. */
public final class Ties {
    private Ties() {
    }

    /** {@code [xᵢ = max x]}, shaped like x. */
    public static Expr indicator(Expr x) {
        return Functions.EQUAL.apply(x, Tensors.reduce(Reduction.Operation.MAX, x, Tensors.allAxes(x), false));
    }

    /** {@code #{i : xᵢ = max x}}, at least 1. */
    public static Expr count(Expr x) {
        return indicator(x).sum();
    }

    /** That the maximum is unique: {@code #{i : xᵢ = max x} = 1}. */
    public static Relation unique(Expr x) {
        return new Relation(count(x), Relation.Op.EQUAL, Constant.ONE);
    }
}
