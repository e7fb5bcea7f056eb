package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Identities and their slips, with bounds on degrees that are counted by hand. */
class RationalTestTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable Y = Variable.scalar("y");
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));
    private static final Variable S = Variable.of("S", Shape.of("n", "n"), Fact.Named.SYMMETRIC);

    private static Optional<RationalTest.Outcome> test(Expr a, Expr b) {
        return RationalTest.of(a, b, 4, 7);
    }

    private static void assertDiffer(Expr a, Expr b, boolean differ) {
        assertThat(test(a, b).map(RationalTest.Outcome::differ)).contains(differ);
    }

    @Test
    void tellsSlipsFromIdentities() {
        Expr square = X.plus(Y).pow(2);
        Expr expanded = X.pow(2).plus(Y.pow(2)).plus(Constant.of(2).times(X).times(Y));
        assertDiffer(square, expanded, false);
        assertDiffer(square, expanded.plus(Constant.of(Rational.of(1, 1_000_000_007))), true);
        assertDiffer(X.dividedBy(X.plus(Y)).plus(Y.dividedBy(X.plus(Y))), Constant.ONE, false);
        Expr inverse = MatrixFunction.of(MatrixFunction.Operation.INVERSE, A.matmul(B));
        Expr ab = MatrixFunction.of(MatrixFunction.Operation.INVERSE, A)
                .matmul(MatrixFunction.of(MatrixFunction.Operation.INVERSE, B));
        Expr ba = MatrixFunction.of(MatrixFunction.Operation.INVERSE, B)
                .matmul(MatrixFunction.of(MatrixFunction.Operation.INVERSE, A));
        assertDiffer(inverse, ba, false);
        assertDiffer(inverse, ab, true);
        Expr det = MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, A.matmul(B));
        assertDiffer(det, MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, B.matmul(A)), false);
        assertDiffer(S, Tensors.transpose(S), false);
        assertDiffer(A, Tensors.transpose(A), true);
    }

    /** (x + y)² − … has degree 2: four points miss it with probability at most (2/p)⁴. */
    @Test
    void boundsTheError() {
        RationalTest.Outcome outcome = test(X.plus(Y).pow(2),
                X.pow(2).plus(Y.pow(2)).plus(X.times(Y).times(Constant.of(2))))
                .orElseThrow();
        assertThat(outcome.degree()).isEqualTo(2);
        assertThat(outcome.points()).isEqualTo(4);
        assertThat(outcome.logOfError()).isBetween(-240.01, -239.99);
    }

    /** What has no values in the field, or variables that fill no open set, is not told. */
    @Test
    void saysNothingOfAnythingElse() {
        assertThat(test(Functions.EXP.apply(X), X)).isEmpty();
        assertThat(test(Functions.ABS.apply(X), X)).isEmpty();
        assertThat(test(Functions.STEP.apply(X), X)).isEmpty();
        assertThat(test(X.pow(Constant.of(Rational.of(1, 2))), X)).isEmpty();
        Variable sign = Variable.of("s", Shape.SCALAR, Fact.Named.PLUS_MINUS_ONE);
        assertThat(test(sign.pow(2), Constant.ONE)).isEmpty();
        assertThat(test(X.dividedBy(X.minus(X)), X)).isEmpty();
    }
}
