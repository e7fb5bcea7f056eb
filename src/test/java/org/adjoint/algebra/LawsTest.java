package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.adjoint.expr.Expr;
import org.adjoint.graphs.JavaCode;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every law by name: both sides agree to 40 places at sizes all distinct, each 1 and all equal; it is proved, and so is what
 * is made of it; and whatever is made of it by changing one thing is proved only if it is still true.
 */
class LawsTest {
    private static final int NEAR_MISSES = 12;

    static Stream<Law> laws() {
        return Laws.all().stream();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void bothSidesAgreeAndAreProved(Law law) {
        Expr left = law.left();
        Expr right = law.right();
        Numerically.assertSame(law.name(), left, right, law.name().hashCode());
        assertThat(Equality.prove(left, right)).as(law.toString()).isPresent();
        assertThat(Equality.prove(right, left)).as(law + ", exchanged").isPresent();
        assertThat(Equality.prove(left.times(3).plus(right), right.times(4))).as(law + ", combined").isPresent();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void nearMissesAreNotProved(Law law) {
        for (long seed = law.name().hashCode(), end = seed + NEAR_MISSES; seed < end; seed++) {
            Expr wrong = new Mutations(seed).damaged(law.right());
            if (wrong.shape().equals(law.left().shape()) && Equality.prove(law.left(), wrong).isPresent()) {
                Numerically.Outcome outcome = Numerically.compare(law.left(), wrong,
                        Numerically.points(List.of(law.left(), wrong), seed, 5, 2));
                assertThat(outcome.difference()).as(() -> law + "\n" + JavaCode.of(law.left(), wrong)).isEmpty();
            }
        }
    }

    /** The proof of every law is a chain from one side to the other, or to zero, of laws that hold step by step. */
    @ParameterizedTest
    @MethodSource("laws")
    void theProofIsAChainOfLaws(Law law) {
        Proof proof = Equality.prove(law.left(), law.right()).orElseThrow();
        ProofSteps.assertChain(law.name(), law.left(), law.right(), proof);
        ProofSteps.assertHold(law.name(), proof);
        ProofSteps.assertChecked(law.name(), proof);
    }

    @Test
    void namesDiffer() {
        assertThat(Laws.all()).extracting(Law::name).doesNotHaveDuplicates();
    }
}
