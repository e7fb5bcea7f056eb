package org.adjoint.derive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Window;

/**
 * An expression taken apart into named intermediate quantities, one operation each, so that its backward pass can be shown
 * step by step.
 *
 * @param definitions the quantities in order; the last is the whole expression
 * @param result      the name of the whole
 */
public record Decomposition(Definitions definitions, Variable result) {
    private static final int LIMIT = 40;

    /** The decomposition, with the whole named {@code name}; empty when it would have too many parts to be read. */
    public static Optional<Decomposition> of(Expr expr, String name) {
        List<Expr> order = Walk.postorder(expr);
        if (order.size() > 4 * LIMIT) {
            return Optional.empty();
        }
        Set<String> taken = new TreeSet<>(Variable.names(Walk.variables(expr)));
        taken.add(name);
        NodeMap<Expr> named = new NodeMap<>();
        Map<Variable, Expr> bindings = new LinkedHashMap<>();
        for (Expr node : order) {
            Expr value = rebuild(node, named);
            boolean whole = node == expr;
            if (!whole && (node.operandCount() == 0 || isNotation(node))) {
                named.put(node, value);
                continue;
            }
            Variable variable = Variable.of(whole ? name : fresh(taken), node.shape());
            bindings.put(variable, value);
            named.put(node, variable);
        }
        return bindings.size() > LIMIT || !(named.get(expr) instanceof Variable result) ? Optional.empty()
                : Optional.of(new Decomposition(Definitions.NONE.withAll(bindings), result));
    }

    private static Expr rebuild(Expr node, NodeMap<Expr> named) {
        return node.operandCount() == 0 ? node
                : node.withOperands(node.operands().stream().map(x -> Objects.requireNonNull(named.get(x))).toList());
    }

    /** What is part of how another operation is written rather than an operation: numbers, sizes, views, scalings. */
    private static boolean isNotation(Expr node) {
        return Constant.uniform(node).isPresent()
                || (node instanceof Linear scaled && scaled.termCount() == 1)
                || (node instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0)
                || (node instanceof Window window && !window.isFold())
                || (node instanceof Elementwise f && (f.operandCount() == 0 || f.operand(0) instanceof Dimension));
    }

    private static String fresh(Set<String> taken) {
        int k = 1;
        while (!taken.add("v" + k)) {
            k++;
        }
        return "v" + k;
    }
}
