package org.adjoint.verify;

import static org.adjoint.verify.Verifying.claims;
import static org.adjoint.verify.Verifying.counterexample;
import static org.adjoint.verify.Verifying.judged;
import static org.adjoint.verify.Verifying.last;
import static org.adjoint.verify.Verifying.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each clause changes what is claimed in the way that the language says. */
class ClauseTest {

    @Test
    void indicesAreForEveryEntry() {
        String x = "A : R[m, n]; x : R[n]";
        assertThat(verdict(x, "(A @ x)[i] == sum(A[i, j] * x[j] for j) for i")).isEqualTo(Verdict.PROVED);
        assertThat(verdict(x, "(A @ x)[i] == A[i, 0] * x[0] for i")).isEqualTo(Verdict.REFUTED);
    }

    @Test
    void theIndicesOfTheTwoSidesMayComeInAnyOrder() {
        assertThat(verdict("x : R[m]; y : R[n]", "outer(x, y)[i, j] == outer(y, x)[j, i] for j, i"))
                .isEqualTo(Verdict.PROVED);
    }

    @Test
    void finiteRangesAreExhausted() {
        assertThat(verdict("", "sum(k for k in 1..m) == m*(m + 1)/2 for m in 1..10")).isEqualTo(Verdict.PROVED);
        Counterexample first = counterexample("", "sum(k for k in 1..m) == m*m for m in 1..10");
        assertThat(first.values()).containsExactly(java.util.Map.entry("m", "2"));
        assertThat(first.left()).isEqualTo("3");
        assertThat(first.right()).isEqualTo("4");
    }

    @Test
    void setsAreGoneThrough() {
        assertThat(verdict("", "c**2 - 5*c + 6 == 0 for c in {2, 3}")).isEqualTo(Verdict.PROVED);
        assertThat(counterexample("", "c**2 - 5*c + 6 == 0 for c in {2, 3, 4}").values()).containsEntry("c", "4");
    }

