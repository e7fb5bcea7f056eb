package org.adjoint.limit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.adjoint.expr.Rational;

/** A positive number as a product of powers of small primes and of what is left of its numerator and denominator. */
final class PrimePowers {
    private static final int LARGEST = 100;

    private PrimePowers() {
    }

    static Map<Rational, Rational> of(Rational value) {
        Map<Rational, Rational> all = new HashMap<>();
        split(all, value.numerator(), 1);
        split(all, value.denominator(), -1);
        return all;
    }

    private static void split(Map<Rational, Rational> all, BigInteger number, int sign) {
        BigInteger rest = number;
        for (int p = 2; p <= LARGEST && rest.bitLength() > 1; p++) {
            BigInteger prime = BigInteger.valueOf(p);
            while (rest.mod(prime).signum() == 0) {
                all.merge(Rational.of(p), Rational.of(sign), Rational::plus);
                rest = rest.divide(prime);
            }
        }
        if (!rest.equals(BigInteger.ONE)) {
            all.merge(Rational.of(rest), Rational.of(sign), Rational::plus);
        }
    }
}
