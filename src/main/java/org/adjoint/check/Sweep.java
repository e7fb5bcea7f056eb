package org.adjoint.check;

/**
 * The derivatives of all entries of a function along one direction.
 *
 * <p>A smooth function costs nine evaluations ({@link Stencil}). Everything else - kinks, jumps, edges of the domain,
 * noise, features much narrower than x itself - is read off a ladder of steps ({@link Ladder}).
 */
final class Sweep {

    private final Ray ray;
    private final double[] center;
    private final double length;
    private final boolean frugal;

    private static final double NARROW = 0x1p-16;

    /**
     * @param center F(x)
     * @param length how far x may go along the direction to change by its own size; infinite for the zero direction
     * @param frugal whether short steps come before the ladder where long ones meet kinks
     */
    Sweep(Ray ray, double[] center, double length, boolean frugal) {
        this.frugal = frugal;
        this.ray = ray;
        this.center = center;
        this.length = length;
    }

    double[] direction() { return ray.direction; }

    int evaluations() { return ray.evaluations(); }

    /** The derivative of entry i, from few values if these look smooth. */
    Estimate quick(int i) {
        return measure(i, true);
    }

    /** As {@link #quick}, and content with a zero that is sharp against the size of the entry. */
    Estimate rough(int i) {
        if (Double.isFinite(center[i]) && length < Double.POSITIVE_INFINITY) {
            var line = line(i);
            var quick = Stencil.smooth(line);
            if (quick != null && isSharp(quick, line)) {
                return quick;
            }
        }
        return quick(i);
    }

    /** The derivative of entry i, on the ladder even if the function looks smooth from a few values. */
    Estimate thorough(int i) {
        return measure(i, false);
    }

    Line line(int i) { return new Line(ray, i, center[i], length); }

    /**
     * The slope at which entry i would change by all of itself while x does: slopes that differ by a tiny part of this
     * differ by rounding. As F may be 0 at x, it is taken from around x too.
     */
    double steepness(int i) { return steepness(i, 0); }

    /** The same for an entry that is made of numbers as large as {@code parts}. */
    double steepness(int i, double parts) {
        if (length == Double.POSITIVE_INFINITY) {
            return 0;
        }
        var line = line(i);
        var largest = Math.max(parts, Math.abs(line.center));
        for (double u : new double[] {-1.0 / 64, 1.0 / 64}) {
            var value = Math.abs(line.at(u));
            largest = Double.isFinite(value) ? Math.max(largest, value) : largest;
        }
        return largest / line.unit();
    }

    private Estimate measure(int i, boolean fast) {
        if (!Double.isFinite(center[i])) {
            return Estimate.none(Kind.UNDEFINED, 0);
        }
        if (length == Double.POSITIVE_INFINITY) {
            return Estimate.smooth(0, 0, 0, 0);
        }
        var line = line(i);
        var quick = line.isSingle() ? Stencil.wide(line) : Stencil.smooth(line);
        if (fast && quick != null && isSharp(quick, line) && quick.isSignificant()) {
            return quick;
        }
        if (fast && frugal && quick == null) {
            var near = line.rescaled(length * NARROW);
            var narrow = Stencil.smooth(near);
            if (narrow != null && isSharp(narrow, near) && narrow.isSignificant()) {
                return narrow;
            }
        }
        var estimate = quick != null && isSharp(quick, line) && fast ? quick : Ladder.climb(line);
        // a few values that are all the same do not see that others are a last bit apart
        if (quick != null && quick.value() != 0 && estimate.kind() == Kind.SMOOTH && quick.error() < estimate.error()) {
            estimate = quick;
        }
        if (estimate.isSignificant()) {
            return estimate;
        }
        if (startsAtZero() && !(estimate.sensitivity() <= 1e-6 * size(line))) {
            estimate = Scales.narrower(line, estimate);
        }
        // what is hidden by more noise than rounding makes may vary on any scale
        var onlyRounding = estimate.sensitivity() <= rounding(line);
        return estimate.isSignificant() || !onlyRounding ? estimate : Scales.wider(line, estimate, widest());
    }

    /** The longest step that could make sense: a change of the largest entry by its own size, or by 1. */
    private double widest() {
        double size = 1;
        double speed = 0;
        for (int i = 0; i < ray.x.length; i++) {
            if (ray.direction[i] != 0) {
                size = Math.max(size, Math.abs(ray.x[i]));
                speed = Math.max(speed, Math.abs(ray.direction[i]));
            }
        }
        return size / speed;
    }

    /** The size of φ at and around x. */
    private static double size(Line line) {
        var near = Math.abs(line.at(1.0 / 64));
        return Double.isFinite(near) ? Math.max(Math.abs(line.center), near) : Math.abs(line.center);
    }

    /** Whether the direction moves entries that are zero only, so that x says nothing about the size of steps. */
    private boolean startsAtZero() {
        for (int i = 0; i < ray.x.length; i++) {
            if (ray.direction[i] != 0 && ray.x[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Good enough to look no further: six digits, or what eleven digits of φ allow. */
    private static boolean isSharp(Estimate e, Line line) {
        return e.error() <= 1e-6 * Math.abs(e.value()) || e.sensitivity() <= rounding(line);
    }

    private static double rounding(Line line) {
        return (line.isSingle() ? 64 : 5e4) * line.ulp(line.center);
    }
}
