package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Takes from under a sum what does not depend on its index: {@code Σₖ a(v)·wₖ·exp(φ(v)·gₖ) = a(v)·Σₖ wₖ·exp(φ(v)·gₖ)}, after
 * multiplying out; cosh, sinh and powers with the variable in the exponent are written as exponentials.
 */
final class Separation {
    private static final int TERM_LIMIT = 64;
    private static final int POWER_LIMIT = 4;

    private final Variable v;
    private final Symbols symbols;
    private final Map<Integer, Size> sizes;

    Separation(Variable v, Symbols symbols, Map<Integer, Size> sizes) {
        this.v = v;
        this.symbols = symbols;
        this.sizes = sizes;
    }

    /** One product: outer factors without bound labels, weights without the variable, exponentials of rate times form. */
    private record Term(Expr outer, Expr weight, Map<Expr, Expr> exponents) {
        static final Term ONE = new Term(Constant.ONE, Constant.ONE, Map.of());

        Term times(Term other) {
            Map<Expr, Expr> sum = new LinkedHashMap<>(exponents);
            other.exponents.forEach((rate, g) -> sum.merge(rate, g, Expr::plus));
            sum.values().removeIf(Linear::isZero);
            return new Term(outer.times(other.outer), weight.times(other.weight), sum);
        }
    }

    /** {@code Σ term} over the bound labels, in which sums are symbols. */
    Expr sum(Expr term, Map<Integer, Size> bound) {
        if (!moves(term)) {
            return symbols.sum(term, bound, sizes);
        }
        if (bound.size() == 1) {
            Optional<List<Expr>> list = symbols.unrolled(term, bound.keySet().iterator().next());
            if (list.isPresent()) {
                return Tensors.sum(list.get());
            }
        }
        Optional<List<Term>> terms = separate(term, bound);
        if (terms.isEmpty()) {
            return partly(term, bound);
        }
        List<Expr> total = new ArrayList<>();
        for (Term part : terms.get()) {
            Expr inner = part.exponents.isEmpty() ? symbols.sum(part.weight, bound, sizes)
                    : symbols.of(new Entry.ExponentialSum(part.weight, part.exponents, bound));
            total.add(part.outer.times(inner));
        }
        return Tensors.sum(total);
    }

    /** A sum of terms that are no products of exponentials: term by term, without the factors that do not depend on the index. */
    private Expr partly(Expr term, Map<Integer, Size> bound) {
        if (term instanceof Linear sum && (sum.termCount() > 1 || !sum.coefficient(0).isOne())) {
            List<Expr> parts = new ArrayList<>();
            for (int k = 0; k < sum.termCount(); k++) {
                parts.add(sum(sum.term(k), bound).times(sum.coefficient(k)));
            }
            return Tensors.sum(parts);
        }
        List<Expr> outer = new ArrayList<>();
        List<Expr> inner = new ArrayList<>();
        factors(term).forEach(factor -> (isOuter(factor, bound) ? outer : inner).add(factor));
        Expr rest = inner.size() == 1 ? inner.get(0) : Tensors.product(inner);
        Expr sum = symbols.of(new Entry.Sum(rest, bound));
        outer.add(sum);
        return Tensors.product(outer);
    }

