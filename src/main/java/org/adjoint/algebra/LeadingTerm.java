package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * The leading term of a sum, {@code N = c·lt + rest}: the one that is replaced by {@code N − rest} wherever it meets a power
 * or an inverse of N. Of highest degree, and first in a fixed order, so that replacing it comes to an end.
 *
 * @param factors     the leading term without its sizes
 * @param coefficient {@code 1/c}, a rational number times sizes
 * @param rest        the other terms and their coefficients
 */
record LeadingTerm(List<Factor> factors, Expr coefficient, Map<Expr, Rational> rest) {
    /** Leading terms of sums that were asked before. */
    static final class Cache {
        private final NodeMap<Optional<LeadingTerm>> known = new NodeMap<>();

        Optional<LeadingTerm> of(Expr sum) {
            Optional<LeadingTerm> lead = known.get(sum);
            if (lead == null) {
                lead = find(sum);
                known.put(sum, lead);
            }
            return lead;
        }
    }

    private static Optional<LeadingTerm> find(Expr sum) {
        Map<Expr, Rational> terms = Terms.of(sum);
        Expr best = null;
        for (Expr term : terms.keySet()) {
            if (canLead(term) && (best == null || compare(term, best) > 0)) {
                best = term;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        Map<Expr, Rational> rest = new LinkedHashMap<>(terms);
        Rational c = Objects.requireNonNull(rest.remove(best));
        List<Factor> factors = new ArrayList<>();
        List<Expr> inverse = new ArrayList<>();
        for (Factor factor : Factor.of(best)) {
            if (factor.isSize()) {
                inverse.add(Monomials.rawPower(factor.base(), factor.exponent().negate()));
            } else {
                factors.add(factor);
            }
        }
        Expr scale = Contraction.of(inverse, inverse.stream().map(each -> new int[0]).toList(), new int[0],
                Shape.SCALAR).times(c.inverse());
        return Optional.of(new LeadingTerm(List.copyOf(factors), scale, rest));
    }

    private static boolean canLead(Expr term) {
        List<Factor> factors = Factor.of(term);
        return term != Constant.ONE && factors.stream().anyMatch(f -> !f.isSize()) && factors.stream()
                .allMatch(f -> f.isSize() || (f.exponent().signum() > 0 && !(f.base() instanceof Delta)));
    }

    private static int compare(Expr a, Expr b) {
        List<Factor> left = Factor.of(a);
        List<Factor> right = Factor.of(b);
        int degree = degree(left).compareTo(degree(right));
        if (degree != 0) {
            return degree;
        }
        List<Factor> x = left.stream().filter(f -> !f.isSize()).sorted(BY_DIGEST).toList();
        List<Factor> y = right.stream().filter(f -> !f.isSize()).sorted(BY_DIGEST).toList();
        for (int k = 0; k < Math.min(x.size(), y.size()); k++) {
            int order = BY_DIGEST.compare(x.get(k), y.get(k));
            if (order != 0) {
                return order;
            }
        }
        return x.size() != y.size() ? x.size() - y.size() : Long.compare(a.digestHigh(), b.digestHigh());
    }

    private static final Comparator<Factor> BY_DIGEST = Comparator
            .comparingLong((Factor f) -> f.base().digestHigh()).thenComparing(Factor::exponent);

    private static Rational degree(List<Factor> factors) {
        return factors.stream().filter(f -> !f.isSize()).map(Factor::exponent).reduce(Rational.ZERO, Rational::plus);
    }

    /** The leading term found in a product: what is left of the product, and where the term stands. */
    Optional<Matcher.Match> in(List<Factor> product, int[] place, int rank) {
        return Matcher.find(factors, place, product, rank);
    }

    /** {@code (whole − Σ rest·other)/c}, where the products with the other factor are over the given indices. */
    Expr replacement(Map<Expr, Rational> whole, Expr other, int[] otherPlace, int[] restPlace, Expr shaped) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        int[] output = IntStream.range(0, shaped.shape().rank()).toArray();
        whole.forEach((term, c) -> add(total, term, c, output, shaped));
        rest.forEach((term, c) -> {
            Expr product = Contraction.flattened(List.of(asTerm(term, restPlace.length, shaped), other),
                    List.of(restPlace, otherPlace), output, shaped.shape());
            add(total, product, c.negate(), output, shaped);
        });
        return Terms.total(shaped.shape(), total);
    }

    private static Expr asTerm(Expr term, int rank, Expr shaped) {
        return term == Constant.ONE && rank > 0 ? Contraction.ones(shaped.shape()) : term;
    }

    private void add(Map<Expr, Rational> total, Expr term, Rational c, int[] output, Expr shaped) {
        Expr plain = term == Constant.ONE ? Contraction.ones(shaped.shape()) : term;
        Expr scaled = Contraction.flattened(List.of(plain, coefficient), List.of(output, new int[0]), output,
                shaped.shape());
        Terms.addTo(total, scaled, c);
    }
}