    @Test
    void forAllDeclaresNamesForTheClaimAlone() {
        assertThat(verdict("", "(s + t)*(s - t) == s**2 - t**2 for all s, t : R")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "divides(2, k*(k + 1)) for all k : Z")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "divides(6, k*(k + 1)*(2*k + 1)) for all k : Z")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "divides(4, k*(k + 1)) for all k : Z")).isEqualTo(Verdict.REFUTED);
        assertThat(verdict("", "not divides(2, 27 + 2*k) for all k : Z")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "not divides(3, k**2 + 1) for all k : Z")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "not divides(5, k**2 + 1) for all k : Z")).isEqualTo(Verdict.REFUTED);
        assertThat(verdict("x : R", "not divides(2, 1 + 2*x)")).isNotEqualTo(Verdict.PROVED);
        assertThat(verdict("", "divides(2, k) for all k : Z")).isEqualTo(Verdict.REFUTED);
        assertThat(claims("claim a: s == s for all s : R\nclaim b: s == s").getLast().verdict())
                .isEqualTo(Verdict.ILL_FORMED);
    }

    @Test
    void givenIsAHypothesis() {
        assertThat(verdict("t : R", "abs(t) == t")).isEqualTo(Verdict.REFUTED);
        assertThat(verdict("t : R", "abs(t) == t given t >= 0").holds()).isTrue();
        assertThat(verdict("z : R[K]", "softmax(z)[i] < 1 for i given K >= 2").holds()).isTrue();
    }

    @Test
    void hypothesesThatNothingSatisfiesDecideNothing() {
        Claim claim = judged("t : R", "t**2 == t given t > 1, t < 0");
        assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(claim.evidence().detail()).startsWith("the hypotheses hold at none of");
    }

    @Test
    void assumptionsHoldForTheRestOfTheScopeAndOnlyWhereTheyMatter() {
        assertThat(verdict("u, v : R\nassume u > 0, v > u", "log(v/u) == log(v) - log(u)").holds()).isTrue();
        assertThat(verdict("u, v : R\nassume u > 0, v > u", "v > 0").holds()).isTrue();
        // nothing about u: exact arithmetic, no sampling of u
        assertThat(verdict("u : R\nassume u > 0", "1 + 1 == 2")).isEqualTo(Verdict.PROVED);
    }

    @Test
    void anAssumedEqualityOfSizesMakesShapesMatch() {
        String vectors = "x : R[n]; y : R[m]; w = exp(x)\nassume n == m";
        assertThat(verdict(vectors, "x + y == y + x")).isEqualTo(Verdict.PROVED);
        assertThat(verdict(vectors, "grad(sum(w * y), x) == w * y")).isEqualTo(Verdict.PROVED);
        assertThat(verdict(vectors + ", m == 4", "shape(x) == [4] and shape(x + y) == [4]")).isEqualTo(Verdict.PROVED);
    }

    @Test
    void entriesThatAClaimReadsMustExist() {
        // false at every size from 3 on; at 1 and 2 there is no k[2]
        assertThat(counterexample("k : R[p]", "k[2] == k[0]").sizes()).containsEntry("p", 3);
        // what one claim needs is no condition of another
        assertThat(counterexample("k : R[p]\nclaim other: k[2] == k[2]", "softmax(k)[i] < 1 for i").sizes())
                .containsEntry("p", 1);
    }

    @Test
    void withSubstitutesAfterDerivatives() {
        String f = "W : R[m, n]; x : R[n]; q = W @ x; f = sum(q**2)";
        assertThat(verdict(f, "grad(f, W) == 0 with W = 0")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("t : R", "grad(t**3, t) == 12 with t = 2")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("W : R[k, n]; x : R[n]; b, r : R[k]", "W @ x + b == r with b = r - W @ x"))
                .isEqualTo(Verdict.PROVED);
    }

    @Test
    void theValuesOfDefinitionsComeLast() {
        // ∂(w·x)/∂w = x = 3, where w has a value, too
        assertThat(verdict("x = 3; w = 5; y = w * x", "grad(y, w) == 3")).isEqualTo(Verdict.PROVED);
        // two quantities of one value stay two
        assertThat(verdict("a = 2; b = 2; y = a * b**2", "grad(y, a) == 4 and grad(y, b) == 8"))
                .isEqualTo(Verdict.PROVED);
    }

    @Test
    void kinksCannotRefuteDerivativesAndAreReported() {
        Claim claim = judged("t : R", "grad(abs(t), t) == (1 if t >= 0 else -1)");
        assertThat(claim.verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThat(claim.evidence().detail()).contains("on a kink");
        assertThat(verdict("t : R", "sign(t) == (1 if t >= 0 else -1)")).isEqualTo(Verdict.REFUTED);
        assertThat(verdict("t : R", "sign(t) == (1 if t >= 0 else -1) almost everywhere")).isEqualTo(Verdict.SUPPORTED);
    }

    @Test
    void kinksCountOnceAConventionSaysWhatHoldsThere() {
        assertThat(verdict("t : R", "grad(relu(t), t) == 0 with t = 0 under relu0 = 0")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("t : R", "grad(relu(t), t) == 1 with t = 0 under relu0 = 1")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("t : R", "grad(relu(t), t) == 1/2 with t = 0 under relu0 = half"))
                .isEqualTo(Verdict.PROVED);
        assertThat(verdict("t : R", "grad(relu(t), t) == 1 with t = 0 under relu0 = half"))
                .isEqualTo(Verdict.REFUTED);
        assertThat(verdict("x : R[2]", "grad(max(x), x) == [1/2, 1/2] with x = [3, 3] under ties = split"))
                .isEqualTo(Verdict.PROVED);
    }

    @Test
    void expectationsAreCompared() {
        assertThat(last("claim it: 1 == 2 expect refuted").asExpected()).isTrue();
        assertThat(last("claim it: 1 == 1 expect refuted").asExpected()).isFalse();
        assertThat(last("claim it: 1 == 1 expect proved").asExpected()).isTrue();
        assertThat(last("claim it: 4*arctan(1/5) - arctan(1/239) == pi/4 expect proved").asExpected()).isTrue();
        assertThat(last("claim it: sin(arcsin(1/3)/3) * (3 - 4*sin(arcsin(1/3)/3)**2) == 1/3 expect supported")
                .asExpected()).isTrue();
        assertThat(last("claim it: 1 == 1 expect supported").asExpected()).isFalse();
        assertThat(last("claim it: 9**9**9 == 1 expect undecided").asExpected()).isTrue();
        assertThat(last("claim it: [1, 2] + [1, 2, 3] == 0 expect ill-formed").asExpected()).isTrue();
        assertThat(last("claim it: 1 == 1 == 2 == 3 expect refuted link 2").asExpected()).isTrue();
        assertThat(last("claim it: 1 == 1 == 2 == 3 expect refuted link 3").asExpected()).isFalse();
    }

    @Test
    void multipleChoiceIsRightWhenEveryOtherOptionIsRefuted() {
        String options = "{ A: grad(sum(w**2), w) == w; B: grad(sum(w**2), w) == 2*w; C: grad(sum(w**2), w) == w**2 }";
        assertThat(last("w : R[n]\nchoice q = B " + options).verdict()).isEqualTo(Verdict.PROVED);
        Claim wrong = last("w : R[n]\nchoice q = A " + options);
        assertThat(wrong.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(wrong.evidence().detail()).endsWith("right is B");
        Claim two = last("w : R\nchoice q = A { A: w + w == 2*w; B: 2*w == w + w }");
        assertThat(two.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(two.evidence().detail()).isEqualTo("right as well: B");
    }

    @Test
    void questionsWaitForAnswers() {
        Claim ask = last("r : R[n]\nask q: grad(sum(r**3), r)");
        assertThat(ask.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(ask.asExpected()).isTrue();
    }
}
