package org.adjoint.check;

import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

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
    /** In last bits of the squares of the inputs: a product of two is the largest number that is expected inside. */
    private static final double FINE = 0x1p12;
    private static final double LITTLE = 0x1p12;
    private static final double SHORTEST = 0x1p-30;
    /** Inputs beyond are taken to be no longer than this. */
    private static final double LONGEST = 0x1p20;
    /** Steps on which a slope is seen although shorter ones are lost. */
    private static final int LONG = 4;
    private static final double CLEAR = 8;

    /** Steps, in the entry that moves fastest, on which functions of ordinary scale change visibly. */
    private static final double FAR = 0x1p-4;
    private static final double NEAR = 0x1p-24;
    private static final double FAR_APART = 16;
    private static final double FEW = 8;
    /** Numbers of ordinary size, which others beside them are not, start here. */
    private static final double SEEN = 0x1p-4;

    /** Beside inputs as large, others are tiny. */
    private static final double ORDINARY = 0x1p-10;

    private Grain() {}

    /**
     * Whether φ, which does not change near 0, may be said to have the slope: over the longest step without a change that is less
     * than the last bit of numbers inside, and little more when x moves by 1.
     */
    static boolean hides(Line line, double slope) {
        var bit = bit(line);
        var step = 1.0 / 4;
        while (step > SHORTEST && (line.at(step) != line.center || line.at(-step) != line.center)) {
            step /= 4;
        }
        return Math.abs(slope) * line.unit() * step <= bit && Math.abs(slope) / line.speed() <= LITTLE * bit;
    }

    /**
     * Whether the slope explains all changes of φ but for less than the last bit of numbers inside, and long steps show it
     * clearly, more so than what was measured: that short ones show another means nothing.
     */
    static boolean blurs(Line line, double slope, double measured) {
        var steps = Ladder.steps(line);
        double off = 0;
        for (int k = steps.length - 1; k >= 0; k--) {
            var change = line.at(steps[k]) / 2 - line.at(-steps[k]) / 2;
            var expected = slope * line.unit() * steps[k];
            off = Math.max(off, Math.abs(change - expected));
            if (!(off <= 2 * bit(line))) {
                return false;
            }
            var other = Math.abs(change - measured * line.unit() * steps[k]);
            if (k < LONG && Math.min(Math.abs(expected), other) >= CLEAR * off) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether φ changes by no more than the last bits of the inputs themselves, and would so with the slope. In double
     * precision, values as small are taken to be small by themselves.
     */
    static boolean drowns(Line line, double slope) {
        if (!line.isSingle() || line.size() < ORDINARY) {
            return false;
        }
        var most = 2 * line.ulp(Math.max(1, line.size()));
        var steps = Ladder.steps(line);
        return Math.abs(slope) * line.unit() * steps[0] <= most && DoubleStream.of(steps).allMatch(
                h -> Math.abs(line.at(h) - line.center) <= most && Math.abs(line.at(-h) - line.center) <= most);
    }

    /**
     * Whether φ does not change at all on steps as short as x, while it has the slope on longer ones: as eˣ − 1 at 1e-100.
     */
    static boolean emerges(Line line, double slope) {
        if (!isConstant(line)) {
            return false;
        }
        for (double far = FAR; far >= NEAR; far /= FAR_APART) {
            var u = far / line.speed() / line.unit();
            var expected = slope * line.unit() * u;
            if (u > 1 && Math.abs(expected) >= CLEAR * bit(line)) {
                var change = line.at(u) / 2 - line.at(-u) / 2;
                if (Math.abs(change - expected) <= Math.abs(expected) / CLEAR) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether products of two numbers as small as x are none with all digits, and φ does not change; or, in single precision,
     * of which that is no small part of the range, the slope is off by no more than what they lose.
     */
    static boolean underflows(Line line, double slope, double off) {
        var size = line.size();
        if (size == 0 || size * size >= line.least()) {
            return false;
        }
        var lost = FEW * (line.ulp(0) / size / size);
        return line.isSingle()
                && off * line.unit() <= lost * Math.max(Math.abs(line.center), Math.abs(slope) * line.unit())
                && size >= Math.sqrt(line.ulp(0)) / FEW || isConstant(line);
    }

    /** Whether a slope is off by less than the last bit of φ while that entry of x which is moved most changes by all of itself. */
    static boolean isUlp(Line line, double off) {
        return off <= 2 * line.ulp(line.center) * line.swiftness();
    }

    /** Whether a slope that is off by so much is off by less than the last bit of values that φ has elsewhere. */
    static boolean absorbs(Line line, double off, DoubleSupplier elsewhere) {
        var bit = CLEAR * bit(line);
        if (!(off * line.unit() <= bit && Math.abs(line.center) <= LITTLE * bit && isOrdinary(line.size()))) {
            return false;
        }
        return isOrdinary(elsewhere.getAsDouble());
    }

    private static boolean isOrdinary(double size) { return SEEN <= size && size <= 1 / (SEEN * SEEN * SEEN); }

    private static boolean isConstant(Line line) {
        return DoubleStream.of(Ladder.steps(line))
                .allMatch(h -> line.at(h) == line.center && line.at(-h) == line.center);
    }

    /** The last bit of the largest numbers that are expected inside. */
    static double bit(Line line) {
        var inside = Math.clamp(line.size(), 1, LONGEST);
        return line.ulp(inside * inside);
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
        return last < Double.POSITIVE_INFINITY && last >= MISSING * line.ulp(largest) && last <= FINE * bit(line)
                ? last : 0;
    }

    private static double lastBit(double value) {
        return Math.ulp(value) * Long.lowestOneBit((long) Math.abs(value / Math.ulp(value)));
    }
}
