package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adjoint.show.Svg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The commands check, graph, eval and verify. */
class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    // ---- check

    @Test
    void aRightGradientAgreesAndAWrongOneIsContradicted() {
        String[] squares = {"check", "sum((W @ x)**2)", "--shape", "W=[m,n]", "--shape", "x=[n]", "--wrt", "W",
                "--gradient", "2*outer(W @ x, x)"};
        adjoint(squares).ends(0).shows("grad(f, W) agrees: ", "seed 1");
        squares[9] = "outer(W @ x, x)";
        adjoint(squares).ends(1).shows("grad(f, W) contradicted: ", "differences give", "W = [[", "m = ", "seed 1");
    }

    // ---- models

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shape(net, [B, 3, 9, 9])                   | [B, 8, 4, 4]
            shapes(Sequential(net, ReLU()), [3, 9, 9]) | [[8, 4, 4], [8, 4, 4]]
            net                                        | Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2))
            parameters(Conv2d(C, F, K))                | C*F*K*K + F
            parameters(net)                            | 224
            {(k, s) in 1..4, 1..3 : (8 - k) // s + 1 == 3} | {(1, 3), (2, 3), (3, 2), (4, 2)}
            """)
    void questionsAboutModelsAreAnswered(String question, String answer) {
        assertThat(adjoint("eval", question, "--define", "net = Conv2d(3, 8, 3, stride=2)").ends(0).out().strip())
                .isEqualTo(answer);
    }

    @Test
    void parametersAreGivenValuesAndDifferentiatedBy() {
        String[] layer = {"--define", "net = Linear(2, 1); x = [1, 2]"};
        assertThat(adjoint("eval", "net(x)", layer[0], layer[1], "--with", "net.weight = [[3, 4]], net.bias = -1",
                "--with", "x = [2, 2]").ends(0).out().strip()).isEqualTo("[13]");
        adjoint("eval", "net(x)", layer[0], layer[1]).ends(2).says("no value for net.weight [1, 2], net.bias [1]",
                "--with \"net.weight = 1\"");
        adjoint("eval", "net(x)", layer[0], layer[1], "--with", "net.weigth = 1").ends(2).says("--with:1:1: "
                + "net.weigth: a model, Linear has no attribute weigth");
        adjoint("derive", "mse(net(x), y)", "--define", "net = Linear(m, n)", "--shape", "x=[m]", "--shape", "y=[n]",
                "--wrt", "net.weight").ends(0).shows("outer(net.weight @ x + net.bias - y, x)   [n, m]");
        adjoint("equal", "net(x)", "net.weight @ x + net.bias", "--define", "net = Linear(m, n)", "--shape", "x=[m]")
                .ends(0).shows("proved");
    }

    @Test
    void checksAsJson() {
        Run run = adjoint("check", "sum(W @ x)", "--shape", "W=[m,n]", "--shape", "x=[n]", "--format", "json").ends(0);
        JsonNode checks = JSON.readTree(run.out()).get("checks");
        assertThat(checks).hasSize(2);
        assertThat(checks.get(0).propertyNames()).containsExactly("wrt", "shape", "verdict", "detail");
        assertThat(checks.get(0).get("verdict").asString()).isEqualTo("agrees");
    }

    // ---- graph

    @Test
    void theGraphIsDot() {
        adjoint("graph", "sum((W @ x)**2)", "--shape", "W=[m,n]", "--shape", "x=[n]").ends(0).shows("digraph adjoint {",
                "[label=\"W\\n[m, n]\", shape=box]", "v1 = W @ x\\n[m]", "n0 -> n2;", "n1 -> n2;");
    }

    @Test
    void theGraphGoesToAFile() throws IOException {
        Path file = directory.resolve("graph.dot");
        assertThat(adjoint("graph", "z2 + w2*z2", "--define", "z2 = relu(w1*X)", "--output", file.toString()).ends(0)
                .out())
                .isEmpty();
        assertThat(Files.readString(file)).startsWith("digraph adjoint {").contains("z2 = relu(");
    }

    /** Without Graphviz the DOT text comes with a clear word; with it, a picture. */
    @Test
    void svgNeedsGraphviz() {
        switch (Svg.draw("digraph { a }")) {
            case Svg.Drawn drawn ->
                adjoint("graph", "relu(t)", "--format", "svg").ends(0).shows("<svg", "relu(t)", "</svg>");
            case Svg.NotDrawn missing -> adjoint("graph", "relu(t)", "--format", "svg").ends(1)
                    .says("Graphviz", "the DOT text follows").shows("digraph adjoint {", "relu(t)");
        }
    }

    // ---- eval

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0.1 + 0.2 | 0.3", "1/3 + 1/6 | 0.5", "2/3 | 2/3", "sqrt(8) | 2*sqrt(2)",
            "2**3**2 | 512", "exp(1) | 2.7182818284590452354", "[[1, 2], [3, 4]] @ [1/2, -1] | [-1.5, -2.5]",
            "exp(-1000) > 0 | 1"})
    void valuesAreExactOrAskedForDigits(String expression, String value) {
        assertThat(adjoint("eval", expression).ends(0).out().strip()).isEqualTo(value);
    }

    /** X = 1, y = 1/2, w₁ = 1, w₂ = 2: the loss and the adjoints of ŷ and z₂. */
    @ParameterizedTest
    @CsvSource({"L, 3.125", "'grad(L, y_hat)', 2.5", "'grad(L, z2)', 7.5", "'grad(L, w1)', 7.5", "'grad(L, w2)', 2.5"})
    void theScalarNetwork(String expression, String value) {
        Run run = adjoint("eval", expression, "--define", "X = 1; y = 0.5; w1 = 1; w2 = 2", "--define",
                "z1 = w1 * X; z2 = relu(z1); z3 = w2 * z2; y_hat = z2 + z3; L = 1/2 * (y_hat - y)**2").ends(0);
        assertThat(run.out()).isEqualTo(value + "\n");
    }

    /** π to 50 places, from 4 atan 1. */
    @Test
    void digits() {
        assertThat(adjoint("eval", "4*atan(1)", "--digits", "50").ends(0).out())
                .startsWith("3.1415926535897932384626433832795028841971693993751");
    }

    @Test
    void valuesAsJson() {
        JsonNode value = JSON.readTree(adjoint("eval", "[1/2, 3]", "--format", "json").ends(0).out());
        assertThat(value.propertyNames()).containsExactly("expression", "shape", "value", "entries", "exact");
        assertThat(value.get("exact").asBoolean()).isTrue();
        assertThat(value.get("shape").toString()).isEqualTo("[2]");
    }

    // ---- verify

    private static final String FILE = """
            # Two rules
            ```adjoint
            W : R[m, n]; x : R[n]
            f = sum((W @ x)**2)
            claim t.right: grad(f, x) == 2 * W.T @ W @ x
            claim t.wrong "not transposed": grad(f, x) == 2 * W @ W @ x expect ill-formed
            claim t.half: grad(f, W) == outer(W @ x, x)
            claim t.chain: 1 == 2 - 1 == 0 expect refuted link 2
            ```
            """;

    @Test
    void verdictsWithEvidence() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.md"), FILE);
        adjoint("verify", file.toString()).ends(1).shows("proved      t.right: grad(f, x) == 2 * W.T @ W @ x\n",
                "ill-formed  t.wrong \"not transposed\": ", "[as expected]",
                "refuted     t.half: grad(f, W) == outer(W @ x, x)   [line 7: expected holds]", "left ", "right ",
                "(seed ",
                "4 claims: 1 proved, 2 refuted, 1 ill-formed; 1 not as expected\n");
        Files.writeString(file, FILE.replace("outer(W @ x, x)", "2 * outer(W @ x, x)"));
        adjoint("verify", file.toString()).ends(0).shows("; all as expected\n");
    }

    @Test
    void reportsAsJson() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.md"), FILE);
        JsonNode report = JSON.readTree(adjoint("verify", file.toString(), "--format", "json").ends(1).out());
        assertThat(report.propertyNames()).contains("claims", "summary");
        JsonNode right = report.get("claims").get(0);
        assertThat(right.propertyNames()).contains("file", "line", "id", "part", "claim", "verdict", "expected",
                "links",
                "conventions", "evidence");
        assertThat(right.get("id").asString()).isEqualTo("t.right");
        assertThat(right.get("line").asInt()).isEqualTo(5);
        assertThat(right.get("part").isNull()).isTrue();
        assertThat(right.get("evidence").propertyNames()).containsExactly("class", "detail", "counterexample", "laws",
                "steps");
        assertThat(right.get("evidence").get("counterexample").isNull()).isTrue();
        JsonNode half = report.get("claims").get(2);
        assertThat(half.get("verdict").asString()).isEqualTo("refuted");
        assertThat(half.get("evidence").get("counterexample").propertyNames()).contains("sizes", "values", "left",
                "right");
        assertThat(report.get("claims").get(3).get("links")).hasSize(2);
        assertThat(report.get("claims").get(1).get("verdict").asString()).isEqualTo("ill-formed");
    }

    /** The same files give the same report, byte for byte, however the work is spread over threads. */
    @Test
    void reportsAreReproducible() {
        Run once = adjoint("verify", "problems").ends(0);
        assertThat(adjoint("verify", "problems").out()).isEqualTo(once.out()).doesNotContain("\u001B");
    }

    @Test
    void helpAndVersion() {
        adjoint("--help").ends(0).shows("derive", "verify", "eval", "check", "graph", "Exit codes:");
        assertThat(adjoint("--version").ends(0).out()).startsWith("adjoint ");
    }
}
