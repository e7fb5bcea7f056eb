package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.SignOracle;
import org.adjoint.eval.NumberTensor;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** Asymptotic series of one scalar near a target, in its own scale. */
final class SeriesDriver {
    private static final int LAST_LENGTH = 64;

    private final Question question;
    private final Set<Variable> hidden;
    private final int order;

    /**
     * @param hidden parameters whose values are not known: the series ends before the first of them
     * @param order  the greatest exponent that is asked for
     */
    SeriesDriver(Question question, Set<Variable> hidden, int order) {
        this.question = question;
        this.hidden = hidden;
        this.order = order;
    }

    /** From the side or the sides of the target; where the sides differ there is none. */
    static SeriesResult solve(Question q, int order) {
        boolean both = q.target().at() instanceof Extended.Finite && q.target().side() == Side.BOTH;
        if (!both) {
            return expanded(q, order);
        }
        SeriesResult above = expanded(towards(q, Side.ABOVE), order);
        SeriesResult below = expanded(towards(q, Side.BELOW), order);
        if (!(above instanceof SeriesResult.Found first) || !(below instanceof SeriesResult.Found second)) {
            return above instanceof SeriesResult.Undecided ? above : below;
        }
        return same(first.series(), second.series(), q.assumptions()) ? above
                : new SeriesResult.Undecided("the series from above and from below differ");
    }

    private static boolean same(AsymptoticSeries a, AsymptoticSeries b, Assumptions assumptions) {
        boolean same = a.scale() == b.scale() && a.bound().equals(b.bound()) && a.parts().size() == b.parts().size();
        for (int k = 0; same && k < a.parts().size(); k++) {
            AsymptoticSeries.Part x = a.parts().get(k);
            AsymptoticSeries.Part y = b.parts().get(k);
            same = x.exponent() == y.exponent() && Folding.same(new Extended.Finite(x.coefficient()),
                    new Extended.Finite(y.coefficient()), assumptions);
        }
        return same;
    }

    private static Question towards(Question q, Side side) {
        return new Question(q.f(), q.v(), new Target(q.target().at(), side), q.assumptions());
    }

    private static SeriesResult expanded(Question q, int order) {
        SeriesResult plain = new SeriesDriver(q, Set.of(), order).solve();
        if (plain instanceof SeriesResult.Found) {
            return plain;
        }
        for (SumExpansion each : Theorems.expansions()) {
            Optional<SumExpansion.Expansion> found = each.expand(q);
            if (found.isPresent()) {
                SumExpansion.Expansion expansion = found.get();
                Assumptions assumptions = q.assumptions().and(expansion.assumptions().relations());
                Question scalar = new Question(expansion.form(), q.v(), q.target(), assumptions);
                return lifted(new SeriesDriver(scalar, expansion.hidden().keySet(), order).solve(),
                        new Lifting(expansion));
            }
        }
        return plain;
    }

    private static SeriesResult lifted(SeriesResult result, Lifting lifting) {
        return switch (result) {
            case SeriesResult.Undecided undecided -> undecided;
            case SeriesResult.Found(AsymptoticSeries series) ->
                new SeriesResult.Found(new AsymptoticSeries(series.scale(),
                        series.parts().stream().map(
                                part -> new AsymptoticSeries.Part(lifting.of(part.coefficient()), part.exponent()))
                                .toList(),
                        series.bound()));
        };
    }

    private SeriesResult solve() {
        Constants constants = new Constants(new SignOracle(question.assumptions()), Variable.scalar("t'"));
        Gruntz gruntz = new Gruntz(constants);
        try {
            return new SeriesResult.Found(find(gruntz, constants));
        } catch (Stop.NeedSign needed) {
            return new SeriesResult.Undecided("the series depends on the sign of an expression of the parameters");
        } catch (Stop | ArithmeticException stuck) {
            return new SeriesResult.Undecided(String.valueOf(stuck.getMessage()));
        }
    }

    private AsymptoticSeries find(Gruntz gruntz, Constants constants) {
        TermArithmetic arithmetic = new TermArithmetic(gruntz, constants, Waves.open(), hidden);
        Reading reading = new Reading(constants, Replacements.NONE, arithmetic);
        Path path = Path.of(question.target());
        Term at = question.target().at() instanceof Extended.Finite(Expr point)
                ? reading.entries(point, Map.of()).value()
                : Term.Num.ZERO;
        NumberTensor<Term> read = reading.entries(question.f(),
                Map.of(question.v(), path.variable(gruntz.algebra(), at)));
        if (read.count() != 1 || !read.isDefined()) {
            throw new Stop.Stuck(read.count() == 1 ? "the function is not defined near the point"
                    : "a series is taken of a scalar");
        }
        Written written = new Written(gruntz, path, question.v(), at);
        Term t = read.value();
        if (!t.moves()) {
            return new AsymptoticSeries(written.of(gruntz.algebra().power(Term.Moving.X, Rational.MINUS_ONE)),
                    List.of(new AsymptoticSeries.Part(written.of(t), Constant.ZERO)), List.of());
        }
        Gruntz.Scale scale = gruntz.scale(t);
        for (int length = 2; length <= LAST_LENGTH; length *= 2) {
            try {
                Expansion expansion = new Expansion(gruntz.algebra(), gruntz, new Taylor(gruntz.algebra()), scale,
                        length);
                Optional<AsymptoticSeries> found = cut(expansion, gruntz, scale, written, path);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (Stop.MoreTerms more) {
                // the next length gives them
            }
        }
        throw new Stop.Stuck("the order is not reached with " + LAST_LENGTH + " terms");
    }

    /** The entries up to the order, unless the series was cut before. */
    private Optional<AsymptoticSeries> cut(Expansion expansion, Gruntz gruntz, Gruntz.Scale scale, Written written,
            Path path) {
        SeriesAlgebra algebra = expansion.algebra();
        Series series = expansion.of(scale.term());
        Term last = TermAlgebra.number(order);
        List<AsymptoticSeries.Part> parts = new ArrayList<>();
        Series rest = series;
        Optional<Term> bound = Optional.empty();
        boolean whole = true;
        while (true) {
            Optional<SeriesAlgebra.Led> led = algebra.lead(rest);
            if (led.isEmpty()) {
                break;
            }
            Series.Entry entry = led.get().lead();
            boolean unknown = Constants.parameters(entry.coefficient()).stream().anyMatch(hidden::contains);
            if (unknown || algebra.compare(entry.exponent(), last) > 0) {
                bound = Optional.of(entry.exponent());
                break;
            }
            parts.add(written.part(entry, scale.moves(), path));
            rest = led.get().rest();
            if (rest.entries().isEmpty() && !rest.isExact()) {
                List<Term> bounds = rest.bounds();
                whole = bounds.stream().allMatch(b -> algebra.compare(b, last) > 0);
                bound = bounds.size() == 1 ? Optional.of(bounds.get(0)) : Optional.empty();
                break;
            }
        }
        Term omega = gruntz.algebra().exp(gruntz.algebra().negate(scale.h()));
        return whole ? Optional.of(new AsymptoticSeries(written.scale(omega, scale.moves(), path), parts,
                bound.stream().map(written::of).toList())) : Optional.empty();
    }
}
