package org.adjoint.eval;

import java.math.BigInteger;

/**
 * Elementary functions of a fixed-point number X, meaning x = X · 2^−w, by Taylor series on a reduced argument.
 *
 * <p>Every method works with guard bits of its own and is within 2 units of 2^−w of the function of X · 2^−w. Source:
 * Brent and Zimmermann, "Modern Computer Arithmetic" (2010), section 4.4.
 */
final class FixedPoint {

    private static final int GUARD = 12;

    private FixedPoint() {}

    /** exp x for |x| ≤ 1: exp x = (exp(x/2^h))^(2^h), which costs h bits. */
    static BigInteger exp(BigInteger x, int w) {
        int halvings = Math.max(4, (int) Math.sqrt(w));
        int v = w + halvings + GUARD;
        // At v bits, x / 2^h is x shifted up by the guard bits: exact.
        BigInteger t = x.shiftLeft(GUARD);
        BigInteger term = BigInteger.ONE.shiftLeft(v);
        BigInteger sum = term;
        for (int n = 1; term.signum() != 0 && !isMinusOne(term); n++) {
            term = term.multiply(t).shiftRight(v).divide(BigInteger.valueOf(n));
            sum = sum.add(term);
        }
        for (int k = 0; k < halvings; k++) {
            sum = sum.multiply(sum).shiftRight(v);
        }
        return sum.shiftRight(v - w);
    }

    /** sin x for |x| ≤ 2. */
    static BigInteger sin(BigInteger x, int w) {
        return alternating(x, x.shiftLeft(GUARD), 2, w);
    }

    /** cos x for |x| ≤ 2. */
    static BigInteger cos(BigInteger x, int w) {
        return alternating(x, BigInteger.ONE.shiftLeft(w + GUARD), 1, w);
    }

    /** first − first·x²/(k(k+1)) + … */
    private static BigInteger alternating(BigInteger x, BigInteger first, int k, int w) {
        int v = w + GUARD;
        BigInteger t = x.shiftLeft(GUARD);
        BigInteger minusSquare = t.multiply(t).shiftRight(v).negate();
        BigInteger term = first;
        BigInteger sum = first;
        for (long n = k; term.signum() != 0 && !isMinusOne(term); n += 2) {
            term = term.multiply(minusSquare).shiftRight(v).divide(BigInteger.valueOf(n * (n + 1)));
            sum = sum.add(term);
        }
        return sum.shiftRight(GUARD);
    }

    /** arctan x for small |x|. */
    static BigInteger atan(BigInteger x, int w) {
        return oddReciprocals(x, w, -1);
    }

    /** artanh x for small |x|. */
    static BigInteger atanh(BigInteger x, int w) {
        return oddReciprocals(x, w, 1);
    }

    /** x ± x³/3 + x⁵/5 ± … */
    private static BigInteger oddReciprocals(BigInteger x, int w, int sign) {
        int v = w + GUARD;
        BigInteger t = x.shiftLeft(GUARD);
        BigInteger square = t.multiply(t).shiftRight(v);
        BigInteger factor = sign < 0 ? square.negate() : square;
        BigInteger power = t;
        BigInteger sum = t;
        for (long n = 3; power.signum() != 0 && !isMinusOne(power); n += 2) {
            power = power.multiply(factor).shiftRight(v);
            sum = sum.add(power.divide(BigInteger.valueOf(n)));
        }
        return sum.shiftRight(GUARD);
    }

    /**
     * Σₙ (2x²)ⁿ / (3·5···(2n+1)) for the square of x given at w bits. All terms are positive; with N terms the relative
     * error is below 2N² · 2^−w.
     */
    static BigInteger erfSeries(BigInteger square, int w) {
        BigInteger twice = square.shiftLeft(1);
        BigInteger term = BigInteger.ONE.shiftLeft(w);
        BigInteger sum = term;
        for (long n = 3; term.signum() != 0; n += 2) {
            term = term.multiply(twice).shiftRight(w).divide(BigInteger.valueOf(n));
            sum = sum.add(term);
        }
        return sum;
    }

    /** Shifting a negative number right ends at −1, not at 0. */
    private static boolean isMinusOne(BigInteger value) {
        return value.signum() < 0 && value.bitLength() == 0;
    }
}
