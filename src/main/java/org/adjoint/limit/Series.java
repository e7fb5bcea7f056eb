package org.adjoint.limit;

import java.util.List;

/**
 * {@code Σ cₖ ω^eₖ + Σ O(ω^bₖ)} for ω → 0+: exponents are constants, in no order, since that of parameters may not be known;
 * coefficients are of slower growth than any power of ω.
 *
 * @param bounds where the series was cut; none where it is complete
 */
record Series(List<Entry> entries, List<Term> bounds) {
    /** {@code coefficient · ω^exponent}. */
    record Entry(Term coefficient, Term exponent) {
    }

    static final Series ZERO = new Series(List.of(), List.of());

    Series {
        entries = List.copyOf(entries);
        bounds = List.copyOf(bounds);
    }

    static Series of(Term coefficient) {
        return coefficient.isZero() ? ZERO
                : new Series(List.of(new Entry(coefficient, Term.Num.ZERO)), List.of());
    }

    boolean isExact() {
        return bounds.isEmpty();
    }
}
