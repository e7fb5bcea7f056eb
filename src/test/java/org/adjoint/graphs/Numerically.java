package org.adjoint.graphs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** Holds expressions against each other at 60 digits, over many sizes (all distinct, each 1, all equal) and points. */
public final class Numerically {
    public static final PreciseArithmetic FIELD = new PreciseArithmetic(60);
    /** Decimal places to which equal values must agree. */
    private static final int PLACES = 40;

    private Numerically() {
    }

    /** What a comparison found: entries compared, and the first difference, or an empty text. */
    public record Outcome(int compared, String difference) {
        public boolean equal() {
            return difference.isEmpty();
        }
    }

    public static NumberTensor<Precise> value(Expr expr, Point point) {
        return values(List.of(expr), point).get(0);
    }

    public static List<NumberTensor<Precise>> values(List<? extends Expr> roots, Point point) {
        return new Evaluator<>(FIELD, point.sizes()).evaluate(roots, point.in(FIELD));
    }

    /** Points over several sizes at which all variables of the graphs have values. */
    public static List<Point> points(Collection<? extends Expr> roots, long seed, int sizeCount, int pointCount) {
        Sampler sampler = new Sampler(seed);
        Collection<Variable> variables = Walk.variables(roots);
        List<Point> points = new ArrayList<>();
        for (Sizes sizes : sampler.sizes(roots, sizeCount)) {
            for (int k = 0; k < pointCount; k++) {
                points.add(sampler.point(variables, sizes));
            }
        }
        return points;
    }

    /** Both sides wherever both have a value. */
    public static Outcome compare(Expr left, Expr right, List<Point> points) {
        int compared = 0;
        for (Point point : points) {
            List<NumberTensor<Precise>> sides = values(List.of(left, right), point);
            NumberTensor<Precise> a = sides.get(0);
            NumberTensor<Precise> b = sides.get(1);
            if (!Arrays.equals(a.shape(), b.shape())) {
                return new Outcome(compared,
                        "shapes differ: " + Arrays.toString(a.shape()) + " and " + Arrays.toString(b.shape()));
            }
            for (int k = 0; k < a.count(); k++) {
                if (!a.isDefined(k) || !b.isDefined(k)) {
                    continue;
                }
                compared++;
                if (!same(a.get(k), b.get(k))) {
                    return new Outcome(compared,
                            "entry " + k + " is " + a.get(k) + " and " + b.get(k) + " at " + point);
                }
            }
        }
        return new Outcome(compared, "");
    }

    public static Outcome compare(Expr left, Expr right, long seed) {
        return compare(left, right, points(List.of(left, right), seed, 6, 6));
    }

    /** Whether two numbers agree to 40 places, absolutely or relatively, as far as they are known. */
    public static boolean same(Precise a, Precise b) {
        return !FIELD.differs(a, b)
                || Math.max(FIELD.agreeingDigits(a, b), FIELD.agreeingPlaces(a, b)) >= PLACES;
    }

    /**
     * Fails, with a case that can be pasted, unless both sides agree at every point and at least one entry was compared.
     */
    public static void assertSame(String law, Expr left, Expr right, long seed) {
        Outcome outcome = compare(left, right, seed);
        if (!outcome.equal() || outcome.compared() == 0) {
            throw new AssertionError(law + " (seed " + seed + "): "
                    + (outcome.equal() ? "nothing was compared" : outcome.difference()) + "\n"
                    + JavaCode.of(left, right));
        }
    }
}
