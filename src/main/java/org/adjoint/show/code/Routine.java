package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * What a generated function computes: some results over the variables, through definitions that keep their names.
 *
 * @param name        what the function is called, as {@code value_and_gradients}
 * @param formula     what is differentiated, as the user wrote it
 * @param results     what is returned, in order
 * @param definitions the definitions that the results go through
 * @param notes       conditions of validity and refusals, in words
 */
public record Routine(String name, String formula, List<Result> results, Definitions definitions, List<String> notes) {
    /**
     * One returned quantity.
     *
     * @param name  as {@code grad_W}
     * @param value what it is
     */
    public record Result(String name, Expr value) {
    }

    public Routine {
        results = List.copyOf(results);
        notes = List.copyOf(notes);
        if (results.isEmpty()) {
            throw new IllegalArgumentException("a routine returns something");
        }
    }

    /** The same routine over other forms of its results. */
    Routine with(List<Expr> values, Definitions other) {
        List<Result> changed = new ArrayList<>();
        for (int k = 0; k < results.size(); k++) {
            changed.add(new Result(results.get(k).name(), values.get(k)));
        }
        return new Routine(name, formula, changed, other, notes);
    }

    List<Expr> values() {
        return results.stream().map(Result::value).toList();
    }

    /** The definitions that are needed, each after those that it needs. */
    List<Variable> steps() {
        return definitions.reachable(values());
    }

    /** Every expression that is computed under a name, in order: the definitions, then the results. */
    List<Expr> roots() {
        List<Expr> roots = new ArrayList<>();
        steps().forEach(variable -> roots.add(definitions.value(variable).orElseThrow()));
        roots.addAll(values());
        return roots;
    }

    /** The variables without a definition, by name: the arguments. */
    List<Variable> arguments() {
        Set<Variable> free = new LinkedHashSet<>(Walk.variables(roots()));
        free.removeIf(definitions::defines);
        return free.stream().sorted(Comparator.comparing(Variable::name)).toList();
    }
}
