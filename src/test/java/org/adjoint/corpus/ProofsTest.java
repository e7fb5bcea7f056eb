package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adjoint.algebra.Laws;
import org.adjoint.algebra.Proof;
import org.adjoint.algebra.ProofCheck;
import org.adjoint.derive.Derived;
import org.adjoint.derive.Deriver;
import org.adjoint.derive.Layout;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Elaborator;
import org.adjoint.verify.Verifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The proofs of published derivatives: that the form shown is the raw one, and that the raw one is the published one. Each is a
 * chain without gaps of steps by laws of {@link Laws}, each of which holds when it is evaluated.
 */
class ProofsTest {
    private static final int EVERY = 8;

    static Stream<Case> sample() {
        List<Case> all = Case.own();
        return IntStream.range(0, all.size()).filter(k -> k % EVERY == 0).mapToObj(all::get);
    }

    @ParameterizedTest
    @MethodSource("sample")
    void everyStepHolds(Case each) {
        Verifier.DEFAULT_BUDGET.call(() -> {
            Elaborator reader = Reading.reader(each);
            Expr f = Reading.read(reader, each.expression());
            Variable x = reader.environment().variable(each.wrt()).orElseThrow();
            Layout layout = Layout.valueOf(each.layout().toUpperCase(Locale.ROOT));
            if (new Deriver(Definitions.NONE, 1).derive(f, x, layout) instanceof Derived derived) {
                Proof proof = derived.proof();
                assertHolds(each, proof);
                assertHolds(each, derived.form());
                List<Proof.Step> steps = proof.steps();
                if (!steps.isEmpty()) {
                    Expr last = steps.getLast().after();
                    assertThat(last == derived.value() || Linear.isZero(last) || layout != Layout.GRADIENT)
                            .as("%s ends with the form shown, or with zero", each).isTrue();
                }
            }
            return each;
        });
        Answer answer = Answer.to(each);
        if (!answer.isRefused()) {
            Reading.proof(each, each.expected(), answer.matlab()).ifPresent(proof -> assertHolds(each, proof));
        }
    }

    /** Chains of named laws; a second derivative has two, one for the gradient and one for its derivative. */
    private static void assertHolds(Case each, Proof proof) {
        List<Proof.Step> steps = proof.steps();
        assertThat(steps.isEmpty() && proof.reason().contains("for every size")).as("%s: %s", each, proof.reason())
                .isFalse();
        List<Integer> gaps = new ArrayList<>();
        for (int k = 1; k < steps.size(); k++) {
            if (steps.get(k).before() != steps.get(k - 1).after()) {
                gaps.add(k);
            }
        }
        assertThat(gaps).as("%s", each).hasSizeLessThanOrEqualTo(each.layout().startsWith("hess") ? 1 : 0);
        assertThat(proof.laws()).as("%s", each).allSatisfy(law -> assertThat(Laws.named(law)).as(law).isPresent());
        assertThat(ProofCheck.of(steps, each.id().hashCode()).wrong()).as("%s", each).isEmpty();
    }
}
