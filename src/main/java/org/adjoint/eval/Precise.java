package org.adjoint.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.adjoint.expr.Rational;

/**
 * A real number known to lie in a ball: (midpoint ± radius) · 2^exponent, with integer midpoint and radius.
 *
 * <p>The radius bounds every error made on the way, so a value that cancelled to nothing is never taken for zero or for
 * a number of some sign. A radius of zero means exactly known. Made and combined by {@link PreciseArithmetic}.
 */
public final class Precise {

    static final Precise ZERO = new Precise(BigInteger.ZERO, BigInteger.ZERO, 0);
    static final Precise ONE = new Precise(BigInteger.ONE, BigInteger.ZERO, 0);

    /** A radius is rounded up to this many bits; more say nothing. */
    private static final int RADIUS_BITS = 30;
    private static final double LOG10_OF_2 = Math.log10(2);

    final BigInteger mid;
    final BigInteger rad;
    final long exp;

    private Precise(BigInteger mid, BigInteger rad, long exp) {
        this.mid = mid;
        this.rad = rad;
        this.exp = exp;
    }

    /** The ball (mid ± rad) · 2^exp, its midpoint rounded to {@code bits} bits and the rounding added to the radius. */
    static Precise ball(BigInteger mid, BigInteger rad, long exp, int bits) {
        int drop = Math.max(mid.bitLength() - bits, rad.bitLength() - RADIUS_BITS);
        if (drop <= 0) {
            return mid.signum() == 0 && rad.signum() == 0 ? ZERO : new Precise(mid, rad, exp);
        }
        boolean lost = mid.signum() != 0 && mid.getLowestSetBit() < drop;
        BigInteger radius = ceilShift(rad, -drop);
        return new Precise(mid.shiftRight(drop), lost ? radius.add(BigInteger.ONE) : radius, exp + drop);
    }

    /** ⌈value · 2^shift⌉ for value ≥ 0. */
    static BigInteger ceilShift(BigInteger value, long shift) {
        if (value.signum() == 0) {
            return value;
        }
        if (shift >= 0) {
            return value.shiftLeft(Math.toIntExact(shift));
        }
        if (-shift > value.bitLength()) {
            return BigInteger.ONE;
        }
        int down = (int) -shift;
        BigInteger result = value.shiftRight(down);
        return value.getLowestSetBit() < down ? result.add(BigInteger.ONE) : result;
    }

    /** The least t with |x| &lt; 2^t for every x in the ball, or one more. */
    long top() {
        return exp + Math.max(mid.bitLength(), rad.bitLength()) + (rad.signum() == 0 ? 0 : 1);
    }

    /** log₂ of the greatest absolute value in the ball, as a double; −∞ for an exact zero. For numbers of any size. */
    public double log2() {
        BigInteger greatest = mid.abs().add(rad);
        int drop = Math.max(0, greatest.bitLength() - 60);
        return exp + drop + Math.log(greatest.shiftRight(drop).doubleValue()) / Math.log(2);
    }

    /** Whether |x| &lt; 2^power for every x in the ball. */
    public boolean isBelow(long power) {
        return isZero() || top() <= power;
    }

    /** The midpoint alone. */
    Precise middle() {
        return rad.signum() == 0 ? this : new Precise(mid, BigInteger.ZERO, exp);
    }

    /** Whether the value is known without error. */
    public boolean isExact() {
        return rad.signum() == 0;
    }

    /** Whether the value is exactly zero. */
    public boolean isZero() {
        return mid.signum() == 0 && rad.signum() == 0;
    }

    /** Whether zero is in the ball. */
    public boolean mayBeZero() {
        return mid.abs().compareTo(rad) <= 0;
    }

    /** Whether the value is exactly an integer. */
    boolean isInteger() {
        return isExact() && (mid.signum() == 0 || exp + mid.getLowestSetBit() >= 0);
    }

    /** Whether the ball contains some integer. */
    boolean mayBeInteger() {
        if (exp >= 0) {
            return true;
        }
        if (-exp > Math.max(mid.bitLength(), rad.bitLength()) + 1) {
            // The whole ball is within (−1, 1).
            return mayBeZero();
        }
        int down = (int) -exp;
        BigInteger below = mid.subtract(rad).subtract(BigInteger.ONE).shiftRight(down);
        return mid.add(rad).shiftRight(down).compareTo(below) > 0;
    }

    Precise negate() {
        return new Precise(mid.negate(), rad, exp);
    }

    Precise timesPowerOfTwo(long power) {
        return mid.signum() == 0 && rad.signum() == 0 ? this : new Precise(mid, rad, exp + power);
    }

    /** ⌊midpoint · 2^w⌋. */
    BigInteger toFixed(int w) {
        long shift = exp + w;
        return shift >= 0 ? mid.shiftLeft(Math.toIntExact(shift))
                : mid.shiftRight((int) Math.min(-shift, Integer.MAX_VALUE));
    }

    /** How many leading decimal digits are certain; a large number for an exact value, 0 when the sign is not known. */
    public int digits() {
        if (isExact()) {
            return Integer.MAX_VALUE;
        }
        return Math.max(0, (int) Math.floor((mid.bitLength() - 1 - rad.bitLength()) * LOG10_OF_2));
    }

    /** The double nearest to the midpoint. */
    public double toDouble() {
        if (mid.signum() == 0) {
            return 0;
        }
        long size = exp + mid.bitLength();
        if (size > 1025) {
            return mid.signum() * Double.POSITIVE_INFINITY;
        }
        if (size < -1080) {
            return mid.signum() * 0.0;
        }
        // Size is bounded now, so exp is bounded by the bits of the midpoint.
        return exp >= 0 ? Rational.of(mid.shiftLeft((int) exp)).toDouble()
                : Rational.of(mid, BigInteger.ONE.shiftLeft((int) -exp)).toDouble();
    }

    /** The midpoint in decimal to {@code digits} significant digits. */
    public String toString(int digits) {
        MathContext work = new MathContext(digits + 20);
        int power = (int) Math.max(-999_999_999, Math.min(999_999_999, exp));
        BigDecimal scale = exp >= 0 && exp < 1000
                ? new BigDecimal(BigInteger.ONE.shiftLeft(power))
                : BigDecimal.TWO.pow(power, work);
        BigDecimal value = new BigDecimal(mid).multiply(scale, work)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    }

    /** The digits that are certain (at most 40), then the radius: {@code 0.333 ± 1E-60}. */
    @Override
    public String toString() {
        String value = toString(Math.max(1, Math.min(40, digits())));
        return isExact() ? value : value + " ± 1E" + (long) Math.ceil((exp + rad.bitLength()) * LOG10_OF_2);
    }
}
