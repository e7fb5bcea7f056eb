package org.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands verify and eval: what they print, where, and how they end. */
class VerifyCommandTest {
    @TempDir
    private Path directory = Path.of("unset");

    private record Ended(int code, String out, String err) {
    }

    private static Ended run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(args, new PrintWriter(out), new PrintWriter(err));
        return new Ended(code, out.toString(), err.toString());
    }

    private String file(String statements) throws IOException {
        return Files.writeString(directory.resolve("p.md"), "```adjoint\n" + statements + "\n```\n").toString();
    }

    @Test
    void allAsExpected() throws IOException {
        Ended ended = run("verify", file("claim a: 1 + 1 == 2"));
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("proved      a: 1 + 1 == 2").endsWith("1 claim: 1 proved; all as expected\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void someClaimIsNotAsExpected() throws IOException {
        assertThat(run("verify", file("claim a: 1 + 1 == 3")).code()).isEqualTo(1);
    }

    @Test
    void badInputGoesToTheErrorStream() throws IOException {
        Ended ended = run("verify", file("claim a: 1 + == 3\nclaim b: 1 == 1"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).contains("proved      b: 1 == 1");
        assertThat(ended.err()).contains("p.md:2:14").doesNotContain("\tat ");
        assertThat(run("verify", directory.resolve("none.md").toString()).code()).isEqualTo(2);
        assertThat(run("verify").code()).isEqualTo(2);
        assertThat(run("verify", "--seconds", "-1", "x.md").err()).contains("--seconds must be above 0");
    }

    @Test
    void proofsAreToldOnRequest() throws IOException {
        String path = file("x : R[n]\nclaim a: sum((x - mean(x))**2) == sum(x**2) - n*mean(x)**2");
        assertThat(run("verify", path).out()).doesNotContain("by distributivity");
        assertThat(run("verify", path, "--proofs").out()).contains("by distributivity\n",
                "each step was evaluated again");
        assertThat(run("verify", path, "--format", "json").out()).contains("\"laws\" : [", "\"before\" : ");
    }

    @Test
    void jsonIsOneObject() throws IOException {
        assertThat(run("verify", file("claim a: 1 + 1 == 2"), "--format", "json").out()).startsWith("{")
                .contains("\"verdict\" : \"proved\"").endsWith("}\n");
    }

    @Test
    void helpShowsExamplesAndExitCodes() {
        assertThat(run("verify", "--help").out()).contains("Examples:", "Exit codes:", "adjoint verify problems");
        assertThat(run("eval", "--help").out()).contains("Examples:", "Exit codes:");
    }

    @Test
    void valuesAreExactWhereTheyCanBe() {
        assertThat(run("eval", "0.1 + 0.2").out()).isEqualTo("0.3\n");
        assertThat(run("eval", "1/3 + 1/6").out()).isEqualTo("0.5\n");
        assertThat(run("eval", "1/3").out()).isEqualTo("1/3\n");
        assertThat(run("eval", "sqrt(8)").out()).isEqualTo("2*sqrt(2)\n");
        assertThat(run("eval", "exp(1)", "--digits", "30").out()).isEqualTo("2.71828182845904523536028747135\n");
    }

    @Test
    void theScalarNetworkIsExact() {
        String[] network = {"--define", "X = 1; y = 1/2; w1 = 1; w2 = 2; z1 = w1*X; z2 = relu(z1); z3 = w2*z2",
                "--define", "y_hat = z2 + z3; L = 1/2 * (y_hat - y)**2"};
        assertThat(run("eval", "L", network[0], network[1], network[2], network[3]).out()).isEqualTo("3.125\n");
        assertThat(run("eval", "grad(L, z3)", network[0], network[1], network[2], network[3]).out()).isEqualTo("2.5\n");
        assertThat(run("eval", "grad(L, z2)", network[0], network[1], network[2], network[3]).out()).isEqualTo("7.5\n");
    }

    @Test
    void whatHasNoValueSaysWhy() {
        Ended undefined = run("eval", "1/0");
        assertThat(undefined.code()).isEqualTo(1);
        assertThat(undefined.err()).contains("no value: division by zero");
        Ended free = run("eval", "t + 1");
        assertThat(free.code()).isEqualTo(2);
        assertThat(free.err()).contains("no value for t []").contains("--define \"t = 1\"");
        Ended tooMuch = run("eval", "9**9**9");
        assertThat(tooMuch.code()).isEqualTo(1);
        assertThat(tooMuch.err()).contains("bits in a number");
    }
}
