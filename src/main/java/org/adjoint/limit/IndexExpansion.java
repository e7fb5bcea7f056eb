package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** Functions with indices of any size: one form for all entries, in which sums are expanded near the target. */
final class IndexExpansion implements SumExpansion {
    @Override
    public Optional<Expansion> expand(Question question) {
        EntryForm entries = EntryForm.of(question).orElse(null);
        if (entries == null) {
            return Optional.empty();
        }
        NearTarget near = new NearTarget(entries, question);
        return near.expand(entries.form()).map(form -> expansion(entries, near, form));
    }

    private static Expansion expansion(EntryForm entries, NearTarget near, Expr form) {
        Symbols symbols = entries.symbols();
        Set<Variable> occurring = new LinkedHashSet<>(Walk.variables(form));
        List<Relation> relations = new ArrayList<>(near.relations());
        relations.removeIf(
                relation -> !occurring.containsAll(Walk.variables(List.of(relation.left(), relation.right()))));
        List<Relation> conditions = new ArrayList<>(symbols.conditions());
        Map<Variable, Expr> meaning = new LinkedHashMap<>();
        for (Variable variable : occurring) {
            if (symbols.entry(variable) instanceof Entry.Of of) {
                meaning.put(variable, of.labels().isEmpty() ? of.tensor() : entries.tensor(variable));
            }
        }
        for (Expr node : Walk.postorder(form)) {
            if (node instanceof Dimension size && size.size().isPositive()) {
                relations.add(new Relation(size, Relation.Op.GREATER_OR_EQUAL, Constant.ONE));
            }
        }
        Assumptions assumptions = new Assumptions(relations);
        return new Expansion(form, assumptions, meaning, hidden(entries, near), entries.shown(conditions),
                near.steps().stream().map(step -> written(entries, step)).toList());
    }

    private static Map<Variable, Hidden> hidden(EntryForm entries, NearTarget near) {
        Map<Variable, Hidden> all = new LinkedHashMap<>();
        near.hidden().forEach((symbol, about) -> all.put(symbol,
                new Hidden(about.name(), about.words(), about.of().map(entries::shown))));
        return all;
    }

    /** The step with tensors for the symbols. */
    private static Step written(EntryForm entries, Step step) {
        return new Step(step.law(), step.text(), step.exprs().stream().map(entries::shown).toList());
    }
}
