package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/**
 * Softmax and log-sum-exp: {@code exp u / Σ exp u = softmax u}, {@code log Σ exp u = logsumexp u}, {@code Σ softmax u = 1},
 * along one axis. A softmax is written {@code exp(u − logsumexp u)}.
 */
final class Softmaxes {
    private Softmaxes() {
    }

    /** The u of {@code exp(u − logsumexp u)}; the expression itself where it is no softmax along one axis. */
    static Expr logits(Expr expr) {
        return reduction(expr).map(lse -> lse.operand(0)).orElse(expr);
    }

    private static Optional<Reduction> reduction(Expr expr) {
        if (!(expr instanceof Elementwise exp) || exp.function() != Functions.EXP
                || !(exp.operand(0) instanceof Linear sum)) {
            return Optional.empty();
        }
        for (int k = 0; k < sum.termCount(); k++) {
            Expr term = sum.term(k) instanceof Contraction view && view.operandCount() == 1 ? view.operand(0)
                    : sum.term(k);
            if (sum.coefficient(k).equals(Rational.MINUS_ONE) && term instanceof Reduction lse
                    && lse.operation() == Reduction.Operation.LOG_SUM_EXP && lse.axes().length == 1
                    && lse.operand(0).shape().equals(expr.shape())
                    && Tensors.logSoftmax(lse.operand(0), lse.axes()[0]) == sum) {
                return Optional.of(lse);
            }
        }
        return Optional.empty();
    }

    /** The axis of a softmax, or −1. */
    static int axis(Expr expr) {
        return reduction(expr).map(lse -> lse.axes()[0]).orElse(-1);
    }

    /** {@code log Σ exp u} as {@code logsumexp u}. */
    static Optional<Expr> logSumExp(Expr node) {
        if (!(node instanceof Elementwise log) || log.function() != Functions.LOG
                || !(log.operand(0) instanceof Contraction sum)) {
            return Optional.empty();
        }
        Optional<Sum> exps = sumOfExp(sum);
        if (exps.isEmpty()) {
            return Optional.empty();
        }
        Expr lse = Reduction.of(Reduction.Operation.LOG_SUM_EXP, exps.get().exponent, exps.get().axes);
        // Axes that stay with size 1.
        return lse.shape().equals(node.shape()) ? Optional.of(lse)
                : Tensors.broadcastShape(List.of(lse, node)).equals(node.shape())
                        && node.shape().count().equals(lse.shape().count())
                                ? Optional
                                        .of(Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, exps.get().exponent,
                                                exps.get().axes, true))
                                        .filter(kept -> kept.shape().equals(node.shape()))
                                : Optional.empty();
    }

    /** {@code Σ exp u} over some axes of u, the others in order. */
    private record Sum(Expr exponent, int[] axes) {
    }

    private static Optional<Sum> sumOfExp(Contraction sum) {
        if (sum.operandCount() != 1 || !(sum.operand(0) instanceof Elementwise exp)
                || exp.function() != Functions.EXP) {
            return Optional.empty();
        }
        int rank = sum.shape().rank();
        int[] indices = sum.indices(0);
        int[] summed = IntStream.range(0, indices.length)
                .filter(axis -> indices[axis] >= rank && !exp.shape().get(axis).isOne()).toArray();
        int[] kept = Arrays.stream(indices).filter(label -> label < rank).toArray();
        boolean ordered = IntStream.range(1, kept.length).allMatch(k -> kept[k - 1] < kept[k]);
        boolean once = Arrays.stream(indices).distinct().count() == indices.length;
        long wide = sum.shape().sizes().stream().filter(size -> !size.isOne()).count();
        return summed.length > 0 && ordered && once && wide == kept.length
                ? Optional.of(new Sum(exp.operand(0), summed))
                : Optional.empty();
    }

    /** {@code exp(u)ᵢ / Σₖ exp(u)ₖ = softmax(u)ᵢ}. */
    static Optional<Product> quotient(Product product) {
        for (Product.Factor divisor : product.factors()) {
            if (!(divisor.base() instanceof Contraction contraction) || divisor.exponent().signum() >= 0
                    || !divisor.exponent().isInteger()) {
                continue;
            }
            Optional<Sum> sum = sumOfExp(contraction);
            if (sum.isEmpty() || sum.get().axes.length != 1) {
                continue;
            }
            for (Product.Factor above : product.factors()) {
                if (above.base() == contraction.operand(0) && above.exponent().signum() > 0
                        && above.exponent().isInteger() && aligned(above, divisor, contraction)) {
                    Expr softmax = Tensors.softmax(sum.get().exponent, sum.get().axes[0]);
                    List<Product.Factor> factors = new ArrayList<>(product.factors());
                    factors.remove(divisor);
                    factors.remove(above);
                    factors.add(above.with(softmax, Rational.ONE));
                    addPower(factors, above, above.exponent().minus(Rational.ONE));
                    addPower(factors, divisor, divisor.exponent().plus(Rational.ONE));
                    return Optional.of(product.with(factors));
                }
            }
        }
        return Optional.empty();
    }

    private static void addPower(List<Product.Factor> factors, Product.Factor factor, Rational exponent) {
        factors.add(factor.with(factor.base(), exponent));
    }

    /** Whether the divisor has the labels of the axes that it keeps. */
    private static boolean aligned(Product.Factor above, Product.Factor divisor, Contraction sum) {
        int[] indices = sum.indices(0);
        for (int axis = 0; axis < indices.length; axis++) {
            if (indices[axis] < sum.shape().rank() && above.labels()[axis] != divisor.labels()[indices[axis]]) {
                return false;
            }
        }
        return true;
    }

    /** {@code Σₖ softmax(u)ₖ = 1}, for a label that occurs nowhere else. */
    static Optional<Product> sumToOne(Product product) {
        for (Product.Factor factor : product.factors()) {
            if (!factor.exponent().isOne() || !(factor.base() instanceof Elementwise)) {
                continue;
            }
            int axis = axis(factor.base());
            if (axis >= 0 && product.isSummed(factor.labels()[axis])
                    && product.occurrences(factor.labels()[axis]) == 1
                    && Arrays.stream(factor.labels()).filter(l -> l == factor.labels()[axis]).count() == 1) {
                Shape kept = factor.base().shape().without(axis);
                int[] labels = IntStream.range(0, factor.labels().length).filter(k -> k != axis)
                        .map(k -> factor.labels()[k]).toArray();
                Product next = product.replacing(factor,
                        new Product.Factor(Contraction.ones(kept), Rational.ONE, labels));
                return Optional.of(Product.of(next.node()));
            }
        }
        return Optional.empty();
    }
}
