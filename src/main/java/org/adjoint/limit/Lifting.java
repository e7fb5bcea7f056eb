package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** Puts tensors in the place of scalar symbols: what is said of one entry is said of all. */
final class Lifting {
    private final Map<Variable, Expr> meaning;
    private final Map<Variable, Hidden> hidden;
    /** What hidden symbols are called in steps. */
    private final Map<Variable, Expr> names = new LinkedHashMap<>();

    Lifting(SumExpansion.Expansion expansion) {
        this.meaning = expansion.meaning();
        this.hidden = expansion.hidden();
        Set<String> taken = new TreeSet<>(Variable.names(Walk.variables(expansion.form())));
        taken.addAll(Variable.names(Walk.variables(List.copyOf(meaning.values()))));
        for (Variable symbol : Walk.variables(expansion.form())) {
            Hidden about = hidden.get(symbol);
            if (about != null) {
                String name = about.name();
                for (int k = 2; !taken.add(name); k++) {
                    name = about.name() + k;
                }
                names.put(symbol, Variable.scalar(name));
            }
        }
    }

    Expr of(Expr x) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(x)) {
            images.put(node, image(node, images));
        }
        return Objects.requireNonNull(images.get(x));
    }

    /** Of the given shape, repeated where it is a scalar. */
    Expr of(Expr x, Shape shape) {
        return Tensors.broadcast(of(x), shape);
    }

    Relation of(Relation relation) {
        return new Relation(of(relation.left()), relation.op(), of(relation.right()));
    }

    /** The step, with a word on every hidden symbol that it shows. */
    Step of(Step step) {
        StringBuilder text = new StringBuilder(step.text());
        List<Expr> exprs = new ArrayList<>();
        step.exprs().forEach(x -> exprs.add(of(Substitution.ofOccurring(names, x).apply(x))));
        for (Variable symbol : Walk.variables(step.exprs())) {
            Hidden about = hidden.get(symbol);
            Expr name = names.get(symbol);
            if (about != null && name != null) {
                text.append(", where {").append(exprs.size()).append("} is ");
                exprs.add(name);
                text.append(about.words());
                about.of().ifPresent(x -> {
                    text.append(" {").append(exprs.size()).append("}");
                    exprs.add(x);
                });
            }
        }
        return new Step(step.law(), text.toString(), exprs);
    }

    private Expr image(Expr node, NodeMap<Expr> images) {
        if (node instanceof Variable variable) {
            return meaning.getOrDefault(variable, variable);
        }
        return Broadened.of(node, images);
    }
}
