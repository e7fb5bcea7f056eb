package org.adjoint.verify;

import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.Radical;
import org.adjoint.expr.Rational;

/** Numbers as reports write them: short decimals, else fractions and roots; 12 digits of what is not exact. */
final class Numerals {
    private static final int DIGITS = 12;
    private static final int LONGEST_DECIMAL = 12;
    private static final int LONGEST_EXACT = 30;
    private static final int MOST_ENTRIES = 24;

    private Numerals() {
    }

    static String of(Rational value) {
        String exact = value.toDecimalString().filter(text -> text.length() <= LONGEST_DECIMAL)
                .orElseGet(value::toString);
        return exact.length() <= LONGEST_EXACT ? exact : about(value);
    }

    /** A double, or where there is none of that size the power of ten. */
    private static String about(Rational value) {
        double near = value.toDouble();
        if (Double.isFinite(near) && near != 0) {
            return "about " + near;
        }
        double log = value.abs().numerator().bitLength() - value.denominator().bitLength();
        return "about " + (value.signum() < 0 ? "-" : "") + "1e" + Math.round(log * Math.log10(2));
    }

    static String of(Radical value) {
        return value.toRational().map(Numerals::of).orElseGet(value::toString);
    }

    static String of(Precise value) {
        return value.toString(DIGITS);
    }

    static String rationals(NumberTensor<Rational> tensor) {
        return shortened(tensor.map(Numerals::of));
    }

    static String radicals(NumberTensor<Radical> tensor) {
        return shortened(tensor.map(Numerals::of));
    }

    static String decimals(NumberTensor<Precise> tensor) {
        return shortened(tensor.map(Numerals::of));
    }

    private static String shortened(NumberTensor<String> tensor) {
        if (tensor.count() <= MOST_ENTRIES) {
            return tensor.toString();
        }
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 6; k++) {
            text.append(tensor.isDefined(k) ? tensor.get(k) : "undefined").append(", ");
        }
        return "[" + text + "… " + tensor.count() + " entries]";
    }
}
