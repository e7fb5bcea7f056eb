package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Looks for a point inside the domain of a function, where random points miss it: {@code sqrt(x − 100)},
 * {@code log(1 − xᵀx)}. What must be positive is known from the functions that occur; the point moves by scalings and
 * shifts as long as the total violation {@code Σ log(1 + max(0, margin − gᵢ))} falls. Declared facts hold at every point tried.
 */
public final class DomainSearch {
    private static final int TRIES = 300;
    private static final double MARGIN = 1e-2;
    /** More than any number counts; still small enough to be added to others. */
    private static final double NOWHERE = 1e4;
    private static final List<Rational> FACTORS = List.of(Rational.HALF, Rational.TWO, Rational.of(1, 8),
            Rational.of(8), Rational.MINUS_ONE, Rational.ONE);

    private final Plan constraints;
    private final Random random;

    private DomainSearch(Plan constraints, Random random) {
        this.constraints = constraints;
        this.random = random;
    }

    /** What must be positive, as far as functions say; empty where there is nothing to look for. */
    public static List<Expr> constraints(Collection<? extends Expr> roots) {
        List<Expr> positive = new ArrayList<>();
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof Elementwise f && f.operandCount() > 0) {
                ScalarFunction function = f.function();
                // A broadcast operand asks the same of every copy.
                Expr x = f.operand(0) instanceof Contraction view && view.operandCount() == 1
                        && view.summedCount() == 0 ? view.operand(0) : f.operand(0);
                if (function == Functions.LOG || function == Functions.SQRT
                        || (function == Functions.POWER && needsPositiveBase(f))) {
                    positive.add(x);
                } else if (function == Functions.LOG1P) {
                    positive.add(x.plus(Constant.ONE));
                } else if (function == Functions.ASIN || function == Functions.ACOS) {
                    positive.add(Constant.ONE.minus(x.pow(2)));
                }
            }
        }
        return positive;
    }

    private static boolean needsPositiveBase(Elementwise power) {
        return Constant.uniform(power.operand(1)).map(exponent -> !exponent.isInteger()).orElse(true);
    }

    /** A search for where all of these are positive. */
    public static DomainSearch of(List<Expr> constraints, Sizes sizes, Interpretation model, Random random) {
        return new DomainSearch(Plan.compile(constraints, sizes, model), random);
    }

    /** The point moved into the domain, or as near as was found. */
    public Point from(Point start) {
        Point best = start;
        double least = violation(best);
        List<Variable> movable = best.values().keySet().stream().filter(DomainSearch::isMovable).toList();
        for (int k = 0; k < TRIES && least > 0 && !movable.isEmpty(); k++) {
            Variable variable = movable.get(random.nextInt(movable.size()));
            NumberTensor<Rational> moved = moved(best.value(variable));
            if (variable.facts().stream().allMatch(fact -> Facts.holds(fact, moved))) {
                Point tried = best.with(variable, moved);
                double violation = violation(tried);
                if (violation < least) {
                    best = tried;
                    least = violation;
                }
            }
        }
        return best;
    }

    /** Whether everything is positive there, with a margin. */
    public boolean isInside(Point point) {
        return violation(point) == 0;
    }

    /** Facts about whole matrices are hard to keep while entries move. */
    private static boolean isMovable(Variable variable) {
        return variable.facts().stream().allMatch(Facts::isEntrywise);
    }

    private double violation(Point point) {
        double total = 0;
        for (Tensor value : constraints.evaluate(point.doubles())) {
            for (int k = 0; k < value.count(); k++) {
                double g = value.data()[k];
                total += Double.isNaN(g) ? NOWHERE : Math.log1p(Math.max(0, MARGIN - g));
            }
        }
        return total;
    }

    /** Scaled, shifted as a whole, or moved in one entry, by lengths from 1/4 to 256. */
    private NumberTensor<Rational> moved(NumberTensor<Rational> value) {
        Rational length = Rational.of(1L << random.nextInt(11), 4).times(Rational.of(random.nextBoolean() ? 1 : -1));
        Rational factor = FACTORS.get(random.nextInt(FACTORS.size()));
        int only = random.nextInt(3) == 0 && value.count() > 0 ? random.nextInt(value.count()) : -1;
        boolean scale = random.nextBoolean();
        List<Rational> entries = new ArrayList<>();
        for (int k = 0; k < value.count(); k++) {
            Rational entry = value.get(k);
            entries.add(only >= 0 && only != k ? entry : scale ? entry.times(factor) : entry.plus(length));
        }
        return NumberTensor.of(value.shape(), entries);
    }
}
