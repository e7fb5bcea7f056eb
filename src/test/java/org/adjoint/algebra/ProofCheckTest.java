package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of a proof finds the one step that is wrong, wherever it stands and whatever it is called. */
class ProofCheckTest {
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));
    private static final Variable X = Variable.of("x", Shape.of("n"));

    /** In the proof of every law, each step in turn with a side that is damaged. */
    @ParameterizedTest
    @MethodSource("org.adjoint.algebra.LawsTest#laws")
    void aPlantedStepIsFound(Law law) {
        List<Proof.Step> steps = Equality.prove(law.left(), law.right()).orElseThrow().steps();
        for (int k = 0; k < steps.size(); k++) {
            Proof.Step step = steps.get(k);
            List<Proof.Step> planted = new ArrayList<>(steps);
            Expr wrong = step.after().plus(Functions.COS.apply(step.after()).plus(step.before().times(step.before())));
            Proof.Step bad = new Proof.Step(step.law(), step.before(), wrong);
            planted.set(k, bad);
            ProofCheck check = ProofCheck.of(planted, law.name().hashCode());
            assertThat(check.wrong().map(ProofCheck.Wrong::step)).as(law.name() + ", step " + k).contains(bad);
        }
    }

    /** What is true for symmetric or commuting matrices, at n = 1, or for positive numbers only. */
    @Test
    void nearlyTrueStepsAreFound() {
        List<List<Expr>> wrong = List.of(List.of(A.matmul(B), B.matmul(A)), List.of(A, A.transpose()),
                List.of(MatrixFunction.of(MatrixFunction.Operation.INVERSE, A.matmul(B)),
                        MatrixFunction.of(MatrixFunction.Operation.INVERSE, A)
                                .matmul(MatrixFunction.of(MatrixFunction.Operation.INVERSE, B))),
                List.of(X.sum().pow(2), X.pow(2).sum()), List.of(Functions.SQRT.apply(X.pow(2)), X),
                List.of(Tensors.trace(A.matmul(B)), Tensors.trace(A).times(Tensors.trace(B))),
                List.of(Functions.RELU.apply(X), Functions.SOFTPLUS.apply(X)));
        for (List<Expr> sides : wrong) {
            Proof.Step step = new Proof.Step("like terms", sides.get(0), sides.get(1));
            assertThat(ProofCheck.of(List.of(step), 7).wrong().map(ProofCheck.Wrong::step)).contains(step);
        }
    }

    @Test
    void aTrueStepIsCompared() {
        Proof.Step step = new Proof.Step("transpose of a product", A.matmul(B).transpose(),
                B.transpose().matmul(A.transpose()));
        ProofCheck check = ProofCheck.of(List.of(step), 7);
        assertThat(check.wrong()).isEmpty();
        assertThat(check.points()).isEqualTo(6);
        assertThat(check.entries()).isGreaterThan(6);
    }
}
