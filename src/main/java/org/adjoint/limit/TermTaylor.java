package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** The Taylor coefficients {@code f⁽ᵐ⁾(a)/m!} of a scalar form in the variable, where it is seen to be analytic at a. */
final class TermTaylor {
    /** Analytic at every real number. */
    private static final Set<ScalarFunction> EVERYWHERE = Set.of(Functions.EXP, Functions.EXPM1, Functions.SIN,
            Functions.COS, Functions.SINH, Functions.COSH, Functions.TANH, Functions.SIGMOID, Functions.SOFTPLUS,
            Functions.ATAN, Functions.ERF, Functions.GELU, Functions.GELU_TANH, Functions.SILU);

    private final Symbols symbols;
    private final Variable v;
    private final Substitution atPoint;

    TermTaylor(Symbols symbols, Variable v, Expr at) {
        this.symbols = symbols;
        this.v = v;
        this.atPoint = Substitution.of(Map.of(v, at));
    }

    /** The coefficients up to the order, or nothing where the form is not seen to be analytic. */
    Optional<List<Expr>> coefficients(Expr form, int order) {
        if (!isAnalytic(form)) {
            return Optional.empty();
        }
        List<Expr> coefficients = new ArrayList<>();
        Expr derivative = form;
        Rational factorial = Rational.ONE;
        for (int m = 0; m <= order; m++) {
            if (m > 0) {
                derivative = ReverseSweep.gradient(derivative, v);
                factorial = factorial.dividedBy(Rational.of(m));
            }
            coefficients.add(folded(atPoint.apply(derivative)).times(factorial));
        }
        return Optional.of(coefficients);
    }

    /** The form with the functions at 0, and the logarithm of 1, as numbers. */
    private static Expr folded(Expr form) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(form)) {
            List<Expr> operands = node.operands().stream().map(x -> Objects.requireNonNull(images.get(x))).toList();
            Expr next = operands.equals(node.operands()) ? node : node.withOperands(operands);
            images.put(node, next instanceof Elementwise f && f.operandCount() == 1 ? value(f) : next);
        }
        return Objects.requireNonNull(images.get(form));
    }

    private static Expr value(Elementwise f) {
        Expr x = f.operand(0);
        if (x == Constant.ONE && f.function() == Functions.LOG) {
            return Constant.ZERO;
        }
        if (x != Constant.ZERO || !EVERYWHERE.contains(f.function())) {
            return f;
        }
        return f.function() == Functions.EXP || f.function() == Functions.COS || f.function() == Functions.COSH
                ? Constant.ONE
                : f.function() == Functions.SIGMOID ? Constant.HALF
                        : f.function() == Functions.SOFTPLUS ? Functions.LOG.apply(Constant.TWO) : Constant.ZERO;
    }

    private boolean isAnalytic(Expr form) {
        NodeMap<Boolean> moving = new NodeMap<>();
        for (Expr node : Walk.postorder(form)) {
            boolean moves = node == v || node.operands().stream().anyMatch(x -> Boolean.TRUE.equals(moving.get(x)));
            moving.put(node, moves);
            boolean sum = node instanceof Variable symbol && symbols.entry(symbol) != null
                    && !(symbols.entry(symbol) instanceof Entry.Of);
            if (sum || (moves && node != v && !isAnalyticNode(node))) {
                return false;
            }
        }
        return true;
    }

    private boolean isAnalyticNode(Expr node) {
        if (node instanceof Linear || node instanceof Contraction) {
            return true;
        }
        if (!(node instanceof Elementwise f)) {
            return false;
        }
        if (f.function() == Functions.LOG || f.function() == Functions.SQRT) {
            return symbols.isPositive(atPoint.apply(f.operand(0)));
        }
        if (f.function() == Functions.POWER) {
            Rational e = Constant.uniform(f.operand(1)).orElse(Rational.HALF);
            Expr base = atPoint.apply(f.operand(0));
            return (e.isInteger() && (e.signum() >= 0 || symbols.isPositive(base.negate())))
                    || symbols.isPositive(base);
        }
        return EVERYWHERE.contains(f.function());
    }
}
