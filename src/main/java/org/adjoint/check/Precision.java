package org.adjoint.check;

/** The arithmetic that the functions under test compute in. */
public enum Precision {

    /** 24 bits: {@code float}. Results of single precision returned as doubles are measured well only if declared. */
    SINGLE(0x1p-23, 37, Float.MIN_NORMAL, 0x1p-24, 0x1p4),

    /** 53 bits: {@code double}. */
    DOUBLE(0x1p-52, 300, Double.MIN_NORMAL, 0x1p-300, 0x1p8);

    private final double epsilon;
    private final double decades;
    private final double least;
    private final double tiny;
    private final double large;

    Precision(double epsilon, double decades, double least, double tiny, double large) {
        this.epsilon = epsilon;
        this.decades = decades;
        this.least = least;
        this.tiny = tiny;
        this.large = large;
    }

    /** The smallest number with all its digits: smaller ones are as good as zero. */
    double least() { return least; }

    /** Whether cubes, their inverses and exponentials of the numbers are far from both ends of the range. */
    boolean isOrdinary(double[] x) {
        for (double v : x) {
            if (v != 0 && !(Math.abs(v) >= tiny && Math.abs(v) <= large)) {
                return false;
            }
        }
        return true;
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
