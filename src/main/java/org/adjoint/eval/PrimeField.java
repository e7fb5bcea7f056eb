package org.adjoint.eval;

import java.math.BigInteger;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Rational;

/**
 * The integers modulo the prime {@code 2⁶¹ − 1}. Rational expressions have values here, at a cost that does not grow with their
 * numerators; roots, logarithms and orders do not ({@link Arithmetic.NotExact}). There are no signs: {@link #signum} says whether
 * a number is zero, for elimination; {@link RationalTest}, the only user, keeps everything else away.
 */
final class PrimeField implements Arithmetic<Long> {
    /** {@code p = 2⁶¹ − 1}. */
    static final long PRIME = (1L << 61) - 1;
    private static final BigInteger P = BigInteger.valueOf(PRIME);
    private static final long MOST = 1 << 20;

    @Override
    public Long of(Rational value) {
        return divide(value.numerator().mod(P).longValue(), value.denominator().mod(P).longValue());
    }

    @Override
    public Long add(Long a, Long b) {
        return reduced(a + b);
    }

    @Override
    public Long subtract(Long a, Long b) {
        return reduced(a - b + PRIME);
    }

    /** {@code 2⁶¹ = 1}, so the high part of the product is added to the low one. */
    @Override
    public Long multiply(Long a, Long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return reduced((low & PRIME) + ((low >>> 61) | (high << 3)));
    }

    private static long reduced(long a) {
        return a >= PRIME ? a - PRIME : a;
    }

    @Override
    public Long divide(Long a, Long b) {
        if (b == 0) {
            throw new OutsideDomain("division by zero modulo 2^61 - 1");
        }
        return multiply(a, raised(b, PRIME - 2));
    }

    @Override
    public Long negate(Long a) {
        return a == 0 ? 0L : PRIME - a;
    }

    /** The exponent must be an integer that is small in absolute value: larger ones cannot be told from fractions. */
    @Override
    public Long power(Long base, Long exponent) {
        if (exponent <= MOST) {
            return raised(base, exponent);
        }
        if (PRIME - exponent <= MOST) {
            return divide(1L, raised(base, PRIME - exponent));
        }
        throw none("a power with such an exponent");
    }

    private long raised(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private static NotExact none(String what) {
        return new NotExact(what + " is no rational function");
    }

    @Override
    public Long sqrt(Long a) {
        throw none("sqrt");
    }

    @Override
    public Long exp(Long a) {
        throw none("exp");
    }

    @Override
    public Long log(Long a) {
        throw none("log");
    }

    @Override
    public Long sin(Long a) {
        throw none("sin");
    }

    @Override
    public Long cos(Long a) {
        throw none("cos");
    }

    @Override
    public Long tan(Long a) {
        throw none("tan");
    }

    @Override
    public Long asin(Long a) {
        throw none("asin");
    }

    @Override
    public Long acos(Long a) {
        throw none("acos");
    }

    @Override
    public Long atan(Long a) {
        throw none("atan");
    }

    @Override
    public Long sinh(Long a) {
        throw none("sinh");
    }

    @Override
    public Long cosh(Long a) {
        throw none("cosh");
    }

    @Override
    public Long tanh(Long a) {
        throw none("tanh");
    }

    @Override
    public Long erf(Long a) {
        throw none("erf");
    }

    /** The number itself, which is zero when its absolute value is. */
    @Override
    public Long abs(Long a) {
        return a;
    }

    /** 0 for zero, 1 for everything else. */
    @Override
    public int signum(Long a) {
        return a == 0 ? 0 : 1;
    }

    @Override
    public int compare(Long a, Long b) {
        throw none("an order");
    }

    @Override
    public Long pi() {
        throw none("pi");
    }

    @Override
    public double toDouble(Long a) {
        throw none("the size of a number");
    }

    @Override
    public boolean exact() {
        return true;
    }
}
