package org.adjoint.eval;

import java.util.List;
import org.adjoint.expr.Expr;

final class StableForms {
    private StableForms() {
    }

    static List<Expr> of(List<? extends Expr> roots) {
        return List.copyOf(roots);
    }
}
