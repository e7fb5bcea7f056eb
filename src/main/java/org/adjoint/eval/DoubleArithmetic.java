package org.adjoint.eval;

import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.ErrorFunction;
import org.adjoint.expr.Rational;

/**
 * Arithmetic in doubles, rounded. Arguments outside a real domain throw as everywhere; overflow gives an infinity, and
 * what follows from infinities may be NaN.
 */
public final class DoubleArithmetic implements Arithmetic<Double> {

    @Override
    public Double of(Rational value) {
        return value.toDouble();
    }

    @Override
    public Double add(Double a, Double b) {
        return a + b;
    }

    @Override
    public Double subtract(Double a, Double b) {
        return a - b;
    }

    @Override
    public Double multiply(Double a, Double b) {
        return a * b;
    }

    @Override
    public Double divide(Double a, Double b) {
        if (b == 0) {
            throw new OutsideDomain("division by zero: " + a + " / 0");
        }
        return a / b;
    }

    @Override
    public Double negate(Double a) {
        return -a;
    }

    @Override
    public Double power(Double base, Double exponent) {
        if (base == 0 && exponent < 0) {
            throw new OutsideDomain("division by zero: 0 ^ " + exponent);
        }
        if (base < 0 && exponent != Math.rint(exponent)) {
            throw new OutsideDomain("a negative base needs an integer exponent; got (" + base + ") ^ " + exponent);
        }
        return Math.pow(base, exponent);
    }

    @Override
    public Double sqrt(Double a) {
        if (a < 0) {
            throw new OutsideDomain("sqrt needs a number ≥ 0; got " + a);
        }
        return Math.sqrt(a);
    }

    @Override
    public Double exp(Double a) {
        return Math.exp(a);
    }

    @Override
    public Double log(Double a) {
        if (a <= 0) {
            throw new OutsideDomain("log needs a number > 0; got " + a);
        }
        return Math.log(a);
    }

    @Override
    public Double sin(Double a) {
        return Math.sin(a);
    }

    @Override
    public Double cos(Double a) {
        return Math.cos(a);
    }

    @Override
    public Double tan(Double a) {
        return Math.tan(a);
    }

    @Override
    public Double asin(Double a) {
        checkWithinOne("asin", a);
        return Math.asin(a);
    }

    @Override
    public Double acos(Double a) {
        checkWithinOne("acos", a);
        return Math.acos(a);
    }

    private static void checkWithinOne(String name, double a) {
        if (Math.abs(a) > 1) {
            throw new OutsideDomain(name + " needs a number from -1 to 1; got " + a);
        }
    }

    @Override
    public Double atan(Double a) {
        return Math.atan(a);
    }

    @Override
    public Double sinh(Double a) {
        return Math.sinh(a);
    }

    @Override
    public Double cosh(Double a) {
        return Math.cosh(a);
    }

    @Override
    public Double tanh(Double a) {
        return Math.tanh(a);
    }

    @Override
    public Double erf(Double a) {
        return ErrorFunction.erf(a);
    }

    @Override
    public Double abs(Double a) {
        return Math.abs(a);
    }

    @Override
    public int signum(Double a) {
        if (a.isNaN()) {
            throw new Undecidable("cannot tell the sign of NaN");
        }
        return (int) Math.signum(a);
    }

    @Override
    public int compare(Double a, Double b) {
        if (a.isNaN() || b.isNaN()) {
            throw new Undecidable("cannot compare " + a + " with " + b);
        }
        return a < b ? -1 : a > b ? 1 : 0;
    }

    @Override
    public Double pi() {
        return Math.PI;
    }

    @Override
    public double toDouble(Double a) {
        return a;
    }

    @Override
    public boolean exact() {
        return false;
    }
}
