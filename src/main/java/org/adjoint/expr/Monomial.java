package org.adjoint.expr;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A product of powers of atoms of sizes; its degree and its text are kept, as monomials are ordered by them. */
record Monomial(SortedMap<Atom, Integer> powers, int degree, String text) implements Comparable<Monomial> {
    static final Monomial UNIT = of(new TreeMap<>());

    /** A symbol, or a floor quotient that does not simplify. */
    sealed interface Atom extends Comparable<Atom> {
        String text();

        @Override
        default int compareTo(Atom other) {
            return text().compareTo(other.text());
        }
    }

    record Symbol(String text) implements Atom {
    }

    record Floor(Size numerator, Size denominator, String text) implements Atom {
    }

    static Monomial of(Atom atom) {
        TreeMap<Atom, Integer> powers = new TreeMap<>();
        powers.put(atom, 1);
        return of(powers);
    }

    private static Monomial of(SortedMap<Atom, Integer> powers) {
        int degree = 0;
        for (int power : powers.values()) {
            degree += power;
        }
        return new Monomial(powers, degree, print(powers));
    }

    private static String print(SortedMap<Atom, Integer> powers) {
        StringBuilder text = new StringBuilder();
        powers.forEach((atom, power) -> {
            for (int k = 0; k < power; k++) {
                text.append(text.isEmpty() ? "" : "*").append(factorText(atom));
            }
        });
        return text.toString();
    }

    private static String factorText(Atom atom) {
        return atom instanceof Floor ? "(" + atom.text() + ")" : atom.text();
    }

    Monomial times(Monomial other) {
        TreeMap<Atom, Integer> product = new TreeMap<>(powers);
        other.powers.forEach((atom, power) -> product.merge(atom, power, Integer::sum));
        return of(product);
    }

    /** The quotient when it is a monomial. */
    Optional<Monomial> divideExact(Monomial divisor) {
        TreeMap<Atom, Integer> quotient = new TreeMap<>(powers);
        for (Map.Entry<Atom, Integer> factor : divisor.powers.entrySet()) {
            int left = powers.getOrDefault(factor.getKey(), 0) - factor.getValue();
            if (left < 0) {
                return Optional.empty();
            }
            quotient.put(factor.getKey(), left);
            quotient.remove(factor.getKey(), 0);
        }
        return Optional.of(of(quotient));
    }

    /** The greatest monomial that divides all of these; 1 for none. */
    static Monomial common(Collection<Monomial> monomials) {
        Iterator<Monomial> all = monomials.iterator();
        if (!all.hasNext()) {
            return UNIT;
        }
        TreeMap<Atom, Integer> powers = new TreeMap<>(all.next().powers);
        all.forEachRemaining(other -> powers
                .replaceAll((atom, power) -> Math.min(power, other.powers.getOrDefault(atom, 0))));
        powers.values().removeIf(power -> power == 0);
        return of(powers);
    }

    boolean isUnit() {
        return degree == 0;
    }

    /** The first of its atoms: of degree 1, what it is. */
    Atom first() {
        return powers.firstKey();
    }

    /** Higher degree first, then by name: the order in which a person writes a polynomial. */
    @Override
    public int compareTo(Monomial other) {
        int byDegree = Integer.compare(other.degree, degree);
        return byDegree != 0 ? byDegree : text.compareTo(other.text);
    }
}
