package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.graphs.JavaCode;
import org.adjoint.graphs.Numerically;

/** Checks proofs again, step by step, by evaluation over several sizes and points. */
final class ProofSteps {
    private ProofSteps() {
    }

    /** No gaps, from {@code left} to {@code right} or from their difference to zero, and every name is one of a law. */
    static void assertChain(String what, Expr left, Expr right, Proof proof) {
        List<Proof.Step> steps = proof.steps();
        assertThat(proof.laws()).as(what).allSatisfy(law -> assertThat(Laws.named(law)).as(law).isPresent());
        if (left == right) {
            return;
        }
        assertThat(steps).as(what).isNotEmpty();
        Expr first = steps.get(0).before();
        Expr last = steps.getLast().after();
        assertThat((first == left && last == right) || (first == left.minus(right) && Linear.isZero(last)))
                .as(() -> what + ": from " + JavaCode.of(first, last)).isTrue();
        for (int k = 1; k < steps.size(); k++) {
            assertThat(steps.get(k).before()).as(what + ", step " + k).isSameAs(steps.get(k - 1).after());
        }
    }

    /** The same by the check that comes with the engine. */
    static void assertChecked(String what, Proof proof) {
        ProofCheck check = ProofCheck.of(proof.steps(), what.hashCode());
        assertThat(check.wrong()).as(what).isEmpty();
        assertThat(check.points() > 0 || proof.steps().isEmpty()).as(what).isTrue();
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
