package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;

/**
 * Two functions of one argument multiplied entry by entry: {@code sinh u/cosh u = tanh u},
 * {@code sigmoid(u)·exp(−u) = sigmoid(−u)}, {@code relu(u)·step(u) = relu(u)}, {@code sign(u)·|u| = u}.
 */
final class Pairs {
    private Pairs() {
    }

    /** The first two factors to the first power (the second to the power {@code q}) whose product is one function. */
    @FunctionalInterface
    private interface Both {
        Optional<Expr> product(Expr f, Expr g);
    }

    private static Optional<Product> paired(Product product, Rational q, Both both) {
        for (Product.Factor f : product.factors()) {
            if (!f.exponent().isInteger() || f.exponent().signum() <= 0) {
                continue;
            }
            for (Product.Factor g : product.factors()) {
                boolean power = g.exponent().isInteger() && g.exponent().signum() == q.signum();
                if (f == g || !power || !Arrays.equals(f.labels(), g.labels())) {
                    continue;
                }
                Optional<Expr> one = both.product(f.base(), g.base());
                if (one.isPresent()) {
                    List<Product.Factor> factors = new ArrayList<>(product.factors());
                    factors.remove(f);
                    factors.remove(g);
                    factors.add(f.with(one.get(), Rational.ONE));
                    factors.add(f.with(f.base(), f.exponent().minus(Rational.ONE)));
                    factors.add(g.with(g.base(), g.exponent().minus(q)));
                    return Optional.of(Product.of(product.with(factors).node()));
                }
            }
        }
        return Optional.empty();
    }

    static Optional<Product> quotients(Product product) {
        return paired(product, Rational.MINUS_ONE,
                (f, g) -> quotient(f, g, Functions.SINH, Functions.COSH, Functions.TANH)
                        .or(() -> quotient(f, g, Functions.SIN, Functions.COS, Functions.TAN)).or(() -> tanh(f, g)));
    }

    private static Optional<Expr> quotient(Expr f, Expr g, ScalarFunction above, ScalarFunction below,
            ScalarFunction result) {
        return is(f, above) && is(g, below) && argument(f) == argument(g) ? Optional.of(result.apply(argument(f)))
                : Optional.empty();
    }

    /** {@code (eᵘ − eᵛ)/(eᵘ + eᵛ) = tanh((u − v)/2)}. */
    private static Optional<Expr> tanh(Expr f, Expr g) {
        if (!(f instanceof Linear difference) || !(g instanceof Linear sum) || difference.termCount() != 2
                || sum.termCount() != 2 || difference.term(0) != sum.term(0) || difference.term(1) != sum.term(1)
                || !sum.coefficient(0).isOne() || !sum.coefficient(1).isOne()
                || !difference.coefficient(0).abs().isOne()
                || !difference.coefficient(0).negate().equals(difference.coefficient(1))) {
            return Optional.empty();
        }
        Optional<Expr> u = exponent(sum.term(0));
        Optional<Expr> v = exponent(sum.term(1));
        return u.isEmpty() || v.isEmpty() ? Optional.empty()
                : Optional.of(Functions.TANH.apply(u.get().minus(v.get()).times(Rational.HALF))
                        .times(difference.coefficient(0)));
    }

    /** The u of {@code eᵘ}; 0 for 1. */
    private static Optional<Expr> exponent(Expr expr) {
        if (expr instanceof Contraction ones && ones.operandCount() == 0 || expr == Constant.ONE) {
            return Optional.of(Linear.zero(expr.shape()));
        }
        return is(expr, Functions.EXP) && Softmaxes.axis(expr) < 0 ? Optional.of(argument(expr)) : Optional.empty();
    }

    static Optional<Product> exponentials(Product product) {
        return paired(product, Rational.ONE, (f, g) -> {
            if (is(f, Functions.SIGMOID) && is(g, Functions.EXP) && argument(g) == argument(f).negate()) {
                return Optional.of(Functions.SIGMOID.apply(argument(g)));
            }
            boolean inverse = is(f, Functions.EXP) && is(g, Functions.EXP) && argument(g) == argument(f).negate();
            return inverse ? Optional.of(Contraction.ones(f.shape())) : Optional.empty();
        });
    }

    static Optional<Product> indicators(Product product) {
        return paired(product, Rational.ONE, (f, g) -> {
            if (is(g, Functions.STEP) && (f == argument(g) || (is(f, Functions.RELU) && argument(f) == argument(g)))) {
                return Optional.of(Functions.RELU.apply(argument(g)));
            }
            if (is(g, Functions.SIGN) && f == argument(g)) {
                return Optional.of(Functions.ABS.apply(f));
            }
            return is(g, Functions.SIGN) && is(f, Functions.ABS) && argument(f) == argument(g)
                    ? Optional.of(argument(g))
                    : Optional.empty();
        });
    }

