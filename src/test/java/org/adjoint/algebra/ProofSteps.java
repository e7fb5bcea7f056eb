package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.graphs.JavaCode;
import org.adjoint.graphs.Numerically;

/** Checks proofs again, step by step, by evaluation over several sizes and points. */
final class ProofSteps {
    private ProofSteps() {
    }

    static void assertHold(String what, Proof proof) {
        long seed = what.hashCode();
        for (Proof.Step step : proof.steps()) {
            Numerically.Outcome outcome = Numerically.compare(step.before(), step.after(),
                    Numerically.points(List.of(step.before(), step.after()), seed, 3, 2));
            assertThat(outcome.difference())
                    .as(() -> what + ": " + step.law() + "\n" + JavaCode.of(step.before(), step.after())).isEmpty();
        }
    }
}
