package org.adjoint.limit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/**
 * How a function with sums of symbolic size, or with a shape, is written near the target as a scalar expression of the
 * variable and of fresh symbols, which the Gruntz algorithm can take to the limit.
 */
public interface SumExpansion {
    /**
     * A scalar that behaves as the function does near the target.
     *
     * @param form        a scalar expression of v, the parameters and fresh scalar symbols
     * @param assumptions what holds between the fresh symbols, besides their facts
     * @param meaning     what a fresh symbol stands for: a scalar, or, entry by entry, an expression of the function's shape;
     *                    it is put back into the result and its conditions
     * @param hidden      fresh symbols whose value is not known: a result that holds one of them is undecided, and so is
     *                    one that needs the sign of an expression of them
     * @param conditions  under which the form is right, besides what was assumed
     * @param steps       the laws that give the form, by name
     */
    record Expansion(Expr form, Assumptions assumptions, Map<Variable, Expr> meaning, Map<Variable, Hidden> hidden,
            List<Relation> conditions, List<Step> steps) {
        public Expansion {
            meaning = Map.copyOf(meaning);
            hidden = Map.copyOf(hidden);
            conditions = List.copyOf(conditions);
            steps = List.copyOf(steps);
        }
    }

    /** The form near the target, which is one-sided or an infinity; nothing where this law does not fit. */
    Optional<Expansion> expand(Question question);
}
