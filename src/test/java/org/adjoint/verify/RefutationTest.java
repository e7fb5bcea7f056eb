package org.adjoint.verify;

import static org.adjoint.verify.Verifying.counterexample;
import static org.adjoint.verify.Verifying.judged;
import static org.adjoint.verify.Verifying.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is false is refuted, by a counterexample that is small and that, typed in, refutes again. */
class RefutationTest {

    @Test
    void theSmallestSizesAndSmallIntegersAreFound() {
        Counterexample c = counterexample("x : R[n]", "grad(sum(x**2), x) == x");
        assertThat(c.sizes()).containsExactly(Map.entry("n", 1));
        assertThat(c.values()).containsExactly(Map.entry("x", "[1]"));
        assertThat(c.left()).isEqualTo("[2]");
        assertThat(c.right()).isEqualTo("[1]");
    }

    @Test
    void aMissingTransposeNeedsTwoRows() {
        Counterexample c = counterexample("W : R[n, n]; x : R[n]; q = W @ x; f = sum(q**2)", "grad(f, x) == 2 * W @ q");
        assertThat(c.sizes()).containsExactly(Map.entry("n", 2));
        assertThat(c.left()).isNotEqualTo(c.right());
    }

    @Test
    void falseOnlyAtSizeOneSaysSo() {
        Claim claim = judged("z : R[K]", "softmax(z)[i] < 1 for i");
        assertThat(claim.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(claim.evidence().counterexample().orElseThrow().sizes()).containsExactly(Map.entry("K", 1));
        assertThat(claim.evidence().detail()).contains("at i = 0").contains("holds for K >= 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x, y : R               | (x + y)**2 == x**2 + y**2
            x, y : R positive      | log(x + y) == log(x) + log(y)
            x, y : R               | x**2 * y**3 + x == x**2 * y**3 + y**3
            x, y : R nonzero       | 1/(x + y) == 1/x + 1/y
            x, y : R               | exp(x*y) == exp(x) * exp(y)
            x, y : R               | abs(x + y) == abs(x) + abs(y)
            """)
    void counterexamplesReplay(String declaration, String equation) {
        Counterexample c = counterexample(declaration, equation);
        assertThat(c.values()).isNotEmpty();
        List<String> definitions = new ArrayList<>();
        c.values().forEach((name, value) -> definitions.add(name + " = " + value));
        assertThat(verdict(String.join("\n", definitions), equation)).isEqualTo(Verdict.REFUTED);
    }

    @Test
    void equalSeedsGiveEqualCounterexamples() {
        String f = "W : R[m, n]; x : R[n]; phi : R[m] -> R";
        Claim first = judged(f, "grad(phi(W @ x), W) == grad(phi(W @ x), W) * 2");
        Claim second = judged(f, "grad(phi(W @ x), W) == grad(phi(W @ x), W) * 2");
        assertThat(first.evidence()).isEqualTo(second.evidence());
        assertThat(first.evidence().counterexample().orElseThrow().toString()).contains("seed");
    }

    @Test
    void factsHoldAtCounterexamples() {
        assertThat(counterexample("s, t : R positive", "s**t == s*t").values())
                .allSatisfy((name, value) -> assertThat(Double.parseDouble(value)).isPositive());
        assertThat(counterexample("p : R[n] probability", "sum(p**2) == 1").sizes()).containsEntry("n", 2);
    }

    @Test
    void differentShapesAreRefutedByShapeAndOnlyZeroFitsAll() {
        Claim claim = judged("v : R[n]; g : R[n]", "v.T @ g == outer(v, g)");
        assertThat(claim.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(claim.evidence().detail()).startsWith("the shapes differ: left is [], right is [n, n]");
        assertThat(claim.evidence().counterexample()).isEmpty();
        assertThat(verdict("v : R[n]", "v - v == 0")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("v : R[n]", "exp(v - v) == 1")).isEqualTo(Verdict.REFUTED);
    }

    @Test
    void shapesAreCompared() {
        String w = "W : R[m, n]; x : R[n]";
        assertThat(verdict(w, "shape(W @ x) == [m]")).isEqualTo(Verdict.PROVED);
        assertThat(verdict(w, "shape(W @ x) == shape(x)")).isEqualTo(Verdict.REFUTED);
        assertThat(verdict(w, "shape(W @ x) == [m, 1]")).isEqualTo(Verdict.REFUTED);
        assertThat(verdict(w, "shape(sum(x)) == []")).isEqualTo(Verdict.PROVED);
    }

    @Test
    void parentsAreVariablesNotValues() {
        String graph = "a = 1; b = 1; c = a * 2";
        assertThat(verdict(graph, "parents(c) == {a}")).isEqualTo(Verdict.PROVED);
        assertThat(verdict(graph, "parents(c) == {b}")).isEqualTo(Verdict.REFUTED);
    }
}
