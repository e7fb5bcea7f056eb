package org.adjoint.eval;

import java.math.BigInteger;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/**
 * Real arithmetic to a stated number of decimal digits, in balls that carry a rigorous error bound.
 *
 * <p>Signs and comparisons answer only what is certain and are {@link Arithmetic.Undecidable} otherwise. The
 * transcendental functions are {@link PreciseFunctions}. Source: F. Johansson, "Arb: efficient arbitrary-precision
 * midpoint-radius interval arithmetic", IEEE Transactions on Computers 66 (2017).
 */
public final class PreciseArithmetic implements Arithmetic<Precise> {

    /** Bits kept beyond the digits asked for, for the error of a few hundred operations. */
    private static final int GUARD_BITS = 40;
    private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);
    /** Bits kept below a radius; more would be noise. */
    private static final int BELOW_RADIUS = 8;
    private static final int MAX_REPEATED_SQUARING = 1 << 16;

    private final int digits;
    private final int bits;
    private final PreciseFunctions functions;

    /**
     * Arithmetic to {@code digits} decimal digits.
     *
     * @throws IllegalArgumentException unless 1 ≤ digits ≤ 10 000
     */
    public PreciseArithmetic(int digits) {
        this(digits, bitsFor(digits));
    }

    private PreciseArithmetic(int digits, int bits) {
        this.digits = digits;
        this.bits = bits;
        this.functions = new PreciseFunctions(this);
    }

    private static int bitsFor(int digits) {
        if (digits < 1 || digits > 10_000) {
            throw new IllegalArgumentException("digits must be from 1 to 10000; got " + digits);
        }
        return (int) Math.ceil(digits * BITS_PER_DIGIT) + GUARD_BITS;
    }

    /** The same arithmetic with more bits for intermediate results. */
    PreciseArithmetic withExtraBits(long extra) {
        return new PreciseArithmetic(digits, Math.toIntExact(bits + extra));
    }

    /** The decimal digits asked for. */
    public int digits() {
        return digits;
    }

    int bits() {
        return bits;
    }

    Precise ball(BigInteger mid, BigInteger rad, long exp) {
        Budget.current().poll();
        return Precise.ball(mid, rad, exp, bits);
    }

    /** The same ball at this precision. */
    Precise rounded(Precise a) {
        return ball(a.mid, a.rad, a.exp);
    }

    @Override
    public Precise of(Rational value) {
        if (value.isInteger()) {
            return ball(value.numerator(), BigInteger.ZERO, 0);
        }
        return quotient(Precise.ball(value.numerator(), BigInteger.ZERO, 0, Integer.MAX_VALUE),
                Precise.ball(value.denominator(), BigInteger.ZERO, 0, Integer.MAX_VALUE));
    }

    @Override
    public Precise blurred(Precise a, double error) {
        int exponent = Math.max(Math.getExponent(error), Double.MIN_EXPONENT) + 1;
        return add(a, ball(BigInteger.ZERO, BigInteger.ONE, exponent));
    }

    @Override
    public Precise add(Precise a, Precise b) {
        if (a.isZero() || b.isZero()) {
            return rounded(a.isZero() ? b : a);
        }
        long exp = Math.min(a.exp, b.exp);
        exp = Math.max(exp, Math.max(a.top(), b.top()) - bits - BELOW_RADIUS);
        exp = a.isExact() ? exp : Math.max(exp, a.exp - BELOW_RADIUS);
        exp = b.isExact() ? exp : Math.max(exp, b.exp - BELOW_RADIUS);
        return ball(midAt(a, exp).add(midAt(b, exp)), radAt(a, exp).add(radAt(b, exp)), exp);
    }

    private static BigInteger midAt(Precise a, long exp) {
        long shift = a.exp - exp;
        return shift >= 0 ? a.mid.shiftLeft(Math.toIntExact(shift))
                : a.mid.shiftRight((int) Math.min(-shift, Integer.MAX_VALUE));
    }

    private static BigInteger radAt(Precise a, long exp) {
        long shift = a.exp - exp;
        BigInteger rad = Precise.ceilShift(a.rad, shift);
        boolean lost = a.mid.signum() != 0 && shift < 0 && a.mid.getLowestSetBit() < -shift;
        return lost ? rad.add(BigInteger.ONE) : rad;
    }

    @Override
    public Precise subtract(Precise a, Precise b) {
        return add(a, b.negate());
    }

    /** a·b ± (|a|·s + |b|·r + r·s) for radii r and s. */
    @Override
    public Precise multiply(Precise a, Precise b) {
        BigInteger rad = BigInteger.ZERO;
        if (!a.isExact()) {
            rad = a.rad.multiply(b.mid.abs().add(b.rad));
        }
        if (!b.isExact()) {
            rad = rad.add(a.mid.abs().multiply(b.rad));
        }
        return ball(a.mid.multiply(b.mid), rad, a.exp + b.exp);
    }

    @Override
    public Precise divide(Precise a, Precise b) {
        if (b.isZero()) {
            throw new OutsideDomain("division by zero: " + a + " / 0");
        }
        if (b.mayBeZero()) {
            throw new Undecidable("cannot tell whether the divisor is zero: " + b);
        }
        return a.isZero() ? a : quotient(a, b);
    }

    /** |a/b − m/n| ≤ (r + |m/n|·s) / (|n| − s) for midpoints m, n and radii r, s. */
    private Precise quotient(Precise a, Precise b) {
        int shift = Math.max(0, bits + 2 + b.mid.bitLength() - a.mid.bitLength());
        BigInteger[] parts = a.mid.shiftLeft(shift).divideAndRemainder(b.mid);
        BigInteger rad = parts[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
        if (!a.isExact() || !b.isExact()) {
            BigInteger above = a.rad.shiftLeft(shift).add(parts[0].abs().add(BigInteger.ONE).multiply(b.rad));
            rad = rad.add(above.divide(b.mid.abs().subtract(b.rad))).add(BigInteger.ONE);
        }
        return ball(parts[0], rad, a.exp - b.exp - shift);
    }

    @Override
    public Precise negate(Precise a) {
        return a.negate();
    }

    /** |√(m ± r) − √m| ≤ r/√m. */
    @Override
    public Precise sqrt(Precise a) {
        if (a.isZero()) {
            return a;
        }
        if (signum(a) < 0) {
            throw new OutsideDomain("sqrt needs a number ≥ 0; got " + a);
        }
        int shift = Math.max(0, 2 * bits + 4 - a.mid.bitLength());
        if (((a.exp - shift) & 1) != 0) {
            shift++;
        }
        BigInteger[] root = a.mid.shiftLeft(shift).sqrtAndRemainder();
        BigInteger rad = root[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
        if (!a.isExact()) {
            rad = rad.add(a.rad.shiftLeft(shift).divide(root[0])).add(BigInteger.ONE);
        }
        return ball(root[0], rad, (a.exp - shift) / 2);
    }

    @Override
    public Precise power(Precise base, Precise exponent) {
        if (exponent.isExact()) {
            if (exponent.isInteger() && exponent.top() < 62) {
                long n = exponent.toFixed(0).longValue();
                if (Math.abs(n) <= MAX_REPEATED_SQUARING) {
                    return integerPower(base, n);
                }
            } else if (exponent.timesPowerOfTwo(1).isInteger() && exponent.top() < 16) {
                return integerPower(sqrt(base), exponent.toFixed(1).longValue());
            }
        }
        if (base.isZero()) {
            if (signum(exponent) > 0) {
                return base;
            }
            throw new OutsideDomain("division by zero: 0 ^ " + exponent);
        }
        int sign = signum(base);
        if (sign < 0 && !exponent.isInteger()) {
            String what = "a negative base needs an integer exponent; got (" + base + ") ^ (" + exponent + ")";
            throw exponent.mayBeInteger() ? new Undecidable(what) : new OutsideDomain(what);
        }
        // exp loses as many bits as its argument is large; that is bounded by the range of exp.
        PreciseArithmetic finer = withExtraBits(PreciseFunctions.MAX_EXP_BITS + 8L);
        Precise magnitude = exp(finer.multiply(exponent, finer.log(finer.abs(base))));
        boolean odd = sign < 0 && !exponent.timesPowerOfTwo(-1).isInteger();
        return odd ? magnitude.negate() : magnitude;
    }

    private Precise integerPower(Precise base, long n) {
        if (n < 0) {
            return divide(Precise.ONE, integerPower(base, -n));
        }
        Precise result = Precise.ONE;
        Precise square = base;
        for (long rest = n; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = multiply(result, square);
            }
            if (rest > 1) {
                square = multiply(square, square);
            }
        }
        return result;
    }

    @Override
    public Precise exp(Precise a) {
        return functions.exp(a);
    }

    @Override
    public Precise log(Precise a) {
        return functions.log(a);
    }

    @Override
    public Precise sin(Precise a) {
        return functions.sin(a);
    }

    @Override
    public Precise cos(Precise a) {
        return functions.cos(a);
    }

    @Override
    public Precise tan(Precise a) {
        return functions.tan(a);
    }

    @Override
    public Precise asin(Precise a) {
        return functions.asin(a);
    }

    @Override
    public Precise acos(Precise a) {
        return functions.acos(a);
    }

    @Override
    public Precise atan(Precise a) {
        return functions.atan(a);
    }

    @Override
    public Precise sinh(Precise a) {
        return functions.sinh(a);
    }

    @Override
    public Precise cosh(Precise a) {
        return functions.cosh(a);
    }

    @Override
    public Precise tanh(Precise a) {
        return functions.tanh(a);
    }

    @Override
    public Precise erf(Precise a) {
        return functions.erf(a);
    }

    /** |a|; a ball around zero keeps its midpoint's sign, which is still within the bound. */
    @Override
    public Precise abs(Precise a) {
        return a.mid.signum() < 0 ? a.negate() : a;
    }

    @Override
    public int signum(Precise a) {
        if (a.isZero()) {
            return 0;
        }
        if (a.mayBeZero()) {
            throw new Undecidable("cannot tell the sign at " + digits + " digits: " + a);
        }
        return a.mid.signum();
    }

    @Override
    public int compare(Precise a, Precise b) {
        return signum(subtract(a, b));
    }

    @Override
    public Precise pi() {
        int w = bits + 2;
        return ball(Constants.Constant.PI.at(w), BigInteger.ONE, -w);
    }

    @Override
    public double toDouble(Precise a) {
        return a.toDouble();
    }

    /** False: results are balls. */
    @Override
    public boolean exact() {
        return false;
    }

    /** Whether a and b are certainly different. */
    public boolean differs(Precise a, Precise b) {
        return !subtract(a, b).mayBeZero();
    }

    /** Whether a and b may be the same number: their balls meet. See {@link #agreeingDigits} for how much that says. */
    public boolean agrees(Precise a, Precise b) {
        return !differs(a, b);
    }

    /**
     * To how many significant decimal digits a and b certainly agree: |a − b| ≤ 10^−d · max(|a|, |b|). At most
     * {@link #digits()}, which is also the answer for equal exact numbers; 0 where both are only known to be near zero.
     */
    public int agreeingDigits(Precise a, Precise b) {
        Precise difference = subtract(a, b);
        return difference.isZero() ? digits : clamp(Math.max(leastTop(a), leastTop(b)) - greatestTop(difference));
    }

    /** To how many decimal places a and b certainly agree: |a − b| ≤ 10^−d, from 0 to {@link #digits()}. */
    public int agreeingPlaces(Precise a, Precise b) {
        Precise difference = subtract(a, b);
        return difference.isZero() ? digits : clamp(-greatestTop(difference));
    }

    private int clamp(long agreeingBits) {
        return (int) Math.max(0, Math.min(digits, Math.floor(agreeingBits / BITS_PER_DIGIT)));
    }

    /** t with |x| ≥ 2^t for all of the ball; very small when it contains zero. */
    private static long leastTop(Precise a) {
        return a.mayBeZero() ? Long.MIN_VALUE / 4 : a.exp + a.mid.abs().subtract(a.rad).bitLength() - 1;
    }

    /** t with |x| ≤ 2^t for all of the ball. */
    private static long greatestTop(Precise a) {
        return a.exp + a.mid.abs().add(a.rad).bitLength();
    }
}
