package org.adjoint.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The thorough path: φ on both sides over fourteen decades of steps, from the size of x down to its last digits.
 */
final class Ladder {

    private static final int RUNGS = 24;
    private static final double[] STEPS = steps();
    /** Noise is the largest of a dozen samples; the largest of all is larger. */
    private static final double SAFETY = 3;
    /** Steps are longer than so many times the distance that rounding moves a point off the line. */
    private static final double RESOLVED = 8;
    private static final int FEWEST = 10;

    private Ladder() {}

    private static double[] steps() {
        var steps = new double[RUNGS];
        for (int k = 0; k < RUNGS; k++) {
            steps[k] = Math.scalb(3.0, -3 - 2 * k);
        }
        return steps;
    }

    /** The steps on a line, from the size of x down to its last digits: shorter ones would go elsewhere, or nowhere. */
    static double[] steps(Line line) {
        int count = RUNGS;
        while (count > FEWEST && STEPS[count - 1] < RESOLVED * line.rounding()) {
            count--;
        }
        return Arrays.copyOf(STEPS, count);
    }

    static Estimate climb(Line line) {
        var f0 = line.center;
        var steps = steps(line);
        var plus = new double[steps.length];
        var minus = new double[steps.length];
        for (int k = 0; k < steps.length; k++) {
            plus[k] = line.at(steps[k]) - f0;
            minus[k] = line.at(-steps[k]) - f0;
        }
        return judge(line, steps, new Side(line, plus), new Side(line, minus));
    }

    private static Estimate judge(Line line, double[] steps, Side right, Side left) {
        var calls = line.evaluations();
        if (!right.exists() && !left.exists()) {
            return Estimate.none(Kind.UNDEFINED, calls);
        }
        if (right.jumps() || left.jumps()) {
            return Estimate.none(Kind.JUMP, calls);
        }
        if (right.exists() && right.isSteep() || left.exists() && left.isSteep()) {
            return Estimate.none(Kind.STEEP, calls);
        }
        var noise = noise(line, steps, right, left);
        var unit = line.unit();
        var whole = line.center == 0 ? Double.POSITIVE_INFINITY : Math.abs(line.center);
        if (!right.exists()) {
            var limit = oneSided(steps, left, -1, noise);
            return Estimate.edge(limit.value() / unit, Double.NaN, limit.error() / unit, unit, calls);
        }
        if (!left.exists()) {
            var limit = oneSided(steps, right, 1, noise);
            return Estimate.edge(Double.NaN, limit.value() / unit, limit.error() / unit, unit, calls);
        }
        var both = central(steps, right, left, noise, whole);
        if (both.contradicted() && both.rung() >= 0 && !right.isConstant(steps) && !left.isConstant(steps)) {
            var rough = SAFETY * Roughness.at(line, steps[both.rung()]);
            if (rough > noise) {
                noise = rough;
                both = central(steps, right, left, noise, whole);
            }
            calls = line.evaluations();
        }
        var r = oneSided(steps, right, 1, noise);
        var l = oneSided(steps, left, -1, noise);
        var gap = Math.abs(r.value() - l.value());
        var errors = r.error() + l.error();
        if (gap > 6 * errors) {
            return Estimate.kink(l.value() / unit, r.value() / unit, Math.max(r.error(), l.error()) / unit, unit,
                    calls);
        }
        if (both.rung() < 0) {
            // no scale is short enough and above the noise
            return Estimate.none(Kind.UNDEFINED, calls);
        }
        var error = both.error() + (gap > 2 * errors ? gap / 2 : 0);
        return Estimate.smooth(both.value() / unit, error / unit, unit, calls);
    }

    private static double noise(Line line, double[] steps, Side right, Side left) {
        var noise = Math.max(2 * line.ulp(line.center), grain(line, right, left));
        var quantum = Double.POSITIVE_INFINITY;
        double larger = 0;
        for (var side : List.of(right, left)) {
            if (side.exists()) {
                noise = Math.max(noise, side.noise());
                quantum = Math.min(quantum, side.quantum(steps));
                larger = Math.max(larger, side.quantum(steps));
            }
        }
        // so small a step is none
        return SAFETY * Math.max(noise, larger <= 2 * Grain.bit(line) ? larger : quantum);
    }

    /** Of the shorter half of the steps. */
    private static double grain(Line line, Side right, Side left) {
        int count = right.change.length;
        return Grain.of(line, DoubleStream.concat(Arrays.stream(right.change, count / 2, count),
                Arrays.stream(left.change, count / 2, count)).toArray());
    }

    private static Limit central(double[] steps, Side right, Side left, double noise, double whole) {
        var quotient = new double[steps.length];
        var even = new double[steps.length];
        for (int k = 0; k < steps.length; k++) {
            quotient[k] = (right.change[k] / 2 - left.change[k] / 2) / steps[k];
            even[k] = right.change[k] + left.change[k];
        }
        return Limit.of(steps, quotient, Math.max(right.start, left.start), 2, noise, even, whole);
    }

    private static Limit oneSided(double[] steps, Side side, int sign, double noise) {
        var quotient = new double[steps.length];
        for (int k = 0; k < steps.length; k++) {
            quotient[k] = sign * side.change[k] / steps[k];
        }
        return Limit.of(steps, quotient, side.start, 1, noise, null, 0);
    }
}
