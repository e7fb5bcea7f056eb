package org.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Right derivatives pass whatever the points, wrong ones never do. */
class DifferenceCheckTest {
    private static final Variable X = Variable.of("X", Shape.of("m", "n"));
    private static final Variable Y = Variable.of("y", Shape.of("m"));
    private static final Variable W = Variable.of("w", Shape.of("n"));
    private static final Expr LEAST_SQUARES = X.matmul(W).minus(Y).pow(2).sum();

    /** Under seed 2697 a point meets Xw = y exactly: there doubles leave 8e−17 and 2e−17 where both are 0. */
    @Test
    void anExactMinimumIsNoContradiction() {
        for (long seed = 2690; seed < 2720; seed++) {
            assertThat(new Deriver(Definitions.NONE, seed).derive(LEAST_SQUARES, W, Layout.GRADIENT))
                    .as("seed %s", seed).isInstanceOf(Derived.class);
        }
    }

    @Test
    void wrongDerivativesAreWithheld() {
        Expr right = ReverseSweep.gradient(LEAST_SQUARES, W);
        for (Expr wrong : new Expr[] {right.times(Rational.of(1_000_001, 1_000_000)), right.negate(), right.plus(W),
                right.times(W)}) {
            for (long seed = 0; seed < 10; seed++) {
                long drawn = seed;
                assertThatThrownBy(() -> DifferenceCheck.check(LEAST_SQUARES, W, wrong, drawn))
                        .as("seed %s", seed).isInstanceOf(DifferenceCheck.Withheld.class);
            }
        }
        assertThat(DifferenceCheck.check(LEAST_SQUARES, W, right, 1).directions()).isPositive();
    }
}
