package org.adjoint.check;

/** The arithmetic that the functions under test compute in. */
public enum Precision {

    /** 24 bits: {@code float}. Results of single precision returned as doubles are measured well only if declared. */
    SINGLE(0x1p-23, 37),

    /** 53 bits: {@code double}. */
    DOUBLE(0x1p-52, 300);

    private final double epsilon;
    private final double decades;

    Precision(double epsilon, double decades) {
        this.epsilon = epsilon;
        this.decades = decades;
    }

    /** Powers of ten on both sides of 1 that have all their digits, and room for numbers a few times as large. */
    double decades() {
        return decades;
    }

    /** The distance from 1 to the next number. */
    public double epsilon() { return epsilon; }

    /** The distance from a number to the next. */
    double ulp(double value) {
        return this == DOUBLE ? Math.ulp(value) : Math.max(Math.abs(value) * epsilon, Float.MIN_VALUE);
    }

    /** The nearest number. */
    double round(double value) { return this == DOUBLE ? value : (float) value; }
}
