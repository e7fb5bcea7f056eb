package org.adjoint.nn;

import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * Mean and biased variance over some axes, and what they normalise: {@code (x − μ)/√(σ² + ε)},
 * {@code σ² = Σ (x − μ)²/n}.
 */
record Normal(Expr x, int[] axes) {
    Expr mean() {
        return Tensors.mean(x, axes, true);
    }

    Expr variance() {
        return Tensors.mean(x.minus(mean()).pow(2), axes, true);
    }

    /** {@code Σ (x − μ)²/(n − 1)}. */
    Expr unbiased() {
        Size n = Tensors.count(x, axes);
        return variance().times(Dimension.of(n)).dividedBy(Dimension.of(n.minus(1)));
    }

    Expr normalised(Expr eps) {
        return by(x, mean(), variance(), eps);
    }

    static Expr by(Expr x, Expr mean, Expr variance, Expr eps) {
        return x.minus(mean).dividedBy(Functions.SQRT.apply(variance.plus(eps)));
    }

    /** {@code (1 − m) old + m now}. */
    static Expr moved(Expr old, Expr now, Expr momentum) {
        return Constant.ONE.minus(momentum).times(old).plus(momentum.times(now));
    }
}
