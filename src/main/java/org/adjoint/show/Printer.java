package org.adjoint.show;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Prints expressions as a person would write them: products of matrices, transposes, Hadamard products, slices; entry by
 * entry only where there is no such form.
 *
 * <p>The order of terms and factors does not depend on how the graph was built. A formula larger than the inline limit
 * names the parts that it uses more than once; one whose graph is larger than the node limit is left out and says so.
 * Nothing recurses over the depth of the graph.
 */
public abstract class Printer {
    /** Formulas up to this many nodes, written out as a tree, may be printed whole. */
    public static final int INLINE_LIMIT = 1_000;
    /** Formulas of more distinct nodes than this are left out. */
    public static final int NODE_LIMIT = 10_000;

    /** Formulas of more nodes than this, written out as a tree, name the parts that they repeat. */
    private static final int LONG = 24;
    private static final int CHARACTERS_PER_NODE = 100;

    private final int inlineLimit;
    private final int nodeLimit;

    Printer(int inlineLimit, int nodeLimit) {
        this.inlineLimit = inlineLimit;
        this.nodeLimit = nodeLimit;
    }

    abstract Writer writer(Set<String> taken);

    /** The formula as one text; shared parts of a large one follow as lines {@code where t1 = …}. */
    public final String print(Expr expr) {
        return printed(expr).toString();
    }

    /** The formula and its shared parts. */
    public final Printed printed(Expr expr) {
        List<Expr> nodes = Walk.postorder(expr);
        if (nodes.size() > nodeLimit) {
            return new Printed("… (" + nodes.size() + " operations: left out above " + nodeLimit + ")", List.of(),
                    false);
        }
        try {
            return printed(expr, nodes);
        } catch (NoWords e) {
            return new Printed("… (no words for " + e.getMessage() + ")", List.of(), false);
        }
    }

    private Printed printed(Expr expr, List<Expr> nodes) {
        Order order = writer(names(nodes)).order();
        int limit = CHARACTERS_PER_NODE * Math.max(inlineLimit, nodes.size());
        List<Expr> parts = order.weight(expr) > Math.min(inlineLimit, LONG) ? Parts.of(expr, order) : List.of();
        Printed printed = printed(expr, nodes, parts, limit);
        // What is written as one call, as the gradient of a padded pool, does not show the parts inside.
        List<Expr> used = printed.used(parts);
        return used.size() == parts.size() ? printed : printed(expr, nodes, used, limit);
    }

    private Printed printed(Expr expr, List<Expr> nodes, List<Expr> parts, int limit) {
        Set<String> taken = names(nodes);
        Writer writer = writer(taken);
        Parts.Namer namer = new Parts.Namer(taken);
        List<Printed.Shared> where = new ArrayList<>();
        for (Expr node : parts) {
            String name = namer.name(node);
            where.add(new Printed.Shared(writer.spelled(name), writer.write(node, limit)));
            writer.name(node, name);
        }
        String text = writer.write(expr, limit);
        return new Printed(text, where, text.length() <= limit);
    }

    /**
     * The formula as one text, without names for shared parts; empty when it has more than {@value #NODE_LIMIT} nodes
     * written out, or when the notation has no words for it.
     */
    public final Optional<String> closed(Expr expr) {
        List<Expr> nodes = Walk.postorder(expr);
        if (nodes.size() > nodeLimit) {
            return Optional.empty();
        }
        Writer writer = writer(names(nodes));
        if (writer.order().weight(expr) > NODE_LIMIT) {
            return Optional.empty();
        }
        try {
            String text = writer.write(expr, Integer.MAX_VALUE);
            return Optional.of(text);
        } catch (NoWords e) {
            return Optional.empty();
        }
    }

    /** What the notation has no words for; empty when it has words for all of it. */
    public final Optional<String> missing(Expr expr) {
        List<Expr> nodes = Walk.postorder(expr);
        if (nodes.size() > nodeLimit) {
            return Optional.empty();
        }
        try {
            writer(names(nodes)).write(expr, CHARACTERS_PER_NODE * inlineLimit);
            return Optional.empty();
        } catch (NoWords e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static Set<String> names(List<Expr> nodes) {
        Set<String> names = new HashSet<>(Walk.sizeSymbols(List.of(nodes.getLast())));
        for (Expr node : nodes) {
            if (node instanceof Variable variable) {
                names.add(variable.name());
            } else if (node instanceof Application application) {
                names.add(application.function().name());
            }
        }
        return names;
    }
}