    private boolean moves(Expr form) {
        for (Variable variable : Walk.variables(form)) {
            if (variable == v) {
                return true;
            }
            Entry entry = symbols.entry(variable);
            if (entry != null && !(entry instanceof Entry.Of)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOuter(Expr form, Map<Integer, Size> bound) {
        return symbols.labels(form).stream().noneMatch(bound::containsKey);
    }

    private Optional<List<Term>> separate(Expr form, Map<Integer, Size> bound) {
        if (isOuter(form, bound)) {
            return Optional.of(List.of(new Term(form, Constant.ONE, Map.of())));
        }
        if (!moves(form)) {
            return Optional.of(List.of(new Term(Constant.ONE, form, Map.of())));
        }
        return switch (form) {
            case Linear sum -> linear(sum, bound);
            case Contraction product -> {
                Optional<List<Term>> all = Optional.of(List.of(Term.ONE));
                for (Expr factor : product.operands()) {
                    Optional<List<Term>> parts = separate(factor, bound);
                    if (all.isEmpty() || parts.isEmpty()) {
                        yield Optional.empty();
                    }
                    all = product(all.get(), parts.get());
                }
                yield all;
            }
            case Elementwise function -> elementwise(function, bound);
            default -> Optional.empty();
        };
    }

    private Optional<List<Term>> linear(Linear sum, Map<Integer, Size> bound) {
        List<Term> all = new ArrayList<>();
        for (int k = 0; k < sum.termCount(); k++) {
            Optional<List<Term>> parts = separate(sum.term(k), bound);
            if (parts.isEmpty()) {
                return Optional.empty();
            }
            Expr c = Constant.of(sum.coefficient(k));
            parts.get().forEach(part -> all.add(new Term(part.outer.times(c), part.weight, part.exponents)));
        }
        return all.size() > TERM_LIMIT ? Optional.empty() : Optional.of(all);
    }

    private static Optional<List<Term>> product(List<Term> left, List<Term> right) {
        if ((long) left.size() * right.size() > TERM_LIMIT) {
            return Optional.empty();
        }
        List<Term> all = new ArrayList<>();
        left.forEach(a -> right.forEach(b -> all.add(a.times(b))));
        return Optional.of(all);
    }

    private Optional<List<Term>> elementwise(Elementwise node, Map<Integer, Size> bound) {
        ScalarFunction f = node.function();
        if (f == Functions.POWER) {
            return power(node.operand(0), node.operand(1), bound);
        }
        if (f == Functions.SQRT) {
            return power(node.operand(0), Constant.HALF, bound);
        }
        if (f == Functions.EXP) {
            return separate(node.operand(0), bound).flatMap(terms -> exponential(terms, bound));
        }
        if (f == Functions.LOG) {
            return separate(node.operand(0), bound).flatMap(this::logarithm);
        }
        if (f == Functions.COSH || f == Functions.SINH) {
            Expr falling = Functions.EXP.apply(node.operand(0).negate());
            Expr rising = Functions.EXP.apply(node.operand(0));
            return separate((f == Functions.COSH ? rising.plus(falling) : rising.minus(falling)).times(Rational.HALF),
                    bound);
        }
        if (f == Functions.EXPM1) {
            return separate(Functions.EXP.apply(node.operand(0)).minus(Constant.ONE), bound);
        }
        return Optional.empty();
    }

    /** {@code exp Σ tⱼ = ∏ exp tⱼ}. */
    private Optional<List<Term>> exponential(List<Term> terms, Map<Integer, Size> bound) {
        Term product = Term.ONE;
        for (Term term : terms) {
            if (!term.exponents.isEmpty()) {
                return Optional.empty();
            }
            Expr whole = term.outer.times(term.weight);
            if (isOuter(whole, bound)) {
                product = product.times(new Term(Functions.EXP.apply(whole), Constant.ONE, Map.of()));
            } else if (!moves(term.outer)) {
                product = product.times(new Term(Constant.ONE, Functions.EXP.apply(whole), Map.of()));
            } else {
                Expr rate = Constant.ONE;
                Expr rest = term.weight;
                for (Expr factor : factors(term.outer)) {
                    if (moves(factor)) {
                        rate = rate.times(factor);
                    } else {
                        rest = rest.times(factor);
                    }
                }
                product = product.times(new Term(Constant.ONE, Constant.ONE, Map.of(rate, rest)));
            }
        }
        return Optional.of(List.of(product));
    }

    /** The factors of a product, its coefficient among them. */
    private static List<Expr> factors(Expr product) {
        List<Expr> factors = new ArrayList<>();
        Expr rest = product;
        if (rest instanceof Linear scaled && scaled.termCount() == 1) {
            factors.add(Constant.of(scaled.coefficient(0)));
            rest = scaled.term(0);
        }
        if (rest instanceof Contraction several) {
            factors.addAll(several.operands());
        } else {
            factors.add(rest);
        }
        return factors;
    }

    /** {@code log(a·w·exp(φ·g)) = log a + log w + φ·g} for w > 0. */
    private Optional<List<Term>> logarithm(List<Term> terms) {
        if (terms.size() != 1 || !symbols.isPositive(terms.get(0).weight)) {
            return Optional.empty();
        }
        Term only = terms.get(0);
        List<Term> sum = new ArrayList<>();
        if (only.outer != Constant.ONE) {
            sum.add(new Term(Functions.LOG.apply(only.outer), Constant.ONE, Map.of()));
        }
        if (only.weight != Constant.ONE) {
            sum.add(new Term(Constant.ONE, Functions.LOG.apply(only.weight), Map.of()));
        }
        only.exponents.forEach((rate, g) -> sum.add(new Term(rate, g, Map.of())));
        return Optional.of(sum);
    }

    private Optional<List<Term>> power(Expr base, Expr exponent, Map<Integer, Size> bound) {
        Rational e = Constant.uniform(exponent).orElse(null);
        if (e == null) {
            if (!isPositive(base, bound)) {
                return Optional.empty();
            }
            return separate(Functions.EXP.apply(exponent.times(Functions.LOG.apply(base))), bound);
        }
        Optional<List<Term>> parts = separate(base, bound);
        if (parts.isEmpty()) {
            return parts;
        }
        if (parts.get().size() == 1) {
            Term only = parts.get().get(0);
            if (!e.isInteger() && !symbols.isPositive(only.weight)) {
                return Optional.empty();
            }
            Map<Expr, Expr> exponents = new LinkedHashMap<>();
            only.exponents.forEach((rate, g) -> exponents.put(rate, g.times(e)));
            return Optional.of(List.of(new Term(only.outer.pow(exponent), only.weight.pow(exponent), exponents)));
        }
        if (!e.isInteger() || e.signum() < 0 || e.compareTo(Rational.of(POWER_LIMIT)) > 0) {
            return Optional.empty();
        }
        Optional<List<Term>> power = Optional.of(List.of(Term.ONE));
        for (long k = 0; k < e.longValueExact() && power.isPresent(); k++) {
            power = product(power.get(), parts.get());
        }
        return power;
    }

    /** Whether the base of a power with the variable in the exponent is positive; where it may be zero, on the condition that it is not. */
    private boolean isPositive(Expr base, Map<Integer, Size> bound) {
        if (symbols.isPositive(base)) {
            return true;
        }
        if (!symbols.isNonNegative(base)) {
            symbols.missPositive(base);
            return false;
        }
        Expr least = symbols.max(base.negate(), bound, sizes).negate();
        symbols.require(new Relation(least, Relation.Op.GREATER, Constant.ZERO));
        return true;
    }
}
