package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The command {@code limit}: what it says to people and to programs, and what it says to bad input. */
class LimitCommandTest {
    private static JsonNode json(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--format";
        all[arguments.length + 1] = "json";
        return new ObjectMapper().readTree(adjoint(all).out());
    }

    @Test
    void theMaximumOfAnyNumberOfTermsWithItsProof() {
        adjoint("limit", "log(sum(exp(b*x)))/b", "--var", "b", "--to", "inf", "--shape", "x=[n]").ends(0)
                .shows("limit(f, b -> inf) = max(x)", "squeeze", "seen numerically");
        JsonNode answer = json("limit", "log(sum(exp(b*x)))/b", "--var", "b", "--to", "-oo", "--shape", "x=[n]");
        assertThat(answer.path("verdict").asString()).isEqualTo("value");
        assertThat(answer.path("text").asString()).isIn("min(x)", "-max(-x)");
        assertThat(answer.path("evidence").path("class").asString()).isEqualTo("proved");
        assertThat(answer.path("evidence").path("laws")).isNotEmpty();
        assertThat(answer.path("steps")).isNotEmpty();
        assertThat(answer.path("latex").asString()).isNotEmpty();
    }

    @Test
    void stepsNameWhatIsNotKnown() {
        String[] arguments = {"limit", "gap*sum(x*softmax(b*x))", "--var", "b", "--to", "inf", "--shape", "x=[n]"};
        adjoint(arguments).ends(0).shows("exp(-b * gap2)",
                "where gap2 is a positive number, by which the next largest exponent is below max(x)");
        assertThat(adjoint(arguments).out()).doesNotContain("#");
    }

    /** log-mean-exp at 0: the cumulants, mean and half the variance (Boyd and Vandenberghe, Convex Optimization, 3.1.5). */
    @Test
    void theSeriesToAnOrder() {
        adjoint("limit", "log(mean(exp(b*x)))/b", "--var", "b", "--to", "0", "--shape", "x=[n]", "--order", "1").ends(0)
                .shows("limit(f, b -> 0) = mean(x)", "f ~ mean(x) + ", "O(b**2)");
        JsonNode series = json("limit", "exp(x)", "--var", "x", "--to", "0", "--order", "3").path("series");
        assertThat(series.path("text").asString()).isEqualTo("1 + x + 1/2 * x**2 + 1/6 * x**3 + O(x**4)");
        assertThat(series.path("terms")).hasSize(4);
        assertThat(series.path("detail").asString()).contains("seen numerically");
        assertThat(json("limit", "x + 1/x", "--var", "x", "--to", "inf", "--order", "2").path("series").path("text")
                .asString()).isEqualTo("x + 1 / x");
        adjoint("limit", "exp(x)", "--var", "x", "--to", "0", "--order", "-1").ends(2)
                .says("--order must be from 0 to 20");
        adjoint("limit", "softmax(b*x)", "--var", "b", "--to", "0", "--shape", "x=[n]", "--order", "1").ends(2)
                .says("a series is of a scalar");
    }

    @Test
    void assumptionsAreListsAndAreSaid() {
        JsonNode answer = json("limit", "softmax(b*x)", "--var", "b", "--to", "oo", "--shape", "x=[n]", "--assume",
                "unique_max(x), b > 0; b > 1");
        assertThat(answer.path("conditions")).hasSize(3);
        assertThat(answer.path("text").asString()).isEqualTo("argmax_onehot(x)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "x^2 | y | 0 | --var y: it does not occur in the expression; there is x",
            "x - x | x | 0 | --var x: it does not occur in the expression, or cancels",
            "x^2 | x | nan | not a number",
            "x^2 | x | 1/0 | --to 1/0: the point is no number: division by zero",
            "x^2 | x | x + 1 | --to x + 1: the point must not depend on x",
            "x^2 | x | 0++ | --to:1:3: the statement ends after `+`",
            "x^2 | x | (1 | `(` is never closed",
            "x^ | x | 1 | <expression>:1:3",
            "foo(x) | x | 1 | foo",
            "x^2 | x | sum([1, 2] | never closed",
            "x^2 | x | [1, 2] | the point of a limit is a scalar; it is [2]",
    })
    void badInputIsSaidInOneMessage(String f, String v, String to, String message) {
        adjoint("limit", f, "--var", v, "--to", to).ends(2).says(message);
        JsonNode answer = json("limit", f, "--var", v, "--to", to);
        assertThat(answer.path("verdict").asString()).isEqualTo("undecided");
        assertThat(answer.path("reason").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--from | above | an infinity is approached from one side only",
            "--format | java | a limit is written as text, unicode, latex, matlab or json",
            "--time-limit | 0 | --time-limit must be more than 0", "--time-limit | nan | is not a number",
            "--assume | y > | --assume:1:", "--dialect | latin | latin"})
    void badOptionsAreNamed(String option, String value, String message) {
        adjoint("limit", "1/x", "--var", "x", "--to", "inf", option, value).ends(2).says(message);
    }

