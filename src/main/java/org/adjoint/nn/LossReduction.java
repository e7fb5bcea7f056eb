package org.adjoint.nn;

import java.util.Locale;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** How the losses of all entries become one number: PyTorch's {@code reduction}, and half of the sum of squares. */
public enum LossReduction {
    /** {@code Σ l / N}. */
    MEAN,
    /** {@code Σ l}. */
    SUM,
    /** {@code l} as it is. */
    NONE,
    /** {@code Σ l / B} with B the size of the first axis, as the divergence of distributions is meant. */
    BATCHMEAN,
    /** {@code ½ Σ l}, of squares, whose gradient has no factor. */
    HALF;

    /** How it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The losses of all entries as one number; as they are for {@link #NONE}. */
    public Expr of(Expr losses) {
        int[] all = Tensors.allAxes(losses);
        return switch (this) {
            case NONE -> losses;
            case SUM -> Tensors.sum(losses, all, false);
            case MEAN -> Tensors.mean(losses, all, false);
            case HALF -> Tensors.sum(losses, all, false).times(Rational.HALF);
            case BATCHMEAN -> Tensors.sum(losses, all, false).dividedBy(Dimension.of(batch(losses)));
        };
    }

    /** The losses as one number, a mean being by the sum of these weights, which are in the losses already. */
    Expr weighted(Expr losses, Expr weights) {
        return this == MEAN ? losses.sum().dividedBy(weights.sum()) : of(losses);
    }

    private static Size batch(Expr losses) {
        if (losses.shape().isScalar()) {
            throw new ShapeError("reduction='batchmean' divides by the size of the first axis, and there is none",
                    losses);
        }
        return losses.shape().get(0);
    }
}
