package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;
import org.jspecify.annotations.Nullable;

/** Arithmetic of series in ω; compositions are cut after a number of powers of their smallest positive exponent. */
final class SeriesAlgebra {
    private final TermAlgebra algebra;
    private final Growth growth;
    private final Term logOmega;
    private final int length;

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

    int compare(Term a, Term b) {
        if (a.equals(b)) {
            return 0;
        }
        if (a instanceof Term.Num x && b instanceof Term.Num y) {
            return x.value().compareTo(y.value());
        }
        return growth.sign(algebra.subtract(a, b));
    }

    private @Nullable Term lower(@Nullable Term a, @Nullable Term b) {
        return a == null ? b : b == null ? a : compare(a, b) <= 0 ? a : b;
    }

    Series linear(List<Series> terms, List<Rational> coefficients) {
        Term bound = null;
        List<Series.Entry> all = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            bound = lower(bound, terms.get(k).bound());
            for (Series.Entry entry : terms.get(k).entries()) {
                all.add(new Series.Entry(algebra.scale(coefficients.get(k), entry.coefficient()), entry.exponent()));
            }
        }
        return collect(all, bound);
    }

    Series add(Series a, Series b) {
        return linear(List.of(a, b), List.of(Rational.ONE, Rational.ONE));
    }

    /** Sorts by exponent, adds what belongs together, drops what is beyond the bound. */
    private Series collect(List<Series.Entry> entries, @Nullable Term bound) {
        Budget.current().checkTerms(entries.size());
        List<Series.Entry> sorted = new ArrayList<>(entries);
        sorted.sort((a, b) -> compare(a.exponent(), b.exponent()));
        List<Series.Entry> kept = new ArrayList<>();
        for (int k = 0; k < sorted.size();) {
            Term exponent = sorted.get(k).exponent();
            List<Term> together = new ArrayList<>();
            for (; k < sorted.size() && compare(sorted.get(k).exponent(), exponent) == 0; k++) {
                together.add(sorted.get(k).coefficient());
            }
            Term sum = together.size() == 1 ? together.get(0)
                    : algebra.sum(together, together.stream().map(t -> Rational.ONE).toList());
            if (!sum.isZero() && (bound == null || compare(exponent, bound) < 0)) {
                kept.add(new Series.Entry(sum, exponent));
            }
        }
        return new Series(kept, bound);
    }

    Series multiply(Series a, Series b) {
        Term bound = lower(product(a, b.bound()), product(b, a.bound()));
        List<Series.Entry> all = new ArrayList<>();
        for (Series.Entry x : a.entries()) {
            Budget.current().poll();
            for (Series.Entry y : b.entries()) {
                Term exponent = algebra.add(x.exponent(), y.exponent());
                if (bound == null || compare(exponent, bound) < 0) {
                    all.add(new Series.Entry(algebra.multiply(x.coefficient(), y.coefficient()), exponent));
                }
            }
        }
        return collect(all, bound);
    }

    /** Where the product of a series with an unknown rest begins. */
    private @Nullable Term product(Series a, @Nullable Term rest) {
        if (rest == null || (a.entries().isEmpty() && a.isExact())) {
            return null;
        }
        Term start = a.entries().isEmpty() ? a.bound() : a.entries().get(0).exponent();
        return start == null ? rest : algebra.add(start, rest);
    }

    Series scale(Term coefficient, Term exponent, Series s) {
        return new Series(s.entries().stream()
                .map(e -> new Series.Entry(algebra.multiply(coefficient, e.coefficient()),
                        algebra.add(exponent, e.exponent())))
                .filter(e -> !e.coefficient().isZero()).toList(),
                s.bound() == null ? null : algebra.add(exponent, s.bound()));
    }

    /** The series without leading coefficients that are zero; empty only when the whole is zero. */
    Series trimmed(Series s) {
        for (int k = 0; k < s.entries().size(); k++) {
            if (!growth.isZero(s.entries().get(k).coefficient())) {
                return k == 0 ? s : new Series(s.entries().subList(k, s.entries().size()), s.bound());
            }
        }
        if (!s.isExact()) {
            throw new Stop.MoreTerms();
        }
        return new Series(List.of(), null);
    }

    /** {@code s = c·ω^e·(1 + u)} with a coefficient that is surely not zero: u. */
    private Series tail(Series s) {
        Series.Entry lead = s.entries().get(0);
        Series rest = new Series(s.entries().subList(1, s.entries().size()), s.bound());
        return scale(algebra.power(lead.coefficient(), Rational.MINUS_ONE), algebra.negate(lead.exponent()), rest);
    }

    /** The series without what is zero in front, and its leading coefficient surely nonzero in every case. */
    Series led(Series s) {
        Series trimmed = trimmed(s);
        while (!trimmed.entries().isEmpty() && growth.sign(trimmed.entries().get(0).coefficient()) == 0) {
            trimmed = trimmed(new Series(trimmed.entries().subList(1, trimmed.entries().size()), trimmed.bound()));
        }
        return trimmed;
    }

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
        Series led = led(s);
        if (led.entries().isEmpty()) {
            if (q.signum() < 0) {
                throw new Stop.Stuck("a denominator vanishes");
            }
            return led;
        }
        Series.Entry lead = led.entries().get(0);
        List<Rational> binomial = new ArrayList<>();
        Rational c = Rational.ONE;
        for (int k = 0; k < length; k++) {
            binomial.add(c);
            c = c.times(q.minus(Rational.of(k))).dividedBy(Rational.of(k + 1));
        }
        Series sum = compose(binomial.stream().map(TermAlgebra::number).toList(), tail(led));
        return scale(algebra.power(lead.coefficient(), q), algebra.scale(q, lead.exponent()), sum);
    }

    Series log(Series s) {
        Series led = led(s);
        if (led.entries().isEmpty()) {
            throw new Stop.Stuck("a logarithm of zero");
        }
        Series.Entry lead = led.entries().get(0);
        List<Term> coefficients = new ArrayList<>();
        for (int k = 0; k < length; k++) {
            coefficients.add(k == 0 ? Term.Num.ZERO : TermAlgebra.number(Rational.of(k % 2 == 1 ? 1 : -1, k)));
        }
        Term constant = algebra.add(algebra.log(lead.coefficient()), algebra.multiply(lead.exponent(), logOmega));
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
        Series rest = s;
        if (!s.entries().isEmpty() && compare(s.entries().get(0).exponent(), Term.Num.ZERO) < 0) {
            rest = trimmed(s);
        }
        if (!rest.entries().isEmpty() && compare(rest.entries().get(0).exponent(), Term.Num.ZERO) < 0) {
            throw new Stop.Stuck(of + " of what grows stays behind");
        }
        if (rest.bound() != null && compare(rest.bound(), Term.Num.ZERO) <= 0) {
            throw new Stop.MoreTerms();
        }
        boolean constant = !rest.entries().isEmpty()
                && compare(rest.entries().get(0).exponent(), Term.Num.ZERO) == 0;
        return constant
                ? new Split(rest.entries().get(0).coefficient(),
                        new Series(rest.entries().subList(1, rest.entries().size()), rest.bound()))
                : new Split(Term.Num.ZERO, rest);
    }

    boolean grows(Series s) {
        return !s.entries().isEmpty() && compare(s.entries().get(0).exponent(), Term.Num.ZERO) < 0;
    }

    /** {@code Σ aₖ uᵏ} for a u that vanishes, cut at as many powers of u as there are coefficients. */
    Series compose(List<Term> a, Series u) {
        if (u.entries().isEmpty() && u.isExact()) {
            return Series.of(a.get(0));
        }
        Term start = u.entries().isEmpty() ? u.bound() : u.entries().get(0).exponent();
        if (start == null || compare(start, Term.Num.ZERO) <= 0) {
            throw new Stop.MoreTerms();
        }
        Term bound = lower(u.bound(), algebra.scale(Rational.of(a.size()), start));
        Series result = new Series(List.of(), null);
        // Horner's scheme, cut at the bound.
        for (int k = a.size() - 1; k >= 0; k--) {
            result = cut(add(multiply(result, u), Series.of(a.get(k))), bound);
        }
        return new Series(result.entries(), lower(result.bound(), bound));
    }

    /** The series without what lies beyond the bound, which the caller keeps in mind. */
    private Series cut(Series s, @Nullable Term bound) {
        if (bound == null) {
            return s;
        }
        return new Series(s.entries().stream().filter(e -> compare(e.exponent(), bound) < 0).toList(),
                s.bound());
    }
}
