package org.adjoint.check;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** The verdict on one derivative: what the gradient says against what differences say. */
final class Comparison {

    /** Error bars are good to a few; so many apart, two numbers differ. */
    private static final double BARS = 10;
    private static final double ROUNDING = 16 * Math.ulp(1.0);
    /** A slope this small against the size of f is rounding. */
    private static final double NOTHING = 1e-13;

    private final ToDoubleFunction<double[]> f;
    private final Differences differences;
    private final double[] x;
    private final int point;
    private final double[] gradient;
    private final double[] rounding;
    private final double tolerance;
    private final RandomGenerator random;
    /** By how much f changes, at most, when an entry of x changes by its own size; or f itself. */
    private final double scale;

    Comparison(ToDoubleFunction<double[]> f, Differences differences, double[] x, int point, double[] gradient,
            double[] rounding, double[] size, double tolerance, RandomGenerator random) {
        this.f = f;
        this.differences = differences;
        this.x = x;
        this.point = point;
        this.gradient = gradient;
        this.rounding = rounding;
        this.tolerance = tolerance;
        this.random = random;
        var largest = Math.abs(differences.value());
        for (int i = 0; i < x.length; i++) {
            var change = Math.abs(gradient[i]) * size[i];
            largest = change < Double.POSITIVE_INFINITY ? Math.max(largest, change) : largest;
        }
        this.scale = largest;
    }

    Finding entry(int i) {
        var direction = new double[x.length];
        direction[i] = 1;
        return judge(new Probe.Entry(i), direction);
    }

    Finding direction(double[] direction) { return judge(new Probe.Direction(direction), direction); }

    /** Halves the support of a wrong direction, keeping a wrong half, down to an entry. */
    Finding culprit(double[] direction) {
        int from = 0;
        int to = x.length;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            var left = direction(part(direction, from, middle));
            var right = direction(part(direction, middle, to));
            if (left.isWrong() && !(right.isWrong() && miss(right) > miss(left))) {
                to = middle;
            } else if (right.isWrong()) {
                from = middle;
            } else {
                return left.isRight() ? right : left;
            }
        }
        return entry(from);
    }

    private static double miss(Finding finding) { return finding.numeric().distance(finding.analytic()); }

    private static double[] part(double[] direction, int from, int to) {
        var part = new double[direction.length];
        System.arraycopy(direction, from, part, from, to - from);
        return part;
    }

    private Finding judge(Probe probe, double[] direction) {
        double claimed = 0;
        double square = 0;
        double sum = 0;
        double condition = 0;
        double carry = 0;
        for (int i = 0; i < direction.length; i++) {
            if (direction[i] != 0) {
                var term = gradient[i] * direction[i];
                // Neumaier's sum: a wrong entry must not hide in the rounding of the others
                var next = claimed + term;
                carry += Math.abs(claimed) >= Math.abs(term) ? (claimed - next) + term : (term - next) + claimed;
                claimed = next;
                sum += Math.abs(term);
                square = Math.hypot(square, term);
                condition += rounding[i] * Math.abs(direction[i]);
            }
        }
        claimed += Double.isFinite(carry) ? carry : 0;
        var own = ROUNDING * sum + 4 * condition + tolerance * square;
        var finding = compare(probe, claimed, own, 0, differences.along(direction));
        if (!finding.isRight()) {
            finding = compare(probe, claimed, own, differences.steepness(direction),
                    differences.thoroughlyAlong(direction));
        }
        return finding.isWrong() && Double.isFinite(claimed) ? reconsider(finding, direction) : finding;
    }

    private Finding compare(Probe probe, double claimed, double own, double steepness, Estimate e) {
        if (Double.isNaN(e.value())) {
            var agrees = e.kind() == Kind.STEEP && Double.isInfinite(claimed);
            return new Finding(agrees ? Outcome.RIGHT : Outcome.INCONCLUSIVE, point, x, probe, claimed, e, own,
                    agrees ? "" : reason(e.kind()));
        }
        if (!Double.isFinite(claimed)) {
            return new Finding(Outcome.WRONG, point, x, probe, claimed, e, own,
                    "a finite derivative exists" + (e.kind() == Kind.EDGE ? " from one side" : ""));
        }
        var relative = tolerance * Math.max(Math.abs(e.low()), Math.abs(e.high()));
        var allowed = BARS * e.error() + Math.max(own, relative) + NOTHING * steepness;
        var outcome = Outcome.RIGHT;
        var reason = "";
        if (!(e.distance(claimed) <= allowed)) {
            outcome = e.kind() == Kind.EDGE ? Outcome.INCONCLUSIVE : Outcome.WRONG;
            reason = e.kind() == Kind.EDGE ? reason(Kind.EDGE) : "";
        } else if (!isSharp(e, claimed, steepness)) {
            outcome = Outcome.INCONCLUSIVE;
            reason = "noise of f hides the derivative";
        }
        return new Finding(outcome, point, x, probe, claimed, e, allowed, reason);
    }

    /** Whether agreement within the bars means anything: two digits, or five of the largest change of f. */
    private boolean isSharp(Estimate e, double claimed, double steepness) {
        var size = Math.max(Math.abs(claimed), Math.max(Math.abs(e.low()), Math.abs(e.high())));
        return BARS * e.error() <= Math.max(0.01 * size, 1e-5 * steepness) || BARS * e.sensitivity() <= 1e-5 * scale
                || e.sensitivity() < 1e-300;
    }

    private Finding reconsider(Finding wrong, double[] direction) {
        var place = Nearby.of(f, x, direction, wrong.analytic(), wrong.numeric(), random);
        return switch (place) {
            case AWAY -> wrong;
            case AMONG -> new Finding(Outcome.RIGHT, wrong.point(), wrong.input(), wrong.probe(), wrong.analytic(),
                    wrong.numeric(), wrong.allowed(), "f is not smooth here, and has such slopes arbitrarily close");
            case BESIDE -> new Finding(Outcome.INCONCLUSIVE, wrong.point(), wrong.input(), wrong.probe(),
                    wrong.analytic(), wrong.numeric(), wrong.allowed(),
                    "f is not smooth here, and has nearly such slopes arbitrarily close");
        };
    }

    private static String reason(Kind kind) {
        return switch (kind) {
            case JUMP -> "f jumps here";
            case STEEP -> "the slope of f grows without bound here";
            case EDGE -> "x is at the edge of the domain of f; the derivative is from one side";
            case UNDEFINED -> "f is not finite around x, or the derivative is not a number that fits";
            case SMOOTH, KINK -> "";
        };
    }
}
