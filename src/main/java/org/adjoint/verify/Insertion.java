package org.adjoint.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;

/**
 * Puts values in for variables: those of {@code with} clauses first, then those of definitions, whose own variables may be
 * among the former. The values of a {@code with} clause are meant as they were before any of it was put in.
 *
 * @param live          the definitions there are by now: members of families are defined when they are first read
 * @param substitutions what the {@code with} clauses put in, already free of defined variables
 */
public record Insertion(Supplier<Definitions> live, Map<Variable, Expr> substitutions) {

    /** The expression with all values in it. */
    public Expr apply(Expr expr) {
        Definitions definitions = live.get();
        if (substitutions.isEmpty()) {
            return definitions.inline(expr);
        }
        Map<Variable, Expr> values = new LinkedHashMap<>(substitutions);
        for (Variable variable : definitions.reachable(List.of(expr))) {
            if (!values.containsKey(variable)) {
                values.put(variable, Substitution.of(values).apply(definitions.value(variable).orElseThrow()));
            }
        }
        return Substitution.of(values).apply(expr);
    }

    /** The expression with the definitions of all variables but one inserted. */
    static Expr ofAllBut(Variable kept, Expr expr, Definitions definitions) {
        Map<Variable, Expr> values = new LinkedHashMap<>();
        for (Variable variable : definitions.reachable(List.of(expr))) {
            if (variable != kept) {
                Expr value = definitions.value(variable).orElseThrow();
                values.put(variable, Substitution.ofOccurring(values, value).apply(value));
            }
        }
        return Substitution.ofOccurring(values, expr).apply(expr);
    }
}
