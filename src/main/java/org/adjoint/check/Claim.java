package org.adjoint.check;

/**
 * A claimed directional derivative.
 *
 * @param value    ⟨g, v⟩
 * @param rounding how far it may be off by rounding: of the sum, and of g as measured
 * @param size     √Σ(gⱼvⱼ)²: what a relative tolerance is relative to
 */
record Claim(double value, double rounding, double size) {

    private static final double UNITS = 16;

    /** ⟨g, v⟩ for a row g of which each entry is known to rounding. */
    static Claim of(double[] g, double[] rounding, double[] v, double epsilon) {
        double value = 0;
        double square = 0;
        double sum = 0;
        double condition = 0;
        double carry = 0;
        for (int i = 0; i < v.length; i++) {
            if (v[i] != 0) {
                var term = g[i] * v[i];
                // Neumaier's sum: a wrong entry must not hide in the rounding of the others
                var next = value + term;
                carry += Math.abs(value) >= Math.abs(term) ? (value - next) + term : (term - next) + value;
                value = next;
                sum += Math.abs(term);
                square = Math.hypot(square, term);
                condition += rounding[i] * Math.abs(v[i]);
            }
        }
        value += Double.isFinite(carry) ? carry : 0;
        return new Claim(value, UNITS * epsilon * sum + 4 * condition, square);
    }

    /** An entry of J v. */
    static Claim of(double value, double rounding, double epsilon) {
        return new Claim(value, UNITS * epsilon * Math.abs(value) + 4 * rounding, Math.abs(value));
    }

    /** The same, computed from numbers of this magnitude. */
    Claim rounded(Precision precision, double magnitude) {
        return new Claim(value, rounding + UNITS * precision.epsilon() * magnitude, size);
    }

    double allowed(double tolerance) { return rounding + tolerance * size; }
}
