package org.adjoint.derive;

import static org.adjoint.expr.MatrixFunction.Operation.DETERMINANT;
import static org.adjoint.expr.MatrixFunction.Operation.INVERSE;
import static org.adjoint.expr.MatrixFunction.Operation.LOG_DETERMINANT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.derive.Condition.Kind;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** What must hold, said once and as a person would. */
class ConditionsTest {
    private static final Variable X = Variable.of("X", Shape.of("m", "n"));
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));
    private static final Variable C = Variable.of("C", Shape.of("m", "m"), Fact.Named.POSITIVE_DEFINITE);
    private static final Variable FREE = Variable.of("F", Shape.of("m", "m"));
    private static final Variable V = Variable.of("v", Shape.of("n"));
    private static final Variable T = Variable.scalar("t", Fact.Named.POSITIVE);

    private static List<Condition> of(Expr f, Variable x) {
        return ((Derived) new Deriver(Definitions.NONE, 1).derive(f, x, Layout.GRADIENT)).conditions();
    }

    private static Expr logdet(Expr m) {
        return MatrixFunction.of(LOG_DETERMINANT, m);
    }

    @Test
    void grammiansAreToldByRank() {
        assertThat(of(logdet(X.transpose().matmul(X)), X)).containsExactly(new Condition(Kind.FULL_COLUMN_RANK, X));
        assertThat(of(logdet(X.matmul(X.transpose())), X)).containsExactly(new Condition(Kind.FULL_ROW_RANK, X));
        assertThat(of(logdet(X.transpose().matmul(C).matmul(X)), X))
                .containsExactly(new Condition(Kind.FULL_COLUMN_RANK, X));
        assertThat(of(MatrixFunction.of(DETERMINANT, X.transpose().matmul(C).matmul(X)), X))
                .containsExactly(new Condition(Kind.FULL_COLUMN_RANK, X));
    }

    @Test
    void whatIsNoGrammianIsToldAsInvertible() {
        for (Expr m : List.of(X.transpose().matmul(FREE).matmul(X), A.matmul(B), A, A.matmul(A))) {
            assertThat(of(logdet(m), m == A || m == A.matmul(A) || m == A.matmul(B) ? A : X))
                    .extracting(Condition::kind).containsOnly(Kind.INVERTIBLE);
        }
    }

    @Test
    void whatIsKnownIsNotSaid() {
        assertThat(of(logdet(X.transpose().matmul(X).plus(Delta.of(X.shape().get(1)).times(T))), X)).isEmpty();
        Variable spd = Variable.of("S", Shape.of("n", "n"), Fact.Named.POSITIVE_DEFINITE);
        assertThat(of(logdet(spd).plus(Tensors.trace(A.matmul(MatrixFunction.of(INVERSE, spd)))), spd)).isEmpty();
    }

    @Test
    void whatFollowsIsNotSaidTwice() {
        assertThat(of(Functions.SQRT.apply(V).sum(), V)).containsExactly(new Condition(Kind.POSITIVE, V));
        Expr inside = Constant.ONE.minus(Tensors.inner(V, V));
        assertThat(of(Functions.LOG.apply(inside), V)).extracting(Condition::kind).containsExactly(Kind.POSITIVE);
        Expr determinant = MatrixFunction.of(DETERMINANT, A);
        assertThat(of(Functions.LOG.apply(determinant), A)).containsExactly(new Condition(Kind.POSITIVE, determinant));
        Condition kink = of(Functions.RELU.apply(V).sum(), V).get(0);
        assertThat(kink.text(e -> "relu(v)"))
                .isEqualTo("almost everywhere: relu(v) away from its kink (relu at 0: derivative taken as 0)");
    }
}
