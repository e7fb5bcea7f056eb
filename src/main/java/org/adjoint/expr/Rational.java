package org.adjoint.expr;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exact rational number p/q in lowest terms with q &gt; 0.
 *
 * <p>Numbers whose numerator and denominator fit in 63 bits are held in two longs; everything else falls back to
 * {@link BigInteger}. The representation is canonical, so {@code equals} is equality of values. Every operation that
 * can grow a number asks {@link Budget#checkBits(long)} first.
 */
public final class Rational implements Comparable<Rational> {

    /** 0. */
    public static final Rational ZERO = new Rational(0, 1, null);
    /** 1. */
    public static final Rational ONE = new Rational(1, 1, null);
    /** −1. */
    public static final Rational MINUS_ONE = new Rational(-1, 1, null);
    /** 2. */
    public static final Rational TWO = new Rational(2, 1, null);
    /** 1/2. */
    public static final Rational HALF = new Rational(1, 2, null);

    private static final int MAX_DECIMAL_PLACES = 20;
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    /** A pair that does not fit in two longs. */
    private record Big(BigInteger num, BigInteger den) {}

    private final long num;
    private final long den;
    private final @Nullable Big big;

    private Rational(long num, long den, @Nullable Big big) {
        this.num = num;
        this.den = den;
        this.big = big;
    }

    /** The integer {@code value}. */
    public static Rational of(long value) {
        return value == Long.MIN_VALUE ? of(BigInteger.valueOf(value)) : new Rational(value, 1, null);
    }

    /**
     * num / den.
     *
     * @throws ArithmeticException if {@code den} is zero
     */
    public static Rational of(long num, long den) {
        if (num == Long.MIN_VALUE || den == Long.MIN_VALUE) {
            return of(BigInteger.valueOf(num), BigInteger.valueOf(den));
        }
        if (den == 0) {
            throw new ArithmeticException("division by zero: " + num + " / 0");
        }
        long g = gcd(Math.abs(num), Math.abs(den));
        long sign = den < 0 ? -1 : 1;
        return new Rational(sign * num / g, sign * den / g, null);
    }

    /** The integer {@code value}. */
    public static Rational of(BigInteger value) {
        return canonical(value, BigInteger.ONE);
    }

    /**
     * num / den.
     *
     * @throws ArithmeticException if {@code den} is zero
     */
    public static Rational of(BigInteger num, BigInteger den) {
        if (den.signum() == 0) {
            throw new ArithmeticException("division by zero: " + abbreviate(num.toString()) + " / 0");
        }
        BigInteger g = num.gcd(den);
        if (den.signum() < 0) {
            g = g.negate();
        }
        return g.equals(BigInteger.ONE) ? canonical(num, den) : canonical(num.divide(g), den.divide(g));
    }

    /**
     * Reads an exact decimal literal ({@code 3}, {@code .5}, {@code 0.1}, {@code 1.0E-5}) or a quotient of two integers
     * ({@code -7/2}); {@code 0.1} is exactly 1/10.
     *
     * @throws NumberFormatException if the text is not such a literal
     * @throws ArithmeticException if the value has more than 100 000 digits
     */
    public static Rational parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            Rational p = parse(text.substring(0, slash));
            Rational q = parse(text.substring(slash + 1));
            if (!p.isInteger() || !q.isInteger()) {
                throw DecimalLiteral.notANumber(text);
            }
            return p.dividedBy(q);
        }
        return DecimalLiteral.parse(text);
    }

    static String abbreviate(String text) {
        return text.length() <= 40 ? text : text.substring(0, 30) + "... (" + text.length() + " characters)";
    }

    /**
     * The exact value of a double: a dyadic rational.
     *
     * @throws ArithmeticException if {@code value} is infinite or NaN
     */
    public static Rational ofDouble(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 0x1p62) {
            return of((long) value);
        }
        if (!Double.isFinite(value)) {
            throw new ArithmeticException("not a rational number: " + value);
        }
        BigDecimal exact = new BigDecimal(value);
        return of(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
    }

    /** Wraps a pair already in lowest terms. */
    private static Rational canonical(BigInteger num, BigInteger den) {
        if (num.bitLength() < 64 && den.bitLength() < 64 && num.abs().compareTo(LONG_MAX) <= 0) {
            return new Rational(num.longValue(), den.longValue(), null);
        }
        Budget.current().checkBits((long) num.bitLength() + den.bitLength());
        return new Rational(0, 1, new Big(num, den));
    }

    /** The numerator p of p/q. */
    public BigInteger numerator() {
        return big == null ? BigInteger.valueOf(num) : big.num();
    }

    /** The denominator q &gt; 0 of p/q. */
    public BigInteger denominator() {
        return big == null ? BigInteger.valueOf(den) : big.den();
    }

    /** this + other. */
    public Rational plus(Rational other) {
        if (big == null && other.big == null) {
            long g = den == other.den ? den : gcd(den, other.den);
            long left = other.den / g;
            long right = den / g;
            if (fits(num, left) && fits(other.num, right) && fits(den, left)) {
                long a = num * left;
                long b = other.num * right;
                long sum = a + b;
                if (((a ^ sum) & (b ^ sum)) >= 0) {
                    return of(sum, den * left);
                }
            }
        }
        BigInteger d = denominator();
        BigInteger e = other.denominator();
        if (d.equals(e)) {
            return of(numerator().add(other.numerator()), d);
        }
        Budget.current().checkBits(bits() + other.bits());
        return of(numerator().multiply(e).add(other.numerator().multiply(d)), d.multiply(e));
    }

    /** this − other. */
    public Rational minus(Rational other) {
        return plus(other.negate());
    }

    /** this · other. */
    public Rational times(Rational other) {
        if (big == null && other.big == null) {
            // Cancelling crosswise first leaves the product in lowest terms.
            long g = gcd(Math.abs(num), other.den);
            long h = gcd(Math.abs(other.num), den);
            long a = num / g;
            long b = other.num / h;
            long c = den / h;
            long d = other.den / g;
            if (fits(a, b) && fits(c, d) && a * b != Long.MIN_VALUE) {
                return new Rational(a * b, c * d, null);
            }
        }
        if (isZero() || other.isZero()) {
            return ZERO;
        }
        Budget.current().checkBits(bits() + other.bits());
        return of(numerator().multiply(other.numerator()), denominator().multiply(other.denominator()));
    }

    /**
     * this / other.
     *
     * @throws ArithmeticException if {@code other} is zero
     */
    public Rational dividedBy(Rational other) {
        if (other.isZero()) {
            throw new ArithmeticException("division by zero: " + abbreviate(toString()) + " / 0");
        }
        return times(other.inverse());
    }

    /** −this. */
    public Rational negate() {
        return big == null ? new Rational(-num, den, null)
                : new Rational(0, 1, new Big(big.num().negate(), big.den()));
    }

    /**
     * 1 / this.
     *
     * @throws ArithmeticException if this is zero
     */
    public Rational inverse() {
        if (big == null) {
            if (num == 0) {
                throw new ArithmeticException("division by zero: 1 / 0");
            }
            return num > 0 ? new Rational(den, num, null) : new Rational(-den, -num, null);
        }
        return big.num().signum() > 0 ? canonical(big.den(), big.num())
                : canonical(big.den().negate(), big.num().negate());
    }

    /**
     * this^exponent, with 0^0 = 1.
     *
     * @throws ArithmeticException if this is zero and the exponent is negative
     * @throws Budget.Exceeded if the result would be larger than the current budget allows; found before computing
     */
    public Rational pow(int exponent) {
        if (exponent == 0 || isOne()) {
            return ONE;
        }
        if (exponent < 0) {
            if (isZero()) {
                throw new ArithmeticException("division by zero: 0 ^ " + exponent);
            }
            return exponent == Integer.MIN_VALUE ? inverse().pow(Integer.MAX_VALUE).times(inverse())
                    : inverse().pow(-exponent);
        }
        if (isZero() || equals(MINUS_ONE)) {
            return (exponent & 1) == 0 ? times(this) : this;
        }
        // |p|^k has at least k (bits(p) − 1) bits.
        long least = Math.max(numerator().abs().bitLength() - 1, denominator().bitLength() - 1);
        Budget.current().checkBits(least * exponent);
        return canonical(numerator().pow(exponent), denominator().pow(exponent));
    }

    /** |this|. */
    public Rational abs() {
        return signum() < 0 ? negate() : this;
    }

    /** −1, 0 or 1. */
    public int signum() {
        return big == null ? Long.signum(num) : big.num().signum();
    }

    /** Whether this is 0. */
    public boolean isZero() {
        return big == null && num == 0;
    }

    /** Whether this is 1. */
    public boolean isOne() {
        return big == null && num == 1 && den == 1;
    }

    /** Whether the denominator is 1. */
    public boolean isInteger() {
        return big == null ? den == 1 : big.den().equals(BigInteger.ONE);
    }

    /** ⌊this⌋. */
    public BigInteger floor() {
        if (big == null) {
            return BigInteger.valueOf(Math.floorDiv(num, den));
        }
        BigInteger[] parts = big.num().divideAndRemainder(big.den());
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** Whether this is an integer that fits in a long. */
    public boolean fitsLong() {
        return isInteger() && (big == null || big.num().bitLength() < 64);
    }

    /**
     * This integer as a long.
     *
     * @throws ArithmeticException if this is not an integer that fits
     */
    public long longValueExact() {
        if (!fitsLong()) {
            throw new ArithmeticException("not an integer of 64 bits: " + abbreviate(toString()));
        }
        return big == null ? num : big.num().longValue();
    }

    /** Adds this number to a digest, without making big integers of small ones. */
    void digest(Digest digest) {
        if (big == null) {
            digest.add(num).add(den);
        } else {
            digest.add(big.num()).add(big.den());
        }
    }

    /** The size in bits of numerator and denominator together. */
    public long bits() {
        if (big == null) {
            return 128L - Long.numberOfLeadingZeros(Math.abs(num)) - Long.numberOfLeadingZeros(den);
        }
        return (long) big.num().abs().bitLength() + big.den().bitLength();
    }

    /** The double nearest to this, ties to even; infinite when beyond the range of doubles. */
    public double toDouble() {
        if (big == null && Math.abs(num) <= 1L << 53 && den <= 1L << 53) {
            return (double) num / den;
        }
        double magnitude = NearestDouble.of(numerator().abs(), denominator());
        return signum() < 0 ? -magnitude : magnitude;
    }

    /**
     * The rational r with r^k = this, when there is one; the non-negative one for even k.
     *
     * @throws IllegalArgumentException if k &lt; 1
     */
    public Optional<Rational> exactRoot(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("a root needs a positive degree; got " + k);
        }
        if (k == 1 || isZero() || isOne()) {
            return Optional.of(this);
        }
        if (signum() < 0) {
            return (k & 1) == 0 ? Optional.empty() : negate().exactRoot(k).map(Rational::negate);
        }
        BigInteger p = IntegerRoot.floor(numerator(), k);
        if (!p.pow(k).equals(numerator())) {
            return Optional.empty();
        }
        BigInteger q = IntegerRoot.floor(denominator(), k);
        return q.pow(k).equals(denominator()) ? Optional.of(canonical(p, q)) : Optional.empty();
    }

    @Override
    public int compareTo(Rational other) {
        if (big == null && other.big == null) {
            if (den == other.den) {
                return Long.compare(num, other.num);
            }
            int high = Long.compare(Math.multiplyHigh(num, other.den), Math.multiplyHigh(other.num, den));
            return high != 0 ? high : Long.compareUnsigned(num * other.den, other.num * den);
        }
        if (signum() != other.signum()) {
            return Integer.compare(signum(), other.signum());
        }
        return numerator().multiply(other.denominator()).compareTo(other.numerator().multiply(denominator()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rational r && num == r.num && den == r.den
                && (big == null ? r.big == null : big.equals(r.big));
    }

    @Override
    public int hashCode() {
        return big == null ? 31 * Long.hashCode(num) + Long.hashCode(den) : big.hashCode();
    }

    /** {@code 7/2}, {@code -3}. */
    @Override
    public String toString() {
        if (big == null) {
            return den == 1 ? Long.toString(num) : num + "/" + den;
        }
        return isInteger() ? big.num().toString() : big.num() + "/" + big.den();
    }

    /** The finite decimal expansion, such as {@code 3.125}, when there is one of at most 20 places. */
    public Optional<String> toDecimalString() {
        if (isInteger()) {
            return Optional.of(toString());
        }
        // q divides 10^k exactly when 10^k p/q is an integer.
        BigInteger scale = BigInteger.TEN.pow(MAX_DECIMAL_PLACES);
        BigInteger[] parts = scale.divideAndRemainder(denominator());
        if (parts[1].signum() != 0) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(numerator().multiply(parts[0]), MAX_DECIMAL_PLACES);
        return Optional.of(value.stripTrailingZeros().toPlainString());
    }

    /** Whether |a · b| &lt; 2^63. */
    private static boolean fits(long a, long b) {
        return Math.multiplyHigh(a, b) == a * b >> 63;
    }

    private static long gcd(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }
}
