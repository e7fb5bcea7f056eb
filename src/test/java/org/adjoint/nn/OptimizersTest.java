package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.junit.jupiter.api.Test;

/** Five steps on {@code θ⁴/4} against loops written from the pages of {@code torch.optim}. */
class OptimizersTest {
    private static final int STEPS = 5;
    private static final Rational START = Rational.of(3, 2);
    private final Random random = new Random(7);

    private Rational drawn() {
        return Rational.of(1 + random.nextInt(8), 10);
    }

    private static Expr slope(Expr theta) {
        return theta.pow(3);
    }

    private static Rational cube(Rational x) {
        return x.times(x).times(x);
    }

    /** {@code g ← g + λθ;  b ← μb + (1 − τ)g, at first g;  g ← g + μb or b;  θ ← θ − γg}. */
    @Test
    void descentExactly() {
        for (int round = 0; round < 24; round++) {
            boolean nesterov = round % 3 == 0;
            Rational rate = drawn().times(Rational.of(1, 10));
            Rational momentum = round % 4 == 1 ? Rational.ZERO : drawn();
            Rational dampening = nesterov || round % 2 == 0 ? Rational.ZERO : drawn();
            Rational decay = round % 5 < 2 ? Rational.ZERO : drawn();
            Optimizers.Descent descent = new Optimizers.Descent(Constant.of(rate), Constant.of(momentum),
                    Constant.of(dampening), Constant.of(decay), nesterov);
            Rational theta = START;
            Rational b = Rational.ZERO;
            Optimizers.Moved moved = new Optimizers.Moved(Constant.of(START), Constant.ZERO);
            for (int t = 1; t <= STEPS - 1; t++) {
                Rational g = cube(theta).plus(decay.times(theta));
                b = t == 1 ? g : momentum.times(b).plus(Rational.ONE.minus(dampening).times(g));
                theta = theta.minus(rate.times(nesterov ? g.plus(momentum.times(b)) : b));
                moved = t == 1 ? descent.first(moved.theta(), slope(moved.theta()))
                        : descent.step(moved.theta(), slope(moved.theta()), moved.velocity());
            }
            assertThat(moved.theta()).isSameAs(Constant.of(theta));
            assertThat(moved.velocity()).isSameAs(Constant.of(b));
        }
    }

    /** {@code m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  θ ← θ − γ m̂/(√v̂ + ε)}. */
    @Test
    void adaptive() {
        for (int round = 0; round < 8; round++) {
            boolean decoupled = round % 2 == 0;
            boolean corrected = round % 4 < 2;
            Rational rate = drawn();
            Rational b1 = drawn();
            Rational b2 = drawn();
            Rational eps = drawn().times(Rational.of(1, 100));
            Rational decay = round < 4 ? Rational.ZERO : drawn();
            Optimizers.Adaptive adam = new Optimizers.Adaptive(Constant.of(rate), Constant.of(b1), Constant.of(b2),
                    Constant.of(eps), Constant.of(decay), decoupled, corrected);
            double theta = START.toDouble();
            double m = 0;
            double v = 0;
            Optimizers.Adapted after = new Optimizers.Adapted(Constant.of(START), Constant.ZERO, Constant.ZERO);
            for (int t = 1; t <= STEPS; t++) {
                double g = theta * theta * theta;
                if (decoupled) {
                    theta -= rate.toDouble() * decay.toDouble() * theta;
                } else {
                    g += decay.toDouble() * theta;
                }
                m = b1.toDouble() * m + (1 - b1.toDouble()) * g;
                v = b2.toDouble() * v + (1 - b2.toDouble()) * g * g;
                double mean = corrected ? m / (1 - Math.pow(b1.toDouble(), t)) : m;
                double square = corrected ? v / (1 - Math.pow(b2.toDouble(), t)) : v;
                theta -= rate.toDouble() * mean / (Math.sqrt(square) + eps.toDouble());
                after = adam.step(after.theta(), slope(after.theta()), after.first(), after.second(), Constant.of(t));
            }
            assertThat(value(after.theta())).isCloseTo(theta, within(1e-10));
            assertThat(value(after.first())).isCloseTo(m, within(1e-10));
            assertThat(value(after.second())).isCloseTo(v, within(1e-10));
        }
    }

    private static double value(Expr expr) {
        return new Evaluator<>(new DoubleArithmetic(), Sizes.NONE).evaluate(expr, Map.of()).value();
    }
}
