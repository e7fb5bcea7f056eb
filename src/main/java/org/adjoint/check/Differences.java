package org.adjoint.check;

import java.util.function.ToDoubleFunction;

/**
 * Directional derivatives of a function of which only the values are known, each with an error bar.
 *
 * <p>A smooth function costs nine evaluations ({@link Stencil}). Everything else - kinks, jumps, edges of the domain,
 * noise, features much narrower than x itself - is read off a ladder of steps ({@link Ladder}). All steps are relative
 * to the size of x, so functions of arguments near 1e-300 and 1e300 are measured as well as those near 1.
 */
public final class Differences {

    private final ToDoubleFunction<double[]> f;
    private final double[] x;
    private final double center;
    private final double atZero;

    private Differences(ToDoubleFunction<double[]> f, double[] x, double center) {
        this.f = f;
        this.x = x;
        this.center = center;
        this.atZero = Line.sizeAtZero(x);
    }

    /** Measures f near x; evaluates f(x) once. The arrays are not kept and not changed. */
    public static Differences of(ToDoubleFunction<double[]> f, double[] x) {
        var own = x.clone();
        return new Differences(f, own, f.applyAsDouble(own.clone()));
    }

    /**
     * The derivative of f at x along a direction: the limit of (f(x + t d) − f(x)) / t, of both sides where they agree.
     *
     * @throws IllegalArgumentException if the direction has another length than x or is not finite
     */
    public static Estimate directional(ToDoubleFunction<double[]> f, double[] x, double[] direction) {
        return of(f, x).along(direction);
    }

    /** f(x). */
    public double value() { return center; }

    /** The partial derivative by entry i. */
    public Estimate entry(int i) {
        var direction = new double[x.length];
        direction[i] = 1;
        return along(direction);
    }

    /** The derivative along a direction; the zero direction gives zero. */
    public Estimate along(double... direction) {
        return measure(direction, true);
    }

    /** As {@link #along}, on the ladder even if the function looks smooth from a few values. */
    public Estimate thoroughlyAlong(double... direction) {
        return measure(direction, false);
    }

    /**
     * The slope along the direction at which f would change by all of itself while x does: slopes that differ by a tiny
     * part of this differ by rounding. As f may be 0 at x, it is taken from around x too.
     */
    double steepness(double[] direction) {
        var line = new Line(f, center, x, direction, Line.shortest(x, direction, atZero));
        var largest = Math.abs(center);
        for (double u : new double[] {-1.0 / 64, 1.0 / 64}) {
            var value = Math.abs(line.at(u));
            largest = Double.isFinite(value) ? Math.max(largest, value) : largest;
        }
        return largest / line.unit();
    }

    private Estimate measure(double[] direction, boolean fast) {
        if (direction.length != x.length) {
            throw new IllegalArgumentException("a direction needs as many entries as x: x has %d, the direction %d"
                    .formatted(x.length, direction.length));
        }
        for (double v : direction) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException("a direction must be finite; it has the entry " + v);
            }
        }
        if (!Double.isFinite(center)) {
            return Estimate.none(Kind.UNDEFINED, 0);
        }
        var shortest = Line.shortest(x, direction, atZero);
        if (shortest == Double.POSITIVE_INFINITY) {
            return Estimate.smooth(0, 0, 0, 0);
        }
        var line = new Line(f, center, x, direction.clone(), shortest);
        var quick = Stencil.smooth(line);
        if (fast && quick != null && isSharp(quick) && quick.isSignificant()) {
            return quick;
        }
        var estimate = quick != null && isSharp(quick) && fast ? quick : Ladder.climb(line);
        if (quick != null && estimate.kind() == Kind.SMOOTH && quick.error() < estimate.error()) {
            estimate = quick;
        }
        if (estimate.isSignificant()) {
            return estimate;
        }
        if (startsAtZero(direction) && !(estimate.sensitivity() <= 1e-6 * size(line))) {
            estimate = Scales.narrower(line, estimate);
        }
        // what is hidden by more noise than rounding makes may vary on any scale
        var onlyRounding = estimate.sensitivity() <= 1e-11 * Math.abs(center);
        return estimate.isSignificant() || !onlyRounding ? estimate : Scales.wider(line, estimate, widest(direction));
    }

    /** The longest step that could make sense: a change of the largest entry by its own size, or by 1. */
    private double widest(double[] direction) {
        double size = 1;
        double speed = 0;
        for (int i = 0; i < x.length; i++) {
            if (direction[i] != 0) {
                size = Math.max(size, Math.abs(x[i]));
                speed = Math.max(speed, Math.abs(direction[i]));
            }
        }
        return size / speed;
    }

    /** The size of f at and around x. */
    private static double size(Line line) {
        var near = Math.abs(line.at(1.0 / 64));
        return Double.isFinite(near) ? Math.max(Math.abs(line.center), near) : Math.abs(line.center);
    }

    /** Whether the direction moves entries that are zero only, so that x says nothing about the size of steps. */
    private boolean startsAtZero(double[] direction) {
        for (int i = 0; i < x.length; i++) {
            if (direction[i] != 0 && x[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Good enough to look no further: six digits, or what eleven digits of f allow. */
    private boolean isSharp(Estimate e) {
        return e.error() <= 1e-6 * Math.abs(e.value()) || e.sensitivity() <= 1e-11 * Math.abs(center);
    }
}
