package org.adjoint.algebra;

import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Walk;

/**
 * The form that is shown: the raw result of differentiation with common factors cancelled, powers of one base merged,
 * indicators idempotent and probabilities summed, and nothing multiplied out. The prover shows that it equals the raw form
 * before anyone sees it.
 */
final class Plain {
    private final NodeMap<Expr> shown = new NodeMap<>();
    private final Monomials monomials = new Monomials();

    /** The form of the expression for people. */
    Expr present(Expr expr) {
        Budget budget = Budget.current();
        for (Expr node : Walk.postorder(expr)) {
            if (!shown.contains(node)) {
                budget.poll();
                shown.put(node, rebuild(node));
            }
        }
        return Objects.requireNonNull(shown.get(expr));
    }

    private Expr rebuild(Expr node) {
        Expr[] operands = new Expr[node.operandCount()];
        boolean same = true;
        for (int k = 0; k < operands.length; k++) {
            operands[k] = Objects.requireNonNull(shown.get(node.operand(k)));
            same &= operands[k] == node.operand(k);
        }
        Expr next = same ? node : node.withOperands(List.of(operands));
        if (next instanceof Linear scaled && scaled.termCount() == 1) {
            return Linear.scale(scaled.coefficient(0), reduce(scaled.term(0)));
        }
        return reduce(next);
    }

    private Expr reduce(Expr node) {
        return node instanceof Contraction product && product.operandCount() <= MAX_FACTORS ? monomials.reduce(product)
                : node;
    }

    private static final int MAX_FACTORS = 12;
}
