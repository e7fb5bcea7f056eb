package org.adjoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Rational;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;

/**
 * Hypotheses of the command line: {@code x > 0}, {@code 0 < t < 1}, {@code m == n}. Bounds of a name become facts of its
 * declaration; equations of sizes settle shapes; the rest is said with the result.
 *
 * @param texts      as written
 * @param statements the same as statements
 * @param bounds     of the names that have any
 */
record Assumed(List<String> texts, List<Statement.Assume> statements, Map<String, Bounds> bounds) {
    static final Assumed NONE = new Assumed(List.of(), List.of(), Map.of());

    /** Where the entries of a name lie, strictly inside. */
    record Bounds(Optional<Rational> low, Optional<Rational> high, boolean nonzero) {
        private static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty(), false);

        Bounds above(Rational value) {
            return new Bounds(low.filter(l -> l.compareTo(value) >= 0).or(() -> Optional.of(value)), high, nonzero);
        }

        Bounds below(Rational value) {
            return new Bounds(low, high.filter(h -> h.compareTo(value) <= 0).or(() -> Optional.of(value)), nonzero);
        }

        /** The facts of a declaration that say so. */
        String facts() {
            if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) < 0) {
                return " in(" + low.get() + ", " + high.get() + ")";
            }
            return low.filter(l -> l.signum() >= 0).isPresent() ? " positive" : nonzero ? " nonzero" : "";
        }
    }

    /** @throws org.adjoint.lang.SyntaxException when one is not a proposition */
    static Assumed of(List<String> texts, Dialect dialect) {
        List<Statement.Assume> statements = new ArrayList<>();
        Map<String, Bounds> bounds = new LinkedHashMap<>();
        for (String text : texts) {
            Syntax whole = parsed(text, dialect);
            List<Syntax> propositions = whole instanceof Syntax.And and ? and.children() : List.of(whole);
            statements.add(new Statement.Assume(propositions, List.of(), dialect, whole.span()));
            for (Syntax proposition : propositions) {
                if (proposition instanceof Syntax.Relation relation) {
                    read(relation, bounds);
                }
            }
        }
        return new Assumed(List.copyOf(texts), statements, bounds);
    }

    private static Syntax parsed(String text, Dialect dialect) {
        try {
            return Parser.expression(Source.of("--assume", text), dialect);
        } catch (org.adjoint.lang.SyntaxException broken) {
            throw new BadInput(broken.problems());
        }
    }

    String facts(String name) {
        Bounds known = bounds.get(name);
        return known == null ? "" : known.facts();
    }

    private static void read(Syntax.Relation relation, Map<String, Bounds> bounds) {
        for (int k = 0; k < relation.ops().size(); k++) {
            Syntax left = relation.operands().get(k);
            Syntax right = relation.operands().get(k + 1);
            Syntax.Relation.Op op = relation.ops().get(k);
            if (left instanceof Syntax.Name name) {
                bounds.merge(name.id(), bounded(Bounds.NONE, op, right, false), Assumed::both);
            } else if (right instanceof Syntax.Name name) {
                bounds.merge(name.id(), bounded(Bounds.NONE, op, left, true), Assumed::both);
            }
        }
    }

    private static Bounds both(Bounds a, Bounds b) {
        Bounds low = b.low().map(a::above).orElse(a);
        Bounds all = b.high().map(low::below).orElse(low);
        return new Bounds(all.low(), all.high(), a.nonzero() || b.nonzero());
    }

    /** {@code name op value}, or {@code value op name} when turned. */
    private static Bounds bounded(Bounds none, Syntax.Relation.Op op, Syntax value, boolean turned) {
        if (op == Syntax.Relation.Op.IN && value instanceof Syntax.TupleLit interval && interval.items().size() == 2) {
            Bounds low = number(interval.items().get(0)).map(none::above).orElse(none);
            return number(interval.items().get(1)).map(low::below).orElse(low);
        }
        Optional<Rational> number = number(value);
        if (number.isEmpty()) {
            return none;
        }
        return switch (op) {
            case GREATER -> turned ? none.below(number.get()) : none.above(number.get());
            case LESS -> turned ? none.above(number.get()) : none.below(number.get());
            // a closed bound away from 0 is a strict one at 0
            case GREATER_OR_EQUAL -> !turned && number.get().signum() > 0 ? none.above(Rational.ZERO) : none;
            case LESS_OR_EQUAL -> turned && number.get().signum() > 0 ? none.above(Rational.ZERO) : none;
            case NOT_EQUAL -> new Bounds(none.low(), none.high(), number.get().isZero());
            case EQUAL, APPROXIMATELY, IN, NOT_IN -> none;
        };
    }

    private static Optional<Rational> number(Syntax syntax) {
        return switch (syntax) {
            case Syntax.NumberLit literal -> Optional.of(literal.value());
            case Syntax.Unary unary when unary.op() == Syntax.Unary.Op.NEGATE -> number(unary.operand())
                    .map(Rational::negate);
            default -> Optional.empty();
        };
    }
}
