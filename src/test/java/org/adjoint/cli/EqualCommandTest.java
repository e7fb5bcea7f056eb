package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The command {@code equal}: its verdicts, its evidence, its exit codes. */
class EqualCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Run equal(String left, String right, String... options) {
        List<String> args = new ArrayList<>(List.of("equal", left, right, "--dialect", "math"));
        args.addAll(List.of(options));
        return adjoint(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "(x + 1)^2 | x^2 + 2*x + 1 | proved | 0",
            "(x + 1)^2 | x^2 + 1 | refuted | 1",
            "x^2 | y^2 | refuted | 1",
            "[1, 2] | [1, 2, 3] | refuted | 1",
            "1/0 | 1 | ill-formed | 2",
            "x + | 1 | ill-formed | 2",
            "'' | 1 | ill-formed | 2",
            "[1, 2] * [1, 2, 3] | 1 | ill-formed | 2"})
    void eachVerdictHasItsExitCode(String left, String right, String verdict, int code) {
        equal(left, right).ends(code).shows(verdict + ": ");
        JsonNode json = JSON.readTree(equal(left, right, "--format", "json").ends(code).out());
        assertThat(json.propertyNames()).containsExactly("left", "right", "verdict", "detail", "evidence",
                "counterexample", "at",
                "scalars", "notes");
        assertThat(json.get("verdict").asString()).isEqualTo(verdict);
        assertThat(json.get("detail").asString()).isNotEmpty();
    }

    @Test
    void aRefutationShowsASmallPointAndBothSides() {
        JsonNode found = JSON.readTree(equal("a*x^2", "a*x", "--format", "json").out()).get("counterexample");
        assertThat(found.get("values").get("a").asString()).isEqualTo("1");
        assertThat(found.get("values").get("x").asString()).isEqualTo("-1");
        assertThat(found.get("left").asString()).isEqualTo("1");
        assertThat(found.get("right").asString()).isEqualTo("-1");
        equal("a*x^2", "a*x").shows("a = 1, x = -1: left 1, right -1");
    }

    @Test
    void theProofIsToldStepByStep() {
        assertThat(equal("(x + 1)^2 - 1", "x*(x + 2)").ends(0).shows("proved: ", "  by ").out()).doesNotContain(" = ");
        equal("(x + 1)^2 - 1", "x*(x + 2)", "--proofs", "--format", "unicode").ends(0)
                .shows("    (x + 1)² − 1\n", "    = x (x + 2)   by distributivity\n", "each step was evaluated again");
        JsonNode evidence = JSON.readTree(equal("(x + 1)^2 - 1", "x*(x + 2)", "--format", "json").out())
                .get("evidence");
        assertThat(evidence.get("class").asString()).isEqualTo("proved");
        String last = "(x + 1)**2 - 1";
        for (JsonNode step : evidence.get("steps")) {
            assertThat(evidence.get("laws").toString()).contains(step.get("law").asString());
            assertThat(step.get("before").asString()).isEqualTo(last);
            last = step.get("after").asString();
        }
        assertThat(last).isEqualTo("x * (x + 2)");
    }

    @Test
    void whatIsIllFormedIsNamedWithItsPlace() {
        equal("x^2", "x + (2*", "--format", "text").ends(2).shows("<right>:1:", "x + (2*");
        equal("A*B", "A", "--shape", "A=[2,3]", "--shape", "B=[2,3]").ends(2).shows("<left>:1:1", "[2, 3]");
    }

    @ParameterizedTest
    @CsvSource({"1.05, 1, rel=0.05, 0", "1.051, 1, rel=0.05, 1", "1.05, 1, 5%, 0", "9.9, 10, abs=0.1, 0",
            "9.89, 10, 0.1, 1", "3.14, pi, rel=0.001, 0", "1, 1, near, 2", "1, 1, -1, 2", "1, 1, rel=, 2"})
    void tolerancesAreInclusive(String left, String right, String tolerance, int code) {
        equal(left, right, "--tolerance", tolerance).ends(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"sqrt(x^2) | x | x > 0 | 0", "sqrt(x^2) | x | x > -1 | 1",
            "sqrt(x^2) | x | x > | 2", "abs(a - b) | b - a | a < b | 0", "x*y | y*x | x*y > 5; x > 1 | 0",
            "sqrt(x - 100)^2 | x - 100 | x >= 100 | 0", "abs(x) | x | x in [-1/100, 5] | 1",
            "abs(x) | x | 0 <= x < 5 | 0",
            "(-1)^(2*n) | 1 | n in Z | 0", "x^2 | y^2 | x == -y | 0", "x | 2 | 1 < x < 3, x*x == 4 | 1",
            "x | 1 | x > 0, x < 0 | 1", "x | x | x in 3 | 2"})
    void assumptionsSayWhereTheSidesAreCompared(String left, String right, String assumption, int code) {
        equal(left, right, "--assume", assumption).ends(code);
    }

    @Test
    void notesSayWhereOnlyOneSideHasAValueAndWhichConventionIsMeant() {
        equal("(x^2 - 1)/(x + 1)", "x - 1").ends(0).shows("note: equal where both sides have a value", "x = -1 only "
                + "the right side");
        equal("acot(x)", "atan(1/x)").ends(0).shows("note: acot(x) is read as atan(1/x)");
        equal("e^(i*pi)", "-1").ends(1).shows("undecided: ", "imaginary unit");
        equal("i + i", "2*i", "--shape", "i=[]").ends(0).shows("proved");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "abs(x - 100) | 100 - x", "sqrt((x - 50)^2) | 50 - x", "sin(420*pi*x) | 0", "cos(1200*pi*x) | 1",
            "tanh(1000) | 1", "1 + exp(-1000) | 1", "sin(1) + 10^-200 | sin(1)", "atan(10^300) | pi/2", "erf(30) | 1",
            "log(x - 1000000) | log(x - 1000000) + 10^-6", "sign(x - 7) | 1 - 2*max(0, sign(8 - x))",
            "floor(x/1000) | 0", "(a^b)^c | a^(b*c)", "asin(sin(x)) | x", "(1 + 10^-40)*x | x",
            "sin(x^1000) | sin(x^1000)*(1 + 10^-20)"})
    void whatIsFalseOnlyFarAwayOrByLittleIsRefuted(String left, String right) {
        equal(left, right).ends(1).shows("refuted: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"sqrt(x - 100)^2 | x - 100", "sqrt(sqrt(x - 100) - 50)^2 | sqrt(x - 100) - 50",
            "asin(10*x - 77) | -asin(77 - 10*x)", "max(x, 7) | x + max(0, 7 - x)", "log(x^2) | 2*log(abs(x))"})
    void narrowAndFarDomainsAreFound(String left, String right) {
        equal(left, right).ends(0);
    }

    @Test
    void theOrderOfTheOptionsAndTheSignsOfExpressionsDoNotMatter() {
        adjoint("equal", "--dialect", "math", "-x^2", "--assume", "x > 0", "-(x*x)").ends(0);
        adjoint("equal", "x").ends(2).says("B");
    }
}
