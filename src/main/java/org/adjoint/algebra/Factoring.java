package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * Common factors taken out of sums of tensor products, {@code C·R₁ + C·R₂ = C·(R₁ + R₂)}: matrices on the left, on the right
 * or on both sides, scalars, vectors entry by entry. The pair that saves most is merged first, as long as something is saved.
 */
final class Factoring {
    /** Of longer sums only the first terms are looked at. */
    private static final int TERM_LIMIT = 16;

    private final Cost cost;
    /** So many merges may still be tried. */
    private int effort;

    Factoring(Cost cost) {
        this.cost = cost;
    }

    /** Allows so many merges to be tried from now on. */
    void allow(int merges) {
        effort = merges;
    }

    /** How many more. */
    int left() {
        return Math.max(0, effort);
    }

    /** A term with its node. */
    private record Term(Product product, Expr node) {
    }

    private record Merge(Term a, Term b, Optional<Term> result, double gain) {
    }

    /** The sum of the products, equal ones collected and common factors taken out where that is shorter. */
    List<Product> factored(List<Product> products) {
        List<Term> terms = new ArrayList<>();
        products.forEach(product -> terms.add(new Term(product, product.node())));
        List<Merge> merges = new ArrayList<>();
        int looked = Math.min(terms.size(), TERM_LIMIT);
        for (int i = 0; i < looked; i++) {
            for (int j = i + 1; j < looked; j++) {
                merges.addAll(merges(terms.get(i), terms.get(j)));
            }
        }
        while (true) {
            Budget.current().checkTime();
            Merge best = null;
            for (Merge merge : merges) {
                best = best == null || merge.gain > best.gain ? merge : best;
            }
            if (best == null) {
                return terms.stream().map(Term::product).toList();
            }
            Merge done = best;
            terms.remove(done.a);
            terms.remove(done.b);
            merges.removeIf(m -> m.a == done.a || m.a == done.b || m.b == done.a || m.b == done.b);
            if (done.result.isPresent()) {
                Term merged = done.result.get();
                for (Term other : List.copyOf(terms)) {
                    merges.addAll(merges(merged, other));
                }
                terms.add(merged);
            }
        }
    }

    /** The ways to merge two terms that save something. */
    private List<Merge> merges(Term a, Term b) {
        List<Merge> all = new ArrayList<>();
        double before = costOf(a.node) + costOf(b.node) + 1;
        if (effort <= 0) {
            return all;
        }
        for (Matching match : Matching.of(a.product, b.product, cost)) {
            effort--;
            Product merged = merged(a.product, b.product, match);
            if (merged.factors().isEmpty() && !merged.coefficient().isZero()) {
                continue;
            }
            if (merged.coefficient().isZero()) {
                return List.of(new Merge(a, b, Optional.empty(), before));
            }
            Expr node = merged.node();
            double gain = before - costOf(node);
            if (gain > 0 && node.shape().equals(a.node.shape())) {
                all.add(new Merge(a, b, Optional.of(new Term(reparsed(merged, node), node)), gain));
            }
        }
        return all;
    }

    /** A sum that collapsed is taken apart again. */
    private static Product reparsed(Product merged, Expr node) {
        return merged.factors().getLast().base() instanceof Linear sum && sum.termCount() > 1 ? merged
                : Product.of(node);
    }

    /** The length of a term; the sign of one that follows others is an operator that is there anyway. */
    private double costOf(Expr node) {
        return cost.of(node) - (node instanceof Linear scaled && scaled.termCount() == 1
                && scaled.coefficient(0).signum() < 0 ? 1 : 0);
    }

