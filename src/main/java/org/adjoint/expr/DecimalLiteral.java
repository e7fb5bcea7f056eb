package org.adjoint.expr;

import java.math.BigInteger;

/** Reads exact decimal literals: {@code 3}, {@code .5}, {@code 0.1}, {@code 1.0E-5}. */
final class DecimalLiteral {
    private static final int MAX_DIGITS = 100_000;

    private DecimalLiteral() {
    }

    static Rational parse(String text) {
        int length = text.length();
        int at = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean negative = at == 1 && text.charAt(0) == '-';
        int intEnd = endOfDigits(text, at);
        int fracStart = intEnd < length && text.charAt(intEnd) == '.' ? intEnd + 1 : intEnd;
        int fracEnd = fracStart > intEnd ? endOfDigits(text, fracStart) : intEnd;
        int places = fracEnd - fracStart;
        if (intEnd - at + places == 0) {
            throw notANumber(text);
        }
        if (intEnd - at + places > MAX_DIGITS) {
            throw tooManyDigits(text);
        }
        BigInteger digits = new BigInteger(text.substring(at, intEnd) + text.substring(fracStart, fracEnd));
        long exponent = parseExponent(text, fracEnd) - places;
        if (digits.signum() == 0) {
            return Rational.ZERO;
        }
        if (Math.abs(exponent) > MAX_DIGITS) {
            throw tooManyDigits(text);
        }
        BigInteger scale = BigInteger.TEN.pow((int) Math.abs(exponent));
        BigInteger signed = negative ? digits.negate() : digits;
        return exponent >= 0 ? Rational.of(signed.multiply(scale)) : Rational.of(signed, scale);
    }

    private static long parseExponent(String text, int at) {
        if (at == text.length()) {
            return 0;
        }
        int start = at + 1;
        boolean signed = start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+');
        int first = signed ? start + 1 : start;
        boolean isExponent = text.charAt(at) == 'e' || text.charAt(at) == 'E';
        if (!isExponent || first >= text.length() || endOfDigits(text, first) != text.length()) {
            throw notANumber(text);
        }
        String magnitude = text.substring(first);
        // More than 18 digits of exponent is beyond any limit; the value only has to stay beyond it.
        long value = magnitude.length() > 18 ? Long.MAX_VALUE / 2 : Long.parseLong(magnitude);
        return text.charAt(start) == '-' ? -value : value;
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    static NumberFormatException notANumber(String text) {
        return new NumberFormatException("not a decimal number: '" + Rational.abbreviate(text) + "'");
    }

    private static ArithmeticException tooManyDigits(String text) {
        return new ArithmeticException(
                "number too large to hold exactly: '" + Rational.abbreviate(text) + "' has more than "
                        + MAX_DIGITS + " digits");
    }
}
