package org.adjoint.derive;

import java.util.List;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.LimitResult.Case;
import org.adjoint.limit.Limits;
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
