package org.adjoint.show;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;

/** Sums: positive terms first, by descending degree, numbers last; terms that broadcast are written narrow. */
final class LinearFold {
    private record Item(Rational coefficient, Expr term, boolean number) {
        Expr value() {
            return number ? Constant.of(coefficient) : Linear.scale(coefficient, term);
        }
    }

    private final Fold fold;

    LinearFold(Fold fold) {
        this.fold = fold;
    }

    Shown fold(Linear node) {
        if (node.termCount() == 0) {
            return Surface.zeros(node.shape());
        }
        if (node.termCount() == 1) {
            return scaled(node.coefficient(0), node.term(0), node);
        }
        if (Fold.logSoftmax(node).isPresent()) {
            return Fold.softmax("log_softmax", Fold.logSoftmax(node).orElseThrow(), node);
        }
        List<Item> items = narrow(node);
        items.sort(Comparator.comparing((Item item) -> item.coefficient.signum() < 0)
                .thenComparing(item -> item.number)
                .thenComparing(Item::term, fold.order().ofTerms()));
        List<Shown.Term> terms = new ArrayList<>();
        for (Item item : items) {
            Rational size = item.coefficient.abs();
            terms.add(new Shown.Term(item.coefficient.signum() < 0,
                    item.number ? new Shown.Numeral(size, Constant.of(size)) : scaled(size, item.term,
                            Linear.scale(size, item.term))));
        }
        return new Shown.Sum(terms, node);
    }

    /** The terms, narrowed as far as they still broadcast to the shape and give the node again. */
    private static List<Item> narrow(Linear node) {
        List<Item> narrow = new ArrayList<>();
        List<Item> wide = new ArrayList<>();
        for (int k = 0; k < node.termCount(); k++) {
            Expr term = node.term(k);
            Rational c = node.coefficient(k);
            Item whole = new Item(c, term, term == Constant.ONE);
            Expr small = Narrow.of(term);
            wide.add(whole);
            narrow.add(small == term ? whole
                    : small == Constant.ONE ? new Item(c, small, true) : new Item(c, small, false));
        }
        if (sumOf(narrow) == node) {
            return narrow;
        }
        for (int k : IntStream.range(0, node.termCount()).boxed()
                .sorted(Comparator.comparing(k -> narrow.get(k).number)).toList()) {
            List<Item> mixed = new ArrayList<>(narrow);
            mixed.set(k, wide.get(k));
            if (sumOf(mixed) == node) {
                return mixed;
            }
        }
        return wide;
    }

    private static Expr sumOf(List<Item> items) {
        return Tensors.sum(items.stream().map(Item::value).toList());
    }

    /** A term with its coefficient in front. */
    private Shown scaled(Rational coefficient, Expr term, Expr meaning) {
        if (coefficient.isOne()) {
            return Surface.leaf(term);
        }
        if (term == Constant.ONE) {
            return new Shown.Numeral(coefficient, meaning);
        }
        return switch (fold.of(term)) {
            case Shown.Product p -> new Shown.Product(p.coefficient().times(coefficient), p.factors(), p.divisors(),
                    meaning);
            case Shown.Extent extent -> new Shown.Product(
                    new Fraction(coefficient, List.of(extent.size()), List.of()), List.of(), List.of(), meaning);
            case Shown other -> new Shown.Product(Fraction.ONE.times(coefficient), List.of(Surface.leaf(term)),
                    List.of(), meaning);
        };
    }
}
