package org.adjoint.show;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * The graph in the DOT language of Graphviz: one node for each operation, labelled by what it computes from its operands
 * and by its shape, shared nodes once; definitions by their names; inputs as boxes. Numbers stand inside the labels.
 */
public final class Dot {
    private static final int LABEL_LENGTH = 200;

    private final Fold fold = new Fold();
    private final Style style;
    private final NodeMap<String> ids = new NodeMap<>();
    private final StringBuilder out = new StringBuilder();
    private final Set<String> taken = new HashSet<>();
    private int count;

    private Dot() {
        this.style = new NumpyStyle(fold, taken);
    }

    /** The graph of an expression. */
    public static String of(Expr expr) {
        return of(Definitions.NONE, List.of(expr));
    }

    /** The graph of expressions and of all definitions that they depend on. */
    public static String of(Definitions definitions, List<? extends Expr> roots) {
        return new Dot().draw(definitions, roots);
    }

    private String draw(Definitions definitions, List<? extends Expr> roots) {
        out.append("digraph adjoint {\n  rankdir=BT;\n  node [fontname=\"monospace\", shape=ellipse];\n");
        List<Variable> defined = definitions.reachable(roots);
        List<Expr> values = new ArrayList<>();
        defined.forEach(variable -> values.add(definitions.value(variable).orElseThrow()));
        values.addAll(roots);
        Walk.variables(values).forEach(variable -> taken.add(variable.name()));
        for (Variable variable : defined) {
            Expr value = definitions.value(variable).orElseThrow();
            operands(value);
            node(variable, variable.name() + " = " + label(value), value, "style=bold");
        }
        for (Expr root : roots) {
            operands(root);
            node(root);
        }
        return out.append("}\n").toString();
    }

    private void operands(Expr root) {
        for (Expr node : Walk.postorder(root)) {
            if (node != root) {
                node(node);
            }
        }
    }

    /** Draws a node, once. */
    private void node(Expr node) {
        if (ids.contains(node) || isNumber(node)) {
            return;
        }
        if (node instanceof Variable variable) {
            node(node, variable.name(), node, "shape=box");
            return;
        }
        String label = label(node);
        do {
            count++;
        } while (taken.contains("v" + count));
        node(node, "v" + count + " = " + label, node, "");
        fold.name(node, "v" + count);
    }

    private void node(Expr node, String label, Expr value, String attribute) {
        String id = "n" + ids.size();
        ids.put(node, id);
        out.append("  ").append(id).append(" [label=\"").append(escaped(label)).append("\\n")
                .append(escaped(value.shape().toString())).append('"')
                .append(attribute.isEmpty() ? "" : ", " + attribute).append("];\n");
        for (int k = 0; k < value.operandCount(); k++) {
            if (!isNumber(value.operand(k))) {
                out.append("  ").append(Objects.requireNonNull(ids.get(value.operand(k)))).append(" -> ").append(id)
                        .append(";\n");
            }
        }
    }

    /** What the node computes, its operands by their names. */
    private String label(Expr node) {
        return style.emit(fold.of(node), LABEL_LENGTH);
    }

    private static boolean isNumber(Expr node) {
        return Constant.uniform(node).isPresent();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
