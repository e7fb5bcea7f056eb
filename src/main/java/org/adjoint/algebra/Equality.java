package org.adjoint.algebra;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Walk;

/** Proofs that two expressions are equal for all sizes and all points at which both are defined. */
public final class Equality {
    private Equality() {
    }

    /**
     * A proof of {@code a == b}, or nothing when none is found; never a proof of something false. Expressions that hold
     * floating-point data are never proved equal.
     */
    public static Optional<Proof> prove(Expr a, Expr b) {
        if (!a.shape().equals(b.shape()) || holdsData(a) || holdsData(b)) {
            return Optional.empty();
        }
        if (a == b) {
            return Optional.of(new Proof("both sides are the same expression"));
        }
        NormalForm normal = new NormalForm();
        Expr left = normal.of(a);
        Expr right = normal.of(b);
        if (left == right || Linear.isZero(normal.of(left.minus(right)))) {
            return Optional.of(new Proof("both sides have the same normal form, for every size"));
        }
        return Optional.empty();
    }

    private static boolean holdsData(Expr expr) {
        return Walk.postorder(List.of(expr)).stream()
                .anyMatch(e -> e instanceof Constant constant && constant.isData());
    }
}
