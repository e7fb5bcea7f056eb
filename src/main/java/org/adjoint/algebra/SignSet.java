package org.adjoint.algebra;

/** Sets of signs as bits, and what arithmetic makes of them. */
final class SignSet {
    static final int NONE = 0;
    static final int NEGATIVE = 1;
    static final int ZERO = 2;
    static final int POSITIVE = 4;
    static final int NONPOSITIVE = NEGATIVE | ZERO;
    static final int NONNEGATIVE = ZERO | POSITIVE;
    static final int NONZERO = NEGATIVE | POSITIVE;
    static final int ALL = NEGATIVE | ZERO | POSITIVE;

    private SignSet() {
    }

    static int of(int sign) {
        return sign < 0 ? NEGATIVE : sign > 0 ? POSITIVE : ZERO;
    }

    static boolean within(int set, int bound) {
        return (set & ~bound) == 0;
    }

    /** The signs of −x. */
    static int negate(int x) {
        return (x & ZERO) | ((x & NEGATIVE) << 2) | ((x & POSITIVE) >> 2);
    }

    static int scale(int sign, int x) {
        return sign > 0 ? x : sign < 0 ? negate(x) : ZERO;
    }

    /** The signs of x·y. */
    static int times(int x, int y) {
        int result = (x & ZERO) | (y & ZERO);
        if ((x & NEGATIVE) != 0) {
            result |= negate(y);
        }
        return (x & POSITIVE) != 0 ? result | y : result;
    }

    /** The signs of x + y. */
    static int plus(int x, int y) {
        int result = 0;
        for (int a = NEGATIVE; a <= POSITIVE; a <<= 1) {
            for (int b = NEGATIVE; b <= POSITIVE; b <<= 1) {
                if ((x & a) != 0 && (y & b) != 0) {
                    result |= a == b ? a : a == ZERO ? b : b == ZERO ? a : ALL;
                }
            }
        }
        return result;
    }

    /** The signs of max(x, y). */
    static int maximum(int x, int y) {
        int result = 0;
        for (int a = NEGATIVE; a <= POSITIVE; a <<= 1) {
            for (int b = NEGATIVE; b <= POSITIVE; b <<= 1) {
                result |= (x & a) != 0 && (y & b) != 0 ? Math.max(a, b) : 0;
            }
        }
        return result;
    }
}
