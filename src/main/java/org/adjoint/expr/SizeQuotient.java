package org.adjoint.expr;

import java.util.List;

/** A quotient of sizes in lowest terms, as the factors {@code n^k} of a contraction make it. */
record SizeQuotient(Size numerator, Size denominator) {
    static SizeQuotient of(Size product, List<Size> divisors) {
        Size numerator = product;
        Size denominator = Size.ONE;
        for (Size each : divisors) {
            Size rest = numerator.divideExact(each).orElse(Size.ZERO);
            if (rest.equals(Size.ZERO)) {
                denominator = denominator.times(each);
            } else {
                numerator = rest;
            }
        }
        if (numerator.equals(Size.ZERO)) {
            return new SizeQuotient(numerator, Size.ONE);
        }
        Size common = SizeDivision.commonFactor(numerator, denominator);
        numerator = numerator.divideExact(common).orElse(numerator);
        denominator = denominator.divideExact(common).orElse(denominator);
        Size whole = denominator.isOne() ? Size.ZERO : denominator.divideExact(numerator).orElse(Size.ZERO);
        return whole.equals(Size.ZERO) ? new SizeQuotient(numerator, denominator) : new SizeQuotient(Size.ONE, whole);
    }

    /** The k of a factor n^k with an integer k of small magnitude; 0 for anything else. */
    static int exponent(Expr node) {
        if (node instanceof Dimension) {
            return 1;
        }
        if (node instanceof Elementwise power && power.function() == Functions.POWER
                && power.operand(0) instanceof Dimension) {
            Rational exponent = Constant.uniform(power.operand(1)).orElse(Rational.ZERO);
            if (exponent.isInteger() && exponent.abs().compareTo(Rational.of(8)) <= 0) {
                return (int) exponent.longValueExact();
            }
        }
        return 0;
    }

    /** The n of a factor n^k. */
    static Size base(Expr node) {
        Expr base = node instanceof Elementwise power ? power.operand(0) : node;
        return ((Dimension) base).size();
    }
}
