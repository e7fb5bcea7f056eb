package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/** Arithmetic of series in ω; compositions are cut after a number of powers of what vanishes. */
final class SeriesAlgebra {
    /** Not known which of two exponents is smaller. */
    private static final int UNKNOWN = Constants.UNKNOWN_SIGN;

    private final TermAlgebra algebra;
    private final Growth growth;
    private final Term logOmega;
    private final int length;
    private final Map<Term, Map<Term, Integer>> orders = new HashMap<>();

    /**
     * @param logOmega {@code log ω}, a term of slower growth
     * @param length   how many powers a composition keeps
     */
    SeriesAlgebra(TermAlgebra algebra, Growth growth, Term logOmega, int length) {
        this.algebra = algebra;
        this.growth = growth;
        this.logOmega = logOmega;
        this.length = length;
    }

    // ---- exponents

    /** −1, 0 or 1, or unknown. */
    private int order(Term a, Term b) {
        if (a.equals(b)) {
            return 0;
        }
        if (a instanceof Term.Num x && b instanceof Term.Num y) {
            return Integer.signum(x.value().compareTo(y.value()));
        }
        return orders.computeIfAbsent(a, key -> new HashMap<>()).computeIfAbsent(b,
                key -> growth.knownSign(algebra.subtract(a, b)));
    }

    /** The order, which must be known. */
    int compare(Term a, Term b) {
        int order = order(a, b);
        return order == UNKNOWN ? growth.sign(algebra.subtract(a, b)) : order;
    }

    private boolean isBelow(Term a, Term b) {
        return order(a, b) == -1;
    }

    /** The bounds that are not above others. */
    private List<Term> lowest(List<Term> bounds) {
        if (bounds.size() < 2) {
            return bounds;
        }
        List<Term> kept = new ArrayList<>();
        for (Term bound : bounds) {
            if (kept.stream().noneMatch(other -> other.equals(bound) || isBelow(other, bound))) {
                kept.removeIf(other -> isBelow(bound, other));
                kept.add(bound);
            }
        }
        return kept;
    }

    private boolean isCut(Term exponent, List<Term> bounds) {
        for (Term bound : bounds) {
            int order = order(exponent, bound);
            if (order == 0 || order == 1) {
                return true;
            }
        }
        return false;
    }

    // ---- sums and products

