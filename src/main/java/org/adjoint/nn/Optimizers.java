package org.adjoint.nn;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Tensors;

/**
 * Steps of gradient descent as exact expressions: from parameters θ, their gradient g and the state before to those
 * after.
 *
 * <p>Formulas and the order of operations: {@code torch.optim}. Every hyperparameter may be an expression; numbers
 * stay rational.
 */
public final class Optimizers {
    private Optimizers() {
    }

    /** Parameters and buffer after a step. */
    public record Moved(Expr theta, Expr velocity) {
    }

    /** Parameters and moments after a step. */
    public record Adapted(Expr theta, Expr first, Expr second) {
    }

    /**
     * What gradient descent is told: rate η, momentum μ, dampening τ, weight decay λ.
     *
     * @param nesterov whether to look ahead along the buffer
     */
    public record Descent(Expr rate, Expr momentum, Expr dampening, Expr decay, boolean nesterov) {
        /**
         * {@code d = g + λθ;  v' = μv + (1 − τ)d;  θ' = θ − η v'}, with Nesterov {@code θ' = θ − η(d + μv')}.
         *
         * <p>Sources: Polyak (1964); Sutskever, Martens, Dahl, Hinton, On the importance of initialization and
         * momentum in deep learning (2013), in the form of {@code torch.optim.SGD}, whose rate is outside of the
         * buffer.
         */
        public Moved step(Expr theta, Expr gradient, Expr velocity) {
            Expr d = decayed(theta, gradient, decay);
            return moved(theta, d, times(momentum, velocity).plus(times(less(dampening), d)));
        }

        /** The first step, whose buffer is d itself: {@code v' = g + λθ}, not dampened. */
        public Moved first(Expr theta, Expr gradient) {
            Expr d = decayed(theta, gradient, decay);
            return moved(theta, d, d);
        }

        private Moved moved(Expr theta, Expr d, Expr velocity) {
            Expr direction = nesterov ? d.plus(times(momentum, velocity)) : velocity;
            return new Moved(theta.minus(times(rate, direction)), velocity);
        }
    }

    /**
     * What Adam is told: rate η, decay rates β₁ and β₂ of the moments, ε, weight decay λ.
     *
     * @param decoupled whether the decay is of the parameters (AdamW), not of the gradient
     * @param corrected whether the moments are corrected for their start at 0
     */
    public record Adaptive(Expr rate, Expr beta1, Expr beta2, Expr epsilon, Expr decay, boolean decoupled,
            boolean corrected) {
        /**
         * {@code m' = β₁m + (1 − β₁)g;  v' = β₂v + (1 − β₂)g²;  θ' = θ − η m̂/(√v̂ + ε)} with
         * {@code m̂ = m'/(1 − β₁ᵗ)}, {@code v̂ = v'/(1 − β₂ᵗ)}, or the moments themselves.
         *
         * <p>AdamW takes {@code ηλθ} off θ first; Adam adds {@code λθ} to g. Sources: Kingma and Ba, arXiv:1412.6980,
         * algorithm 1; Loshchilov and Hutter, arXiv:1711.05101, algorithm 2.
         *
         * @param t which step this is, from 1
         */
        public Adapted step(Expr theta, Expr gradient, Expr first, Expr second, Expr t) {
            Expr g = decoupled ? gradient : decayed(theta, gradient, decay);
            Expr m = times(beta1, first).plus(times(less(beta1), g));
            Expr v = times(beta2, second).plus(times(less(beta2), g.pow(2)));
            Expr mean = corrected ? m.dividedBy(less(beta1.pow(t))) : m;
            Expr square = corrected ? v.dividedBy(less(beta2.pow(t))) : v;
            Expr start = decoupled ? theta.minus(times(times(rate, decay), theta)) : theta;
            Expr direction = mean.dividedBy(Functions.SQRT.apply(square).plus(epsilon));
            return new Adapted(start.minus(times(rate, direction)), m, v);
        }
    }

    private static Expr decayed(Expr theta, Expr gradient, Expr decay) {
        return Linear.isZero(decay) ? gradient : gradient.plus(times(decay, theta));
    }

    private static Expr less(Expr x) {
        return Constant.ONE.minus(x);
    }

    private static Expr times(Expr a, Expr b) {
        return Linear.isZero(a) || Linear.isZero(b) ? Linear.zero(Tensors.broadcastShape(List.of(a, b))) : a.times(b);
    }
}
