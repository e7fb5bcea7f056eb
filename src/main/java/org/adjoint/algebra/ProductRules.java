package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/** The laws of products, in the order in which they are tried. */
final class ProductRules {
    private final Cost cost;
    private final Monomials monomials = new Monomials();

    /** The nodes of the expression that is presented, with the number of their users. */
    private final NodeMap<Integer> uses;

    private ProductRules(Cost cost, NodeMap<Integer> uses) {
        this.cost = cost;
        this.uses = uses;
    }

    static List<ProductRule> all(Cost cost, NodeMap<Integer> uses) {
        ProductRules own = new ProductRules(cost, uses);
        List<ProductRule> all = new ArrayList<>(structural(cost, uses));
        all.addAll(List.of(
                new ProductRule("matrix times its inverse", product -> Inverses.cancelled(product, cost)),
                new ProductRule("softmax", Softmaxes::quotient),
                new ProductRule("sum of softmax", Softmaxes::sumToOne),
                new ProductRule("hyperbolic tangent", Pairs::quotients),
                new ProductRule("sigmoid by exponentials", Pairs::logistic),
                new ProductRule("exponential of a sum", Pairs::exponentials),
                new ProductRule("sigmoid of a negative", Pairs::logisticSlope),
                new ProductRule("relu and its indicator", Pairs::indicators),
                new ProductRule("inverse of a product", own::openedInverse)));
        return List.copyOf(all);
    }

    /** The laws that know no functions. */
    static List<ProductRule> structural(Cost cost, NodeMap<Integer> uses) {
        ProductRules own = new ProductRules(cost, uses);
        return List.of(new ProductRule(own.monomials::law, own::merged),
                new ProductRule("power of a product", own::spread),
                new ProductRule("symbolic powers of one base", ProductRules::symbolicPowers),
                new ProductRule("common number of a sum", own::primitive),
                new ProductRule("sum of a sum", own::summed));
    }

    /** {@code xᵃ·xᵇ = xᵃ⁺ᵇ}; indicators, ±1, one-hot and probability variables. */
    private Optional<Product> merged(Product product) {
        Expr node = product.bare().node();
        Expr next = monomials.reduce(node);
        if (next == node) {
            return Optional.empty();
        }
        Product parsed = Product.of(next);
        return Optional.of(parsed.with(parsed.coefficient().times(product.coefficient())));
    }

    /** {@code (xy)⁻ᵏ = x⁻ᵏ·y⁻ᵏ}. */
    private Optional<Product> spread(Product product) {
        for (Product.Factor factor : product.factors()) {
            if (factor.exponent().isInteger() && factor.exponent().signum() < 0
                    && factor.base() instanceof Contraction base && base.operandCount() > 1) {
                Expr powers = monomials.power(base, factor.exponent());
                if (powers instanceof Contraction several && several.operandCount() > 1) {
                    return Optional.of(Product.of(
                            product.replacing(factor, factor.with(powers, Rational.ONE)).node()));
                }
            }
        }
        return Optional.empty();
    }

    /** {@code xᵃ·x^q = x^(a+q)} for an exponent a that is an expression. */
    private static Optional<Product> symbolicPowers(Product product) {
        for (Product.Factor f : product.factors()) {
            boolean symbolic = f.base() instanceof Elementwise power && power.function() == Functions.POWER
                    && f.exponent().isOne();
            if (!symbolic) {
                continue;
            }
            Expr base = f.base().operand(0);
            Expr exponent = f.base().operand(1);
            for (Product.Factor g : product.factors()) {
                boolean same = g != f && Arrays.equals(f.labels(), g.labels());
                Expr more = !same ? base : g.base() == base ? Linear.fill(base.shape(), g.exponent())
                        : g.base() instanceof Elementwise other && other.function() == Functions.POWER
                                && other.operand(0) == base && g.exponent().isOne() ? other.operand(1) : base;
                if (same && more != base) {
                    List<Product.Factor> factors = new ArrayList<>(product.factors());
                    factors.remove(f);
                    factors.remove(g);
                    factors.add(f.with(Functions.POWER.apply(base, exponent.plus(more)), Rational.ONE));
                    return Optional.of(Product.of(product.with(factors).node()));
                }
            }
        }
        return Optional.empty();
    }

