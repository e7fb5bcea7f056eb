package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad statement, or one bad file, leaves all other claims judged. */
@Timeout(60)
class BadProblemFileTest {
    private static final String GOOD = "claim good: 1 + 1 == 2";
    private static final String JUDGED = "proved      good: 1 + 1 == 2";

    @TempDir
    Path directory;

    /** The report on a block of these statements and a good claim after them. */
    private Run verify(String statements) throws IOException {
        return adjoint("verify", file("p.md", "# T\n```adjoint\n" + statements + "\n" + GOOD + "\n```\n").toString());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    // ---- statements

    /** Claims without a meaning are ill-formed, and so not as expected. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "weight : R[n];; claim bad: sum(weigth) == 0 | unknown name weigth; did you mean weight?",
            "W : R[m, n]; x : R[m];; claim bad: sum(W @ x) == 0 | W @ x: the last axis on the left must match the only axis on the right; W is [m, n], x is [m]",
            "claim bad: zeros(n) == 0 | unknown name n",
            "a : R[4]; b : R[2];; claim bad: a + b == 0 | a + b: shapes must match or broadcast; a is [4], b is [2]",
            "x : R;; claim bad: x/0 == 1 | division by zero", "claim bad: 0/0 == 0 | division by zero",
            "claim bad: 1/0 == 1/0 | division by zero", "claim bad: log(0) == 0 | log needs a number > 0; got 0"})
    void aClaimWithoutAMeaning(String statements, String why) throws IOException {
        verify(statements.replace(";; ", "\n")).ends(1).shows(JUDGED, "ill-formed  bad: ", "expected holds", why);
    }

    /** Statements that cannot be read are told with file, line, column and caret. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a = 1;; a = 2 | 4:1: a is already defined, at",
            "q = q + 1 | 3:5: cyclic definition: q is defined by itself",
            "q = p;; p = q | 3:5: unknown name p", "q = p;; p = q | 4:5: cyclic definition: p needs q, which needs p",
            "x : R[0] | 3:7: a size is an integer from 1", "x : R[n] possitive | did you mean positive?",
            "a = (1 + | 3:5: `(` is never closed; expected `)`", "foo bar | 3:5: unexpected `bar`",
            "claim c 1 == 1 | 3:9: unexpected `1`; expected `:` and what is claimed",
            "claim c: 1 = 1 | 3:12: `=` in a claim; expected `==`",
            "claim c: 1 == 1 expect great | 3:24: unexpected `great`; expected holds, proved, supported",
            "claim c: nan == nan | 3:10: `nan` is not a number: all quantities are real",
            "claim c: 1 < infinity | 3:14: `infinity` is not a number: all quantities are real"})
    void aStatementThatCannotBeRead(String statements, String why) throws IOException {
        verify(statements.replace(";; ", "\n")).ends(2).shows(JUDGED, "in the input").says("p.md:", why, "^");
    }

    @Test
    void whatUsesABrokenDefinitionNamesIt() throws IOException {
        verify("a : R[4]; b : R[2]\nc = a + b\nd = exp(c)\nclaim bad: sum(d) == 0").ends(2)
                .shows(JUDGED, "ill-formed  bad: ",
                        "d needs c, whose definition at ", "a is [4], b is [2]")
                .says("4:5: a + b: shapes must match or broadcast");
    }

    @Test
    void whatTakesTooMuchIsUndecided() throws IOException {
        verify("claim bad: 9**9**9 == 1\nclaim too: 2**(9**9**9) > 1").ends(1).shows(JUDGED, "undecided   bad: ",
                "undecided   too: ", "more than 1,000,000 bits");
    }

    @Test
    void namesAndNumbersThatLookBuiltInMeanWhatTheySay() throws IOException {
        verify("""
                beta, gamma, x_1, E, I, D : R
                claim names: grad(beta**2 * gamma * x_1 * E * I * D, beta) == 2 * beta * gamma * x_1 * E * I * D
                claim decimal: 1.0E-5 == 1/100000
                """).ends(0).shows(JUDGED, "proved      names: ", "proved      decimal: ");
    }

    // ---- blocks and files

    @Test
    void anUnclosedBlock() throws IOException {
        Path file = file("p.md", "# T\n```adjoint\n" + GOOD + "\n\nSome prose.\n");
        adjoint("verify", file.toString()).ends(2).shows(JUDGED).says(
                "p.md:2:1: the block that starts here does not end",
                "expected a line ```");
    }

    @Test
    void anEmptyFile() throws IOException {
        adjoint("verify", file("p.md", "").toString()).ends(2).says("p.md:1:1: the file is empty", "```adjoint");
        adjoint("verify", file("q.md", "# Prose\n").toString()).ends(2).says("q.md: no claims", "```adjoint");
    }

    @Test
    void aBinaryFile() throws IOException {
        byte[] bytes = new byte[2560];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) k;
        }
        Path file = Files.write(directory.resolve("p.md"), bytes);
        adjoint("verify", file.toString()).ends(2).says("p.md:1:1: this is not a text file",
                "expected Markdown in UTF-8");
    }

    @Test
    void noFile() {
        Path missing = directory.resolve("missing.md");
        adjoint("verify", missing.toString()).ends(2).says("missing.md: there is no such file or directory");
    }

    @Test
    void noProblemFiles() throws IOException {
        file("notes.txt", GOOD);
        adjoint("verify", directory.toString()).ends(2).says("no problem files in this directory", ".md");
    }

    /** The good files of a directory are judged beside the bad ones. */
    @Test
    void oneBadFileAmongGoodOnes() throws IOException {
        file("a.md", "");
        file("b.md", "```adjoint\n" + GOOD + "\n```\n");
        Files.write(directory.resolve("c.md"), new byte[] {'a', 0});
        adjoint("verify", directory.toString(), directory.resolve("d.md").toString()).ends(2).shows(JUDGED).says(
                "a.md:1:1: the file is empty", "c.md:1:2: this is not a text file", "d.md: there is no such file");
    }

    @Test
    void tenMegabytesOfProse() throws IOException {
        String prose = "some prose (with [links](x)) and *stars*\n".repeat(260_000);
        Path file = file("p.md",
                "```adjoint\n" + GOOD + "\n```\n" + prose + "\n```adjoint\nclaim end: 2 + 2 == 4\n```\n");
        adjoint("verify", file.toString()).ends(0).shows(JUDGED, "proved      end: ");
    }

    @Test
    void aMegabyteInOneClaim() throws IOException {
        Run run = verify("claim long: " + "1 + ".repeat(250_000) + "1 == 250001").shows(JUDGED);
        assertThat(run.out()).containsPattern("(proved|undecided) +long: 1 \\+ 1").doesNotContain("refuted");
        assertThat(run.out()).as("a long claim is shortened in the report").hasSizeLessThan(10_000);
    }

    // ---- depth

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000})
    void nestedParentheses(int depth) throws IOException {
        verify("claim deep: " + "(".repeat(depth) + "1" + ")".repeat(depth) + " == 1").ends(0).shows(JUDGED,
                "proved      deep: ");
        verify("claim open: " + "(".repeat(depth) + "1 == 1").ends(2).shows(JUDGED).says("`(` is never closed");
    }

    @Test
    void deepExpressions() throws IOException {
        verify("x : R\nclaim deep: " + "x + ".repeat(99_999) + "x == 100000 * x").ends(0).shows(JUDGED,
                "proved      deep: ");
        verify("x : R\nclaim sines: " + "sin(".repeat(300) + "x" + ")".repeat(300) + " == x").ends(1).shows(JUDGED,
                "refuted     sines: ");
    }
}