    Series linear(List<Series> terms, List<Rational> coefficients) {
        List<Term> bounds = new ArrayList<>();
        List<Series.Entry> all = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            bounds.addAll(terms.get(k).bounds());
            for (Series.Entry entry : terms.get(k).entries()) {
                all.add(new Series.Entry(algebra.scale(coefficients.get(k), entry.coefficient()), entry.exponent()));
            }
        }
        return collect(all, lowest(bounds));
    }

    Series add(Series a, Series b) {
        return linear(List.of(a, b), List.of(Rational.ONE, Rational.ONE));
    }

    /** Adds what has one exponent, drops what is beyond a bound. */
    private Series collect(List<Series.Entry> entries, List<Term> bounds) {
        Budget.current().checkTerms(entries.size());
        Map<Term, List<Term>> groups = new LinkedHashMap<>();
        for (Series.Entry entry : entries) {
            groups.computeIfAbsent(entry.exponent(), e -> new ArrayList<>()).add(entry.coefficient());
        }
        List<Series.Entry> kept = new ArrayList<>();
        groups.forEach((exponent, together) -> {
            Term sum = together.size() == 1 ? together.get(0)
                    : algebra.sum(together, together.stream().map(t -> Rational.ONE).toList());
            if (!sum.isZero() && !isCut(exponent, bounds)) {
                kept.add(new Series.Entry(sum, exponent));
            }
        });
        return new Series(kept, bounds);
    }

    Series multiply(Series a, Series b) {
        return multiply(a, b, List.of());
    }

    /** The product, cut at bounds that the caller keeps in mind. */
    private Series multiply(Series a, Series b, List<Term> cut) {
        List<Term> bounds = new ArrayList<>();
        addProducts(bounds, a, b.bounds());
        addProducts(bounds, b, a.bounds());
        a.bounds().forEach(x -> b.bounds().forEach(y -> bounds.add(algebra.add(x, y))));
        List<Term> lowest = lowest(bounds);
        List<Series.Entry> all = new ArrayList<>();
        for (Series.Entry x : a.entries()) {
            Budget.current().poll();
            for (Series.Entry y : b.entries()) {
                Term exponent = algebra.add(x.exponent(), y.exponent());
                if (!isCut(exponent, lowest) && !isCut(exponent, cut)) {
                    all.add(new Series.Entry(algebra.multiply(x.coefficient(), y.coefficient()), exponent));
                }
            }
        }
        return collect(all, lowest);
    }

    private void addProducts(List<Term> bounds, Series s, List<Term> rest) {
        rest.forEach(bound -> s.entries().forEach(entry -> bounds.add(algebra.add(entry.exponent(), bound))));
    }

    Series scale(Term coefficient, Term exponent, Series s) {
        return new Series(
                s.entries().stream()
                        .map(e -> new Series.Entry(algebra.multiply(coefficient, e.coefficient()),
                                algebra.add(exponent, e.exponent())))
                        .filter(e -> !e.coefficient().isZero()).toList(),
                s.bounds().stream().map(bound -> algebra.add(exponent, bound)).toList());
    }

    // ---- leading terms

    /** A series taken apart into its leading entry and the others. */
    record Led(Series.Entry lead, Series rest) {
    }

    /** The entry of the least exponent whose coefficient is not zero; nothing when the whole is zero. */
    Optional<Led> lead(Series s) {
        Series rest = s;
        while (!rest.entries().isEmpty()) {
            Led led = first(rest);
            if (!growth.isZero(led.lead().coefficient())) {
                return Optional.of(led);
            }
            rest = led.rest();
        }
        if (!s.isExact()) {
            throw new Stop.MoreTerms();
        }
        return Optional.empty();
    }

    /**
     * The terms of the least exponent as one entry. Signs are asked for only between exponents of which neither is known to be
     * above another: of {@code −M, δ − M, −L, ε − L} with positive δ and ε that of {@code M − L} tells, never that of
     * {@code M − L + ε}, whose ε may be hidden.
     */
    private Led first(Series s) {
        List<Term> open = lowest(s.entries().stream().map(Series.Entry::exponent).toList());
        Term least = open.get(0);
        for (Term other : open) {
            if (compare(other, least) < 0) {
                least = other;
            }
        }
        Set<Term> equal = new HashSet<>();
        for (Term other : open) {
            if (compare(other, least) == 0) {
                equal.add(other);
            }
        }
        Term sum = Term.Num.ZERO;
        List<Series.Entry> others = new ArrayList<>();
        for (Series.Entry entry : s.entries()) {
            if (equal.contains(entry.exponent())) {
                sum = algebra.add(sum, entry.coefficient());
            } else {
                others.add(entry);
            }
        }
        for (Term bound : s.bounds()) {
            if (open.stream().noneMatch(below -> isBelow(below, bound)) && compare(least, bound) >= 0) {
                throw new Stop.MoreTerms();
            }
        }
        return new Led(new Series.Entry(sum, least), new Series(others, s.bounds()));
    }

    /** The leading entry with a coefficient that is surely not zero, in every case. */
    private Led surely(Series s, String what) {
        Series rest = s;
        while (true) {
            Led led = lead(rest).orElseThrow(() -> new Stop.Stuck(what));
            if (growth.sign(led.lead().coefficient()) != 0) {
                return led;
            }
            rest = led.rest();
        }
    }

    /** The sign of the leading coefficient. */
    int leadingSign(Series s) {
        return growth.sign(surely(s, "a series that vanishes").lead().coefficient());
    }

    /** {@code s = c·ω^e·(1 + u)}: u. */
    private Series tail(Led led) {
        return scale(algebra.power(led.lead().coefficient(), Rational.MINUS_ONE), algebra.negate(led.lead().exponent()),
                led.rest());
    }

    // ---- functions

    Series power(Series s, Rational q) {
        if (q.isOne()) {
            return s;
        }
        if (q.isInteger() && q.signum() > 0 && q.compareTo(Rational.of(4)) <= 0 && s.entries().size() <= 8) {
            Series result = s;
            for (int k = 1; k < TermAlgebra.intValue(q); k++) {
                result = multiply(result, s);
            }
            return result;
        }
        if (q.signum() > 0 && s.entries().isEmpty() && s.isExact()) {
            return s;
        }
        Led led = surely(s, "a power of what vanishes");
        List<Term> binomial = new ArrayList<>();
        Rational c = Rational.ONE;
        for (int k = 0; k < length; k++) {
            binomial.add(TermAlgebra.number(c));
            c = c.times(q.minus(Rational.of(k))).dividedBy(Rational.of(k + 1));
        }
        return scale(algebra.power(led.lead().coefficient(), q), algebra.scale(q, led.lead().exponent()),
                compose(binomial, tail(led)));
    }

    Series log(Series s) {
        Led led = surely(s, "a logarithm of zero");
        List<Term> coefficients = new ArrayList<>();
        for (int k = 0; k < length; k++) {
            coefficients.add(k == 0 ? Term.Num.ZERO : TermAlgebra.number(Rational.of(k % 2 == 1 ? 1 : -1, k)));
        }
        Term constant = algebra.add(algebra.log(led.lead().coefficient()),
                algebra.multiply(led.lead().exponent(), logOmega));
        return add(Series.of(constant), compose(coefficients, tail(led)));
    }

    Series exp(Series s) {
        Split split = split(s, "an exponential");
        List<Term> coefficients = new ArrayList<>();
        Rational c = Rational.ONE;
        for (int k = 0; k < length; k++) {
            coefficients.add(TermAlgebra.number(c));
            c = c.dividedBy(Rational.of(k + 1));
        }
        return scale(algebra.exp(split.constant), Term.Num.ZERO, compose(coefficients, split.small));
    }

    /** A series that does not grow: the coefficient of ω⁰, and what vanishes. */
    record Split(Term constant, Series small) {
    }

    Split split(Series s, String of) {
        if (grows(s)) {
            throw new Stop.Stuck(of + " of what grows stays behind");
        }
        if (s.bounds().stream().anyMatch(bound -> compare(bound, Term.Num.ZERO) <= 0)) {
            throw new Stop.MoreTerms();
        }
        Term constant = Term.Num.ZERO;
        List<Series.Entry> small = new ArrayList<>();
        for (Series.Entry entry : s.entries()) {
            int order = compare(entry.exponent(), Term.Num.ZERO);
            if (order == 0) {
                constant = algebra.add(constant, entry.coefficient());
            } else if (order > 0) {
                small.add(entry);
            }
        }
        return new Split(constant, new Series(small, s.bounds()));
    }

    /** Whether a coefficient of a negative power of ω is not zero. */
    boolean grows(Series s) {
        for (Series.Entry entry : s.entries()) {
            if (compare(entry.exponent(), Term.Num.ZERO) < 0) {
                return lead(s).map(led -> compare(led.lead().exponent(), Term.Num.ZERO) < 0).orElse(false);
            }
        }
        return false;
    }

    /** {@code Σ aₖ uᵏ} for a u that vanishes, cut at as many powers of u as there are coefficients. */
    Series compose(List<Term> a, Series u) {
        if (u.entries().isEmpty() && u.isExact()) {
            return Series.of(a.get(0));
        }
        // uⁿ = O(Σ ω^(n·e)) over the exponents e of u
        List<Term> bounds = new ArrayList<>(u.bounds());
        for (Series.Entry entry : u.entries()) {
            if (compare(entry.exponent(), Term.Num.ZERO) <= 0) {
                throw new Stop.MoreTerms();
            }
            bounds.add(algebra.scale(Rational.of(a.size()), entry.exponent()));
        }
        for (Term bound : u.bounds()) {
            if (compare(bound, Term.Num.ZERO) <= 0) {
                throw new Stop.MoreTerms();
            }
        }
        List<Term> cut = lowest(bounds);
        Series result = Series.ZERO;
        // Horner's scheme, cut at the bounds
        for (int k = a.size() - 1; k >= 0; k--) {
            result = add(multiply(result, u, cut), Series.of(a.get(k)));
        }
        List<Term> all = new ArrayList<>(result.bounds());
        all.addAll(cut);
        return collect(result.entries(), lowest(all));
    }
}