    /** {@code C·(R₁ + R₂)}; of coefficient zero when the two cancel. */
    private static Product merged(Product a, Product b, Matching match) {
        List<Product.Factor> common = new ArrayList<>();
        List<Product.Factor> restA = new ArrayList<>();
        List<Product.Factor> restB = new ArrayList<>();
        int offset = Math.max(a.freshLabel(), b.freshLabel());
        for (int i = 0; i < a.factors().size(); i++) {
            Product.Factor f = a.factors().get(i);
            if (!match.isMatched(i)) {
                restA.add(f);
                continue;
            }
            Rational other = b.factors().get(match.partner(i)).exponent();
            Rational shared = f.exponent().abs().compareTo(other.abs()) <= 0 ? f.exponent() : other;
            common.add(f.with(f.base(), shared));
            if (!f.exponent().equals(shared)) {
                restA.add(f.with(f.base(), f.exponent().minus(shared)));
            }
            if (!other.equals(shared)) {
                restB.add(f.with(f.base(), other.minus(shared)));
            }
        }
        for (int j = 0; j < b.factors().size(); j++) {
            if (!match.isTaken(j)) {
                Product.Factor g = b.factors().get(j);
                int[] labels = new int[g.labels().length];
                for (int axis = 0; axis < labels.length; axis++) {
                    labels[axis] = match.toA(g.labels()[axis], offset);
                }
                restB.add(new Product.Factor(g.base(), g.exponent(), labels));
            }
        }
        return joined(a, common, restA, restB, b.coefficient());
    }

    private static Product joined(Product a, List<Product.Factor> common, List<Product.Factor> restA,
            List<Product.Factor> restB, Rational coefficientB) {
        TreeSet<Integer> inner = Product.labelsOf(restA);
        inner.addAll(Product.labelsOf(restB));
        TreeSet<Integer> outer = Product.labelsOf(common);
        inner.removeIf(label -> a.isSummed(label) && !outer.contains(label));
        if (inner.size() > Math.max(2, a.rank())) {
            // A sum of tensors of higher rank than anything around it is nothing that a person would write.
            return a.with(List.of());
        }
        if (inner.size() > a.rank() && (isOuter(restA, inner) || isOuter(restB, inner))) {
            // (x·yᵀ)·z is written as x·(yᵀz): no matrix is made of vectors where the result is a vector.
            return a.with(List.of());
        }
        if (inner.size() > a.rank() && (isScaled(restA) || isScaled(restB))) {
            // (A·diag(u) + B·diag(v))·w is written as A·(u⊙w) + B·(v⊙w): no matrix is scaled where a vector can be.
            return a.with(List.of());
        }
        int[] labels = inner.stream().mapToInt(label -> label).toArray();
        List<Product.Factor> all = new ArrayList<>(common);
        all.addAll(restA);
        all.addAll(restB);
        Product sizes = a.with(all);
        Shape shape = Shape.of(inner.stream().map(sizes::size).toList());
        Rational content = content(a.coefficient(), coefficientB);
        Expr sum = Linear.of(shape,
                List.of(Product.over(restA, labels, shape), Product.over(restB, labels, shape)),
                List.of(a.coefficient().dividedBy(content), coefficientB.dividedBy(content)));
        if (Linear.isZero(sum)) {
            return a.with(Rational.ZERO);
        }
        List<Product.Factor> factors = new ArrayList<>(common);
        factors.add(new Product.Factor(sum, Rational.ONE, labels));
        return new Product(content, factors, a.shape());
    }

    /** Whether the labels fall into parts that no factor connects. */
    private static boolean isOuter(List<Product.Factor> factors, TreeSet<Integer> labels) {
        if (labels.size() < 2) {
            return false;
        }
        TreeSet<Integer> reached = new TreeSet<>(List.of(labels.first()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Product.Factor factor : factors) {
                boolean touches = reached.stream().anyMatch(factor::has);
                for (int label : factor.labels()) {
                    grown |= touches && reached.add(label);
                }
            }
        }
        return !reached.containsAll(labels);
    }

    /** Whether a matrix is multiplied by a vector along one of its axes, entry by entry. */
    private static boolean isScaled(List<Product.Factor> factors) {
        return factors.stream().anyMatch(vector -> vector.labels().length == 1 && factors.stream()
                .anyMatch(matrix -> matrix.labels().length > 1 && matrix.has(vector.labels()[0])));
    }

    /** What two coefficients have in common: the whole when they differ in sign only, else the divisor of integers. */
    static Rational content(Rational a, Rational b) {
        Rational sign = a.signum() < 0 && b.signum() < 0 ? Rational.MINUS_ONE : Rational.ONE;
        if (a.abs().equals(b.abs())) {
            return a.abs().times(sign);
        }
        if (a.isInteger() && b.isInteger()) {
            return Rational.of(a.numerator().gcd(b.numerator())).times(sign);
        }
        return sign;
    }
}
