package org.adjoint.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** The verdict on one derivative: what is claimed against what differences say. */
final class Judge {

    /** Error bars are good to a few; so many apart, two numbers differ. */
    static final double BARS = 10;
    /** A slope this small against the size of f is rounding. */
    static final double NOTHING = 1e-13;

    /** Of that, what is left where the reference does not round and the claim does: 1 − tanh² is 0 or an ulp of 1. */
    private static final double REFERENCE = 1e-2;

    private final Calls calls;
    private final Place place;
    private final RandomGenerator random;

    Judge(Calls calls, Place place, RandomGenerator random) {
        this.calls = calls;
        this.place = place;
        this.random = random;
    }

    /**
     * @param i     the entry of the result
     * @param scale by how much it changes, at most, when an entry of x changes by its own size; or that entry itself
     */
    Finding judge(String quantity, Probe probe, Sweep sweep, int i, Claim claim, double tolerance, double scale) {
        var finding = compare(quantity, probe, claim, tolerance, 0, sweep.quick(i), scale);
        var blunt = calls.reference != null && BARS * finding.numeric().error() > 1e-6 * Math.abs(claim.value());
        if (!finding.isRight() || blunt) {
            var reference = calls.reference;
            var better = reference == null ? null : reference.along(place.x(), sweep.direction(), i);
            finding = reference != null && better != null
                    ? compare(quantity, probe,
                            claim.rounded(calls.precision, reference.magnitudeOfClaim(place.x(), sweep.direction())),
                            tolerance,
                            REFERENCE * rounding(sweep.steepness(i, reference.magnitude(place.x()))), better, scale)
                    : compare(quantity, probe, claim, tolerance, rounding(sweep.steepness(i)), sweep.thorough(i),
                            scale);
        }
        if (!finding.isWrong() || !Double.isFinite(claim.value())) {
            return finding;
        }
        var rounded = calls.reference == null ? Lost.excuse(finding, sweep.line(i), elsewhere(i)) : finding;
        return rounded.isWrong() ? reconsider(rounded, sweep, i) : rounded;
    }

    /** The largest value of an entry of the result where all entries of x are nearer to zero, or of other sign. */
    private DoubleSupplier elsewhere(int i) {
        return () -> {
            double largest = 0;
            for (double t : new double[] {0, 0.25, 0.5, -1}) {
                var value = calls.valueNear(Arrays.stream(place.x()).map(v -> t * v).toArray());
                if (value != null && value.length > i && Double.isFinite(value[i])) {
                    largest = Math.max(largest, Math.abs(value[i]));
                }
            }
            return largest;
        };
    }

    private double rounding(double steepness) {
        return steepness * (calls.precision.epsilon() / Precision.DOUBLE.epsilon());
    }

    private Finding compare(String quantity, Probe probe, Claim claim, double tolerance, double steepness, Estimate e,
            double scale) {
        var claimed = claim.value();
        var own = claim.allowed(tolerance);
        if (Double.isNaN(e.value())) {
            var agrees = e.kind() == Kind.STEEP && Double.isInfinite(claimed);
            return finding(agrees ? Outcome.RIGHT : Outcome.INCONCLUSIVE, quantity, probe, claimed, e, own,
                    agrees ? "" : reason(e.kind()));
        }
        if (!Double.isFinite(claimed)) {
            return finding(Outcome.WRONG, quantity, probe, claimed, e, own,
                    "a finite derivative exists" + (e.kind() == Kind.EDGE ? " from one side" : ""));
        }
        var relative = tolerance * Math.max(Math.abs(e.low()), Math.abs(e.high()));
        var allowed = BARS * e.error() + Math.max(own, relative) + NOTHING * steepness;
        var outcome = Outcome.RIGHT;
        var reason = "";
        if (!(e.distance(claimed) <= allowed)) {
            outcome = e.kind() == Kind.EDGE ? Outcome.INCONCLUSIVE : Outcome.WRONG;
            reason = e.kind() == Kind.EDGE ? reason(Kind.EDGE) : "";
        } else if (!isSharp(e, claimed, steepness, scale)) {
            outcome = Outcome.INCONCLUSIVE;
            reason = "noise of f hides the derivative";
        }
        return finding(outcome, quantity, probe, claimed, e, allowed, reason);
    }

    private Finding finding(Outcome outcome, String quantity, Probe probe, double claimed, Estimate e, double allowed,
            String reason) {
        return new Finding(outcome, quantity, place, probe, claimed, e, allowed, reason, List.of());
    }

    /** Whether agreement within the bars means anything: two digits, or five of the largest change of f. */
    private static boolean isSharp(Estimate e, double claimed, double steepness, double scale) {
        var size = Math.max(Math.abs(claimed), Math.max(Math.abs(e.low()), Math.abs(e.high())));
        return BARS * e.error() <= Math.max(0.01 * size, 1e-5 * steepness) || BARS * e.sensitivity() <= 1e-5 * scale
                || e.sensitivity() < 1e-300;
    }

    private Finding reconsider(Finding wrong, Sweep sweep, int i) {
        var reference = calls.reference;
        var direction = sweep.direction();
        Nearby.Slopes slopes = reference == null ? Nearby.Slopes.of(point -> {
            var value = calls.valueNear(point);
            return value == null || value.length <= i ? Double.NaN : value[i];
        }, direction, calls.precision) : (near, enough) -> reference.along(near, direction, i);
        var where = Nearby.of(slopes, place.x(), place.layout(), direction, wrong.analytic(), wrong.numeric(),
                calls.precision, random);
        return switch (where) {
            case AWAY -> wrong;
            case AMONG -> wrong.as(Outcome.RIGHT, "f is not smooth here, and has such slopes arbitrarily close");
            // noise alone gives this, and the reference has none
            case BESIDE -> calls.reference != null ? wrong : wrong.as(Outcome.INCONCLUSIVE,
                    "f is not smooth here, and has nearly such slopes arbitrarily close");
        };
    }

    private static String reason(Kind kind) {
        return switch (kind) {
            case JUMP -> "f jumps here";
            case STEEP -> "the slope of f grows without bound here";
            case EDGE -> "x is at the edge of the domain of f; the derivative is from one side";
            case UNDEFINED -> "f is not finite around x, or its noise hides the scale on which it varies";
            case SMOOTH, KINK -> "";
        };
    }
}
