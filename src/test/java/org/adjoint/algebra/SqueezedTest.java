package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** {@code f(x[:, None]) = f(x)[:, None]}: the value stays, and axes that were put in go. */
class SqueezedTest {
    private static final Variable X = Variable.of("X", Shape.of("m", "n"));
    private static final Variable COLUMN = Variable.of("c", Shape.of(Size.symbol("m"), Size.ONE));

    private static Expr kept(Reduction.Operation operation, Expr x) {
        return Tensors.reduce(operation, x, new int[] {1}, true);
    }

    @Test
    void whatWasKeptGoes() {
        Expr mean = Tensors.mean(X, new int[] {1}, true);
        Expr variance = Tensors.mean(X.minus(mean).pow(2), new int[] {1}, true);
        Expr scaled = X.minus(mean).dividedBy(Functions.SQRT.apply(variance.plus(Constant.ONE)));
        Expr top = kept(Reduction.Operation.MAX, X);
        Expr chosen = X.times(Where.of(top, Functions.EXP.apply(top), Detach.of(top).minus(mean)));
        for (Expr expr : List.of(scaled, chosen, kept(Reduction.Operation.LOG_SUM_EXP, top.plus(X)),
                Functions.TANH.apply(top))) {
            Expr squeezed = Squeezed.of(expr);
            Numerically.assertSame(expr.toString(), expr, squeezed, 3);
            assertThat(Walk.postorder(squeezed)).as("of %s", expr)
                    .allMatch(node -> node == squeezed || node.shape().sizes().stream().noneMatch(Size::isOne)
                            || node.operandCount() == 1);
        }
    }

    /** Variables keep what they have; reductions over an axis of length 1 stay. */
    @Test
    void whatVariablesHaveStays() {
        Expr both = COLUMN.plus(Tensors.sum(X, new int[] {1}, true));
        Expr over = Tensors.reduce(Reduction.Operation.PRODUCT, Tensors.insertAxis(X, 1), new int[] {1}, false);
        for (Expr expr : List.of(both, over, Functions.EXP.apply(COLUMN), both.times(X))) {
            Numerically.assertSame(expr.toString(), expr, Squeezed.of(expr), 4);
        }
        assertThat(Squeezed.of(Functions.EXP.apply(COLUMN))).isSameAs(Functions.EXP.apply(COLUMN));
    }

    @Test
    void randomExpressionsKeepTheirValues() {
        int compared = 0;
        for (long seed = 610_000; seed < 610_200; seed++) {
            WildGraph graphs = new WildGraph(seed);
            Expr expr = graphs.of(graphs.shape(), 1 + (int) (seed % 5));
            Expr kept = expr.shape().rank() == 0 ? expr
                    : expr.times(Functions.SIGMOID.apply(Tensors.sum(expr, new int[] {0}, true))).plus(expr);
            Expr squeezed = Squeezed.of(kept);
            assertThat(squeezed.shape()).isEqualTo(kept.shape());
            Numerically.Outcome outcome = Numerically.compare(kept, squeezed,
                    Numerically.points(List.of(kept, squeezed), seed, 3, 1));
            assertThat(outcome.difference()).as("seed %d", seed).isEmpty();
            compared += outcome.compared() > 0 ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(100);
    }
}
