package org.adjoint.eval;

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
 * Derivatives of functions that saturate, without the cancellation and the quotients of infinities that they have as written:
 *
 * <pre>
 * 1 − sigmoid(x) = sigmoid(−x)            1 − 2 sigmoid(x) = −tanh(x/2)       1 ± tanh(x) = 2 sigmoid(±2x)
 * 1 − tanh²(x) = cosh⁻²(x)                1 − tanh⁻²(x) = −sinh⁻²(x)
 * sinh(x) cosh⁻¹(x) = tanh(x)             eˣ (1 + eˣ)⁻¹ = sigmoid(x)
 * a pᵏ q + b pᵏ r = pᵏ (a q + b r)        where the bracket is one term, a factor of the denominator, or one of these
 * </pre>
 *
 * Only plans do this: what is printed and generated stays what was typed. No form has a value where what was typed has none. Source:
 * DLMF 4.35 (hyperbolic identities); sigmoid(x) = (1 + tanh(x/2))/2.
 */
final class SaturatedForms {
    /** Sums of more terms are not looked at pair by pair. */
    private static final int MOST_TERMS = 6;

    private SaturatedForms() {
    }

    /** One node, whose operands are rewritten already. */
    static Expr of(Expr node) {
        return switch (node) {
            case Elementwise map when map.function() == Functions.LOG -> InverseHyperbolic.log(map.operand(0))
                    .orElse(map);
            case Linear linear when linear.termCount() <= MOST_TERMS -> linear(linear);
            case Contraction product when product.operandCount() > 1 -> ratios(product);
            default -> node;
        };
    }

    private static boolean is(Expr node, ScalarFunction function) {
        return node instanceof Elementwise map && map.function() == function;
    }

    private static Expr linear(Linear sum) {
        List<Expr> terms = sum.operands().stream().map(term -> term instanceof Contraction product
                && product.operandCount() > 1 ? ratios(product) : term).toList();
        Expr together = terms.equals(sum.operands()) ? sum : sum.withOperands(terms);
        return together instanceof Linear linear && linear.termCount() > 1 ? factored(complement(linear)) : together;
    }

    // ---- a number and one saturated term

    private static Expr complement(Linear sum) {
        Rational constant = StableForms.constant(sum);
        if (constant.isZero()) {
            return sum;
        }
        for (int k = 0; k < sum.termCount(); k++) {
            Optional<Expr> together = complement(sum.term(k), sum.coefficient(k).dividedBy(constant));
            if (together.isPresent()) {
                List<Expr> terms = new ArrayList<>(List.of(together.get()));
                List<Rational> coefficients = new ArrayList<>(List.of(constant));
                for (int j = 0; j < sum.termCount(); j++) {
                    if (j != k && Constant.uniform(sum.term(j)).isEmpty()) {
                        terms.add(sum.term(j));
                        coefficients.add(sum.coefficient(j));
                    }
                }
                return Linear.of(sum.shape(), terms, coefficients);
            }
        }
        return sum;
    }

    /** {@code 1 + c·term} in one. */
    private static Optional<Expr> complement(Expr term, Rational c) {
        boolean minus = c.equals(Rational.MINUS_ONE);
        if (is(term, Functions.SIGMOID)) {
            Expr x = term.operand(0);
            return minus ? Optional.of(Functions.SIGMOID.apply(x.negate()))
                    : c.equals(Rational.of(-2)) ? Optional.of(Functions.TANH.apply(x.times(Rational.HALF)).negate())
                            : Optional.empty();
        }
        if (is(term, Functions.TANH) && c.abs().isOne()) {
            return Optional.of(Functions.SIGMOID.apply(term.operand(0).times(c.times(Rational.TWO))).times(2));
        }
        return minus && mayCancel(term) ? Monomial.of(term).flatMap(SaturatedForms::complement) : Optional.empty();
    }