    /** A sum as a factor: its common number in front, its number or first term positive. */
    private Optional<Product> primitive(Product product) {
        for (Product.Factor factor : product.factors()) {
            if (!(factor.base() instanceof Linear sum) || sum.termCount() < 2 || !factor.exponent().isInteger()) {
                continue;
            }
            Rational content = sum.coefficient(0);
            for (int k = 1; k < sum.termCount(); k++) {
                content = Factoring.content(content, sum.coefficient(k));
            }
            content = content.abs();
            content = isTurned(sum) ? content.negate() : content;
            if (!content.isOne()) {
                Expr base = Linear.scale(Rational.ONE.dividedBy(content), sum);
                if (base instanceof Linear scaled && scaled.termCount() == 1) {
                    base = rescaled(sum, content);
                }
                int power = (int) factor.exponent().longValueExact();
                return Optional.of(product.replacing(factor, factor.with(base, factor.exponent()))
                        .with(product.coefficient().times(content.pow(power))));
            }
        }
        return Optional.empty();
    }

    /** Whether the sum is written with all its signs changed: as it occurs elsewhere, or else with a plus first. */
    private boolean isTurned(Linear sum) {
        boolean straight = uses.contains(sum);
        boolean turned = uses.contains(rescaled(sum, Rational.MINUS_ONE));
        return straight == turned ? sum.coefficient(leading(sum)).signum() < 0 : turned;
    }

    /** The term whose sign is made positive: a number, or else the first. */
    private static int leading(Linear sum) {
        for (int k = 0; k < sum.termCount(); k++) {
            if (sum.term(k) instanceof Contraction ones && ones.operandCount() == 0 || sum.term(k) == Constant.ONE) {
                return k;
            }
        }
        return 0;
    }

    /** The sum with each coefficient divided. */
    static Expr rescaled(Linear sum, Rational divisor) {
        List<Rational> coefficients = IntStream.range(0, sum.termCount())
                .mapToObj(k -> sum.coefficient(k).dividedBy(divisor)).toList();
        return Linear.of(sum.shape(), sum.operands(), coefficients);
    }

    /** {@code Σᵢ(aᵢ + bᵢ) = Σᵢaᵢ + Σᵢbᵢ}, where that is shorter: a centred sum vanishes. */
    private Optional<Product> summed(Product product) {
        for (Product.Factor factor : product.factors()) {
            if (!(factor.base() instanceof Linear sum) || !factor.exponent().isOne()) {
                continue;
            }
            int[] kept = IntStream.range(0, factor.labels().length)
                    .filter(axis -> !isAlone(product, factor, axis)).toArray();
            if (kept.length == factor.labels().length
                    || Arrays.stream(factor.labels()).distinct().count() < factor.labels().length) {
                continue;
            }
            int[] output = Arrays.stream(kept).map(axis -> factor.labels()[axis]).toArray();
            Shape shape = Shape.of(Arrays.stream(kept).mapToObj(sum.shape()::get).toList());
            List<Expr> terms = new ArrayList<>();
            List<Rational> coefficients = new ArrayList<>();
            for (int k = 0; k < sum.termCount(); k++) {
                terms.add(monomials.reduce(
                        Contraction.flattened(List.of(sum.term(k)), List.of(factor.labels()), output, shape)));
                coefficients.add(sum.coefficient(k));
            }
            Expr spread = Linear.of(shape, terms, coefficients);
            Expr before = Contraction.of(List.of(sum), List.of(factor.labels()), output, shape);
            if (Linear.isZero(spread)) {
                return Optional.of(product.with(Rational.ZERO));
            }
            if (cost.of(spread) < cost.of(before)) {
                return Optional.of(Product.of(
                        product.replacing(factor, new Product.Factor(spread, Rational.ONE, output)).node()));
            }
        }
        return Optional.empty();
    }

    private static boolean isAlone(Product product, Product.Factor factor, int axis) {
        int label = factor.labels()[axis];
        return product.isSummed(label) && product.occurrences(label) == 1 && !factor.size(axis).isOne();
    }

    /** {@code (XY)⁻¹ = Y⁻¹X⁻¹}, where inverses then cancel. */
    private Optional<Product> openedInverse(Product product) {
        Optional<Product> open = Inverses.opened(product);
        Product next = open.orElse(product);
        while (open.isPresent()) {
            open = Inverses.cancelled(next, cost);
            next = open.orElse(next);
        }
        next = next == product ? next : merged(next).orElse(next);
        return next != product && cost.of(next.node()) < cost.of(product.node()) ? Optional.of(next) : Optional.empty();
    }
}
