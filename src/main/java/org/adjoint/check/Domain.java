package org.adjoint.check;

/**
 * The numbers that the entries of an input may be, from {@code low} to {@code high}.
 *
 * @param low  least; may be infinite
 * @param high greatest; may be infinite
 */
public record Domain(double low, double high) {

    /** All numbers. */
    public static final Domain REAL = new Domain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Numbers above zero. */
    public static final Domain POSITIVE = new Domain(Double.MIN_NORMAL, Double.POSITIVE_INFINITY);

    public Domain {
        if (!(low < high)) {
            throw new IllegalArgumentException("a domain needs low < high; got " + low + " and " + high);
        }
    }

    /** Numbers from low to high. */
    public static Domain between(double low, double high) {
        return new Domain(low, high);
    }

    /** Whether the value is in the domain. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** The value itself where it is in the domain; otherwise one that is, and varies as the value does. */
    public double fold(double value) {
        if (contains(value)) {
            return value;
        }
        if (Double.isInfinite(high)) {
            return Double.isInfinite(low) ? value : low + Math.max(Math.abs(value - low), Double.MIN_NORMAL);
        }
        if (Double.isInfinite(low)) {
            return high - Math.abs(value - high);
        }
        // a sawtooth, so that ordinary values spread over the whole interval
        var part = Math.abs(value) % 2;
        return low + (high - low) * (part > 1 ? 2 - part : part);
    }
}
