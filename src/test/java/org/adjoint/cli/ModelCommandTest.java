package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The command {@code model}: tables, drawings, the first layer that does not fit. */
class ModelCommandTest {
    private static final String CNN = "Sequential(Conv2d(3, 8, 3, stride=2, padding=1), BatchNorm2d(8), ReLU(), "
            + "AvgPool2d(16), Flatten(), Linear(8, 10))";

    /** Counted by hand: 8·3·3·3 + 8, 2·8 and 8·10 + 10 parameters; 27 products for each of 8·16·16 entries. */
    @Test
    void table() {
        adjoint("model", CNN, "--input", "[B,3,32,32]").ends(0).shows(
                "net[0]  Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))",
                "[B, 8, 16, 16]         224          55296*B    55296*B        55296*B       2048*B                3       2",
                "[B, 10]                 90             80*B       80*B           80*B         10*B              all     all",
                "parameters: 330, and 16 numbers in buffers", "6170*B numbers, 24680*B bytes in float32",
                "a multiply-add as one: 57424*B");
        adjoint("model", CNN, "--input", "[1,3,32,32]").ends(0).shows("6170 numbers, 24.1 KiB in float32");
    }

    @Test
    void theFirstLayerThatDoesNotFit() {
        adjoint("model", CNN, "--input", "[1,3,16,16]").ends(1).shows("net[2]  ReLU()", """
                does not fit: net[3] = AvgPool2d(kernel_size=16, stride=16, padding=0): \
                a window fits into its padded input; it is 16 long, and the input 8; the input is [1, 8, 8, 8]
                """, "parameters of the layers that fit: 240");
        adjoint("model", CNN, "--input", "[1,4,32,32]").ends(1)
                .shows("input [1, 4, 32, 32]\ndoes not fit: net[0] = Conv2d(3, 8");
        adjoint("model", "Conv2d(1, 1, 2, stride=2)", "--input", "[1,5,5]", "--exact").ends(1)
                .shows("does not fit: net");
        adjoint("model", "Conv2d(1, 1, 2, stride=2)", "--input", "[1,5,5]").ends(0).shows("[1, 2, 2]");
        adjoint("model", "Residual(Conv2d(3, 8, 3, padding=1))", "--input", "[3,8,8]").ends(1)
                .shows("net.shortcut", "body and shortcut have the same output");
    }

    @Test
    void symbolicSizes() {
        adjoint("model", "Sequential(Conv2d(C, F, K, padding=P), ReLU())", "--input", "[B,C,H,W]").ends(0).shows(
                "[B, F, H - K + 2*P + 1, -K + 2*P + W + 1]", "C*K*K an entry",
                "it fits where H - K + 2*P >= 0, -K + 2*P + W >= 0");
    }

    @Test
    void residualBlocksAddUp() {
        adjoint("model", "Residual(Sequential(Conv2d(8, 8, 3, padding=1), BatchNorm2d(8), ReLU()), Identity())",
                "--input",
                "[4,8,32,32]").ends(0).shows("net.body[0]", "net.shortcut  Identity()", "body + shortcut",
                        "parameters: 600, and 16 numbers in buffers");
    }

    /** Where layers share parameters, the total counts them once. */
    @Test
    void sharedParameters() {
        adjoint("model", "Sequential(once, once)", "--define", "once = Linear(4, 4)", "--input", "[4]").ends(0)
                .shows("once   Linear(in_features=4, out_features=4, bias=True)", "parameters: 20\n");
    }

    @Test
    void otherForms() throws Exception {
        adjoint("model", CNN, "--input", "[B,3,32,32]", "--format", "markdown").ends(0).shows(
                "| layer | is | output | parameters |", "| :-- | :-- | :-- | --: |",
                "| net[2] | ReLU() | [B, 8, 16, 16] | 0 | 0 | 0 | 0 | 2048\\*B | 3 | 2 |");
        adjoint("model", "Sequential(Conv2d(C, C, K), LayerNorm(n))", "--input", "[B,C,H,W]", "--format", "latex")
                .ends(1)
                .shows("\\begin{tabular}{lllrrrrrrr}", "$B \\times C \\times (H - K + 1) \\times (-K + W + 1)$",
                        "$C^2\\,K^2 + C$", "\\emph{does not fit: net[1] = LayerNorm");
        JsonNode json = new ObjectMapper()
                .readTree(adjoint("model", CNN, "--input", "[2,3,32,32]", "--format", "json").ends(0).out());
        assertThat(json.get("layers").size()).isEqualTo(6);
        assertThat(json.get("layers").get(0).get("output").get(3).asInt()).isEqualTo(16);
        assertThat(json.get("layers").get(3).get("receptive_field").get(0).asInt()).isEqualTo(33);
        assertThat(json.get("layers").get(5).get("receptive_field").asString()).isEqualTo("all");
        assertThat(json.get("total").get("parameters").asInt()).isEqualTo(330);
        assertThat(json.get("total").get("buffers").asInt()).isEqualTo(16);
        assertThat(json.has("misfit")).isFalse();
    }

