package org.adjoint.limit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;

/** Parameters that an assumed equation replaces by others. */
final class Replacements {
    static final Replacements NONE = new Replacements(Map.of());
    private static final TermAlgebra PLAIN = new TermAlgebra(t -> false);

    private final Map<Expr, Term> values;

    private Replacements(Map<Expr, Term> values) {
        this.values = values;
    }

    /** The term of a parameter. */
    Term of(Expr parameter) {
        Term value = values.get(parameter);
        return value == null ? new Term.Par(parameter) : value;
    }

    /** An expression without the replaced parameters. */
    Expr apply(Expr x) {
        Map<Expr, Expr> written = new LinkedHashMap<>();
        TermExpr writer = new TermExpr(Constant.ZERO);
        values.forEach((parameter, value) -> written.put(parameter, writer.of(value)));
        return written.isEmpty() ? x : Substitution.of(written).apply(x);
    }

    Assumptions apply(Assumptions assumptions) {
        return values.isEmpty() ? assumptions
                : new Assumptions(assumptions.relations().stream()
                        .map(r -> new Relation(apply(r.left()), r.op(), apply(r.right()))).toList());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** A parameter that occurs in the sum once, with a number as its coefficient, and what it equals where the sum is zero. */
    Optional<Tie> solve(Term sum) {
        Map<Term, Rational> terms = TermAlgebra.terms(sum);
        for (Map.Entry<Term, Rational> each : terms.entrySet()) {
            if (!(each.getKey() instanceof Term.Par par)) {
                continue;
            }
            Map<Term, Rational> rest = new HashMap<>(terms);
            rest.remove(par);
            Term value = PLAIN.scale(each.getValue().negate().inverse(), TermAlgebra.ofSum(rest));
            boolean elsewhere = Constants.parameters(value).stream().anyMatch(other -> other == par.expr());
            if (!elsewhere && (!(par.expr() instanceof Variable v)
                    || v.facts().stream().allMatch(Replacements::isInequality))) {
                Map<Expr, Term> all = new LinkedHashMap<>();
                values.forEach((parameter, old) -> all.put(parameter, PLAIN.replace(old,
                        leaf -> leaf.equals(par) ? value : leaf, new HashMap<>())));
                all.put(par.expr(), value);
                return Optional.of(new Tie(new Replacements(all), par.expr(), value));
            }
        }
        return Optional.empty();
    }

    /** The ties with one more. */
    record Tie(Replacements ties, Expr parameter, Term value) {
        /** What the facts of the replaced parameter say of its value. */
        Assumptions carry(Assumptions assumptions) {
            if (!(parameter instanceof Variable variable)) {
                return assumptions;
            }
            Expr x = new TermExpr(Constant.ZERO).of(value);
            Assumptions all = assumptions;
            for (Fact fact : variable.facts()) {
                switch (fact) {
                    case Fact.Named named when named == Fact.Named.POSITIVE -> all = all
                            .and(Relation.ofSign(x, Relation.Op.GREATER));
                    case Fact.Named named when named == Fact.Named.NONZERO -> all = all
                            .and(Relation.ofSign(x, Relation.Op.NOT_EQUAL));
                    case Fact.Interval interval -> all = all
                            .and(new Relation(x, Relation.Op.GREATER, Constant.of(interval.from())))
                            .and(new Relation(x, Relation.Op.LESS, Constant.of(interval.to())));
                    case Fact.Bound bound -> all = all.and(new Relation(x, switch (bound.side()) {
                        case ABOVE -> Relation.Op.GREATER;
                        case AT_LEAST -> Relation.Op.GREATER_OR_EQUAL;
                        case BELOW -> Relation.Op.LESS;
                        case AT_MOST -> Relation.Op.LESS_OR_EQUAL;
                    }, Constant.of(bound.number())));
                    default -> {
                        // other facts are no inequalities, and keep a parameter from being replaced
                    }
                }
            }
            return all;
        }
    }

    private static boolean isInequality(Fact fact) {
        return fact == Fact.Named.POSITIVE || fact == Fact.Named.NONZERO || fact instanceof Fact.Interval
                || fact instanceof Fact.Bound;
    }
}
