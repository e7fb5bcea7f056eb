package org.adjoint.lang;

import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;

/**
 * What {@code r[n] == g(n)} comes down to for every n from a first one, when r is a recurrence: {@code r[first] == g(first)},
 * and that g follows the recurrence from n to n + 1. The two hold exactly when the equation holds for all n.
 *
 * @param n     the index, an integer from {@code first}
 * @param base  {@code r[first]} and {@code g(first)}
 * @param step  {@code r[n + 1]} by the recurrence with {@code r[n] = g(n)}, and {@code g(n + 1)}
 */
public record Induction(Variable n, long first, Sides base, Sides step) {
    /** The sides of an equation. */
    public record Sides(Value.Tensor left, Value.Tensor right) {
    }

    /** The induction for an equation whose left side is a member of a recurrence at a declared natural number. */
    public static Optional<Induction> of(Elaborator reader, Syntax left, Syntax right) {
        if (!(left instanceof Syntax.Index index) || index.items().size() != 1
                || !(index.items().get(0) instanceof Syntax.Name name) || !(index.base() instanceof Syntax.Name family)
                || !(reader.environment.lookup(family.id()).orElse(null) instanceof Binding.Members members)) {
            return Optional.empty();
        }
        Optional<Variable> n = reader.variable(name)
                .filter(v -> v.shape().isScalar() && v.is(Fact.Named.NATURAL));
        if (n.isEmpty()) {
            return Optional.empty();
        }
        long first = n.get().is(Fact.Named.POSITIVE) ? 1 : 0;
        Value.Tensor g = reader.tensor(right);
        Expr next = n.get().plus(Constant.ONE);
        Value.Tensor reached = members.family().next(n.get(), next, g, left.span());
        Value.Tensor start = Values.tensor(members.family().at(first, left.span()), left.span());
        return Optional.of(new Induction(n.get(), first, new Sides(start, with(g, n.get(), Constant.of(first))),
                new Sides(reached, with(g, n.get(), next))));
    }

    private static Value.Tensor with(Value.Tensor g, Variable n, Expr value) {
        return new Value.Tensor(Substitution.of(Map.of(n, value)).apply(g.expr()), g.axes());
    }
}
