package org.adjoint.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Sums of exponentials that are written out, {@code exp(βx) + exp(βy) + 1}, as sums over an index that runs through the list
 * {@code x, y, 0}, so that what holds for any number of terms holds for them.
 */
final class FiniteSums {
    private static final int LIST_LIMIT = 16;

    private FiniteSums() {
    }

    /** The form of which a sum of exponentials is a symbol, and that symbol. */
    record Found(EntryForm entries, Variable symbol) {
    }

    /** {@code weight · exp(rate · exponent)}; the rate is 1 where there is no exponential. */
    private record Term(Expr weight, Expr rate, Expr exponent) {
    }

    /** The first sum of exponentials of one rate in the form, if there is one. */
    static Optional<Found> find(EntryForm entries, Variable v) {
        for (Expr node : Walk.postorder(entries.form())) {
            if (node instanceof Linear sum && sum.termCount() > 1 && sum.termCount() <= LIST_LIMIT
                    && Walk.variables(sum).contains(v)) {
                Optional<Found> found = read(sum, entries, v);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> read(Linear sum, EntryForm entries, Variable v) {
        List<Expr> weights = new ArrayList<>();
        List<Expr> exponents = new ArrayList<>();
        Set<Expr> rates = new LinkedHashSet<>();
        List<Term> terms = new ArrayList<>();
        for (int k = 0; k < sum.termCount(); k++) {
            Term term = term(sum.term(k), entries.symbols(), v).orElse(null);
            if (term == null) {
                return Optional.empty();
            }
            if (!Linear.isZero(term.exponent)) {
                rates.add(term.rate);
            }
            terms.add(new Term(term.weight.times(sum.coefficient(k)), term.rate, term.exponent));
        }
        terms.sort(Comparator.comparing(term -> Variable.names(Walk.variables(term.exponent)).toString()));
        for (Term term : terms) {
            weights.add(term.weight);
            exponents.add(term.exponent);
        }
        if (rates.size() != 1) {
            return Optional.empty();
        }
        boolean falling = exponents.stream().allMatch(FiniteSums::isNegative);
        if (falling) {
            exponents.replaceAll(Expr::negate);
        }
        Symbols symbols = entries.symbols();
        int label = symbols.freshList(sum.termCount());
        Expr list = symbols.listed(exponents, label);
        Variable symbol = symbols.of(new Entry.ExponentialSum(symbols.listed(weights, label),
                Map.of(rates.iterator().next(), falling ? list.negate() : list),
                Map.of(label, Size.of(sum.termCount()))));
        Expr form = Substitution.of(Map.of(sum, symbol)).apply(entries.form());
        return Optional.of(new Found(entries.with(form), symbol));
    }

    /** Whether it is written with a minus sign, or zero. */
    private static boolean isNegative(Expr exponent) {
        return Linear.isZero(exponent)
                || (exponent instanceof Linear scaled && scaled.termCount() == 1 && scaled.coefficient(0).signum() < 0);
    }

    private static boolean moves(Expr form, Variable v) {
        return Walk.variables(form).contains(v);
    }

    private static Optional<Term> term(Expr product, Symbols symbols, Variable v) {
        Expr weight = Constant.ONE;
        Map<Expr, Expr> exponents = new LinkedHashMap<>();
        for (Expr factor : product instanceof Contraction several ? several.operands() : List.of(product)) {
            if (!moves(factor, v)) {
                weight = weight.times(factor);
                continue;
            }
            Optional<Expr> argument = exponent(factor, symbols, v);
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            for (Map.Entry<Expr, Rational> part : parts(argument.get()).entrySet()) {
                if (!moves(part.getKey(), v)) {
                    weight = weight.times(Functions.EXP.apply(part.getKey().times(part.getValue())));
                } else {
                    add(exponents, part.getKey(), part.getValue(), v);
                }
            }
        }
        exponents.values().removeIf(Linear::isZero);
        if (exponents.size() > 1) {
            return Optional.empty();
        }
        for (Map.Entry<Expr, Expr> only : exponents.entrySet()) {
            return Optional.of(new Term(weight, only.getKey(), only.getValue()));
        }
        return Optional.of(new Term(weight, Constant.ONE, Constant.ZERO));
    }

    /** What {@code exp} is taken of: {@code e·log b} for a power of a positive base. */
    private static Optional<Expr> exponent(Expr factor, Symbols symbols, Variable v) {
        if (factor instanceof Elementwise f && f.function() == Functions.EXP) {
            return Optional.of(f.operand(0));
        }
        if (factor instanceof Elementwise f && f.function() == Functions.POWER && !moves(f.operand(0), v)
                && symbols.isPositive(f.operand(0))) {
            return Optional.of(f.operand(1).times(Functions.LOG.apply(f.operand(0))));
        }
        return Optional.empty();
    }

    private static Map<Expr, Rational> parts(Expr sum) {
        Map<Expr, Rational> parts = new LinkedHashMap<>();
        if (sum instanceof Linear linear) {
            for (int k = 0; k < linear.termCount(); k++) {
                parts.merge(linear.term(k), linear.coefficient(k), Rational::plus);
            }
        } else {
            parts.put(sum, Rational.ONE);
        }
        return parts;
    }

    private static void add(Map<Expr, Expr> exponents, Expr product, Rational coefficient, Variable v) {
        Expr rate = Constant.ONE;
        Expr rest = Constant.of(coefficient);
        for (Expr factor : product instanceof Contraction several ? several.operands() : List.of(product)) {
            if (moves(factor, v)) {
                rate = rate.times(factor);
            } else {
                rest = rest.times(factor);
            }
        }
        exponents.merge(rate, rest, Expr::plus);
    }
}
