package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;

/**
 * Sums over one denominator: {@code a + b/d = (a·d + b)/d}, for a d that may stand outside of all sums. It holds wherever the
 * sum has a value.
 */
final class Denominators {
    private Denominators() {
    }

    /** One denominator: a base and its labels. */
    private record Key(Expr base, List<Integer> labels) {
    }

    /** For each denominator of a term, the terms with it taken out of all; the numerators as one sum. */
    static List<List<Product>> common(List<Product> terms, Function<List<Product>, Expr> shorten) {
        Map<Key, Rational> deepest = new LinkedHashMap<>();
        for (Product term : terms) {
            for (Product.Factor factor : term.factors()) {
                boolean outside = Arrays.stream(factor.labels()).noneMatch(term::isSummed);
                if (factor.exponent().signum() < 0 && outside) {
                    deepest.merge(key(factor), factor.exponent(), (p, q) -> p.compareTo(q) <= 0 ? p : q);
                }
            }
        }
        deepest.entrySet().removeIf(entry -> terms.stream().allMatch(term -> term.factors().stream()
                .anyMatch(f -> key(f).equals(entry.getKey()) && f.exponent().equals(entry.getValue()))));
        List<List<Product>> all = new ArrayList<>();
        if (terms.size() > 1) {
            deepest.forEach((key, exponent) -> all.add(over(terms, Map.of(key, exponent), shorten)));
            if (deepest.size() > 1) {
                all.add(over(terms, deepest, shorten));
            }
        }
        return all;
    }

    private static Key key(Product.Factor factor) {
        return new Key(factor.base(), Arrays.stream(factor.labels()).boxed().toList());
    }

    /** The numerators, multiplied out and collected, over the denominators. */
    private static List<Product> over(List<Product> terms, Map<Key, Rational> denominators,
            Function<List<Product>, Expr> shorten) {
        List<Product> numerators = new ArrayList<>();
        for (Product term : terms) {
            Map<Key, Rational> missing = new LinkedHashMap<>(denominators);
            List<Product.Factor> factors = new ArrayList<>();
            for (Product.Factor factor : term.factors()) {
                Rational depth = missing.get(key(factor));
                if (depth == null) {
                    factors.add(factor);
                    continue;
                }
                missing.remove(key(factor));
                if (!factor.exponent().equals(depth)) {
                    factors.add(factor.with(factor.base(), factor.exponent().minus(depth)));
                }
            }
            missing.forEach((key, depth) -> factors.add(new Product.Factor(key.base(), depth.negate(),
                    key.labels().stream().mapToInt(label -> label).toArray())));
            numerators.add(term.with(factors));
        }
        Expr numerator = shorten.apply(numerators);
        List<Product.Factor> all = new ArrayList<>();
        all.add(new Product.Factor(numerator, Rational.ONE, Product.output(terms.get(0).shape())));
        denominators.forEach((key, depth) -> all.add(new Product.Factor(key.base(), depth,
                key.labels().stream().mapToInt(label -> label).toArray())));
        return List.of(Product.of(new Product(Rational.ONE, all, terms.get(0).shape()).node()));
    }
}
