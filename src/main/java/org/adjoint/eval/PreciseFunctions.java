package org.adjoint.eval;

import java.math.BigInteger;
import org.adjoint.eval.Constants.Constant;
import org.adjoint.expr.Arithmetic.NotExact;
import org.adjoint.expr.Arithmetic.OutsideDomain;
import org.adjoint.expr.Arithmetic.Undecidable;

/**
 * The transcendental functions of a ball m ± r: f(m) with its computing error, plus r times a bound of |f′| on the ball.
 *
 * <p>Functions with f(0) = 0 are computed with as many more bits as the argument is small, so that small results have
 * all their digits.
 */
final class PreciseFunctions {

    /** exp takes arguments below 2 to this power. */
    static final int MAX_EXP_BITS = 30;
    private static final int MAX_ANGLE_BITS = 4096;
    private static final int GUARD = 24;
    /** A bound, in units of the last place, on the computing error of each function below. */
    private static final BigInteger UNITS = BigInteger.valueOf(64);

    private final PreciseArithmetic field;
    private final int bits;

    PreciseFunctions(PreciseArithmetic field) {
        this.field = field;
        this.bits = field.bits();
    }

    /** With k = ⌊x / ln 2⌋: exp x = 2^k exp(x − k ln 2); |exp(m ± r) − exp m| ≤ 2r exp m for r ≤ 1/2. */
    Precise exp(Precise x) {
        if (x.isZero()) {
            return Precise.ONE;
        }
        if (x.top() > MAX_EXP_BITS) {
            throw tooLarge("exp", x);
        }
        int w = bits + GUARD;
        BigInteger fixed = x.toFixed(w);
        BigInteger k = fixed.divide(Constant.LN_2.at(w));
        BigInteger multiple = k.multiply(Constant.LN_2.at(w + MAX_EXP_BITS + 4)).shiftRight(MAX_EXP_BITS + 4);
        BigInteger value = FixedPoint.exp(fixed.subtract(multiple), w);
        BigInteger moved = radiusAt(x, w);
        if (moved.bitLength() >= w) {
            throw tooVague("exp", x);
        }
        BigInteger spread = value.multiply(moved).shiftRight(w - 1).add(BigInteger.ONE);
        return field.ball(value, x.isExact() ? UNITS : spread.add(UNITS), k.longValue() - w);
    }

    /**
     * With x = 2^k f, 3/4 ≤ f &lt; 3/2 and a double y near ln f: ln x = k ln 2 + y + 2 artanh((t − 1)/(t + 1)), where t = f
     * exp(−y) is within 2^−50 of 1.
     */
    Precise log(Precise x) {
        if (x.isZero() || x.mid.signum() < 0 && !x.mayBeZero()) {
            throw new OutsideDomain("log needs a number > 0; got " + x);
        }
        if (x.mayBeZero()) {
            throw tooVague("log", x);
        }
        Precise fromOne = field.withExtraBits(bits).subtract(x.middle(), Precise.ONE);
        long closeness = Math.max(0, -fromOne.top());
        if (x.isExact() && (fromOne.isZero() || closeness > bits + 2)) {
            // |ln(1 + d) − d| ≤ d²
            return slightlyOff(fromOne);
        }
        closeness = Math.min(closeness, bits + 2);
        int w = Math.toIntExact(bits + GUARD + closeness);
        int size = x.mid.bitLength();
        boolean low = size < 2 || !x.mid.testBit(size - 2);
        int scale = low ? size - 1 : size;
        BigInteger f = shift(x.mid, w - scale);
        double guess = Math.log(Precise.ball(f, BigInteger.ZERO, -w, bits).toDouble());
        BigInteger y = fixed(guess, w);
        BigInteger t = f.multiply(FixedPoint.exp(y.negate(), w)).shiftRight(w);
        BigInteger one = BigInteger.ONE.shiftLeft(w);
        BigInteger z = t.subtract(one).shiftLeft(w).divide(t.add(one));
        long k = x.exp + scale;
        BigInteger whole = BigInteger.valueOf(k).multiply(Constant.LN_2.at(w + 64)).shiftRight(64);
        BigInteger value = whole.add(y).add(FixedPoint.atanh(z, w).shiftLeft(1));
        BigInteger spread = x.isExact() ? BigInteger.ZERO
                : x.rad.shiftLeft(w).divide(x.mid.subtract(x.rad)).add(BigInteger.ONE);
        return field.ball(value, spread.add(UNITS), -w);
    }

    Precise sin(Precise x) {
        if (isTiny(x)) {
            return slightlyOff(x);
        }
        return circular(x, 0, extraFor(x));
    }

