package org.adjoint.derive;

import java.util.List;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.limit.AsymptoticSeries;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.LimitResult.Case;
import org.adjoint.limit.Limits;
import org.adjoint.limit.SeriesResult;
import org.adjoint.limit.Side;
import org.adjoint.limit.Target;

/**
 * The only public way to a limit: found by proof, then held against the values of the function on the way. What the numbers
 * contradict is withheld; what they do not show is handed out and said not to be seen.
 */
public final class LimitDeriver {
    private static final String NOWHERE = "the function has no real value on the way to the limit, at any point that was tried";

    private final long seed;

    public LimitDeriver(long seed) {
        this.seed = seed;
    }

    /** {@code lim f as v → target}, within the budget; f must not hold variables that are defined by others. */
    public Limit limit(Expr f, Variable v, Target target, Assumptions assumptions, Budget budget) {
        LimitResult found = Limits.of(f, v, target, assumptions, budget);
        return found instanceof LimitResult.Undecided
                ? undecided(found, new LimitCheck(f, v, target, seed), assumptions)
                : checked(shown(found, assumptions, budget), f, v, target, assumptions, budget);
    }

    /**
     * The series of f near the target up to the given order, within the budget. Each coefficient is held against the values of
     * {@code (f − Σ_{j<k} c_j·g^{e_j}) / g^{e_k}}, of which it is the limit.
     */
    public Asymptotics series(Expr f, Variable v, Target target, int order, Assumptions assumptions, Budget budget) {
        SeriesResult found = Limits.series(f, v, target, order, assumptions, budget);
        if (!(found instanceof SeriesResult.Found(AsymptoticSeries series))) {
            return new Asymptotics(found, Sighting.NOTHING);
        }
        try {
            return budget.call(() -> checked(LimitForms.presented(series), f, v, target, assumptions));
        } catch (Budget.Exceeded late) {
            return new Asymptotics(found, Sighting.NOTHING.cutShort());
        }
    }

    private Asymptotics checked(AsymptoticSeries series, Expr f, Variable v, Target target, Assumptions assumptions) {
        Sighting all = Sighting.NOTHING;
        Expr rest = f;
        for (AsymptoticSeries.Part part : series.parts()) {
            Expr power = series.power(part.exponent());
            // A coefficient that moves, slower than any power, is told by what it leaves: nothing.
            boolean moves = Walk.variables(part.coefficient()).contains(v);
            Expr scaled = rest.dividedBy(power);
            all = all.plus(new LimitCheck(moves ? scaled.minus(part.coefficient()) : scaled, v, target, seed).of(
                    new Extended.Finite(moves ? Constant.ZERO : part.coefficient()), assumptions.relations()));
            rest = rest.minus(series.term(part));
        }
        return all.contradiction().isPresent()
                ? new Asymptotics(
                        new SeriesResult.Undecided("the series that was found is withheld, as numbers contradict it: "
                                + all.contradiction().get()),
                        all)
                : new Asymptotics(new SeriesResult.Found(series), all);
    }

    private static LimitResult shown(LimitResult found, Assumptions assumptions, Budget budget) {
        try {
            return budget.call(() -> LimitForms.presented(found, assumptions));
        } catch (Budget.Exceeded late) {
            return found;
        }
    }

    /** Nothing was found; where the function has no value near the point, that is why. */
    private static Limit undecided(LimitResult found, LimitCheck check, Assumptions assumptions) {
        boolean nowhere = check.of(Extended.PLUS_INFINITY, assumptions.relations()).isNowhere();
        return new Limit(nowhere ? new LimitResult.Undecided(NOWHERE + ": it is outside of the domain there") : found,
                Sighting.NOTHING);
    }

    /** What was found, held against the values of the function. */
    Limit checked(LimitResult found, Expr f, Variable v, Target target, Assumptions assumptions, Budget budget) {
        LimitCheck check = new LimitCheck(f, v, target, seed);
        try {
            Sighting sighting = budget.call(() -> seen(found, check, assumptions.relations()));
            return sighting.contradiction().isPresent() || sighting.isNowhere()
                    ? new Limit(new LimitResult.Undecided(reason(sighting)), sighting) : new Limit(found, sighting);
        } catch (Budget.Exceeded late) {
            return new Limit(found, Sighting.NOTHING.cutShort());
        }
    }

    private static String reason(Sighting sighting) {
        return sighting.contradiction()
                .map(where -> "the limit that was found is withheld, as numbers contradict it: " + where)
                .orElse(NOWHERE);
    }

    private static Sighting seen(LimitResult found, LimitCheck check, List<Relation> relations) {
        return switch (found) {
            case LimitResult.Value value -> check.of(value.value(),
                    new Assumptions(relations).and(value.conditions()).relations());
            case LimitResult.Cases cases -> {
                Sighting all = Sighting.NOTHING;
                for (Case one : cases.cases()) {
                    all = all.plus(seen(one.result(), check, new Assumptions(relations).and(one.when()).relations()));
                }
                yield all;
            }
            case LimitResult.None none -> {
                Sighting all = Sighting.NOTHING;
                for (LimitResult.Approach way : List.of(none.first(), none.second())) {
                    for (Side side : List.of(Side.ABOVE, Side.BELOW)) {
                        if (way.way().equals(side == Side.ABOVE ? "from above" : "from below")
                                && !way.value().isEmpty()) {
                            all = all.plus(check.from(side).of(way.value().get(0), relations));
                        }
                    }
                }
                yield all;
            }
            case LimitResult.Undecided undecided -> Sighting.NOTHING;
        };
    }
}
