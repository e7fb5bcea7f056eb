package org.adjoint.expr;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Quotients of integer polynomials in sizes: rounded down, and exact where there is one. */
final class SizeDivision {
    /** A quotient that is not found in so many steps is taken for none. */
    private static final int STEPS = 32;

    private SizeDivision() {
    }

    /** {@code dividend // divisor} in canonical form, for a divisor that is not 0. */
    static Size floor(Size dividend, Size divisor) {
        Optional<Size> exact = exact(dividend, divisor);
        if (exact.isPresent()) {
            return exact.get();
        }
        if (!divisor.isInteger()) {
            return atom(dividend, divisor);
        }
        return divisor.value() < 0 ? floor(dividend.times(-1), divisor.times(-1)) : byInteger(dividend, divisor);
    }

    /** {@code (q·a + r) // q = a + r // q} for an integer {@code q > 0}. */
    private static Size byInteger(Size dividend, Size divisor) {
        long q = divisor.value();
        TreeMap<Monomial, Long> whole = new TreeMap<>();
        TreeMap<Monomial, Long> rest = new TreeMap<>();
        dividend.terms().forEach((monomial, c) -> {
            long quotient = monomial.isUnit() ? -Math.floorDiv(-c, q) : Math.floorDiv(c, q);
            Size.add(whole, monomial, quotient);
            Size.add(rest, monomial, c - quotient * q);
        });
        Size remainder = new Size(rest);
        return new Size(whole).plus(
                remainder.isInteger() ? Size.of(Math.floorDiv(remainder.value(), q)) : atom(remainder, divisor));
    }

    private static Size atom(Size numerator, Size denominator) {
        return Size.atom(new Monomial.Floor(numerator, denominator, factor(numerator) + "//" + factor(denominator)));
    }

    private static String factor(Size size) {
        return size.isAtomic() ? size.toString() : "(" + size + ")";
    }

    /** The quotient when it is again a polynomial with integer coefficients; else, and for the divisor 0, empty. */
    static Optional<Size> exact(Size dividend, Size divisor) {
        if (divisor.isZero()) {
            return Optional.empty();
        }
        if (dividend.equals(divisor)) {
            return Optional.of(Size.ONE);
        }
        if (divisor.isOne()) {
            return Optional.of(dividend);
        }
        if (divisor.terms().size() != 1) {
            return byPolynomial(dividend, divisor);
        }
        Monomial by = divisor.terms().firstKey();
        long c = leadingCoefficient(divisor);
        TreeMap<Monomial, Long> quotient = new TreeMap<>();
        for (Map.Entry<Monomial, Long> term : dividend.terms().entrySet()) {
            Optional<Monomial> monomial = term.getKey().divideExact(by);
            if (monomial.isEmpty() || term.getValue() % c != 0) {
                return Optional.empty();
            }
            quotient.put(monomial.get(), term.getValue() / c);
        }
        return Optional.of(new Size(quotient));
    }

    /** Polynomial division: succeeds when the quotient is found term by term and leaves nothing. */
    private static Optional<Size> byPolynomial(Size dividend, Size divisor) {
        Size rest = dividend;
        Size quotient = Size.ZERO;
        Size lead = leadingTerm(divisor);
        for (int step = 0; step < STEPS && !rest.isZero(); step++) {
            Optional<Size> term = exact(leadingTerm(rest), lead);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            quotient = quotient.plus(term.get());
            rest = rest.minus(term.get().times(divisor));
        }
        return rest.isZero() ? Optional.of(quotient) : Optional.empty();
    }

    private static Size leadingTerm(Size size) {
        return Size.term(size.terms().firstKey(), leadingCoefficient(size));
    }

    private static long leadingCoefficient(Size size) {
        SortedMap<Monomial, Long> terms = size.terms();
        return Objects.requireNonNull(terms.get(terms.firstKey()));
    }

    /** The greatest monomial, with its integer coefficient, that divides every term of both. */
    static Size commonFactor(Size a, Size b) {
        if (a.isOne() || b.isOne()) {
            return Size.ONE;
        }
        List<Monomial> monomials = new ArrayList<>(a.terms().keySet());
        monomials.addAll(b.terms().keySet());
        BigInteger content = content(a).gcd(content(b));
        return Size.term(Monomial.common(monomials), content.longValueExact());
    }

    private static BigInteger content(Size size) {
        BigInteger content = BigInteger.ZERO;
        for (long c : size.terms().values()) {
            content = content.gcd(BigInteger.valueOf(c));
        }
        return content;
    }
}
