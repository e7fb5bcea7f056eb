package org.adjoint.nn;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;

/**
 * Losses that compare a prediction x with a target t entry by entry, and add up; {@link ClassLosses} has those over
 * classes.
 *
 * <p>Formulas, names and defaults: {@code torch.nn.functional}. Squares and absolute values broadcast, as there; the
 * others want equal shapes. Where PyTorch clamps (the logarithms of {@link #binaryCrossEntropy} at −100), the formula
 * here does not.
 */
public final class Losses {
    private Losses() {
    }

    /** {@code (x − t)²}. */
    public static Expr squares(Expr x, Expr t) {
        return present(x).minus(present(t)).pow(2);
    }

    /** {@code |x − t|}. */
    public static Expr distances(Expr x, Expr t) {
        return Functions.ABS.apply(present(x).minus(present(t)));
    }

    /**
     * {@code d²/(2β)} where {@code |d| < β}, else {@code |d| − β/2}, of {@code d = x − t}; at β = 0 the distance.
     *
     * <p>Source: Girshick, Fast R-CNN, arXiv:1504.08083, equation 3 (β = 1).
     */
    public static Expr smoothDistances(Expr x, Expr t, Expr beta) {
        if (Linear.isZero(beta)) {
            return distances(x, t);
        }
        Expr d = present(x).minus(present(t));
        Expr far = Functions.ABS.apply(d);
        return Where.of(Functions.LESS.apply(far, beta), d.pow(2).times(Rational.HALF).dividedBy(beta),
                far.minus(beta.times(Rational.HALF)));
    }

    /**
     * {@code d²/2} where {@code |d| ≤ δ}, else {@code δ(|d| − δ/2)}: δ times {@link #smoothDistances} at β = δ.
     *
     * <p>Source: Huber, Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 35 (1964).
     */
    public static Expr huber(Expr x, Expr t, Expr delta) {
        Expr d = present(x).minus(present(t));
        Expr far = Functions.ABS.apply(d);
        return Where.of(Functions.LESS_EQUAL.apply(far, delta), d.pow(2).times(Rational.HALF),
                delta.times(far.minus(delta.times(Rational.HALF))));
    }

    /** {@code −(t log x + (1 − t) log(1 − x))} of probabilities x. */
    public static Expr binaryCrossEntropy(Expr x, Expr t) {
        requireSame(x, t);
        Expr one = Constant.ONE;
        return t.times(Functions.LOG.apply(x)).plus(one.minus(t).times(Functions.LOG.apply(one.minus(x)))).negate();
    }

    /** {@code −(t log σ(x) + (1 − t) log(1 − σ(x))) = softplus(x) − t x}. */
    public static Expr binaryCrossEntropyWithLogits(Expr x, Expr t) {
        requireSame(x, t);
        return Functions.SOFTPLUS.apply(x).minus(t.times(x));
    }

    /** {@code p t softplus(−x) + (1 − t) softplus(x)}: p counts the positive examples p times. */
    public static Expr binaryCrossEntropyWithLogits(Expr x, Expr t, Expr positives) {
        requireSame(x, t);
        return Tensors.product(List.of(positives, t, Functions.SOFTPLUS.apply(x.negate())))
                .plus(Constant.ONE.minus(t).times(Functions.SOFTPLUS.apply(x)));
    }

    /** {@code relu(margin − t x)}, for t of −1 and 1. Source: Cortes and Vapnik, Support-Vector Networks (1995). */
    public static Expr hinge(Expr x, Expr t, Expr margin) {
        requireSame(x, t);
        return Functions.RELU.apply(margin.minus(t.times(x)));
    }

    /** {@code x} where t = 1, {@code relu(margin − x)} where t = −1. */
    public static Expr hingeEmbedding(Expr x, Expr t, Expr margin) {
        requireSame(x, t);
        return Where.of(Functions.EQUAL.apply(t, Constant.ONE), x, Functions.RELU.apply(margin.minus(x)));
    }

    /** {@code log(1 + exp(−t x))}. */
    public static Expr softMargin(Expr x, Expr t) {
        requireSame(x, t);
        return Functions.SOFTPLUS.apply(t.times(x).negate());
    }

    /**
     * {@code t (log t − x)} of logarithms x of probabilities, 0 where t is 0; Σ is the divergence of t from exp x.
     *
     * <p>Source: Kullback and Leibler, On Information and Sufficiency (1951).
     */
    public static Expr divergence(Expr x, Expr t) {
        Expr log = t.times(Functions.LOG.apply(t));
        boolean certain = t instanceof Variable v && (v.is(Fact.Named.POSITIVE) || v.is(Fact.Named.PROBABILITY));
        Expr entropy = certain ? log : Where.of(Functions.EQUAL.apply(t, Constant.ZERO), Constant.ZERO, log);
        return entropy.minus(t.times(present(x)));
    }

    /** {@code exp(t) (t − x)}: {@link #divergence} of targets that are logarithms too. */
    public static Expr divergenceOfLogs(Expr x, Expr t) {
        return Functions.EXP.apply(t).times(t.minus(present(x)));
    }

    /** What has entries. */
    static Expr present(Expr x) {
        for (Size size : x.shape().sizes()) {
            if (size.isInteger() && size.value() < 1) {
                throw new ShapeError("a loss is of at least one entry; the batch is empty", x);
            }
        }
        return x;
    }

    private static void requireSame(Expr x, Expr t) {
        if (!present(x).shape().equals(present(t).shape())) {
            throw new ShapeError("input and target of this loss have one shape", x, t);
        }
    }
}
