package org.adjoint.check;

import java.util.random.RandomGenerator;

/** How the entries of a point are spread: gradients go wrong at zeros, ties, tiny, huge and very negative numbers. */
public enum Spread {

    /** Normal with deviation 1. */
    ORDINARY,

    /** -1, 0 and 1: zeros and ties. */
    INTEGERS,

    /** Normal numbers times 1e-8 to 1e3: many sizes at once. */
    SCALES,

    /** Deviation 25: beyond thresholds and saturation. */
    LARGE,

    /** A third from -800 to 20. */
    NEGATIVE,

    /** The identity matrix; all ones, if it is no matrix. */
    IDENTITY,

    /** Half of them about 1e-7: close to a kink, not on it. */
    NEAR_ZERO,

    /** From 1/2 to 2. */
    AROUND_ONE,

    /** All tiny, or all huge: normal numbers times one power of ten, 1e-300 to 1e300, or 1e-37 to 1e37 of floats. */
    ONE_SCALE;

    /** The power of ten of a whole point. */
    public static double common(RandomGenerator random, Precision precision) {
        return Math.pow(10, random.nextDouble(-1, 1) * precision.decades());
    }

    /**
     * The next entry.
     *
     * @param common   the power of ten of the whole point
     * @param diagonal whether the entry is on the diagonal; true if there is none
     */
    public double entry(RandomGenerator random, double common, boolean diagonal) {
        return switch (this) {
            case ORDINARY -> random.nextGaussian();
            case INTEGERS -> random.nextInt(-1, 2);
            case SCALES -> random.nextGaussian() * Math.pow(10, random.nextDouble(-8, 3));
            case LARGE -> random.nextGaussian() * 25;
            case NEGATIVE -> random.nextInt(3) == 0 ? random.nextDouble(-800, 20) : random.nextGaussian();
            case IDENTITY -> diagonal ? 1 : 0;
            case NEAR_ZERO -> random.nextGaussian() * (random.nextBoolean() ? 1e-7 : 1);
            case AROUND_ONE -> random.nextDouble(0.5, 2);
            case ONE_SCALE -> random.nextGaussian() * common;
        };
    }
}
