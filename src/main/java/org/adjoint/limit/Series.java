package org.adjoint.limit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Σ cₖ ω^eₖ + O(ω^bound)} for ω → 0+: exponents are constants and increase, coefficients are of slower growth than any
 * power of ω.
 *
 * @param bound where the series was cut; null where it is complete
 */
record Series(List<Entry> entries, @Nullable Term bound) {
    /** {@code coefficient · ω^exponent}. */
    record Entry(Term coefficient, Term exponent) {
    }

    Series {
        entries = List.copyOf(entries);
    }

    static Series of(Term coefficient) {
        return new Series(coefficient.isZero() ? List.of() : List.of(new Entry(coefficient, Term.Num.ZERO)), null);
    }

    boolean isExact() {
        return bound == null;
    }
}
