package org.adjoint.derive;

import static org.adjoint.expr.MatrixFunction.Operation.DETERMINANT;
import static org.adjoint.expr.MatrixFunction.Operation.INVERSE;
import static org.adjoint.expr.MatrixFunction.Operation.LOG_DETERMINANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
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

    private static final Variable A = Variable.of("A", Shape.of("m", "m"), Fact.Named.POSITIVE_DEFINITE);
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));
    private static final Variable V = Variable.of("v", Shape.of("m"));

    private static Expr gram() {
        return X.transpose().matmul(A).matmul(X);
    }

    private static Expr of(MatrixFunction.Operation operation, Expr x) {
        return MatrixFunction.of(operation, x);
    }

    /** Where X is wide, XᵀAX is singular at every point: other sizes tell, and wrong derivatives are still seen. */
    @Test
    void sizesWithoutAValueArePassedOver() {
        Expr weighted = X.transpose().matmul(Tensors.diag(V)).matmul(X);
        List<Expr> functions = List.of(of(DETERMINANT, gram()), of(LOG_DETERMINANT, gram()),
                Tensors.trace(of(INVERSE, gram()).matmul(B)), Functions.LOG.apply(of(DETERMINANT, gram())));
        for (Expr f : functions) {
            for (long seed = 0; seed < 8; seed++) {
                Expr gradient = ReverseSweep.gradient(f, X);
                DifferenceCheck.Agreement agreement = DifferenceCheck.check(f, X, gradient, seed);
                assertThat(agreement.sizes()).isEqualTo(3);
                long drawn = seed;
                for (Expr wrong : List.of(gradient.times(Rational.of(1_000_001, 1_000_000)), gradient.plus(X),
                        A.matmul(gradient), gradient.negate())) {
                    assertThatThrownBy(() -> DifferenceCheck.check(f, X, wrong, drawn))
                            .as("seed %s", seed).isInstanceOf(DifferenceCheck.Withheld.class);
                }
            }
        }
        Expr log = Functions.LOG.apply(of(DETERMINANT, weighted));
        assertThat(DifferenceCheck.check(log, V, ReverseSweep.gradient(log, V), 1).sizes()).isEqualTo(3);
    }

    /** Singular everywhere: nothing is confirmed, whatever is claimed. */
    @Test
    void nothingIsConfirmedWhereThereIsNoValue() {
        Variable x = Variable.of("x", Shape.of("n"));
        Expr f = of(DETERMINANT, Tensors.outer(x, x).plus(Tensors.outer(x, x)).matmul(Delta.of(x.shape().get(0))));
        Expr inverse = of(LOG_DETERMINANT, Tensors.outer(Tensors.insertAxis(x, 1).sum(1), x));
        assertThatThrownBy(() -> DifferenceCheck.check(f.plus(inverse.times(Rational.of(1, 1000))), x,
                x, 1)).isInstanceOf(DifferenceCheck.Withheld.class);
    }

    /** Random points between −3 and 3 lie outside; a point inside is looked for. */
    @Test
    void farDomainsAreFound() {
        Variable x = Variable.of("x", Shape.of("n"));
        Variable p = Variable.of("p", Shape.of("n"), Fact.Named.POSITIVE);
        List<Expr> functions = List.of(Functions.SQRT.apply(x.minus(Constant.of(100))).sum(),
                Functions.LOG.apply(Constant.ONE.minus(Tensors.inner(x, x))),
                Functions.LOG.apply(Constant.of(-40).minus(x.sum())),
                Functions.SQRT.apply(Constant.of(1).minus(p.sum().times(4))),
                Functions.ASIN.apply(x.minus(Constant.of(9))).sum());
        for (Expr f : functions) {
            Variable by = Walk.variables(f).iterator().next();
            Expr gradient = ReverseSweep.gradient(f, by);
            for (long seed = 0; seed < 8; seed++) {
                assertThat(DifferenceCheck.check(f, by, gradient, seed).directions()).as("seed %s", seed)
                        .isGreaterThan(2);
                long drawn = seed;
                assertThatThrownBy(() -> DifferenceCheck.check(f, by, gradient.times(Rational.of(1001, 1000)), drawn))
                        .isInstanceOf(DifferenceCheck.Withheld.class);
            }
        }
    }

    /** {@code relu(x²)} has slope {@code 2x·[x² > 0]}: at x = 0, where its slope by the convention is 0, nothing is refuted. */
    @Test
    void kinksThatAreMetExactlyRefuteNothing() {
        Variable x = Variable.of("x", Shape.of("m", "n"));
        Expr f = Functions.RELU.apply(x.times(x)).sum();
        for (long seed = 0; seed < 20; seed++) {
            assertThat(new Deriver(Definitions.NONE, seed).derive(f, x, Layout.HESSVEC)).as("seed %s", seed)
                    .isInstanceOf(Derived.class);
        }
    }

    /** A function that is zero everywhere without looking so has the derivative zero, and no other. */
    @Test
    void zeroFunctionsAreTold() {
        Variable x = Variable.of("x", Shape.of("n"));
        Expr f = Functions.SIN.apply(x).pow(2).plus(Functions.COS.apply(x).pow(2)).sum()
                .minus(x.times(Constant.ZERO).plus(Constant.ONE).sum());
        Expr gradient = ReverseSweep.gradient(f, x);
        for (long seed = 0; seed < 8; seed++) {
            long drawn = seed;
            assertThat(DifferenceCheck.check(f, x, gradient, seed).worst()).isLessThan(1);
            assertThatThrownBy(() -> DifferenceCheck.check(f, x, gradient.plus(x.times(Rational.of(1, 1_000_000))),
                    drawn)).isInstanceOf(DifferenceCheck.Withheld.class);
        }
    }

    /** {@code x : R[n−k+1]} has no entries where k = n + 1: such sizes tell nothing, others do. */
    @Test
    void sizesThatLeaveNothingToMoveArePassedOver() {
        Size windows = Size.symbol("n").minus(Size.symbol("k")).plus(1);
        Variable x = Variable.of("x", Shape.of(windows));
        for (long seed = 0; seed < 20; seed++) {
            assertThat(DifferenceCheck.check(x.pow(2).sum(), x, x.times(Rational.of(2)), seed).points()).isPositive();
        }
    }
}