    /** One without an even power of tanh. */
    private static Optional<Expr> complement(Monomial power) {
        Expr base = power.powers().keySet().iterator().next();
        if (power.powers().size() != 1 || !is(base, Functions.TANH)) {
            return Optional.empty();
        }
        Expr x = base.operand(0);
        return power.exponent(base).equals(Rational.TWO) ? Optional.of(Functions.COSH.apply(x).pow(-2))
                : power.exponent(base).equals(Rational.of(-2)) ? Optional.of(Functions.SINH.apply(x).pow(-2).negate())
                        : Optional.empty();
    }

    // ---- terms with a common factor

    private static Expr factored(Expr node) {
        if (!(node instanceof Linear sum)) {
            return node;
        }
        for (int j = 1; j < sum.termCount(); j++) {
            for (int i = 0; i < j && mayCancel(sum.term(j)); i++) {
                Optional<Expr> together = mayCancel(sum.term(i)) ? together(sum, i, j) : Optional.empty();
                if (together.isPresent()) {
                    List<Expr> terms = new ArrayList<>(List.of(together.get()));
                    List<Rational> coefficients = new ArrayList<>(List.of(Rational.ONE));
                    for (int k = 0; k < sum.termCount(); k++) {
                        if (k != i && k != j) {
                            terms.add(sum.term(k));
                            coefficients.add(sum.coefficient(k));
                        }
                    }
                    // Fewer terms each time.
                    return factored(Linear.of(sum.shape(), terms, coefficients));
                }
            }
        }
        return sum;
    }

    /** Whether the term is one, or is or has a factor that is a power or a saturated function. */
    private static boolean mayCancel(Expr term) {
        if (Constant.uniform(term).filter(Rational::isOne).isPresent()) {
            return true;
        }
        if (term instanceof Contraction product) {
            return product.summedCount() == 0 && product.operands().stream().anyMatch(SaturatedForms::isPower);
        }
        return isPower(term);
    }

    private static boolean isPower(Expr factor) {
        return is(factor, Functions.POWER) || is(factor, Functions.TANH) || is(factor, Functions.SIGMOID);
    }

    private static Optional<Expr> together(Linear sum, int i, int j) {
        Optional<Monomial> a = Monomial.of(sum.term(i));
        Optional<Monomial> b = Monomial.of(sum.term(j));
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        Monomial common = a.get().common(b.get());
        if (common.isOne()) {
            return Optional.empty();
        }
        List<Expr> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        spread(a.get().over(common), sum.coefficient(i), terms, coefficients);
        spread(b.get().over(common), sum.coefficient(j), terms, coefficients);
        Expr bracket = Linear.of(sum.shape(), terms, coefficients);
        if (Constant.uniform(bracket).isPresent() || !(bracket instanceof Linear many) || many.termCount() == 1) {
            // One product: nothing is left that could cancel.
            return common.keepsPoles() ? Optional.of(common.expr().times(bracket)) : Optional.empty();
        }
        for (Expr base : common.powers().keySet()) {
            Optional<Rational> scale = common.exponent(base).signum() < 0 ? multiple(bracket, base) : Optional.empty();
            if (scale.isPresent()) {
                Monomial cancelled = common.times(base);
                return cancelled.keepsPoles() ? Optional.of(cancelled.expr().times(scale.get())) : Optional.empty();
            }
        }
        if (Monomial.isNonzero(bracket)) {
            return common.keepsPoles() ? Optional.of(common.expr().times(bracket)) : Optional.empty();
        }
        Expr shorter = bracket instanceof Linear linear ? complement(linear) : bracket;
        return shorter != bracket && common.keepsPoles() ? Optional.of(common.expr().times(shorter)) : Optional.empty();
    }

    /** Adds {@code c·expr}, term by term where it is a sum. */
    private static void spread(Expr expr, Rational c, List<Expr> terms, List<Rational> coefficients) {
        if (!(expr instanceof Linear sum)) {
            terms.add(expr);
            coefficients.add(c);
            return;
        }
        for (int k = 0; k < sum.termCount(); k++) {
            terms.add(sum.term(k));
            coefficients.add(sum.coefficient(k).times(c));
        }
    }

