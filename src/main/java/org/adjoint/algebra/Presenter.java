package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Walk;

/**
 * The form that is shown: the raw result of differentiation made short by named laws, as a person would write it, and never
 * multiplied out for its own sake. The prover shows that it equals the raw form before anyone sees it.
 *
 * <p>Every node is shortened once, operands first, by a search of bounded size, so the time is linear in the graph.
 */
public final class Presenter {
    private static final int PASSES = 3;

    private final Cost cost = new Cost();
    private final Set<String> laws = new LinkedHashSet<>();
    private final Sums sums = new Sums(cost, ProductRules.all(cost), laws);
    private final NodeMap<Expr> shown = new NodeMap<>();
    private final Plain plain = new Plain();

    /** The shortest form of the expression that was found. */
    public Expr present(Expr expr) {
        return stages(expr).getFirst();
    }

    /** Forms equal to the expression, each once, from the most to the least simplified; the last is the expression itself. */
    public List<Expr> stages(Expr expr) {
        Set<Expr> stages = new LinkedHashSet<>();
        Expr best = expr;
        Expr current = expr;
        for (int pass = 0; pass < PASSES; pass++) {
            Expr next = pass(current);
            boolean shorter = cost.of(next) <= cost.of(best);
            best = shorter ? next : best;
            if (next == current || !shorter) {
                break;
            }
            current = next;
        }
        stages.add(new Polish(cost).polished(best));
        stages.add(plain.present(expr));
        stages.add(expr);
        return List.copyOf(stages);
    }

    /** The names of the laws that were used. */
    public List<String> laws() {
        return List.copyOf(laws);
    }

    private Expr pass(Expr root) {
        Budget budget = Budget.current();
        for (Expr node : Walk.postorder(root)) {
            if (!shown.contains(node)) {
                budget.poll();
                shown.put(node, shortened(rebuilt(node)));
            }
        }
        return Objects.requireNonNull(shown.get(root));
    }

    private Expr rebuilt(Expr node) {
        List<Expr> operands = new ArrayList<>(node.operandCount());
        boolean same = true;
        for (int k = 0; k < node.operandCount(); k++) {
            Expr operand = Objects.requireNonNull(shown.get(node.operand(k)));
            operands.add(operand);
            same &= operand == node.operand(k);
        }
        return same ? node : node.withOperands(operands);
    }

    private Expr shortened(Expr node) {
        Optional<Expr> other = local(node);
        Expr next = other.filter(e -> e != node).orElse(node);
        if (next instanceof Linear || next instanceof Contraction || isPower(next)) {
            Expr shorter = sums.shortened(next);
            return cost.of(shorter) <= cost.of(next) ? shorter : next;
        }
        return next;
    }

    private static boolean isPower(Expr node) {
        return node instanceof Elementwise f && (f.function() == Functions.POWER || f.function() == Functions.SQRT);
    }

    private static Optional<Expr> local(Expr node) {
        return switch (node) {
            case Elementwise f -> EntrywiseLaws.shorter(f);
            case MatrixFunction f -> Inverses.shorter(f);
            case Reshape reshape -> Deltas.split(reshape);
            default -> Optional.empty();
        };
    }
}
