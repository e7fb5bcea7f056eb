package org.adjoint.check;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The slopes along a direction that f has at points around x, closer and closer.
 *
 * <p>Where f is not smooth near x, the limits of gradients from around x span the generalised gradients (Clarke,
 * "Optimization and Nonsmooth Analysis", 1983). They can be more than the one-sided derivatives at x show: along (1,1)
 * the function |a| − |b| is 0 at the origin, yet (½, 0) is a generalised gradient of it.
 */
final class Nearby {

    private static final int SAMPLES = 64;
    private static final int FIRST = 28;
    private static final int DIRECTED = 4;
    private static final int CLIMBED = 48;
    private static final int CLIMBS = 2;
    /** Relative to x. What varies fast but smoothly has nearly one slope on the last. */
    private static final double[] DISTANCES = {1e-5, 1e-7, 1e-8};
    /** In single precision slopes cannot be measured on shorter ones. */
    private static final double[] SINGLE_DISTANCES = {1e-2, 3e-3, 1e-3};

    /** How a claimed slope lies to the slopes nearby. */
    enum Spot {
        /** Between them. */
        AMONG,
        /** Not between them, but so close that more samples could have reached it; or noise hides the slopes. */
        BESIDE,
        /** Far from all, or f is smooth here. */
        AWAY
    }

    /** Measures the slope at a point near x. */
    @FunctionalInterface
    interface Slopes {

        /**
         * @param enough an error bar that is small enough
         * @return nothing if it cannot tell
         */
        @Nullable
        Estimate at(double[] near, double enough);

        /** By differences of values. */
        static Slopes of(ToDoubleFunction<double[]> f, double[] direction, Precision precision) {
            return (near, enough) -> {
                var differences = Differences.of(f, near, precision);
                var e = differences.along(direction);
                return e.error() > enough ? differences.thoroughlyAlong(direction) : e;
            };
        }
    }

    private Nearby() {}

    static Spot of(Slopes slopes, double[] x, Layout layout, double[] direction, double claimed, Estimate here,
            Precision precision, RandomGenerator random) {
        var sizes = Sizes.own(x, layout);
        var place = Spot.AMONG;
        for (double distance : precision == Precision.SINGLE ? SINGLE_DISTANCES : DISTANCES) {
            var found = at(distance, slopes, x, sizes, direction, claimed, here, random);
            if (found == Spot.AWAY) {
                return Spot.AWAY;
            }
            place = found == Spot.BESIDE ? found : place;
        }
        return place;
    }

    /**
     * Points around x. First those that lie where the direction points to or from, entry by entry: where many maxima tie at
     * once, each with a gradient of its own, these have the extreme slopes, which random points hardly ever meet.
     */
    private static double[] near(int k, double distance, double[] x, double[] sizes, double[] direction,
            RandomGenerator random) {
        double longest = 0;
        for (int i = 0; i < x.length; i++) {
            longest = Math.max(longest, Math.abs(direction[i]) / sizes[i]);
        }
        var near = x.clone();
        for (int i = 0; i < x.length; i++) {
            var along = k < DIRECTED ? direction[i] / sizes[i] / longest : 0;
            along = k % 4 < 2 ? along : Math.abs(along);
            near[i] += distance * sizes[i] * ((k % 2 == 0 ? along : -along)
                    + random.nextGaussian() * (k < DIRECTED ? 0.01 : 1));
        }
        return near;
    }

    private static Spot at(double distance, Slopes slopes, double[] x, double[] sizes, double[] direction,
            double claimed, Estimate here, RandomGenerator random) {
        var low = here.low();
        var high = here.high();
        double error = here.error();
        int hidden = 0;
        for (int k = 0; k < SAMPLES && !(low <= claimed && claimed <= high); k++) {
            var enough = Math.max(1e-3 * here.distance(claimed), 2 * here.error());
            var e = slopes.at(near(k, distance, x, sizes, direction, random), enough);
            if (e != null && e.kind() == Kind.SMOOTH && e.error() <= enough) {
                low = Math.min(low, e.value());
                high = Math.max(high, e.value());
                error = Math.max(error, e.error());
            } else {
                hidden++;
            }
            if (reaches(low, high, claimed, error, distance, here)) {
                return Spot.AMONG;
            }
            // a smooth function has slopes nearby that hardly differ
            if (k == FIRST && hidden < FIRST / 4 && isNarrow(low, high)) {
                return Spot.AWAY;
            }
        }
        if (x.length <= CLIMBED) {
            var climb = new Climb(slopes, x, sizes, distance, direction, random);
            for (int k = 0; k < CLIMBS && !(low <= claimed && claimed <= high); k++) {
                var extreme = climb.toward(claimed > high, Math.max(1e-3 * here.distance(claimed), 2 * here.error()));
                low = Double.isNaN(extreme) ? low : Math.min(low, extreme);
                high = Double.isNaN(extreme) ? high : Math.max(high, extreme);
            }
            if (reaches(low, high, claimed, error, distance, here)) {
                return Spot.AMONG;
            }
        }
        var width = high - low;
        if (hidden > SAMPLES / (isNarrow(low, high) ? 4 : 2)) {
            return Spot.BESIDE;
        }
        if (isNarrow(low, high)) {
            return Spot.AWAY;
        }
        // a one-sided derivative on each end: locally convex or concave, and the interval here is all there is
        var complete = here.low() <= low + 10 * error && here.high() >= high - 10 * error;
        var outside = Math.max(0, Math.max(low - claimed, claimed - high));
        if (outside <= 10 * error) {
            return Spot.AMONG;
        }
        return !complete && outside <= width / 2 ? Spot.BESIDE : Spot.AWAY;
    }

    /** Whether the slopes seen come as close to the claim as bars and distance tell, and far closer than that at the point. */
    private static boolean reaches(double low, double high, double claimed, double error, double distance,
            Estimate here) {
        var outside = Math.max(0, Math.max(low - claimed, claimed - high));
        // on the way to x the slope itself varies
        var curved = 10 * distance * Math.max(Math.abs(low), Math.abs(high));
        return outside <= Math.min(10 * error + curved, 0.05 * here.distance(claimed));
    }

    /**
     * Extreme slopes where many entries stand at kinks of their own, as of functions entry by entry: each entry is moved to the
     * side on which the slope is larger, or smaller.
     */
    private record Climb(Slopes slopes, double[] x, double[] sizes, double distance, double[] direction,
            RandomGenerator random) {

        /** The largest slope found, or the smallest; NaN when none is measured. */
        double toward(boolean larger, double enough) {
            var step = new double[x.length];
            for (int i = 0; i < step.length; i++) {
                step[i] = distance * sizes[i] * (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.5, 1.5);
            }
            var best = slope(step, enough);
            for (int i = 0; i < step.length; i++) {
                if (direction[i] != 0) {
                    step[i] = -step[i];
                    var other = slope(step, enough);
                    if (Double.isNaN(best) || (larger ? other > best : other < best)) {
                        best = other;
                    } else {
                        step[i] = -step[i];
                    }
                }
            }
            return best;
        }

        private double slope(double[] step, double enough) {
            var near = x.clone();
            for (int i = 0; i < near.length; i++) {
                near[i] += step[i];
            }
            var e = slopes.at(near, enough);
            return e != null && e.kind() == Kind.SMOOTH && e.error() <= enough ? e.value() : Double.NaN;
        }
    }

    private static boolean isNarrow(double low, double high) {
        return high - low <= 0.02 * Math.max(Math.abs(low), Math.abs(high));
    }
}
