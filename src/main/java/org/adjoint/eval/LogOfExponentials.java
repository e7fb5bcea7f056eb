package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;

/**
 * The logarithm of a sum of exponentials with positive weights, without the exponentials: of {@code Σ exp(x)} over axes, of
 * {@code a exp(x) + b exp(y) + c}, of means of exponentials.
 */
final class LogOfExponentials {
    /** Contractions of contractions are followed this deep. */
    private static final int NESTING = 4;

    private LogOfExponentials() {
    }

    /** The logarithm of the expression; empty when it is not of that form. */
    static Optional<Expr> of(Expr expr) {
        return switch (expr) {
            case Linear linear when linear.termCount() > 0 -> ofSum(linear);
            default -> ofTerm(expr, 0);
        };
    }

    private static Optional<Expr> ofTerm(Expr expr, int depth) {
        return switch (expr) {
            case Elementwise map when map.function() == Functions.EXP -> Optional.of(map.operand(0));
            case Contraction contraction -> ofContraction(contraction, depth);
            default -> Optional.empty();
        };
    }

    /** {@code log Σ cₖ exp(xₖ)} by {@code log(eᵃ + eᵇ) = max(a, b) + softplus(−|a − b|)}. */
    private static Optional<Expr> ofSum(Linear linear) {
        List<Expr> logs = new ArrayList<>();
        Rational constant = Rational.ZERO;
        for (int k = 0; k < linear.termCount(); k++) {
            Rational c = linear.coefficient(k);
            Rational uniform = Constant.uniform(linear.term(k)).orElse(null);
            if (uniform != null) {
                constant = constant.plus(c.times(uniform));
                continue;
            }
            Optional<Expr> log = ofTerm(linear.term(k), 0);
            if (c.signum() <= 0 || log.isEmpty()) {
                return Optional.empty();
            }
            logs.add(c.isOne() ? log.get() : log.get().plus(Functions.LOG.apply(Constant.of(c))));
        }
        if (constant.signum() < 0 || logs.isEmpty()) {
            return Optional.empty();
        }
        Expr sum = logs.get(0);
        for (Expr log : logs.subList(1, logs.size())) {
            Expr gap = Functions.ABS.apply(sum.minus(log)).negate();
            sum = Functions.MAXIMUM.apply(sum, log).plus(Functions.SOFTPLUS.apply(gap));
        }
        if (!constant.isZero()) {
            Expr log = constant.isOne() ? Constant.ZERO : Functions.LOG.apply(Constant.of(constant));
            sum = log.plus(Functions.SOFTPLUS.apply(sum.minus(log)));
        }
        return Optional.of(sum);
    }

    /** {@code log Σ_s exp(x[o, s])}, and with positive scalar factors: sizes and their powers. */
    private static Optional<Expr> ofContraction(Contraction contraction, int depth) {
        Expr weights = Constant.ZERO;
        int only = -1;
        for (int k = 0; k < contraction.operandCount(); k++) {
            Expr factor = contraction.operand(k);
            if (isSize(factor)) {
                weights = weights.plus(Functions.LOG.apply(factor));
            } else if (only < 0) {
                only = k;
            } else {
                return Optional.empty();
            }
        }
        if (only < 0 || depth == NESTING) {
            return Optional.empty();
        }
        Optional<Expr> log = ofTerm(contraction.operand(only), depth + 1);
        int[] labels = contraction.indices(only);
        if (log.isEmpty() || Arrays.stream(labels).distinct().count() < labels.length) {
            return Optional.empty();
        }
        Shape shape = contraction.shape();
        int[] summed = IntStream.range(0, labels.length).filter(axis -> labels[axis] >= shape.rank()).toArray();
        int[] rest = Arrays.stream(labels).filter(label -> label < shape.rank()).toArray();
        Expr reduced = Reduction.of(Reduction.Operation.LOG_SUM_EXP, log.get(), summed);
        return Optional.of(Contraction.of(List.of(reduced), List.of(rest), StableForms.outputLabels(shape), shape)
                .plus(weights));
    }

    /** A size or a power of one: a positive scalar. */
    private static boolean isSize(Expr factor) {
        return factor instanceof Dimension || (factor instanceof Elementwise power
                && power.function() == Functions.POWER && power.operand(0) instanceof Dimension
                && Constant.uniform(power.operand(1)).isPresent());
    }
}