    /** {@code 1/(1 + eᵘ) = sigmoid(−u)}, {@code 1/(eᵛ + eᵘ) = sigmoid(v − u)/eᵛ}. */
    static Optional<Product> logistic(Product product) {
        for (Product.Factor factor : product.factors()) {
            if (!(factor.base() instanceof Linear sum) || sum.termCount() != 2 || factor.exponent().signum() >= 0
                    || !factor.exponent().isInteger() || !sum.coefficient(0).isOne() || !sum.coefficient(1).isOne()) {
                continue;
            }
            Optional<Expr> u = exponent(sum.term(0));
            Optional<Expr> v = exponent(sum.term(1));
            if (u.isEmpty() || v.isEmpty()) {
                continue;
            }
            int one = Linear.isZero(u.get()) ? 0 : Linear.isZero(v.get()) ? 1 : -1;
            if (one >= 0) {
                Expr other = (one == 0 ? v : u).get();
                Product next = product.replacing(factor,
                        factor.with(Functions.SIGMOID.apply(other.negate()), factor.exponent().negate()));
                return Optional.of(Product.of(next.node()));
            }
        }
        return Optional.empty();
    }

    /** {@code ±(1 − sigmoid(u)) = ±sigmoid(−u)}, where no {@code sigmoid(u)} stands beside it. */
    static Expr complement(Contraction product) {
        for (int k = 0; k < product.operandCount(); k++) {
            Expr factor = product.operand(k);
            Optional<Expr> straight = complemented(factor);
            Optional<Expr> u = straight.or(() -> complemented(factor.negate()));
            if (u.isPresent() && product.operands().stream()
                    .noneMatch(f -> is(f, Functions.SIGMOID) && argument(f) == u.get())) {
                List<Expr> operands = new ArrayList<>(product.operands());
                operands.set(k, Functions.SIGMOID.apply(u.get().negate()));
                Expr other = product.withOperands(operands);
                return straight.isPresent() ? other : other.negate();
            }
        }
        return product;
    }

    /** {@code sigmoid(−u)·(1 − sigmoid(−u)) = sigmoid(u)·(1 − sigmoid(u))}. */
    static Optional<Product> logisticSlope(Product product) {
        for (Product.Factor f : product.factors()) {
            if (!is(f.base(), Functions.SIGMOID) || !f.exponent().isOne()
                    || !EntrywiseLaws.isNegative(argument(f.base()))) {
                continue;
            }
            for (Product.Factor g : product.factors()) {
                if (g.exponent().isOne() && Arrays.equals(f.labels(), g.labels())
                        && complemented(g.base()).filter(u -> u == argument(f.base())).isPresent()) {
                    Expr s = Functions.SIGMOID.apply(argument(f.base()).negate());
                    Expr rest = Contraction.ones(s.shape()).minus(s);
                    Product next = product.replacing(f, f.with(s, Rational.ONE));
                    return Optional.of(next.replacing(g, g.with(rest, Rational.ONE)));
                }
            }
        }
        return Optional.empty();
    }

    /** {@code c·(s − s²) = c·s·(1 − s)} for a sigmoid s. */
    static Optional<Expr> logisticSlope(Linear sum) {
        for (int k = 0; k < 2 && sum.termCount() == 2; k++) {
            Expr s = sum.term(k);
            if (is(s, Functions.SIGMOID) && sum.coefficient(k).equals(sum.coefficient(1 - k).negate())
                    && sum.term(1 - k) == s.pow(2)) {
                Expr slope = s.times(Contraction.ones(s.shape()).minus(s));
                return Optional.of(Linear.scale(sum.coefficient(k), slope));
            }
        }
        return Optional.empty();
    }

    /** The u of {@code 1 − sigmoid(u)}. */
    static Optional<Expr> complemented(Expr expr) {
        if (!(expr instanceof Linear sum) || sum.termCount() != 2) {
            return Optional.empty();
        }
        int one = isOne(sum.term(0)) ? 0 : 1;
        Expr other = sum.term(1 - one);
        return isOne(sum.term(one)) && sum.coefficient(one).isOne() && is(other, Functions.SIGMOID)
                && sum.coefficient(1 - one).equals(Rational.MINUS_ONE) ? Optional.of(argument(other))
                        : Optional.empty();
    }

    private static boolean isOne(Expr expr) {
        return expr instanceof Contraction ones && ones.operandCount() == 0 || expr == Constant.ONE;
    }

    static boolean is(Expr node, ScalarFunction function) {
        return node instanceof Elementwise f && f.function() == function;
    }

    private static Expr argument(Expr f) {
        return f.operand(0);
    }
}
