package org.adjoint.check;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The slopes along a direction that f has at points around x, closer and closer.
 *
 * <p>Where f is not smooth near x, the limits of gradients from around x span the generalised gradients (Clarke,
 * "Optimization and Nonsmooth Analysis", 1983). They can be more than the one-sided derivatives at x show: along (1,1)
 * the function |a| − |b| is 0 at the origin, yet (½, 0) is a generalised gradient of it.
 */
final class Nearby {

    private static final int SAMPLES = 64;
    private static final int FIRST = 12;
    /** Relative to x. What varies fast but smoothly has nearly one slope on the last. */
    private static final double[] DISTANCES = {1e-5, 1e-7, 1e-8};

    /** How a claimed slope lies to the slopes nearby. */
    enum Spot {
        /** Between them. */
        AMONG,
        /** Not between them, but so close that more samples could have reached it; or noise hides the slopes. */
        BESIDE,
        /** Far from all, or f is smooth here. */
        AWAY
    }

    private Nearby() {}

    static Spot of(ToDoubleFunction<double[]> f, double[] x, Layout layout, double[] direction, double claimed,
            Estimate here,
            RandomGenerator random) {
        var sizes = Sizes.own(x, layout);
        var place = Spot.AMONG;
        for (double distance : DISTANCES) {
            var found = at(distance, f, x, sizes, direction, claimed, here, random);
            if (found == Spot.AWAY) {
                return Spot.AWAY;
            }
            place = found == Spot.BESIDE ? found : place;
        }
        return place;
    }

    private static Spot at(double distance, ToDoubleFunction<double[]> f, double[] x, double[] sizes,
            double[] direction, double claimed, Estimate here, RandomGenerator random) {
        var low = here.low();
        var high = here.high();
        double error = here.error();
        int hidden = 0;
        for (int k = 0; k < SAMPLES && !(low <= claimed && claimed <= high); k++) {
            var near = x.clone();
            for (int i = 0; i < x.length; i++) {
                near[i] += distance * random.nextGaussian() * sizes[i];
            }
            var differences = Differences.of(f, near);
            var enough = Math.max(1e-3 * here.distance(claimed), 2 * here.error());
            var e = differences.along(direction);
            if (e.error() > enough) {
                e = differences.thoroughlyAlong(direction);
            }
            if (e.kind() == Kind.SMOOTH && e.error() <= enough) {
                low = Math.min(low, e.value());
                high = Math.max(high, e.value());
                error = Math.max(error, e.error());
            } else {
                hidden++;
            }
            if (reaches(low, high, claimed, error, here)) {
                return Spot.AMONG;
            }
            // a smooth function has slopes nearby that hardly differ
            if (k == FIRST && hidden < FIRST / 4 && isNarrow(low, high)) {
                return Spot.AWAY;
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

    /** Whether the slopes seen come as close to the claim as their bars tell, and far closer than that at the point. */
    private static boolean reaches(double low, double high, double claimed, double error, Estimate here) {
        var outside = Math.max(0, Math.max(low - claimed, claimed - high));
        return outside <= Math.min(10 * error, 0.05 * here.distance(claimed));
    }

    private static boolean isNarrow(double low, double high) {
        return high - low <= 0.02 * Math.max(Math.abs(low), Math.abs(high));
    }
}
