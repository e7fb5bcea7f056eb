package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adjoint.expr.Rational;

/**
 * A sum over one denominator, with what all terms share in front: {@code Σ = ∏ bₖ^eₖ · rest}, the rest multiplied out.
 *
 * @param factors the bases in front, with their exponents
 * @param rest    what is left
 */
record Common(Map<Term, Rational> factors, Term rest) {
    private static final int TERM_LIMIT = 128;

    static Common of(Term.Sum sum, TermAlgebra algebra) {
        List<Map<Term, Rational>> terms = sum.terms().stream().map(Common::bases).toList();
        Set<Term> all = new TreeSet<>();
        terms.forEach(term -> all.addAll(term.keySet()));
        Map<Term, Rational> common = new TreeMap<>();
        for (Term base : all) {
            Rational least = terms.stream().map(t -> t.getOrDefault(base, Rational.ZERO)).min(Rational::compareTo)
                    .orElse(Rational.ZERO);
            if (!least.isZero()) {
                common.put(base, least);
            }
        }
        if (common.isEmpty()) {
            return new Common(Map.of(), MultipliedOut.of(sum, TERM_LIMIT, algebra));
        }
        List<Term> inverse = new ArrayList<>();
        common.forEach((base, e) -> inverse.add(algebra.power(base, e.negate())));
        Term factor = algebra.product(inverse);
        Map<Term, Rational> total = new HashMap<>();
        for (int k = 0; k < sum.count(); k++) {
            TermAlgebra.addTo(total, MultipliedOut.of(algebra.multiply(sum.term(k), factor), TERM_LIMIT, algebra),
                    sum.coefficient(k));
        }
        return new Common(common, TermAlgebra.ofSum(total));
    }

    /** The bases of a product with their exponents. */
    private static Map<Term, Rational> bases(Term t) {
        if (t.isOne()) {
            return Map.of();
        }
        if (!(t instanceof Term.Prod product)) {
            return Map.of(t, Rational.ONE);
        }
        Map<Term, Rational> all = new HashMap<>();
        for (int k = 0; k < product.count(); k++) {
            all.put(product.base(k), product.exponent(k));
        }
        return all;
    }
}
