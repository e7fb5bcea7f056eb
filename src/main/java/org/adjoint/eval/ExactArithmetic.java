package org.adjoint.eval;

import java.util.Optional;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/**
 * Exact real arithmetic among rationals and square roots. Functions are defined where their value is such a number
 * ({@code exp(0)}, {@code sqrt(8)}, {@code 8**(2/3)}) and {@link Arithmetic.NotExact} elsewhere; every sign is certain.
 */
public final class ExactArithmetic implements Arithmetic<Radical> {

    @Override
    public Radical of(Rational value) {
        return Radical.of(value);
    }

    @Override
    public Radical add(Radical a, Radical b) {
        return a.plus(b);
    }

    @Override
    public Radical subtract(Radical a, Radical b) {
        return a.minus(b);
    }

    @Override
    public Radical multiply(Radical a, Radical b) {
        return a.times(b);
    }

    @Override
    public Radical divide(Radical a, Radical b) {
        if (b.isZero()) {
            throw new OutsideDomain("division by zero: " + a + " / 0");
        }
        return a.times(b.inverse());
    }

    @Override
    public Radical negate(Radical a) {
        return a.negate();
    }

    @Override
    public Radical power(Radical base, Radical exponent) {
        Optional<Rational> rational = exponent.toRational();
        if (rational.isPresent() && rational.get().isInteger()) {
            return integerPower(base, rational.get());
        }
        int sign = base.signum();
        if (sign < 0) {
            throw new OutsideDomain(
                    "a negative base needs an integer exponent; got (" + base + ") ^ (" + exponent + ")");
        }
        if (sign == 0 && exponent.signum() < 0) {
            throw new OutsideDomain("division by zero: 0 ^ (" + exponent + ")");
        }
        if (sign == 0 || base.equals(Radical.ONE)) {
            return base;
        }
        Rational q = rational.orElseThrow(() -> noSuch("power", base + ", " + exponent));
        Rational degree = Rational.of(q.denominator());
        if (degree.fitsLong() && degree.longValueExact() <= Integer.MAX_VALUE) {
            Optional<Radical> root = root(base, (int) degree.longValueExact());
            if (root.isPresent()) {
                return integerPower(root.get(), Rational.of(q.numerator()));
            }
        }
        throw noSuch("power", base + ", " + exponent);
    }

    private static Radical integerPower(Radical base, Rational exponent) {
        if (base.isZero() && exponent.signum() < 0) {
            throw new OutsideDomain("division by zero: 0 ^ " + exponent);
        }
        if (base.isZero() || base.times(base).equals(Radical.ONE)) {
            // 0, 1 or −1: only whether the exponent is zero, even or odd matters, however large.
            return base.pow(exponent.isZero() ? 0 : exponent.numerator().testBit(0) ? 1 : 2);
        }
        if (!exponent.fitsLong() || Math.abs(exponent.longValueExact()) > Integer.MAX_VALUE) {
            Budget.current().checkBits(Long.MAX_VALUE);
            throw noSuch("power", base + ", " + exponent);
        }
        return base.pow((int) exponent.longValueExact());
    }

    /** base^(1/degree) for base &gt; 0, when it can be found. */
    private static Optional<Radical> root(Radical base, int degree) {
        int odd = degree >> Integer.numberOfTrailingZeros(degree);
        Optional<Radical> root = oddRoot(base, odd);
        for (int left = degree / odd; left > 1; left /= 2) {
            root = root.flatMap(Denesting::sqrt);
        }
        return root;
    }

    private static Optional<Radical> oddRoot(Radical base, int degree) {
        Optional<Rational> rational = base.toRational();
        if (degree == 1) {
            return Optional.of(base);
        }
        return rational.isPresent() ? rational.get().exactRoot(degree).map(Radical::of)
                : base.squareOfSingleTerm().flatMap(square -> square.exactRoot(degree)).map(Radical::sqrtOf);
    }

    @Override
    public Radical sqrt(Radical a) {
        if (a.isZero()) {
            return a;
        }
        if (a.signum() < 0) {
            throw new OutsideDomain("sqrt needs a number ≥ 0; got " + a);
        }
        return Denesting.sqrt(a).orElseThrow(() -> noSuch("sqrt", a.toString()));
    }

    @Override
    public Radical exp(Radical a) {
        return atZero("exp", a, Radical.ONE);
    }

    @Override
    public Radical log(Radical a) {
        if (a.signum() <= 0) {
            throw new OutsideDomain("log needs a number > 0; got " + a);
        }
        if (a.equals(Radical.ONE)) {
            return Radical.ZERO;
        }
        throw noSuch("log", a.toString());
    }

    @Override
    public Radical sin(Radical a) {
        return atZero("sin", a, Radical.ZERO);
    }

    @Override
    public Radical cos(Radical a) {
        return atZero("cos", a, Radical.ONE);
    }

    @Override
    public Radical tan(Radical a) {
        return atZero("tan", a, Radical.ZERO);
    }

    @Override
    public Radical asin(Radical a) {
        checkWithinOne("asin", a);
        return atZero("asin", a, Radical.ZERO);
    }

    @Override
    public Radical acos(Radical a) {
        checkWithinOne("acos", a);
        if (a.equals(Radical.ONE)) {
            return Radical.ZERO;
        }
        throw noSuch("acos", a.toString());
    }

    private static void checkWithinOne(String name, Radical a) {
        if (Radical.ONE.minus(a.times(a)).signum() < 0) {
            throw new OutsideDomain(name + " needs a number from -1 to 1; got " + a);
        }
    }

    @Override
    public Radical atan(Radical a) {
        return atZero("atan", a, Radical.ZERO);
    }

    @Override
    public Radical sinh(Radical a) {
        return atZero("sinh", a, Radical.ZERO);
    }

    @Override
    public Radical cosh(Radical a) {
        return atZero("cosh", a, Radical.ONE);
    }

    @Override
    public Radical tanh(Radical a) {
        return atZero("tanh", a, Radical.ZERO);
    }

    @Override
    public Radical erf(Radical a) {
        return atZero("erf", a, Radical.ZERO);
    }

    /** At every other algebraic number these functions are transcendental, or for erf not known to be otherwise. */
    private static Radical atZero(String name, Radical a, Radical value) {
        if (a.isZero()) {
            return value;
        }
        throw noSuch(name, a.toString());
    }

    private static NotExact noSuch(String name, String arguments) {
        return new NotExact(name + "(" + arguments + ") is not a sum of rational multiples of square roots");
    }

    @Override
    public Radical abs(Radical a) {
        return a.signum() < 0 ? a.negate() : a;
    }

    @Override
    public int signum(Radical a) {
        return a.signum();
    }

    @Override
    public int compare(Radical a, Radical b) {
        return a.compareTo(b);
    }

    @Override
    public Radical pi() {
        throw new NotExact("pi is not a sum of rational multiples of square roots");
    }

    @Override
    public double toDouble(Radical a) {
        return a.toDouble();
    }

    @Override
    public boolean exact() {
        return true;
    }
}
