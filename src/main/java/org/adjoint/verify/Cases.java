package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Rational;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Value;

/**
 * The index names of a claim: as axes, all values at once, or one case for each value where an integer is needed. Names that
 * run over a set are always one case for each element.
 */
final class Cases {
    private static final int MOST = 2000;

    private Cases() {
    }

    /**
     * A case.
     *
     * @param values   of the names that have one: {@code m} is 3
     * @param reader   in which the names have their meaning
     * @param optional whether it does not count where the claim has no meaning in it
     */
    record Case(Map<String, String> values, Elaborator reader, boolean optional) {
        Case(Map<String, String> values, Elaborator reader) {
            this(values, reader, false);
        }

        private Case with(Syntax.Name name, Value value) {
            Map<String, String> names = new LinkedHashMap<>(values);
            names.put(name.id(), show(value));
            return new Case(names, reader.withValue(name, value), optional);
        }
    }

    /** Sizes are at least 1; for integers that may be 0, the cases in which some of them are. */
    static List<Case> withZeros(List<Case> cases, List<Syntax.Name> names) {
        List<Case> all = new ArrayList<>(cases);
        for (Syntax.Name name : names) {
            for (Case one : List.copyOf(all)) {
                Case zero = one.with(name, RelationReader.number(0));
                all.add(new Case(zero.values(), zero.reader(), true));
            }
            if (all.size() > MOST) {
                throw new IllFormed(IllFormed.Kind.INDEX, Problem.at(name.span(),
                        "more than " + MOST + " cases; declare integers that are at least 1 positive"));
            }
        }
        return all;
    }

    /** Names over ranges are axes. */
    static List<Case> axes(Elaborator reader, List<Syntax.Binder> binders, List<Syntax> scope) {
        return expand(reader, binders, scope, false).orElseThrow();
    }

    /** Names over finite ranges take one value after the other; empty when no name has such a range. */
    static List<Case> oneByOne(Elaborator reader, List<Syntax.Binder> binders, List<Syntax> scope) {
        boolean any = binders.stream().anyMatch(b -> b.range().orElse(null) instanceof Syntax.Range);
        return any ? expand(reader, binders, scope, true).orElse(List.of()) : List.of();
    }

    private static Optional<List<Case>> expand(Elaborator reader, List<Syntax.Binder> binders, List<Syntax> scope,
            boolean each) {
        List<Case> cases = new ArrayList<>(List.of(new Case(Map.of(), reader)));
        List<Syntax.Binder> axes = new ArrayList<>();
        for (Syntax.Binder binder : binders) {
            boolean range = binder.range().orElse(null) instanceof Syntax.Range;
            if (binder.range().isEmpty() || range && !each) {
                axes.add(binder);
                continue;
            }
            List<Case> more = new ArrayList<>();
            for (Case one : cases) {
                Optional<List<Value>> values = values(one.reader(), binder.range().get());
                if (values.isEmpty()) {
                    return Optional.empty();
                }
                for (Value value : values.get()) {
                    more.add(one.with(binder.name(), value));
                }
                if (more.size() > MOST) {
                    throw new IllFormed(IllFormed.Kind.INDEX,
                            Problem.at(binder.name().span(), "more than " + MOST + " cases to go through one by one"));
                }
            }
            cases = more;
        }
        if (axes.isEmpty()) {
            return Optional.of(cases);
        }
        List<Case> indexed = new ArrayList<>();
        for (Case one : cases) {
            indexed.add(new Case(one.values(), one.reader().withIndices(axes, scope)));
        }
        return Optional.of(indexed);
    }

    private static Optional<List<Value>> values(Elaborator reader, Syntax range) {
        if (!(range instanceof Syntax.Range ends)) {
            return reader.expression(range) instanceof Value.SetValue set ? Optional.of(set.items())
                    : reader.expression(range) instanceof Value.ListValue list ? Optional.of(list.items())
                            : Optional.empty();
        }
        Optional<Rational> from = integer(reader, ends.from());
        Optional<Rational> to = ends.to().flatMap(end -> integer(reader, end));
        if (from.isEmpty() || to.isEmpty() || to.get().minus(from.get()).compareTo(Rational.of(MOST)) > 0) {
            return Optional.empty();
        }
        List<Value> values = new ArrayList<>();
        for (long k = from.get().longValueExact(); k <= to.get().longValueExact(); k++) {
            values.add(RelationReader.number(k));
        }
        return Optional.of(values);
    }

    private static Optional<Rational> integer(Elaborator reader, Syntax syntax) {
        if (syntax instanceof Syntax.Infinity) {
            return Optional.empty();
        }
        var expr = reader.environment().definitions().inline(reader.tensor(syntax).expr());
        return expr.shape().isScalar() ? Constant.uniform(expr).filter(Rational::fitsLong) : Optional.empty();
    }

    private static String show(Value value) {
        return value instanceof Value.Tensor tensor && tensor.expr() instanceof Constant c && c.shape().isScalar()
                ? Numerals.of(c.value())
                : value.toString();
    }
}
