package org.adjoint.expr;

import java.math.BigInteger;

/** Correct rounding of a quotient of integers. */
final class NearestDouble {
    private NearestDouble() {
    }

    /** The double nearest to p/q for p ≥ 0 and q > 0, ties to even; infinite when beyond the range of doubles. */
    static double of(BigInteger p, BigInteger q) {
        // 2^(exponent − 1) < p/q < 2^(exponent + 1)
        int exponent = p.bitLength() - q.bitLength();
        if (exponent > 1100) {
            return Double.POSITIVE_INFINITY;
        }
        if (exponent < -1100) {
            return 0;
        }
        if (exponent <= -1022) {
            BigInteger[] units = p.shiftLeft(1074).divideAndRemainder(q);
            int half = units[1].shiftLeft(1).compareTo(q);
            boolean up = half > 0 || half == 0 && units[0].testBit(0);
            return (units[0].longValue() + (up ? 1 : 0)) * Double.MIN_VALUE;
        }
        int shift = 66 - exponent;
        BigInteger scaledP = shift > 0 ? p.shiftLeft(shift) : p;
        BigInteger scaledQ = shift < 0 ? q.shiftLeft(-shift) : q;
        BigInteger[] parts = scaledP.divideAndRemainder(scaledQ);
        // A last bit for "something follows" makes the rounding of the 66-bit quotient that of the exact one.
        BigInteger sticky = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
        return Math.scalb(sticky.doubleValue(), -shift);
    }
}