    /** The c of {@code expr = c·base}. */
    private static Optional<Rational> multiple(Expr expr, Expr base) {
        Rational c = (expr instanceof Linear sum ? sum.coefficient(0) : Rational.ONE)
                .dividedBy(base instanceof Linear sum ? sum.coefficient(0) : Rational.ONE);
        return base.times(c) == expr ? Optional.of(c) : Optional.empty();
    }

    // ---- quotients of what is large

    private static Expr ratios(Contraction product) {
        List<Part> parts = new ArrayList<>();
        boolean interesting = false;
        for (int k = 0; k < product.operandCount(); k++) {
            Part part = Part.of(product.operand(k), product.indices(k));
            parts.add(part);
            interesting |= part.exponent < 0;
        }
        boolean changed = false;
        for (int i = 0; interesting && i < parts.size(); i++) {
            for (int j = 0; j < parts.size(); j++) {
                changed |= i != j && Arrays.equals(parts.get(i).labels, parts.get(j).labels) && merge(parts, i, j);
            }
        }
        if (!changed) {
            return product;
        }
        List<Expr> factors = parts.stream().map(part -> part.base.pow(part.exponent)).toList();
        return Contraction.of(factors, parts.stream().map(Part::labels).toList(),
                StableForms.outputLabels(product.shape()), product.shape());
    }

    /** A factor {@code base^exponent}. */
    private record Part(Expr base, int exponent, int[] labels) {
        static Part of(Expr factor, int[] labels) {
            Rational exponent = is(factor, Functions.POWER)
                    ? Constant.uniform(factor.operand(1)).orElse(Rational.ZERO)
                    : Rational.ZERO;
            return exponent.isInteger() && !exponent.isZero() && exponent.abs().compareTo(Rational.of(64)) < 0
                    ? new Part(factor.operand(0), (int) exponent.longValueExact(), labels)
                    : new Part(factor, 1, labels);
        }

        Part with(int other) {
            return new Part(base, other, labels);
        }
    }

    /** Two factors, the second with a negative exponent, as something else and what is left of them. */
    private static boolean merge(List<Part> parts, int i, int j) {
        Part p = parts.get(i);
        Part q = parts.get(j);
        if (p.exponent <= 0 || q.exponent >= 0) {
            return false;
        }
        if (is(p.base, Functions.SINH) && p.base == q.base && p.exponent + q.exponent >= 0) {
            // As large as it is, and without a value at 0 as before.
            Expr tanh = Functions.TANH.apply(p.base.operand(0));
            parts.set(i, p.with(p.exponent + q.exponent));
            parts.set(j, new Part(tanh, q.exponent, q.labels));
            parts.add(new Part(tanh, -q.exponent, p.labels));
            return true;
        }
        int k = Math.min(p.exponent, -q.exponent);
        if (p.base == q.base && (p.exponent + q.exponent < 0 || Monomial.isNonzero(p.base))) {
            parts.set(i, p.with(p.exponent - k));
            parts.set(j, q.with(q.exponent + k));
            return true;
        }
        Optional<Expr> ratio = ratio(p.base, q.base);
        if (ratio.isEmpty()) {
            return false;
        }
        boolean inverse = is(q.base, Functions.SINH);
        parts.set(i, p.with(p.exponent - k));
        parts.set(j, q.with(q.exponent + k));
        parts.add(new Part(ratio.get(), inverse ? -k : k, p.labels));
        return true;
    }

    /** {@code p/q}, or {@code q/p} where q is a sinh. */
    private static Optional<Expr> ratio(Expr p, Expr q) {
        boolean hyperbolic = is(p, Functions.SINH) && is(q, Functions.COSH)
                || is(p, Functions.COSH) && is(q, Functions.SINH);
        if (hyperbolic && p.operand(0) == q.operand(0)) {
            return Optional.of(Functions.TANH.apply(p.operand(0)));
        }
        return is(p, Functions.EXP) && q == p.plus(Linear.fill(p.shape(), Rational.ONE))
                ? Optional.of(Functions.SIGMOID.apply(p.operand(0)))
                : Optional.empty();
    }
}
