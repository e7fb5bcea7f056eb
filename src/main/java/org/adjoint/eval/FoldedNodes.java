package org.adjoint.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Window;

/** What only a fold reads, and may be folded without being made: contractions, added, scaled and reshaped. */
final class FoldedNodes {
    private FoldedNodes() {
    }

    /**
     * Marks the nodes between a fold and its contractions; none, when anything else stands there.
     *
     * @param isReadOnce whether a node depends on variables and has one reader
     */
    static void find(Expr node, Predicate<Expr> isReadOnce, NodeMap<Boolean> marked) {
        if (!(node instanceof Window fold) || !fold.isFold()) {
            return;
        }
        List<Expr> found = new ArrayList<>();
        ArrayDeque<Expr> open = new ArrayDeque<>(List.of(fold.operand(0)));
        while (!open.isEmpty()) {
            Expr inner = open.pop();
            if (!isReadOnce.test(inner)) {
                return;
            }
            found.add(inner);
            if (inner instanceof Reshape || inner instanceof Linear) {
                inner.operands().forEach(open::push);
            } else if (!(inner instanceof Contraction)) {
                return;
            }
        }
        found.forEach(each -> marked.put(each, true));
    }
}
