package org.adjoint.check;

/**
 * The limit of difference quotients down a ladder of steps, each window of three rungs extrapolated, the best taken.
 *
 * @param value        the limit
 * @param error        truncation plus noise
 * @param rung         the first rung of the window
 * @param contradicted whether larger steps seemed to tend to another limit
 */
record Limit(double value, double error, int rung, boolean contradicted) {

    /**
     * @param steps    h, falling
     * @param quotient of each rung
     * @param start    first rung to use
     * @param power    1 for one-sided quotients (a series in h), 2 for central ones (a series in h²)
     * @param noise    of the numerators
     */
    static Limit of(double[] steps, double[] quotient, int start, int power, double noise) {
        var best = new Limit(Double.NaN, Double.POSITIVE_INFINITY, -1, false);
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
            if (!(error < Double.POSITIVE_INFINITY)) {
                continue;
            }
            // the derivative is what small steps see: where they contradict larger ones, those saw something else
            var contradicts = Math.abs(e.value() - best.value) > 10 * (error + best.error);
            if (error < best.error || contradicts) {
                best = new Limit(e.value(), error, k, contradicts || best.contradicted);
            }
        }
        return best;
    }
}