    /** The drawing is well-formed XML, has a box for each layer, and none of them over another. */
    @Test
    void drawing() throws Exception {
        String svg = adjoint("model", CNN, "--input", "[1,3,16,16]", "--format", "svg").ends(1).out();
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        var boxes = document.getElementsByTagName("rect");
        assertThat(boxes.getLength()).isEqualTo(1 + 3 + 1);
        int below = 0;
        for (int k = 1; k < boxes.getLength(); k++) {
            int top = Integer.parseInt(boxes.item(k).getAttributes().getNamedItem("y").getNodeValue());
            assertThat(top).isGreaterThan(below);
            below = top + Integer.parseInt(boxes.item(k).getAttributes().getNamedItem("height").getNodeValue());
        }
        assertThat(svg).contains("does not fit", "[1, 8, 8, 8] · 224 parameters");
    }

    /** Body and shortcut stand side by side at one height, and the sum below both. */
    @Test
    void branchesAreDrawnSideBySide() {
        String svg = adjoint("model",
                "Sequential(Residual(Sequential(Linear(4, 4), ReLU()), Linear(4, 4)), Tanh())", "--input", "[4]",
                "--format", "svg").ends(0).out();
        assertThat(svg).containsPattern("rect x=\"40\" y=\"70\"[^\n]*\n[^\n]*net\\[0]\\.body\\[0]")
                .containsPattern("rect x=\"40\" y=\"136\"[^\n]*\n[^\n]*net\\[0]\\.body\\[1]")
                .containsPattern("rect x=\"800\" y=\"70\"[^\n]*\n[^\n]*net\\[0]\\.shortcut")
                .containsPattern("rect x=\"40\" y=\"216\"[^\n]*\n[^\n]*body \\+ shortcut")
                .containsPattern("rect x=\"40\" y=\"282\"[^\n]*\n[^\n]*net\\[1]  Tanh");
    }

    /** One block below the other: the second has its shortcut where the first has its own. */
    @Test
    void blocksOneBelowTheOtherShareTheirColumns() {
        String svg = adjoint("model",
                "Sequential(Residual(Linear(4, 4)), Residual(Sequential(Residual(Linear(4, 4)), Tanh())))", "--input",
                "[4]", "--format", "svg").ends(0).out();
        assertThat(svg).containsPattern("rect x=\"800\"[^\n]*\n[^\n]*net\\[0]\\.shortcut")
                .containsPattern("rect x=\"800\"[^\n]*\n[^\n]*net\\[1]\\.body\\[0]\\.shortcut")
                .containsPattern("rect x=\"1560\"[^\n]*\n[^\n]*net\\[1]\\.shortcut").contains("svg\" width=\"2320\"");
    }

    @Test
    void namesInFiles(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("models.md"), """
                # Models
                ```adjoint
                conv = Conv2d(1, 4, 3)
                ```
                ## One
                ```adjoint
                first = Sequential(conv, ReLU())
                claim one: parameters(first) == 40
                ```
                ## Other
                ```adjoint
                second = Sequential(conv, Flatten(), Linear(K, 2))
                ```
                """);
        adjoint("model", "second", "--file", file.toString(), "--input", "[B,1,4,4]").ends(1)
                .shows("conv       Conv2d(1, 4", "does not fit: second[2] = Linear(");
        adjoint("model", "first", "--file", file.toString(), "--input", "[B,1,4,4]", "--output",
                directory.resolve("out.txt").toString()).ends(0);
        assertThat(directory.resolve("out.txt")).content().contains("first[1]", "[B, 4, 2, 2]");
        adjoint("model", "third", "--file", file.toString(), "--input", "[4]").ends(2).says("no section defines third");
        adjoint("model", "first", "--file", "nothing.md", "--input", "[4]").ends(2).says("--file nothing.md");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 + 2         | [3]     | a model is needed
            Linear(2, 2)  | [0, 2]  | a size is an integer from 1
            Linear(2, 2)  | [2      | --input
            Linear(2)     | [2]     | out_features
            Linear(2, -1) | [2]     | out_features
            """)
    void badInput(String model, String input, String said) {
        adjoint("model", model, "--input", input).ends(2).says(said);
    }
}
