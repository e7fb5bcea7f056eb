package org.adjoint.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * A large expression rewritten part by part, in a time that is linear in its size: each part is a graph of bounded size over
 * the parts below it, which stand in it as variables of their own.
 *
 * <p>If {@code g(v) = g′(v)} for every v, then {@code g(u) = g′(u)} for the part u below: what is proved of each part is proved
 * of the whole.
 */
final class Parts {
    /** Smaller expressions are better seen as a whole. */
    private static final int WHOLE = 150;
    private static final int PART = 40;

    private final UnaryOperator<Expr> rewriting;
    private final Map<Variable, Expr> values = new LinkedHashMap<>();

    private Parts(UnaryOperator<Expr> rewriting) {
        this.rewriting = rewriting;
    }

    /** Whether the expression is so large that it is taken part by part. */
    static boolean isLarge(Expr expr) {
        return Walk.postorder(expr).size() > WHOLE;
    }

    /** Whether the expression has more than one part. */
    static boolean isSplit(Expr expr) {
        return Walk.postorder(expr).size() > PART;
    }

    /** The expression with every part replaced by an equal one. */
    static Expr rewritten(Expr expr, UnaryOperator<Expr> rewriting) {
        return new Parts(rewriting).of(expr);
    }

    private Expr of(Expr root) {
        NodeMap<Expr> over = new NodeMap<>();
        NodeMap<Integer> sizes = new NodeMap<>();
        for (Expr node : Walk.postorder(root)) {
            Budget.current().poll();
            List<Expr> operands = new ArrayList<>(node.operandCount());
            int size = 1;
            for (int k = 0; k < node.operandCount(); k++) {
                operands.add(Objects.requireNonNull(over.get(node.operand(k))));
                size += Objects.requireNonNull(sizes.get(node.operand(k)));
            }
            Expr here = operands.isEmpty() ? node : node.withOperands(operands);
            boolean cut = size > PART && node != root;
            over.put(node, cut ? named(here) : here);
            sizes.put(node, cut ? 1 : size);
        }
        return inlined(Objects.requireNonNull(over.get(root)));
    }

    private Variable named(Expr part) {
        Expr value = inlined(part);
        Variable name = Variable.of("part " + values.size(), part.shape());
        values.put(name, value);
        return name;
    }

    /** A part rewritten, and then the parts below it in their places. */
    private Expr inlined(Expr part) {
        Expr other = rewriting.apply(part);
        return Substitution.ofOccurring(values, other).apply(other);
    }
}
