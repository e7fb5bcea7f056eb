package org.adjoint.check;

/**
 * One side of a point: the changes r(h) = φ(±h) − φ(0) on a ladder of steps h, each a quarter of the one before.
 *
 * <p>At the bottom of the ladder r tells apart: a limit of the quotients (r ∝ h), a jump (r constant), an infinite
 * slope (r ∝ hᵖ, p &lt; 1), a domain that ends here (r not finite), and noise.
 */
final class Side {

    private static final int BOTTOM = 7;
    /** A function constant over less, relative to x, is one that rounds; over more, a piecewise constant one. */
    private static final double PLATEAU = 1e-3;
    private static final double FEW = 64;

    /** The changes, from the largest step to the smallest. */
    final double[] change;
    /** First rung from which on all changes are finite; the length of the ladder if the last is not. */
    final int start;
    private final double scale;
    private final double ulp;
    private final double bit;
    private final double one;

    Side(Line line, double[] change) {
        this.ulp = line.ulp(line.center);
        this.bit = Grain.bit(line);
        this.one = line.ulp(1);
        this.change = change;
        this.scale = Math.abs(line.center);
        int k = change.length;
        while (k > 0 && Double.isFinite(change[k - 1])) {
            k--;
        }
        this.start = k;
    }

    boolean exists() { return start + 3 <= change.length; }

    /** Size of the jump: the change does not shrink with the step. Small ones cannot be told from rounding: 0. */
    double jump() {
        int n = change.length;
        var last = change[n - 1];
        for (int k = Math.max(start, n - BOTTOM); k < n; k++) {
            if (Math.abs(change[k] - last) > 0.02 * Math.abs(last)) {
                return 0;
            }
        }
        return Math.abs(last);
    }

    boolean jumps() { return exists() && jump() > 1e-6 * scale; }

    /** Whether r ∝ hᵖ with 0 &lt; p ≤ 0.9 over the lowest rungs that stand out of the rounding. */
    boolean isSteep() {
        int k = change.length - 1;
        while (k > start && Math.abs(change[k]) < 1e3 * ulp) {
            k--;
        }
        if (k < start + BOTTOM) {
            return false;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = k - BOTTOM; i < k; i++) {
            var power = Math.log(Math.abs(change[i] / change[i + 1])) / Math.log(4);
            least = Math.min(least, power);
            most = Math.max(most, power);
        }
        return least > 0.02 && most <= 0.9 && most - least < 0.15;
    }

    /** Noise of φ: at the bottom r is linear up to noise, so r(h) − 4 r(h/4) is noise alone. */
    double noise() {
        int n = change.length;
        var noise = jump();
        // of few rungs the lower third, or curves pass for noise
        for (int k = Math.max(start, n - Math.min(BOTTOM, n / 3)); k + 1 < n; k++) {
            noise = Math.max(noise, Math.abs(change[k] - 4 * change[k + 1]) / 4);
        }
        return noise;
    }

    /** Whether φ is constant here over more than rounding explains. */
    boolean isConstant(double[] steps) {
        int k = firstChange();
        return k < start || k < change.length - 2 && !isQuantum(k, steps);
    }

    /**
     * The first change of a function that is constant on a narrow range: what it rounds to, if it is so on both sides
     * (single precision, cancellation); beside a step it is so on one.
     */
    double quantum(double[] steps) {
        int k = firstChange();
        return k >= start && k < change.length - 2 && isQuantum(k, steps) ? Math.abs(change[k]) : 0;
    }

    private boolean isQuantum(int k, double[] steps) {
        return steps[k] < PLATEAU || Math.abs(change[k]) < Math.max(1e-9 * scale, 2 * bit)
                || isLeftOfOne(change[k]) && isLeftOfOne(scale);
    }

    /** A few units in the last place of 1: what remains of numbers close to one that cancel, as 1 − tanh². */
    private boolean isLeftOfOne(double value) {
        var units = 2 * Math.abs(value) / one;
        return units <= FEW && units == Math.rint(units);
    }

    /** The lowest rung with a change; one before the start if there is none. */
    private int firstChange() {
        int k = change.length - 1;
        while (k >= start && change[k] == 0) {
            k--;
        }
        return k;
    }
}
