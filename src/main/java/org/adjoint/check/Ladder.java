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

    private Ladder() {}

    private static double[] steps() {
        var steps = new double[RUNGS];
        for (int k = 0; k < RUNGS; k++) {
            steps[k] = Math.scalb(3.0, -3 - 2 * k);
        }
        return steps;
    }

    static Estimate climb(Line line) {
        var f0 = line.center;
        var plus = new double[RUNGS];
        var minus = new double[RUNGS];
        for (int k = 0; k < RUNGS; k++) {
            plus[k] = line.at(STEPS[k]) - f0;
            minus[k] = line.at(-STEPS[k]) - f0;
        }
        return judge(line, new Side(plus, Math.abs(f0), line.ulp(f0)), new Side(minus, Math.abs(f0), line.ulp(f0)));
    }

    private static Estimate judge(Line line, Side right, Side left) {
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
        var noise = noise(line, right, left);
        var unit = line.unit();
        var whole = line.center == 0 ? Double.POSITIVE_INFINITY : Math.abs(line.center);
        if (!right.exists()) {
            var limit = oneSided(left, -1, noise);
            return Estimate.edge(limit.value() / unit, Double.NaN, limit.error() / unit, unit, calls);
        }
        if (!left.exists()) {
            var limit = oneSided(right, 1, noise);
            return Estimate.edge(Double.NaN, limit.value() / unit, limit.error() / unit, unit, calls);
        }
        var both = central(right, left, noise, whole);
        if (both.contradicted() && both.rung() >= 0 && !right.isConstant(STEPS) && !left.isConstant(STEPS)) {
            var rough = SAFETY * Roughness.at(line, STEPS[both.rung()]);
            if (rough > noise) {
                noise = rough;
                both = central(right, left, noise, whole);
            }
            calls = line.evaluations();
        }
        var r = oneSided(right, 1, noise);
        var l = oneSided(left, -1, noise);
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

    private static double noise(Line line, Side right, Side left) {
        var noise = Math.max(2 * line.ulp(line.center), grain(line, right, left));
        var quantum = Double.POSITIVE_INFINITY;
        for (var side : List.of(right, left)) {
            if (side.exists()) {
                noise = Math.max(noise, side.noise());
                quantum = Math.min(quantum, side.quantum(STEPS));
            }
        }
        return SAFETY * Math.max(noise, quantum);
    }

    /** Of the shorter half of the steps. */
    private static double grain(Line line, Side right, Side left) {
        return Grain.of(line, DoubleStream.concat(Arrays.stream(right.change, RUNGS / 2, RUNGS),
                Arrays.stream(left.change, RUNGS / 2, RUNGS)).toArray());
    }

    private static Limit central(Side right, Side left, double noise, double whole) {
        var quotient = new double[RUNGS];
        var even = new double[RUNGS];
        for (int k = 0; k < RUNGS; k++) {
            quotient[k] = (right.change[k] / 2 - left.change[k] / 2) / STEPS[k];
            even[k] = right.change[k] + left.change[k];
        }
        return Limit.of(STEPS, quotient, Math.max(right.start, left.start), 2, noise, even, whole);
    }

    private static Limit oneSided(Side side, int sign, double noise) {
        var quotient = new double[RUNGS];
        for (int k = 0; k < RUNGS; k++) {
            quotient[k] = sign * side.change[k] / STEPS[k];
        }
        return Limit.of(STEPS, quotient, side.start, 1, noise, null, 0);
    }
}
