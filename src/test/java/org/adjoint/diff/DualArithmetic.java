package org.adjoint.diff;

import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Rational;

/**
 * Forward mode: numbers {@code a + a' ε} with {@code ε² = 0}, at 60 digits. Every function is differentiated from its
 * definition, by the rules of calculus below and without the table of symbolic derivatives or the adjoint rules.
 */
final class DualArithmetic implements Arithmetic<DualArithmetic.Dual> {
    /** A value and its derivative along the direction. */
    record Dual(Precise value, Precise slope) {
    }

    private final PreciseArithmetic f;
    private final Precise zero;

    DualArithmetic(PreciseArithmetic field) {
        this.f = field;
        this.zero = field.of(Rational.ZERO);
    }

    /** {@code f(a) + f'(a) a' ε}. */
    private Dual chain(Precise value, Precise derivative, Dual a) {
        return new Dual(value, f.multiply(derivative, a.slope));
    }

    private Precise number(long value) {
        return f.of(Rational.of(value));
    }

    private Precise square(Precise a) {
        return f.multiply(a, a);
    }

    private Precise reciprocal(Precise a) {
        return f.divide(number(1), a);
    }

    @Override
    public Dual of(Rational value) {
        return new Dual(f.of(value), zero);
    }

    @Override
    public Dual add(Dual a, Dual b) {
        return new Dual(f.add(a.value, b.value), f.add(a.slope, b.slope));
    }

    @Override
    public Dual subtract(Dual a, Dual b) {
        return new Dual(f.subtract(a.value, b.value), f.subtract(a.slope, b.slope));
    }

    @Override
    public Dual multiply(Dual a, Dual b) {
        return new Dual(f.multiply(a.value, b.value),
                f.add(f.multiply(a.slope, b.value), f.multiply(a.value, b.slope)));
    }

    @Override
    public Dual divide(Dual a, Dual b) {
        Precise quotient = f.divide(a.value, b.value);
        return new Dual(quotient, f.divide(f.subtract(a.slope, f.multiply(quotient, b.slope)), b.value));
    }

    @Override
    public Dual negate(Dual a) {
        return new Dual(f.negate(a.value), f.negate(a.slope));
    }

    /** {@code d(xʸ) = y xʸ⁻¹ dx + xʸ log x dy}, the second part only where y moves. */
    @Override
    public Dual power(Dual x, Dual y) {
        Precise value = f.power(x.value, y.value);
        Precise slope = y.value.isZero() || x.slope.isZero() ? zero
                : f.multiply(f.multiply(y.value, f.power(x.value, f.subtract(y.value, number(1)))), x.slope);
        return new Dual(value,
                y.slope.isZero() ? slope
                        : f.add(slope, f.multiply(f.multiply(value, f.log(x.value)), y.slope)));
    }

    @Override
    public Dual sqrt(Dual a) {
        Precise root = f.sqrt(a.value);
        return new Dual(root, a.slope.isZero() ? zero : f.divide(a.slope, f.multiply(number(2), root)));
    }

    @Override
    public Dual exp(Dual a) {
        Precise value = f.exp(a.value);
        return chain(value, value, a);
    }

    @Override
    public Dual log(Dual a) {
        return new Dual(f.log(a.value), f.divide(a.slope, a.value));
    }

    @Override
    public Dual sin(Dual a) {
        return chain(f.sin(a.value), f.cos(a.value), a);
    }

    @Override
    public Dual cos(Dual a) {
        return chain(f.cos(a.value), f.negate(f.sin(a.value)), a);
    }

    @Override
    public Dual tan(Dual a) {
        return chain(f.tan(a.value), reciprocal(square(f.cos(a.value))), a);
    }

    @Override
    public Dual asin(Dual a) {
        return chain(f.asin(a.value), reciprocal(f.sqrt(f.subtract(number(1), square(a.value)))), a);
    }

    @Override
    public Dual acos(Dual a) {
        return chain(f.acos(a.value), f.negate(reciprocal(f.sqrt(f.subtract(number(1), square(a.value))))), a);
    }

    @Override
    public Dual atan(Dual a) {
        return chain(f.atan(a.value), reciprocal(f.add(number(1), square(a.value))), a);
    }

    @Override
    public Dual sinh(Dual a) {
        return chain(f.sinh(a.value), f.cosh(a.value), a);
    }

    @Override
    public Dual cosh(Dual a) {
        return chain(f.cosh(a.value), f.sinh(a.value), a);
    }

    @Override
    public Dual tanh(Dual a) {
        return chain(f.tanh(a.value), reciprocal(square(f.cosh(a.value))), a);
    }

    /** {@code erf' = 2/√π exp(−x²)}. */
    @Override
    public Dual erf(Dual a) {
        Precise slope = f.divide(f.multiply(number(2), f.exp(f.negate(square(a.value)))), f.sqrt(f.pi()));
        return chain(f.erf(a.value), slope, a);
    }

    /** {@code |x|' = sign x}, 0 at 0. */
    @Override
    public Dual abs(Dual a) {
        return chain(f.abs(a.value), number(f.signum(a.value)), a);
    }

    @Override
    public int signum(Dual a) {
        return f.signum(a.value);
    }

    @Override
    public int compare(Dual a, Dual b) {
        return f.compare(a.value, b.value);
    }

    @Override
    public Dual pi() {
        return new Dual(f.pi(), zero);
    }

    @Override
    public double toDouble(Dual a) {
        return f.toDouble(a.value);
    }

    @Override
    public boolean exact() {
        return false;
    }
}
