package org.adjoint.check;

/**
 * Numbers that the derivative under test returned, and how far each moves when its input is rounded differently: its
 * conditioning, times one rounding.
 */
record Row(double[] values, double[] rounding, double epsilon) {

    Claim along(double[] v) { return Claim.of(values, rounding, v, epsilon); }

    Claim entry(int i) { return Claim.of(values[i], rounding[i], epsilon); }
}
