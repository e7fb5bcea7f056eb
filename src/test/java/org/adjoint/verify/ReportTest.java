package org.adjoint.verify;

import static org.adjoint.verify.Verifying.report;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reports say the same in text and in JSON, in the stated form. */
class ReportTest {
    private static final Report REPORT = report("""
            x : R[n]
            claim good: sum(x) == sum(x)
            claim chain "a part": 1 == 1 == 2 expect refuted link 2
            claim bad: grad(sum(x**2), x) == x
            """);

    @Test
    void jsonHasTheStatedFields() {
        JsonNode root = new ObjectMapper().readTree(JsonReport.of(REPORT));
        JsonNode good = root.get("claims").get(0);
        assertThat(good.get("file").asString()).isEqualTo("test.md");
        assertThat(good.get("line").asInt()).isEqualTo(4);
        assertThat(good.get("id").asString()).isEqualTo("good");
        assertThat(good.get("part").isNull()).isTrue();
        assertThat(good.get("claim").asString()).isEqualTo("sum(x) == sum(x)");
        assertThat(good.get("verdict").asString()).isEqualTo("proved");
        assertThat(good.get("expected").asString()).isEqualTo("holds");
        assertThat(good.get("links")).isEmpty();
        assertThat(good.get("conventions")).isEmpty();
        assertThat(good.get("evidence").get("class").asString()).isEqualTo("proved");
        assertThat(good.get("evidence").get("counterexample").isNull()).isTrue();
        JsonNode chain = root.get("claims").get(1);
        assertThat(chain.get("part").asString()).isEqualTo("a part");
        assertThat(chain.get("claim").asString()).isEqualTo("1 == 1 == 2");
        assertThat(chain.get("links")).hasSize(2);
        assertThat(chain.get("asExpected").asBoolean()).isTrue();
        JsonNode counterexample = root.get("claims").get(2).get("evidence").get("counterexample");
        assertThat(counterexample.get("sizes").get("n").asInt()).isEqualTo(1);
        assertThat(counterexample.get("values").get("x").asString()).isEqualTo("[1]");
        assertThat(counterexample.get("left").asString()).isEqualTo("[2]");
        assertThat(counterexample.get("right").asString()).isEqualTo("[1]");
        JsonNode summary = root.get("summary");
        assertThat(summary.get("claims").asInt()).isEqualTo(3);
        assertThat(summary.get("refuted").asInt()).isEqualTo(2);
        assertThat(summary.get("ill-formed").asInt()).isZero();
        assertThat(summary.get("unexpected").asInt()).isEqualTo(1);
    }

    @Test
    void textHasALineForEachClaimAndColourOnlyWhenAsked() {
        String text = TextReport.of(REPORT, false, false);
        assertThat(text).contains("proved      good: sum(x) == sum(x)\n")
                .contains("refuted     chain \"a part\": 1 == 1 == 2   [as expected]\n")
                .contains("refuted     bad: grad(sum(x**2), x) == x   [line 6: expected holds]\n")
                .contains("n = 1, x = [1]: left [2], right [1] (seed ")
                .endsWith("3 claims: 1 proved, 2 refuted; 1 not as expected\n").doesNotContain("\u001B");
        assertThat(TextReport.of(REPORT, true, false)).contains("\u001B[31mrefuted\u001B[0m");
    }

    @Test
    void exitCodes() {
        assertThat(report("claim a: 1 == 1").exitCode()).isEqualTo(Report.AS_EXPECTED);
        assertThat(REPORT.exitCode()).isEqualTo(Report.UNEXPECTED);
        assertThat(report("claim a: 1 ==\nclaim b: 1 == 2").exitCode()).isEqualTo(Report.BAD_INPUT);
    }

    @Test
    void claimsThatCannotBeToldApartAreNoted() {
        Report twice = report("""
                claim a: 1 == 1
                claim a "other": 1 == 1
                claim b: 1e400 == 10**400
                claim a: 1 == 2 expect refuted
                """);
        assertThat(TextReport.of(twice, false, false))
                .endsWith("all as expected\nnote: test.md: a is the id of 2 claims, "
                        + "lines 3, 6; a text in quotes after the id tells them apart\n")
                .contains("both sides are about 1e400");
        assertThat(twice.exitCode()).isZero();
    }
}