    @Test
    void aPointOutsideOfTheDomainIsSaid() {
        adjoint("limit", "log(x)", "--var", "x", "--to", "-1").ends(1).shows("not defined");
    }

    /** What is assumed of the variable itself chooses the side, and must hold on the way. */
    @Test
    void assumptionsAboutTheVariable() {
        adjoint("limit", "x*log(x)", "--var", "x", "--to", "0", "--assume", "x > 0").ends(0)
                .shows("limit(f, x -> 0+) = 0");
        adjoint("limit", "exp(x)", "--var", "x", "--to", "inf", "--assume", "x < 5").ends(2)
                .says("--assume: x < 5 does not hold on the way to the limit");
    }

    @Test
    void whatDependsOnASignIsToldCaseByCase() {
        adjoint("limit", "exp(a*x)", "--var", "x", "--to", "inf").ends(0)
                .shows("depends on a", "inf   where a > 0", "1   where a == 0", "0   where a < 0",
                        "--assume \"a > 0\" leaves one case");
        JsonNode answer = json("limit", "x^a", "--var", "x", "--to", "0", "--from", "above");
        assertThat(answer.path("verdict").asString()).isEqualTo("cases");
        assertThat(answer.path("cases")).hasSize(3);
        adjoint("limit", "exp(a*x)", "--var", "x", "--to", "inf", "--assume", "a > 0").ends(0)
                .shows("limit(f, x -> inf) = inf", "if       a > 0 (assumed)");
    }

    @Test
    void thereIsNoLimit() {
        adjoint("limit", "1/x", "--var", "x", "--to", "0").ends(1).shows("does not exist", "from above: inf",
                "from below: -inf");
        JsonNode answer = json("limit", "abs(x)/x", "--var", "x", "--to", "0");
        assertThat(answer.path("verdict").asString()).isEqualTo("none");
        assertThat(answer.path("approaches")).hasSize(2);
    }

    @Test
    void timeRunsOut() {
        // more cases than any machine tells apart in a millisecond
        adjoint("limit", "(exp(p*b) + exp(q*b) + b)/(exp(r*b) + exp(s*b))", "--var", "b", "--to", "inf",
                "--time-limit", "0.001").ends(1).shows("undecided", "time");
        assertThat(json("limit", "9^9^9^9*x", "--var", "x", "--to", "1").path("verdict").asString())
                .isEqualTo("undecided");
    }

    /** A point may be a name; texts read back. */
    @Test
    void aPointThatIsAName() {
        adjoint("limit", "(x^3 - a^3)/(x - a)", "--var", "x", "--to", "a").ends(0).shows("= 3 * a**2");
        adjoint("limit", "log(exp(b*x) + exp(b*y))/b", "--var", "b", "--to", "oo").ends(0).shows("= max(x, y)");
    }

    @Test
    void theVariableIsAScalar() {
        adjoint("limit", "sum(x)", "--var", "x", "--to", "inf", "--shape", "x=[n]").ends(2)
                .says("the variable of a limit is a scalar; x is [n]");
    }
}