    Precise cos(Precise x) {
        return x.isZero() ? Precise.ONE : circular(x, 1, 0);
    }

    /** sin(x + quarter · π/2), by reduction to |r| ≤ π/4. */
    private Precise circular(Precise x, int quarter, long extra) {
        if (x.top() > MAX_ANGLE_BITS) {
            throw tooLarge("an angle", x);
        }
        int w = Math.toIntExact(bits + GUARD + extra);
        BigInteger moved = radiusAt(x, w);
        if (moved.bitLength() > w) {
            throw tooVague("an angle", x);
        }
        BigInteger fixed = x.toFixed(w);
        int more = (int) Math.max(0, x.top()) + 4;
        // π/2 with as many more bits as the argument is large: else the turns themselves would be guessed.
        BigInteger quarterTurn = Constant.PI.at(w - 1 + more);
        // ⌊x/(π/2) + 1/2⌋; an error of one here only makes the argument of the series a little larger.
        BigInteger turns = floorDivide(fixed.shiftLeft(1 + more).add(quarterTurn), quarterTurn.shiftLeft(1));
        BigInteger rest = fixed.subtract(turns.multiply(quarterTurn).shiftRight(more));
        int quadrant = (turns.intValue() + quarter) & 3;
        BigInteger value = (quadrant & 1) == 0 ? FixedPoint.sin(rest, w) : FixedPoint.cos(rest, w);
        return field.ball(quadrant >= 2 ? value.negate() : value, moved.add(UNITS), -w);
    }

    Precise tan(Precise x) {
        return isTiny(x) ? slightlyOff(x) : field.divide(sin(x), cos(x));
    }

    /** arcsin x = 2 arctan(x / (1 + √(1 − x²))). */
    Precise asin(Precise x) {
        if (isTiny(x)) {
            return slightlyOff(x);
        }
        Precise cosine = field.sqrt(withinOne("asin", x));
        return atan(field.divide(x, field.add(Precise.ONE, cosine))).timesPowerOfTwo(1);
    }

    /** arccos x = 2 arctan(√((1 − x)/(1 + x))). */
    Precise acos(Precise x) {
        withinOne("acos", x);
        Precise above = field.add(Precise.ONE, x);
        if (above.isZero()) {
            return field.pi();
        }
        return atan(field.sqrt(field.divide(field.subtract(Precise.ONE, x), above))).timesPowerOfTwo(1);
    }

    /** (1 − x)(1 + x) ≥ 0. */
    private Precise withinOne(String name, Precise x) {
        Precise product = field.multiply(field.subtract(Precise.ONE, x), field.add(Precise.ONE, x));
        if (!product.isZero() && product.mayBeZero()) {
            throw tooVague(name, x);
        }
        if (product.mid.signum() < 0) {
            throw new OutsideDomain(name + " needs a number from -1 to 1; got " + x);
        }
        return product;
    }

    /** With a double y near arctan x: arctan x = y + arctan((x cos y − sin y)/(cos y + x sin y)). */
    Precise atan(Precise x) {
        if (isTiny(x)) {
            return slightlyOff(x);
        }
        if (x.top() > 2 && !x.mayBeZero()) {
            Precise right = field.pi().timesPowerOfTwo(-1);
            return field.subtract(x.mid.signum() > 0 ? right : right.negate(), atan(field.divide(Precise.ONE, x)));
        }
        int w = Math.toIntExact(bits + GUARD + extraFor(x));
        BigInteger fixed = x.toFixed(w);
        BigInteger y = fixed(Math.atan(x.toDouble()), w);
        BigInteger sine = FixedPoint.sin(y, w);
        BigInteger cosine = FixedPoint.cos(y, w);
        BigInteger above = fixed.multiply(cosine).shiftRight(w).subtract(sine);
        BigInteger below = cosine.add(fixed.multiply(sine).shiftRight(w));
        BigInteger value = y.add(FixedPoint.atan(above.shiftLeft(w).divide(below), w));
        return field.ball(value, radiusAt(x, w).add(UNITS), -w);
    }

    /** (E − 1/E)/2 with E = exp x. */
    Precise sinh(Precise x) {
        if (isTiny(x)) {
            return slightlyOff(x);
        }
        PreciseArithmetic finer = field.withExtraBits(extraFor(x) + 8);
        Precise e = finer.exp(x);
        return field.rounded(finer.subtract(e, finer.divide(Precise.ONE, e)).timesPowerOfTwo(-1));
    }

