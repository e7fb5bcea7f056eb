package org.adjoint.check;

/**
 * How coarse the values of φ are where numbers inside of the function are larger than its values.
 *
 * <p>Numbers near M that cancel leave multiples of ulp(M), as in log Σ exp z − z₀ at large z₀: values near 1e-13 of which only
 * the first bits mean anything. All values at small steps then end at the same bit, far above their own last place; of values
 * that did not come from rounding, such a bit would be the height of a stair, and stairs below 1e-12 are not taken for any.
 */
final class Grain {

    /** So many bits at least are missing at the end. */
    private static final double MISSING = 0x1p8;
    /** Against the squares of the inputs: a product of two is the largest number that is expected inside. */
    private static final double FINE = 0x1p-40;
    private static final double LITTLE = 0x1p12;
    private static final double SHORTEST = 0x1p-30;
    /** Inputs beyond are taken to be no longer than this. */
    private static final double LONGEST = 0x1p20;

    private Grain() {}

    /**
     * Whether φ, which does not change near 0, may be said to have the slope: over the longest step without a change that is less
     * than the last bit of numbers inside, and little more when x moves by 1.
     */
    static boolean hides(Line line, double slope) {
        var inside = Math.clamp(line.size(), 1, LONGEST);
        var bit = Math.ulp(inside * inside);
        var step = 1.0 / 4;
        while (step > SHORTEST && (line.at(step) != line.center || line.at(-step) != line.center)) {
            step /= 4;
        }
        return Math.abs(slope) * line.unit() * step <= bit && Math.abs(slope) / line.speed() <= LITTLE * bit;
    }

    /**
     * The last bit that the values share; 0 where they have bits of their own.
     *
     * @param changes φ(u) − φ(0) at steps on both sides; those that are not finite do not count
     */
    static double of(Line line, double... changes) {
        double largest = Math.abs(line.center);
        double last = line.center == 0 ? Double.POSITIVE_INFINITY : lastBit(line.center);
        if (last < MISSING * line.ulp(largest)) {
            return 0;
        }
        for (double change : changes) {
            if (Double.isFinite(change) && change != 0) {
                largest = Math.max(largest, Math.abs(line.center + change));
                last = Math.min(last, lastBit(change));
            }
        }
        var inside = Math.clamp(line.size(), 1, LONGEST);
        return last < Double.POSITIVE_INFINITY && last >= MISSING * line.ulp(largest) && last <= FINE * inside * inside
                ? last : 0;
    }

    private static double lastBit(double value) {
        return Math.ulp(value) * Long.lowestOneBit((long) Math.abs(value / Math.ulp(value)));
    }
}
