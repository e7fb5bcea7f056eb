package org.adjoint.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limit of difference quotients down a ladder of steps, each window of three rungs extrapolated, the best taken.
 *
 * @param value        the limit
 * @param error        truncation plus noise
 * @param rung         the first rung of the window
 * @param contradicted whether larger steps seemed to tend to another limit
 */
record Limit(double value, double error, int rung, boolean contradicted) {

    private static final double COMPARABLE = 30;
    private static final double DOUBT = 3;

    /**
     * @param steps    h, falling
     * @param quotient of each rung
     * @param start    first rung to use
     * @param power    1 for one-sided quotients (a series in h), 2 for central ones (a series in h²)
     * @param noise    of the numerators
     * @param even     φ(h) + φ(−h) − 2φ(0), or nothing for one-sided quotients: of a function that is smooth on the scale
     *                 of h it falls as h², of one with a kink as h; where it does not fall, central quotients see the far
     *                 sides of something narrower than h
     * @param whole    |φ(0)|: more than this is more than noise
     */
    static Limit of(double[] steps, double[] quotient, int start, int power, double noise,
            double @Nullable [] even, double whole) {
        var best = new Limit(Double.NaN, Double.POSITIVE_INFINITY, -1, false);
        var windows = new ArrayList<Limit>();
        for (int k = start; k + 2 < steps.length; k++) {
            var h1 = steps[k];
            var h2 = steps[k + 1];
            var h3 = steps[k + 2];
            var s1 = power == 2 ? h1 * h1 : h1;
            var s2 = power == 2 ? h2 * h2 : h2;
            var s3 = power == 2 ? h3 * h3 : h3;
            var e = Extrapolation.of(s1, quotient[k], s2, quotient[k + 1], s3, quotient[k + 2]);
            var error = e.truncation() + noise * Extrapolation.amplification(s1, h1, s2, h2, s3, h3)
                    + 2 * Math.ulp(e.value());
            var astride = even != null && Math.abs(even[k + 2]) > Math.min(16 * noise, whole)
                    && Math.abs(even[k + 2]) > 0.5 * Math.abs(even[k]);
            if (astride || !(error < Double.POSITIVE_INFINITY)) {
                continue;
            }
            // the derivative is what small steps see: where they contradict larger ones, those saw something else
            var contradicts = Math.abs(e.value() - best.value) > 10 * (error + best.error);
            windows.add(new Limit(e.value(), error, k, false));
            if (error < best.error || contradicts) {
                best = new Limit(e.value(), error, k, contradicts || best.contradicted);
            }
        }
        return best.doubtedBy(windows);
    }

    /** Smaller steps of nearly the same error that hint at another limit, though they do not prove it, widen the bar. */
    private Limit doubtedBy(List<Limit> windows) {
        var wider = error;
        for (var w : windows) {
            var apart = Math.abs(w.value - value);
            if (w.rung > rung && w.error < COMPARABLE * error && apart > DOUBT * (w.error + error)) {
                wider = Math.max(wider, apart / DOUBT);
            }
        }
        return new Limit(value, wider, rung, contradicted);
    }
}
