package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/**
 * A sum over one denominator, {@code Σ = c·∏ fₖ^eₖ·P}: what all terms have in common comes out, negative powers as far as
 * any term has them, and what is left is multiplied out.
 *
 * @param coefficient the leading coefficient of what was left
 * @param content     the common factors, over indices of the sum
 * @param primitive   P, with leading coefficient 1 or −1
 */
record Together(Rational coefficient, List<Factor> content, Expr primitive) {
    private static final int ROUNDS = 4;

    private record Key(Expr base, List<Integer> place) {
    }

    /**
     * The normal form brought together.
     *
     * @param movable which factors may come out
     */
    static Together of(Expr form, NormalForm forms, Predicate<Factor> movable) {
        List<Factor> content = new ArrayList<>();
        List<Trace.Part> parts = new ArrayList<>();
        Expr rest = form;
        for (int round = 0; round < ROUNDS; round++) {
            Map<Key, Factor> common = common(rest, movable);
            if (common.isEmpty()) {
                break;
            }
            Divided divided = divided(rest, common, forms);
            if (forms.trace().isOn()) {
                parts.addAll(divided.told(rest, List.copyOf(common.values()), List.copyOf(content)));
            }
            rest = divided.rest;
            content.addAll(common.values());
        }
        Map<Expr, Rational> terms = Terms.of(rest);
        Rational lead = terms.isEmpty() ? Rational.ONE : terms.values().iterator().next();
        Together together = new Together(lead, content, rescaled(rest, terms, lead.inverse()));
        if (forms.trace().isOn()) {
            Expr whole = together.whole(together.primitive());
            parts.add(new Trace.Step(StructureLaws.COMMON_FACTOR, times(content, rest), whole));
            forms.trace().add(form, whole, parts.toArray(Trace.Part[]::new));
        }
        return together;
    }

    private static Expr rescaled(Expr form, Map<Expr, Rational> terms, Rational factor) {
        if (factor.isOne()) {
            return form;
        }
        return Linear.of(form.shape(), terms.keySet().stream().map(term -> Terms.shaped(term, form.shape())).toList(),
                terms.values().stream().map(factor::times).toList());
    }

    /** The content and the coefficient times something in place of the primitive rest. */
    Expr whole(Expr rest) {
        return Linear.scale(coefficient, times(content, rest));
    }

    private static Expr times(List<Factor> content, Expr rest) {
        List<Expr> nodes = new ArrayList<>(List.of(rest));
        List<int[]> labels = new ArrayList<>();
        labels.add(Tensors.allAxes(rest));
        for (Factor factor : content) {
            nodes.add(factor.node());
            labels.add(factor.labels());
        }
        return Product.whole(nodes, labels, rest.shape());
    }

    /** A sum without what its terms have in common; its terms before and after they were normalised. */
    private record Divided(Expr rest, List<Expr> parts, List<Expr> forms, List<Rational> coefficients) {
        List<Trace.Part> told(Expr sum, List<Factor> common, List<Factor> outside) {
            List<Factor> all = new ArrayList<>(outside);
            all.addAll(common);
            Trace.Places terms = new Trace.Places(StructureLaws.COLLECTED, parts, forms,
                    each -> times(all, Linear.of(sum.shape(), each, coefficients)));
            return List.of(new Trace.Step(StructureLaws.COMMON_FACTOR, times(outside, sum), terms.before()), terms,
                    Trace.collected(terms.after(), times(all, rest)));
        }
    }

    private static Map<Key, Factor> common(Expr form, Predicate<Factor> movable) {
        Map<Expr, Rational> terms = Terms.of(form);
        List<Map<Key, Factor>> all = new ArrayList<>();
        Set<Key> keys = new LinkedHashSet<>();
        for (Expr term : terms.keySet()) {
            Map<Key, Factor> factors = factors(Terms.shaped(term, form.shape()), form.shape().rank());
            all.add(factors);
            factors.forEach((key, factor) -> {
                if (all.size() == 1 || factor.exponent().signum() < 0) {
                    keys.add(key);
                }
            });
        }
        Map<Key, Factor> common = new LinkedHashMap<>();
        for (Key key : keys) {
            Factor least = null;
            for (Map<Key, Factor> factors : all) {
                Factor here = factors.get(key);
                Factor factor = here != null ? here : least == null ? null : least.withExponent(Rational.ZERO);
                if (factor == null) {
                    // Absent here: only a negative power elsewhere can make it common.
                    Factor any = all.stream().filter(each -> each.containsKey(key)).findFirst().orElseThrow().get(key);
                    factor = Objects.requireNonNull(any).withExponent(Rational.ZERO);
                }
                least = least == null || factor.exponent().compareTo(least.exponent()) < 0 ? factor : least;
            }
            if (least != null && !least.exponent().isZero() && movable.test(least)) {
                common.put(key, least);
            }
        }
        return common;
    }

    /** The factors of a term over indices of the sum. */
    private static Map<Key, Factor> factors(Expr term, int rank) {
        Map<Key, Factor> factors = new LinkedHashMap<>();
        for (Factor factor : Factor.of(term)) {
            boolean number = factor.base() == Constant.ONE || factor.base() instanceof Delta
                    || (factor.base() instanceof Contraction ones && ones.operandCount() == 0);
            if (!number && factor.isFree(rank)) {
                factors.merge(new Key(factor.base(), factor.place()), factor.withFreshUnits(),
                        (a, b) -> a.withExponent(a.exponent().plus(b.exponent())));
            }
        }
        return factors;
    }

    private static Divided divided(Expr form, Map<Key, Factor> common, NormalForm forms) {
        Shape shape = form.shape();
        List<Expr> parts = new ArrayList<>();
        List<Expr> normal = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Terms.of(form).forEach((term, c) -> {
            List<Factor> factors = new ArrayList<>(Factor.of(Terms.shaped(term, shape)));
            common.forEach((key, factor) -> {
                for (int k = 0; k < factors.size(); k++) {
                    Factor own = factors.get(k);
                    if (own.base() == key.base() && own.place().equals(key.place())) {
                        factors.set(k, own.withExponent(own.exponent().minus(factor.exponent())));
                        return;
                    }
                }
                factors.add(factor.withExponent(factor.exponent().negate()));
            });
            List<Expr> nodes = factors.stream().map(Factor::node).toList();
            List<int[]> labels = factors.stream().map(Factor::labels).toList();
            Expr product = forms.product(nodes, labels, shape);
            Terms.addTo(total, product, c);
            if (forms.trace().isOn()) {
                parts.add(Product.whole(nodes, labels, shape));
                normal.add(product);
                coefficients.add(c);
            }
        });
        return new Divided(Terms.total(shape, total), parts, normal, coefficients);
    }

    /** Whether nothing but the content is left. */
    boolean isSingle() {
        return primitive == Constant.ONE || (primitive instanceof Contraction ones && ones.operandCount() == 0);
    }

    /** Whether the whole is zero. */
    boolean isZero() {
        return Linear.isZero(primitive);
    }
}
