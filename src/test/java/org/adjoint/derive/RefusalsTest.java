package org.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** What is refused, and what is named as standing in the way. */
class RefusalsTest {
    private static final Variable X = Variable.of("x", Shape.of("n"));
    private static final Variable Y = Variable.of("y", Shape.of("n"));
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));

    private static Refused refused(Expr f, Variable x) {
        return (Refused) new Deriver(Definitions.NONE, 1).derive(f, x, Layout.GRADIENT);
    }

    @Test
    void jumpsAreNamed() {
        Expr step = Functions.STEP.apply(A.matmul(X));
        Refused loss = refused(Y.minus(step).pow(2).sum(), X);
        assertThat(loss.cause()).isEqualTo(Refused.Cause.JUMPS);
        assertThat(loss.at()).isEqualTo(step);
        assertThat(loss.reason()).contains("zero").contains("almost everywhere");
        Expr argmax = Reduction.of(Reduction.Operation.FIRST_MAX, X, 0);
        assertThat(refused(Tensors.inner(argmax, Y), X).at()).isEqualTo(argmax);
    }

    /** A jump beside something that is differentiable is taken as zero, as automatic differentiation does. */
    @Test
    void aJumpBesideASlopeIsNoRefusal() {
        Expr f = Functions.STEP.apply(X).sum().plus(X.pow(2).sum());
        assertThat(new Deriver(Definitions.NONE, 1).derive(f, X, Layout.GRADIENT)).isInstanceOf(Derived.class);
    }

    @Test
    void whatDoesNotOccurIsSaid() {
        Refused constant = refused(X.sum(), Y);
        assertThat(constant.cause()).isEqualTo(Refused.Cause.CONSTANT);
        assertThat(constant.reason()).startsWith("y does not occur").endsWith("its derivative is zero");
        assertThat(refused(X.sum().minus(Y.sum()).plus(Y.sum()), Y).cause()).isEqualTo(Refused.Cause.CONSTANT);
    }

    @Test
    void exponentsOfMatricesHaveNoDerivative() {
        Variable k = Variable.scalar("k", Fact.Named.NATURAL);
        Expr power = MatrixFunction.power(A, k);
        Refused refused = refused(Tensors.trace(power).times(k), k);
        assertThat(refused.cause()).isEqualTo(Refused.Cause.NO_RULE);
        assertThat(refused.at()).isEqualTo(power);
    }

    /** Through definitions too. */
    @Test
    void definitionsCount() {
        Variable z = Variable.of("z", Shape.of("n"));
        Definitions definitions = Definitions.NONE.with(z, A.matmul(X));
        assertThat(new Deriver(definitions, 1).derive(z.sum(), X, Layout.GRADIENT)).isInstanceOf(Derived.class);
        assertThat(new Deriver(definitions, 1).derive(z.sum(), Y, Layout.GRADIENT)).isInstanceOf(Refused.class);
    }

    @Test
    void hugeMatricesOfDerivativesAreNotShown() {
        Expr f = X;
        for (int k = 0; k < 250; k++) {
            f = Functions.SIN.apply(A.matmul(f).plus(Constant.of(k).times(Y)));
        }
        Refused refused = (Refused) new Deriver(Definitions.NONE, 1).derive(f, X, Layout.JACOBIAN);
        assertThat(refused.cause()).isEqualTo(Refused.Cause.TOO_LARGE);
        assertThat(refused.reason()).contains("[n, n]").contains("sum(U * f)").contains("vjp");
        assertThat(List.of(refused.at())).containsExactly(f);
    }
}
