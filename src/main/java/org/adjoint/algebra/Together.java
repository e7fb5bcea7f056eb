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
        Expr rest = form;
        for (int round = 0; round < ROUNDS; round++) {
            Map<Key, Factor> common = common(rest, movable);
            if (common.isEmpty()) {
                break;
            }
            rest = divided(rest, common, forms);
            content.addAll(common.values());
        }
        Map<Expr, Rational> terms = NormalForm.terms(rest);
        Rational lead = terms.isEmpty() ? Rational.ONE : terms.values().iterator().next();
        return new Together(lead, content, NormalForm.rescaled(rest, terms, lead.inverse()));
    }

    private static Map<Key, Factor> common(Expr form, Predicate<Factor> movable) {
        Map<Expr, Rational> terms = NormalForm.terms(form);
        List<Map<Key, Factor>> all = new ArrayList<>();
        Set<Key> keys = new LinkedHashSet<>();
        for (Expr term : terms.keySet()) {
            Map<Key, Factor> factors = factors(NormalForm.asTerm(term, form.shape()), form.shape().rank());
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

    private static Expr divided(Expr form, Map<Key, Factor> common, NormalForm forms) {
        Shape shape = form.shape();
        Map<Expr, Rational> total = new LinkedHashMap<>();
        NormalForm.terms(form).forEach((term, c) -> {
            List<Factor> factors = new ArrayList<>(Factor.of(NormalForm.asTerm(term, shape)));
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
            NormalForm.addTo(total, forms.product(factors.stream().map(Factor::node).toList(),
                    factors.stream().map(Factor::labels).toList(), shape), c);
        });
        return NormalForm.total(shape, total);
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
