package org.adjoint.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/**
 * A product entry by entry of powers: each base once, with an exponent that is a multiple of a half.
 *
 * @param poles the bases that have a negative exponent somewhere: where one is zero the product as written has no value
 */
record Monomial(Shape shape, Map<Expr, Rational> powers, Set<Expr> poles) {
    private static final int MOST_FACTORS = 12;

    /** Of a term; empty when it sums, transposes or broadcasts. */
    static Optional<Monomial> of(Expr term) {
        Monomial monomial = new Monomial(term.shape(), new LinkedHashMap<>(), new LinkedHashSet<>());
        if (!(term instanceof Contraction product)) {
            monomial.multiply(term);
            return Optional.of(monomial);
        }
        if (!isEntrywise(product)) {
            return Optional.empty();
        }
        product.operands().forEach(monomial::multiply);
        return Optional.of(monomial);
    }

    /** Powers of products are products of powers; {@code x sign(x) = |x|}. */
    private void multiply(Expr factor) {
        ArrayDeque<Map.Entry<Expr, Rational>> open = new ArrayDeque<>(List.of(Map.entry(factor, Rational.ONE)));
        while (!open.isEmpty()) {
            Expr base = open.peek().getKey();
            Rational exponent = open.pop().getValue();
            Optional<Rational> constant = base instanceof Elementwise power && power.function() == Functions.POWER
                    ? Constant.uniform(power.operand(1)).filter(Rational::isInteger)
                    : Optional.empty();
            if (constant.isPresent()) {
                open.push(Map.entry(base.operand(0), exponent.times(constant.get())));
            } else if (base instanceof Elementwise root && root.function() == Functions.SQRT) {
                open.push(Map.entry(root.operand(0), exponent.times(Rational.HALF)));
            } else if (base instanceof Contraction product && exponent.isInteger() && isEntrywise(product)) {
                product.operands().forEach(inner -> open.push(Map.entry(inner, exponent)));
            } else {
                multiply(base, exponent);
            }
        }
    }

    private void multiply(Expr base, Rational exponent) {
        if (exponent.signum() < 0) {
            poles.add(base);
        }
        Expr other = base instanceof Elementwise sign && sign.function() == Functions.SIGN ? sign.operand(0)
                : Functions.SIGN.apply(base);
        if (exponent.isOne() && exponent(other).isOne()) {
            powers.remove(other);
            multiply(Functions.ABS.apply(base == Functions.SIGN.apply(other) ? other : base), exponent);
            return;
        }
        powers.merge(base, exponent, Rational::plus);
    }

    private static boolean isEntrywise(Contraction product) {
        int[] output = StableForms.outputLabels(product.shape());
        return product.summedCount() == 0 && product.operandCount() <= MOST_FACTORS
                && IntStream.range(0, product.operandCount())
                        .allMatch(k -> Arrays.equals(product.indices(k), output));
    }

    /** What two products have in common: of each base the lower power. */
    Monomial common(Monomial other) {
        Map<Expr, Rational> lower = new LinkedHashMap<>();
        Set<Expr> bases = new LinkedHashSet<>(powers.keySet());
        bases.addAll(other.powers.keySet());
        for (Expr base : bases) {
            Rational a = exponent(base);
            Rational b = other.exponent(base);
            lower.put(base, a.compareTo(b) < 0 ? a : b);
        }
        Set<Expr> all = new LinkedHashSet<>(poles);
        all.addAll(other.poles);
        return new Monomial(shape, lower, all);
    }

    Rational exponent(Expr base) {
        return powers.getOrDefault(base, Rational.ZERO);
    }

    /** This divided by what it has in common with another. */
    Expr over(Monomial common) {
        Map<Expr, Rational> rest = new LinkedHashMap<>();
        common.powers.forEach((base, exponent) -> rest.put(base, exponent(base).minus(exponent)));
        return new Monomial(shape, rest, Set.of()).expr();
    }

    Monomial times(Expr base) {
        Map<Expr, Rational> more = new LinkedHashMap<>(powers);
        more.merge(base, Rational.ONE, Rational::plus);
        return new Monomial(shape, more, poles);
    }

    boolean isOne() {
        return powers.values().stream().allMatch(Rational::isZero);
    }

    /** Whether it has no value wherever what it was made of has none. */
    boolean keepsPoles() {
        return poles.stream().allMatch(base -> exponent(base).signum() < 0 || isNonzero(base));
    }

    /** Whether the expression has no zero: {@code eˣ}, cosh, sigmoid, and {@code x + √(x² ± 1)}. */
    static boolean isNonzero(Expr x) {
        if (x instanceof Elementwise map) {
            return map.function() == Functions.EXP || map.function() == Functions.COSH
                    || map.function() == Functions.SIGMOID;
        }
        return InverseHyperbolic.argument(x, 1).or(() -> InverseHyperbolic.argument(x, -1)).isPresent();
    }

    Expr expr() {
        List<Expr> factors = new ArrayList<>();
        powers.forEach((base, exponent) -> {
            if (exponent.isInteger()) {
                factors.add(base.pow(exponent.longValueExact()));
            } else {
                factors.add(Functions.SQRT.apply(base).pow(exponent.times(Rational.TWO).longValueExact()));
            }
        });
        return factors.isEmpty() ? Linear.fill(shape, Rational.ONE) : Tensors.product(factors);
    }
}
