package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;

/** The coefficient of a product: a rational number times sizes over sizes, as in {@code 2/n}. */
record Fraction(Rational number, List<Size> above, List<Size> below) {
    static final Fraction ONE = new Fraction(Rational.ONE, List.of(), List.of());

    Fraction times(Rational factor) {
        return new Fraction(number.times(factor), above, below);
    }

    boolean isOne() {
        return number.isOne() && above.isEmpty() && below.isEmpty();
    }

    /** Whether it is 1 over something with a size in it, which is written at the end: {@code sum(x)/n}. */
    boolean isReciprocal() {
        return above.isEmpty() && !below.isEmpty() && number.abs().numerator().equals(java.math.BigInteger.ONE);
    }

    boolean isNegative() {
        return number.signum() < 0;
    }

    Fraction abs() {
        return new Fraction(number.abs(), above, below);
    }

    /** The parts above the line, without a sign; empty for 1. */
    List<String> numerator() {
        return parts(number.abs().numerator().toString(), above);
    }

    /** The parts below the line; empty for 1. */
    List<String> denominator() {
        return parts(number.denominator().toString(), below);
    }

    private static List<String> parts(String integer, List<Size> sizes) {
        List<String> parts = new ArrayList<>();
        if (!integer.equals("1")) {
            parts.add(integer);
        }
        sizes.forEach(size -> parts.add(Sizes.text(size)));
        return parts;
    }
}
