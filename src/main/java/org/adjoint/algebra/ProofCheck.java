package org.adjoint.algebra;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * A proof checked once more, step by step, by evaluation: both sides of each step at random sizes and points, with 60 digits.
 * It knows no law, so it finds what is wrong with one.
 *
 * @param points  at how many points both sides of a step had a value
 * @param entries how many entries had a value on both sides
 * @param wrong   the first step whose sides differ
 */
public record ProofCheck(int points, long entries, Optional<Wrong> wrong) {
    private static final PreciseArithmetic FIELD = new PreciseArithmetic(60);
    private static final int PLACES = 40;
    private static final int SIZES = 3;
    private static final int POINTS = 2;
    private static final int DRAWS = 20;

    /** A step whose sides differ at a point. */
    public record Wrong(Proof.Step step, Point point) {
    }

    /** The check of the steps at points that the seed draws. */
    public static ProofCheck of(List<Proof.Step> steps, long seed) {
        int points = 0;
        long entries = 0;
        for (Proof.Step step : steps) {
            List<Expr> sides = List.of(step.before(), step.after());
            Collection<Variable> variables = Walk.variables(sides);
            Sampler sampler = new Sampler(seed);
            for (Sizes sizes : sampler.sizes(sides, SIZES)) {
                int here = 0;
                // Where a side has no value another point is drawn.
                for (int k = 0; k < DRAWS && here < POINTS; k++) {
                    Budget.current().checkTime();
                    Point point = sampler.point(variables, sizes);
                    long compared = compared(sides, point);
                    if (compared < 0) {
                        return new ProofCheck(points, entries, Optional.of(new Wrong(step, point)));
                    }
                    here += compared > 0 ? 1 : 0;
                    entries += compared;
                }
                points += here;
            }
        }
        return new ProofCheck(points, entries, Optional.empty());
    }

    /** How many entries have a value on both sides; −1 when some of them differ. */
    private static long compared(List<Expr> sides, Point point) {
        List<NumberTensor<Precise>> values = new Evaluator<>(FIELD, point.sizes()).evaluate(sides, point.in(FIELD));
        NumberTensor<Precise> a = values.get(0);
        NumberTensor<Precise> b = values.get(1);
        long compared = 0;
        for (int k = 0; k < a.count(); k++) {
            if (a.isDefined(k) && b.isDefined(k)) {
                compared++;
                boolean same = !FIELD.differs(a.get(k), b.get(k))
                        || Math.max(FIELD.agreeingDigits(a.get(k), b.get(k)),
                                FIELD.agreeingPlaces(a.get(k), b.get(k))) >= PLACES;
                if (!same) {
                    return -1;
                }
            }
        }
        return compared;
    }
}