    /** (E + 1/E)/2 with E = exp x. */
    Precise cosh(Precise x) {
        Precise e = exp(x);
        return field.add(e, field.divide(Precise.ONE, e)).timesPowerOfTwo(-1);
    }

    /** (E − 1)/(E + 1) with E = exp 2x, by the sign that keeps E ≤ 1. */
    Precise tanh(Precise x) {
        if (isTiny(x)) {
            return slightlyOff(x);
        }
        if (leastMagnitude(x) > bits) {
            return almostOne(x.mid.signum());
        }
        if (x.mid.signum() > 0) {
            return tanh(x.negate()).negate();
        }
        PreciseArithmetic finer = field.withExtraBits(extraFor(x) + 8);
        Precise e = finer.exp(x.timesPowerOfTwo(1));
        return field.rounded(finer.divide(finer.subtract(e, Precise.ONE), finer.add(e, Precise.ONE)));
    }

    /**
     * erf x = 2x/√π · exp(−x²) · Σₙ (2x²)ⁿ/(3·5···(2n+1)), all terms positive; where exp(−x²) is below the precision,
     * 1 − erfc x with erfc x &lt; exp(−x²). |erf′| ≤ 2/√π &lt; 9/8.
     */
    Precise erf(Precise x) {
        if (x.isZero()) {
            return x;
        }
        if (leastMagnitude(x) > Math.sqrt(bits * Math.log(2)) + 0.01) {
            return almostOne(x.mid.signum());
        }
        PreciseArithmetic finer = field.withExtraBits(GUARD);
        Precise middle = x.middle();
        Precise square = finer.multiply(middle, middle);
        int w = finer.bits() + 2 * GUARD;
        BigInteger series = FixedPoint.erfSeries(square.toFixed(w), w);
        // The number N of terms is far below 2^23, so that the error of 2N² units is below 2^48, relative to the sum.
        Precise sum = finer.ball(series, series.shiftRight(w - 2 * GUARD).add(UNITS), -w);
        Precise value = finer.multiply(finer.multiply(middle, sum), finer.exp(square.negate()));
        value = finer.divide(value.timesPowerOfTwo(1), finer.sqrt(finer.pi()));
        BigInteger spread = x.rad.multiply(BigInteger.valueOf(9)).shiftRight(3).add(x.rad.min(BigInteger.ONE));
        return field.add(value, Precise.ball(BigInteger.ZERO, spread, x.exp, bits));
    }

    /** Whether |x|³ is below the precision relative to x, so that an odd function with f′(0) = 1 is x. */
    private boolean isTiny(Precise x) {
        return x.isZero() || x.top() < -bits / 2 - 2;
    }

    /** x with a relative error of 2^−bits. */
    private Precise slightlyOff(Precise x) {
        if (x.isZero()) {
            return x;
        }
        int shift = Math.max(0, bits - x.mid.bitLength());
        BigInteger rad = x.rad.shiftLeft(shift).add(BigInteger.valueOf(3));
        return field.ball(x.mid.shiftLeft(shift), rad, x.exp - shift);
    }

    private static long extraFor(Precise x) {
        return Math.max(0, -(x.exp + x.mid.bitLength()));
    }

    /** A number below every |x| of the ball, or a negative one. */
    private static double leastMagnitude(Precise x) {
        return Math.abs(x.toDouble()) * (1 - 0x1p-40) - Math.scalb(x.rad.doubleValue(), clampExponent(x.exp + 1));
    }

    /** ±1 with an error of 2^−bits. */
    private Precise almostOne(int sign) {
        return field.ball(BigInteger.valueOf(sign).shiftLeft(bits - 1), BigInteger.ONE, 1 - bits);
    }

    /** The radius in units of 2^−w. */
    private static BigInteger radiusAt(Precise x, int w) {
        return Precise.ceilShift(x.rad, x.exp + w);
    }

    private static BigInteger shift(BigInteger value, int shift) {
        return shift >= 0 ? value.shiftLeft(shift) : value.shiftRight(-shift);
    }

    private static BigInteger floorDivide(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static int clampExponent(long exp) {
        return (int) Math.max(-5000, Math.min(5000, exp));
    }

    /** A double as a fixed-point number, rounded down. */
    private static BigInteger fixed(double value, int w) {
        int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
        return shift(BigInteger.valueOf((long) Math.scalb(value, -exponent)), exponent + w);
    }

    private static NotExact tooLarge(String name, Precise x) {
        return new NotExact("too large for " + name + " at this precision: " + x);
    }

    private static Undecidable tooVague(String name, Precise x) {
        return new Undecidable(name + " of a number known too vaguely: " + x);
    }
}
