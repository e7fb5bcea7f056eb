package org.adjoint.check;

/**
 * The limit at s = 0 of a sequence y(s) = c₀ + c₁ s + c₂ s² + …, from three of its values (Neville's scheme).
 *
 * <p>With y the central difference quotient and s = h² this is Richardson's extrapolation, and the disagreement within
 * the scheme is the error estimate of Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", 1982.
 *
 * @param value      the extrapolated limit
 * @param first      first correction: the two-point value minus the last y
 * @param second     second correction: the three-point value minus the two-point one
 * @param truncation estimate of the error of the value, without noise
 */
record Extrapolation(double value, double first, double second, double truncation) {

    /** How far the second correction may reach, relative to the first, where the sequence is a power series in s. */
    private static final double REGULAR = 0.03;

    /** s₁ > s₂ > s₃ > 0. */
    static Extrapolation of(double s1, double y1, double s2, double y2, double s3, double y3) {
        var p12 = y2 + (y2 - y1) * (s2 / (s1 - s2));
        var p23 = y3 + (y3 - y2) * (s3 / (s2 - s3));
        var value = p23 + (p23 - p12) * (s3 / (s1 - s3));
        var first = Math.abs(p23 - y3);
        var second = Math.abs(value - p23);
        var before = Math.abs(y1 - y2);
        var after = Math.abs(y2 - y3);
        var expected = (s1 - s2) / (s2 - s3);
        // not a power series in s (noise, or a slower law): trust only what has settled
        var truncation = after * expected > 2 * before ? after + first : second;
        return new Extrapolation(value, first, second, truncation);
    }

    /** Σ|wᵢ|/hᵢ for the weights of the three quotients: what noise of one in the numerators makes of the value. */
    static double amplification(double s1, double h1, double s2, double h2, double s3, double h3) {
        return s2 * s3 / ((s1 - s2) * (s1 - s3)) / h1 + s1 * s3 / ((s1 - s2) * (s2 - s3)) / h2
                + s1 * s2 / ((s1 - s3) * (s2 - s3)) / h3;
    }

    /** Whether the corrections shrink as those of a power series do, down to the noise. */
    boolean isRegular(double noise) {
        return second <= REGULAR * first + noise;
    }
}
