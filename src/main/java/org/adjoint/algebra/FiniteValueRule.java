package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.jspecify.annotations.Nullable;

/**
 * A function of a quantity of two values is known from these values: {@code f(z) = f(0) + (f(1) − f(0))·z} for z in {0, 1},
 * {@code f(s) = (f(1) + f(−1))/2 + (f(1) − f(−1))/2·s} for s = ±1. Only where f has a value at both.
 */
final class FiniteValueRule implements Rewrite.Rule {
    static final String NAME = "function of a quantity of two values";

    private final UnaryOperator<Expr> normal;

    FiniteValueRule(UnaryOperator<Expr> normal) {
        this.normal = normal;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            if (factors.get(k).base() instanceof Elementwise || factors.get(k).base() instanceof Linear) {
                for (Variable variable : Walk.variables(List.of(factors.get(k).base()))) {
                    Rational low = lowValue(variable);
                    if (low == null || !variable.shape().equals(factors.get(k).base().shape())) {
                        continue;
                    }
                    Optional<Rewrite> found = interpolated(factors, factors.get(k), variable, low);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Rational lowValue(Variable variable) {
        return variable.is(Fact.Named.PLUS_MINUS_ONE) ? Rational.MINUS_ONE
                : variable.is(Fact.Named.ZERO_ONE) || variable.is(Fact.Named.ONE_HOT) ? Rational.ZERO : null;
    }

    /** All factors that depend on the entry of the variable are replaced together. */
    private Optional<Rewrite> interpolated(List<Factor> factors, Factor first, Variable variable, Rational low) {
        Shape shape = variable.shape();
        List<Factor> left = new ArrayList<>();
        Expr atLow = Contraction.ones(shape);
        Expr atHigh = atLow;
        for (Factor factor : factors) {
            boolean here = factor.base() != variable && factor.place().equals(first.place())
                    && factor.base().shape().equals(shape) && isEntrywise(factor.base(), variable);
            if (!here) {
                left.add(factor);
                continue;
            }
            Expr value = at(factor, variable, low);
            Expr other = at(factor, variable, Rational.ONE);
            if (!isSafe(factor, value) || !isSafe(factor, other)) {
                return Optional.empty();
            }
            atLow = atLow.times(value);
            atHigh = atHigh.times(other);
        }
        if (left.size() == factors.size()) {
            return Optional.empty();
        }
        // f(l)·(1 − v)/(1 − l) + f(1)·(v − l)/(1 − l)
        Rational span = Rational.ONE.minus(low).inverse();
        Expr ones = Contraction.ones(shape);
        Expr replacement = normal.apply(atLow.times(ones.minus(variable)).times(span)
                .plus(atHigh.times(variable.minus(Linear.fill(shape, low))).times(span)));
        return Optional.of(Rewrite.of(NAME, left, replacement, first.labels()));
    }

    private static Expr at(Factor factor, Variable variable, Rational value) {
        return Substitution.of(Map.of(variable, Linear.fill(variable.shape(), value))).apply(factor.node());
    }

    /** Whether the factor has a value at that value of the variable. */
    private static boolean isSafe(Factor factor, Expr value) {
        return Totality.isTotal(value) && Totality.isTotal(factor.node());
    }

    /** Whether the entries of the expression depend on the corresponding entries of the variable only. */
    private static boolean isEntrywise(Expr expr, Variable variable) {
        boolean found = false;
        List<Expr> open = new ArrayList<>(List.of(expr));
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            if (node == variable) {
                found = true;
                continue;
            }
            if (!Walk.variables(List.of(node)).contains(variable)) {
                continue;
            }
            if (!node.shape().equals(variable.shape())) {
                return false;
            }
            if (node instanceof Contraction product) {
                for (int k = 0; k < product.operandCount(); k++) {
                    boolean inside = Walk.variables(List.of(product.operand(k))).contains(variable);
                    int[] labels = product.indices(k);
                    boolean own = product.operand(k).shape().equals(product.shape());
                    for (int axis = 0; own && axis < labels.length; axis++) {
                        own = labels[axis] == axis || product.shape().get(axis).isOne();
                    }
                    if (inside && !own) {
                        return false;
                    }
                }
            } else if (!(node instanceof Elementwise || node instanceof Linear)) {
                return false;
            }
            open.addAll(node.operands());
        }
        return found;
    }
}
