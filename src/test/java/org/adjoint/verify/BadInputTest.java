package org.adjoint.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.adjoint.verify.Verifying.judged;
import static org.adjoint.verify.Verifying.report;
import static org.adjoint.verify.Verifying.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is given ends in a clear message or in a verdict; never in a stack trace, never in a hang. */
@Timeout(60)
class BadInputTest {
    @TempDir
    private Path directory = Path.of("unset");

    private Report verify(String name, byte[] content) throws IOException {
        return Verifier.verify(List.of(Files.write(directory.resolve(name), content)));
    }

    private static void assertBad(Report report, String message) {
        assertThat(report.problems()).singleElement().asString().contains(message);
        assertThat(report.exitCode()).isEqualTo(Report.BAD_INPUT);
    }

    @Test
    void missingFile() {
        assertBad(Verifier.verify(List.of(directory.resolve("none.md"))), "there is no such file or directory");
    }

    @Test
    void emptyFile() throws IOException {
        assertBad(verify("empty.md", new byte[0]), "the file is empty");
    }

    @Test
    void binaryFile() throws IOException {
        assertBad(verify("binary.md", new byte[] {'#', 0, 1, 2, (byte) 0xFF}), "this is not a text file");
    }

    @Test
    void directoryWithoutProblemFiles() throws IOException {
        assertBad(Verifier.verify(List.of(directory)), "no problem files in this directory");
        Files.writeString(directory.resolve("prose.md"), "# Only prose\n");
        assertBad(Verifier.verify(List.of(directory)), "no problem files in this directory");
    }

    @Test
    void proseBesideProblemFilesIsNoProblem() throws IOException {
        Files.writeString(directory.resolve("README.md"), "# Only prose\n");
        Files.writeString(directory.resolve("p.md"), "```adjoint\nclaim a: 1 == 1\n```\n");
        assertThat(Verifier.verify(List.of(directory)).exitCode()).isEqualTo(Report.AS_EXPECTED);
    }

    @Test
    void fileWithoutClaims() throws IOException {
        assertBad(verify("prose.md", "# Only prose\n".getBytes(UTF_8)), "no claims in this file");
    }

    @Test
    void unclosedBlock() throws IOException {
        Report report = verify("open.md", "# T\n```adjoint\nclaim a: 1 == 1\n\nand prose goes on\n".getBytes(UTF_8));
        assertBad(report, "the block that starts here does not end");
        assertThat(report.claims()).singleElement().extracting(Claim::verdict).isEqualTo(Verdict.PROVED);
    }

    @Test
    void severalErrorsInOneGo() {
        Report report = report("""
                claim a: 1 == = 1
                claim b: 2x == 1
                claim c: (1 + == 1
                claim d: 1 == 1
                """);
        assertThat(report.problems()).hasSize(3).allSatisfy(p -> assertThat(p).contains("^"));
        assertThat(report.claims()).singleElement().extracting(Claim::id).isEqualTo("d");
    }

    @Test
    void duplicateAndCyclicDefinitions() {
        Report report = report("a = 1\na = 2\nb = c + 1\nc = b + 1\ns = s + 1\nclaim kept: a == 1");
        assertThat(String.join("\n", report.problems())).contains("a is already defined, at test.md:3:1")
                .contains("cyclic definition: s is defined by itself")
                .contains("cyclic definition: c needs b, which needs c");
        assertThat(report.claims()).singleElement().extracting(Claim::verdict).isEqualTo(Verdict.PROVED);
    }

    @Test
    void undeclaredSize() {
        assertThat(judged("", "zeros(q) == 0").evidence().detail()).startsWith("unknown name q");
    }

    @Test
    void numbersThatAreNoReals() {
        assertThat(report("claim a: NaN == 0").problems()).singleElement().asString()
                .contains("`NaN` is not a number: all quantities are real");
        assertThat(report("claim a: inf == 0").problems()).singleElement().asString().contains("`inf` is not a number");
    }

    @Test
    void namesThatComputerAlgebraReserves() {
        assertThat(
                verdict("beta, gamma, E, x_1 : R", "(beta + gamma)*(E - x_1) == beta*E + gamma*E - x_1*(beta + gamma)"))
                .isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "1.0E-5 == 1/100000")).isEqualTo(Verdict.PROVED);
    }

    @Test
    void tenThousandParentheses() {
        String deep = "(".repeat(10_000) + "1" + ")".repeat(10_000);
        assertThat(verdict("", deep + " == 1")).isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "(".repeat(10_000) + "1" + " + 1)".repeat(10_000) + " == 10001"))
                .isEqualTo(Verdict.PROVED);
        assertThat(verdict("", "not ".repeat(10_000) + "1 == 1")).isIn(Verdict.PROVED, Verdict.UNDECIDED);
    }

    @Test
    void tenMegabytes() throws IOException {
        String prose = "Some prose, and some more of it, and on and on it goes to the end of the line.\n\n";
        String text = prose.repeat(10_000_000 / prose.length()) + "```adjoint\nclaim a: 1 == 1\n```\n";
        Report report = verify("large.md", text.getBytes(UTF_8));
        assertThat(report.claims()).singleElement().extracting(Claim::verdict).isEqualTo(Verdict.PROVED);
    }

    @Test
    void theWorkIsSpreadOverThreadsWithoutATrace() throws IOException {
        StringBuilder many = new StringBuilder("```adjoint\nx : R[n]\n");
        for (int k = 0; k < 60; k++) {
            many.append("claim c").append(k).append(": ").append(k).append(" * sum(x) == sum(x) * 7\n");
        }
        byte[] file = many.append("```\n").toString().getBytes(UTF_8);
        String first = TextReport.of(verify("many.md", file), false, false);
        assertThat(TextReport.of(verify("many.md", file), false, false)).isEqualTo(first);
        assertThat(first).contains("60 claims: 1 proved, 59 refuted");
    }
}
