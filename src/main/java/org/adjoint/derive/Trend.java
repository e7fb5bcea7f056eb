package org.adjoint.derive;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;

/**
 * Where a sequence of values goes, held against where it is said to go.
 *
 * <p>That it is not there yet contradicts nothing. A contradiction is a sequence whose last differences {@code dₖ} shrink at
 * least geometrically, by a factor {@code q}, so that what is left of the way is about {@code |dₙ| q/(1−q)}, while the value claimed is
 * many times as far; or one that goes away with growing strides.
 */
final class Trend {
    /** What a sequence says. */
    enum Says {
        /** It comes as near to the value as was asked for, or extrapolates to it. */
        YES,
        /** It comes nearer, but has a long way to go. */
        SLOWLY,
        /** It says nothing: too few values, or no trend. */
        NOTHING,
        /** It goes to another number. */
        ELSEWHERE,
        /** It goes away. */
        AWAY
    }

    private static final double NEAR = 1e-6;
    private static final double LARGE = 1e6;
    /** Fewer values show no trend. */
    static final int FEWEST = 7;
    /** How many of the last differences must agree on the trend. */
    private static final int WINDOW = 5;
    private static final double GEOMETRIC = 0.8;
    private static final double STEADY = 0.95;
    private static final double CLEARLY = 10;

    private final PreciseArithmetic field;
    private final List<Precise> values;
    /** The logarithms (base 2) of the differences of neighbours; −∞ where they vanish within their errors. */
    private final List<Double> strides = new ArrayList<>();

    Trend(PreciseArithmetic field, List<Precise> values) {
        this.field = field;
        this.values = values;
        for (int k = 1; k < values.size(); k++) {
            Precise step = field.subtract(values.get(k), values.get(k - 1));
            strides.add(step.mayBeZero() ? Double.NEGATIVE_INFINITY : size(step));
        }
    }

    private static double size(Precise x) {
        return x.log2();
    }

    private Precise last(int back) {
        return values.get(values.size() - 1 - back);
    }

    // ---- towards a number

    Says towards(Precise limit) {
        if (values.isEmpty()) {
            return Says.NOTHING;
        }
        List<Double> errors = new ArrayList<>();
        values.forEach(value -> errors.add(size(field.subtract(value, limit))));
        double error = errors.getLast();
        double scale = Math.max(size(limit), Math.min(0, errors.get(0)));
        if (values.size() >= FEWEST && field.differs(last(0), limit) && goesElsewhere(error)) {
            return Says.ELSEWHERE;
        }
        if (error <= scale + log2(NEAR)) {
            return Says.YES;
        }
        if (values.size() < FEWEST) {
            return Says.NOTHING;
        }
        if (extrapolates(limit, error)) {
            return Says.YES;
        }
        int n = errors.size();
        boolean nearer = true;
        boolean away = true;
        for (int k = n - WINDOW; k < n; k++) {
            nearer &= errors.get(k) < errors.get(k - 1);
            away &= errors.get(k) > errors.get(k - 1);
        }
        return nearer ? Says.SLOWLY : away && strides() ? Says.AWAY : Says.NOTHING;
    }

    /** Whether it converges geometrically, and the value is many times as far as it has to go. */
    private boolean goesElsewhere(double error) {
        double q = ratio();
        double left = strides.getLast() + log2(q / (1 - q));
        return q <= GEOMETRIC && error > left + log2(CLEARLY) && error > noise() + log2(CLEARLY);
    }

    /** The error of the last value. */
    private double noise() {
        return size(field.subtract(last(0), last(0)));
    }

    /** The greatest factor by which one of the last strides is longer than the one before. */
    private double ratio() {
        double greatest = 0;
        int n = strides.size();
        for (int k = n - WINDOW; k < n; k++) {
            // A sequence that stands still converges as fast as one likes.
            boolean still = strides.get(k) == Double.NEGATIVE_INFINITY;
            greatest = Math.max(greatest, still ? 0 : Math.pow(2, strides.get(k) - strides.get(k - 1)));
        }
        return greatest;
    }

    /** Whether the last strides are not getting shorter. */
    private boolean strides() {
        int n = strides.size();
        for (int k = n - WINDOW; k < n; k++) {
            if (!(strides.get(k) - strides.get(k - 1) >= log2(STEADY))) {
                return false;
            }
        }
        return true;
    }

    /** Aitken's delta-squared process on the last three values comes ten times as near as they do. */
    private boolean extrapolates(Precise limit, double error) {
        Precise d1 = field.subtract(last(1), last(2));
        Precise d2 = field.subtract(last(0), last(1));
        Precise second = field.subtract(d2, d1);
        if (second.mayBeZero() || ratio() > STEADY) {
            return false;
        }
        Precise extrapolated = field.subtract(last(0), field.divide(field.multiply(d2, d2), second));
        return size(field.subtract(extrapolated, limit)) < error - log2(CLEARLY);
    }

    // ---- towards infinity

    /** Whether it grows beyond all bounds; {@code sign} is 1 or −1. */
    Says toInfinity(int sign) {
        if (values.isEmpty()) {
            return Says.NOTHING;
        }
        if (values.size() < FEWEST) {
            boolean large = !last(0).mayBeZero() && field.signum(last(0)) == sign && size(last(0)) > log2(LARGE)
                    && values.size() > 1 && strides.getLast() >= size(last(0)) - 1;
            return large ? Says.YES : Says.NOTHING;
        }
        double q = ratio();
        boolean up = direction(sign);
        if (up && strides()) {
            return Says.YES;
        }
        if (direction(-sign) && strides()) {
            return Says.AWAY;
        }
        double left = strides.getLast() + log2(q / (1 - q));
        if (q <= GEOMETRIC && left + log2(CLEARLY) < Math.max(size(last(0)), 0)) {
            return Says.ELSEWHERE;
        }
        return up ? Says.SLOWLY : Says.NOTHING;
    }

    private boolean direction(int sign) {
        for (int k = values.size() - WINDOW; k < values.size(); k++) {
            Precise step = field.subtract(values.get(k), values.get(k - 1));
            if (step.mayBeZero() || field.signum(step) != sign) {
                return false;
            }
        }
        return true;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
