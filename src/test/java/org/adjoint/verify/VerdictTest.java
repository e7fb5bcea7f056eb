package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.adjoint.verify.Verifying.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every class of evidence is given for what it stands for, and for nothing weaker. */
class VerdictTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.1 + 0.2 == 0.3                                   | proved
            sqrt(2) * sqrt(3) == sqrt(6)                       | proved
            sqrt(2) + sqrt(3) == sqrt(5 + 2*sqrt(6))           | proved
            8**(2/3) == 4                                      | proved
            1/3 == 0.3333333333                                | refuted
            exp(1) == 2.718281828459045                        | refuted
            sin(1)**2 + cos(1)**2 == 1                         | proved
            [1, 2] == [1, 2]                                   | proved
            [1, 2] == [1, 3]                                   | refuted
            log(0 - 1) == 0                                    | ill-formed
            1/0 == 1/0                                         | ill-formed
            float(0.5) + float(0.25) == 0.75                   | supported
            float(0.1) + float(0.2) == float(0.3)              | refuted
            """)
    void claimsAboutNumbers(String proposition, String expected) {
        assertThat(verdict("", proposition).word()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 < 4                      | proved
            4 <= 4                     | proved
            4 < 4                      | refuted
            4 > 3                      | proved
            3 >= 4                     | refuted
            3 != 4                     | proved
            3 != 3                     | refuted
            [1, 2] != [1, 3]           | proved
            2.7 < exp(1) < 2.72        | proved
            exp(1) > 2.72              | refuted
            2/3 ~= 0.67                | proved
            2/3 ~= 0.66                | refuted
            pi ~= 3.14                 | proved
            0.665 ~= 0.67              | proved
            96.4% ~= 96%               | proved
            [2/3, 1/3] ~= [0.67, 0.33] | proved
            1.4e-5 ~= 1e-5             | proved
            22/7 == pi within 0.01     | proved
            22/7 == pi within 0.001    | refuted
            105 == 100 within 5%       | proved
            106 == 100 within 5%       | refuted
            22/7 == 3.14 within printed | proved
            22/7 == 3.1429 within printed | proved
            22/7 == 3.15 within printed | refuted
            """)
    void relations(String proposition, String expected) {
        assertThat(verdict("", proposition).word()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 in {1, 2, 3}        | proved
            4 in {1, 2, 3}        | refuted
            3 in 1..5             | proved
            1/2 in 0..5           | refuted
            6 in 1..5             | refuted
            pi in (3, 4)          | proved
            3 in (3, 4)           | refuted
            3 not in {1, 2}       | proved
            4 in Z and 4 in N     | proved
            {1, 2} == {2, 1}      | proved
            {1, 2} == {1, 3}      | refuted
            integer(6/3)          | proved
            integer(1/2)          | refuted
            divides(3, 12)        | proved
            divides(5, 12)        | refuted
            divides(0, 0)         | proved
            unique_max([1, 3, 2]) | proved
            unique_max([3, 3, 2]) | refuted
            not 1 == 2            | proved
            1 == 2 or 2 == 2      | proved
            1 == 2 implies 1 == 3 | proved
            1 == 1 and 1 == 2     | refuted
            """)
    void membershipPredicatesAndLogic(String proposition, String expected) {
        assertThat(verdict("", proposition).word()).isEqualTo(expected);
    }

    @Test
    void aProofHoldsForEverySize() {
        assertThat(verdict("A : R[m, k]; B : R[k, n]", "(A @ B).T == B.T @ A.T")).isEqualTo(Verdict.PROVED);
    }

    @Test
    void aProofHoldsForEveryLoss() {
        assertThat(verdict("A : R[m, k]; B : R[k, n]; phi : R[m, n] -> R; C = A @ B; l = phi(C)",
                "grad(l, A) == grad(l, C) @ B.T")).isEqualTo(Verdict.PROVED);
    }

    @Test
    void anOrderIsProvedBySigns() {
        assertThat(verdict("x : R[n]; t : R positive", "sum(exp(x)) + t > 0")).isEqualTo(Verdict.PROVED);
    }

    @Test
    void anOrderThatHoldsAtAllPointsIsSupportedOnly() {
        Claim claim = judged("a, b : R positive", "(a + b)**3 >= a**3 + b**3 + a*b*(a + b)");
        assertThat(claim.verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThat(claim.evidence().detail()).startsWith("true at").endsWith("no bound");
    }

    @Test
    void supportedNeedsTwentyPointsOverThreeChoicesOfSizes() {
        // |tr(AB)|² ≤ |A|²|B|² (Cauchy and Schwarz), which no sign of a part gives away
        Claim claim = judged("A : R[n, n]; B : R[n, n]", "sum(A*B)**2 <= sum(A**2) * sum(B**2)");
        assertThat(claim.verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThat(claim.evidence().detail()).matches("true at [2-9]\\d+ points over [3-9] choices of sizes.*");
    }

    @Test
    void definedNowhereIsIllFormedThoughBothSidesAreTheSame() {
        Claim claim = judged("t : R", "log(-exp(t)) == log(-exp(t))");
        assertThat(claim.verdict()).isEqualTo(Verdict.ILL_FORMED);
        assertThat(claim.evidence().detail()).startsWith("log(-exp(t)) has no value at any of");
    }

    @Test
    void domainsAreReportedApart() {
        Claim claim = judged("t : R", "exp(log(t) / 2)**4 == t**2 * (1 + 0*sin(t)**2 + 0)");
        assertThat(claim.verdict().holds()).isTrue();
        Claim sampled = judged("t : R", "log(t) <= t - 1");
        assertThat(sampled.verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThat(sampled.evidence().detail()).contains("undefined at").contains("log needs a number > 0");
    }

    @Test
    void overrunsAreUndecidedAtOnceAndNameTheLimit() {
        Claim claim = judged("", "9**9**9 == 0");
        assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(claim.evidence().detail()).contains("bits in a number");
        Claim user = judged("a = 9**9**9", "a == 0");
        assertThat(user.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void strictOrdersAreNotSupportedWhereTheSidesMeet() {
        // at n = 1 the sides are equal: refuted there, never supported
        assertThat(verdict("z : R[n]", "max(softmax(z)) < 1")).isEqualTo(Verdict.REFUTED);
    }

    @Test
    void everyLinkOfAChainIsJudged() {
        Claim claim = judged("x, y : R", "(x + y)**2 == x**2 + 2*x*y + y**2 == x**2 + y**2 == (x + y)**2 - 2*x*y");
        assertThat(claim.links()).extracting(Link::verdict).containsExactly(Verdict.PROVED, Verdict.REFUTED,
                Verdict.PROVED);
        assertThat(claim.evidence().detail()).startsWith("link 2, x**2 + 2*x*y + y**2 == x**2 + y**2:")
                .endsWith("the ends of the chain differ");
    }

    @Test
    void aChainWithAFalseMiddleCanHaveEndsThatAgree() {
        Claim claim = judged("x : R", "x + x == 3*x == 2*x");
        assertThat(claim.evidence().detail()).endsWith("the ends of the chain agree");
    }

    @Test
    void theWorstLinkDecides() {
        assertThat(Verdict.of(java.util.List.of(Verdict.PROVED, Verdict.SUPPORTED))).isEqualTo(Verdict.SUPPORTED);
        assertThat(Verdict.of(java.util.List.of(Verdict.UNDECIDED, Verdict.REFUTED))).isEqualTo(Verdict.REFUTED);
        assertThat(Verdict.of(java.util.List.of(Verdict.REFUTED, Verdict.UNDECIDED))).isEqualTo(Verdict.REFUTED);
        assertThat(Verdict.of(java.util.List.of(Verdict.ILL_FORMED, Verdict.REFUTED))).isEqualTo(Verdict.ILL_FORMED);
    }
}
