package org.adjoint.verify;

import static org.adjoint.verify.Verifying.claims;
import static org.adjoint.verify.Verifying.judged;
import static org.adjoint.verify.Verifying.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What has no meaning is named, with the law and the shapes, and spoils nothing else. */
class IllFormedTest {
    private static final String NETWORK = """
            X : R[2, 1]; y : R[2, 1]; W1 : R[4, 2]; W2 : R[2, 4]
            z2 = relu(W1 @ X)
            z3 = W2 @ z2
            """;

    @Test
    void theAssignmentOfTheHandoutIsIllFormedWithBothShapes() {
        Claim claim = judged(NETWORK, "ill_formed(y_hat = z2 + z3)");
        assertThat(claim.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(claim.evidence().detail())
                .isEqualTo("z2 + z3: shapes must match or broadcast; z2 is [4, 1], z3 is [2, 1]");
    }

    @Test
    void whatUsesABrokenDefinitionIsIllFormedWithTheRootNamed() {
        Report report = report(NETWORK + """
                y_hat = z2 + z3
                L = sum((y_hat - y)**2)
                claim uses: grad(L, W1) == 0 expect ill-formed
                claim spared: shape(z3) == [2, 1]
                """);
        assertThat(report.claims()).extracting(Claim::verdict).containsExactly(Verdict.ILL_FORMED, Verdict.PROVED);
        assertThat(report.claims().get(0).evidence().detail()).contains("y_hat").contains(
                "z2 + z3: shapes must match or broadcast; z2 is [4, 1], z3 is [2, 1]");
        // The author expects it, so it is no bad input.
        assertThat(report.problems()).isEmpty();
        assertThat(report.exitCode()).isEqualTo(Report.AS_EXPECTED);
    }

    @Test
    void aBrokenDefinitionThatNobodyExpectsIsAProblem() {
        Report report = report(NETWORK + "y_hat = z2 + z3\nclaim spared: 1 == 1");
        assertThat(report.problems()).singleElement().asString().contains("test.md:6:")
                .contains("shapes must match or broadcast");
        assertThat(report.exitCode()).isEqualTo(Report.BAD_INPUT);
    }

    @Test
    void wellFormedExpressionsAreNotIllFormed() {
        Claim claim = judged(NETWORK, "ill_formed(z3 + y)");
        assertThat(claim.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(claim.evidence().detail()).isEqualTo("z3 + y is well formed, of shape [2, 1]");
    }

    @Test
    void differentSymbolsNeverMatchAndTheMessageSaysWhatWouldSettleIt() {
        assertThat(judged("x : R[n]; y : R[m]", "x + y == 0").evidence().detail())
                .isEqualTo("x + y: shapes must match or broadcast; x is [n], y is [m]; "
                        + "if they are meant to be equal: assume n == m");
    }

    @Test
    void unknownNamesComeWithTheNearestKnownOne() {
        assertThat(judged("alpha = 2", "alhpa == 2").evidence().detail())
                .isEqualTo("unknown name alhpa; did you mean alpha?");
    }

    @Test
    void approximationNeedsPrintedDigits() {
        assertThat(judged("x : R", "x ~= x + 1").evidence().detail())
                .startsWith("~= is equality up to half a unit of the last digit printed on its right");
    }

    @Test
    void aClaimMustSayTrueOrFalse() {
        assertThat(judged("x : R", "x + 1").evidence().detail())
                .isEqualTo("x + 1 is no proposition; expected a relation such as ==, or a predicate");
    }

    @Test
    void theOtherClaimsAreStillJudged() {
        List<Claim> claims = claims("claim a: 1 == 1\nclaim b: z == 1\nclaim c: 2 == 2");
        assertThat(claims).extracting(Claim::verdict).containsExactly(Verdict.PROVED, Verdict.ILL_FORMED,
                Verdict.PROVED);
    }
}
