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

/** {@code adjoint derive} in every notation; the gradients are those of the textbooks. */
class DeriveCommandTest {
    private static final String[] SQUARES = {"derive", "sum((W @ x)**2)", "--shape", "W=[m,n]", "--shape", "x=[n]"};

    private static Run derive(String... options) {
        List<String> args = new ArrayList<>(List.of(SQUARES));
        args.addAll(List.of(options));
        return adjoint(args.toArray(String[]::new));
    }

    /** ∂‖Wx‖²/∂W = 2 (W x) xᵀ and ∂‖Wx‖²/∂x = 2 Wᵀ W x, with shapes, steps, and how they were checked. */
    @Test
    void bothGradientsWithShapesStepsAndEvidence() {
        Run run = derive().ends(0).shows("f = sum((W @ x)**2)   []", "by W [m, n], x [n]", "forward\n",
                "v1 = W @ x   [m]",
                "backward\n", "W_bar = outer(v1_bar, x)   [m, n]", "x_bar = W.T @ v1_bar   [n]",
                "grad(f, W) = 2 * outer(W @ x, x)   [m, n]\n", "grad(f, x) = 2 * (W.T @ (W @ x))   [n]\n");
        assertThat(run.out().split("  proved   the form shown equals the raw derivative: ")).hasSize(3);
        assertThat(
                run.out().split("  checked  \\d+ directional derivatives at \\d+ points under 3 assignments of sizes"))
                .hasSize(3);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text | grad(f, W) = 2 * outer(W @ x, x)   [m, n]",
            "unicode | grad(f, W) = 2 W x xᵀ   [m, n]",
            "latex | grad(f, W) = 2 W x x^{\\top}   [m, n]", "UNICODE | W̄ = v1̄ xᵀ   [m, n]"})
    void notations(String format, String line) {
        derive("--format", format).ends(0).shows(line + "\n");
    }

    /** Batch normalisation before a pool and a loss: what is too large to be proved as a whole is proved part by part. */
    @Test
    void allGradientsOfANetworkAreProved() {
        Run run = adjoint("derive", "--no-steps", "cross_entropy(net(x), y)", "--shape", "x=[2,3,8,8]", "--shape",
                "y=[2,10]",
                "--define", "net = Sequential(Conv2d(3, 8, 3, padding=1), BatchNorm2d(8), ReLU(),"
                        + " MaxPool2d(3, 2, 1), Flatten(), Linear(128, 10))")
                .ends(0);
        assertThat(run.out().split("\ngrad\\(f, ")).hasSize(1 + 8);
        assertThat(run.out().split("\n  proved   the form shown equals the raw derivative: ")).hasSize(1 + 8);
        run.shows("max_pool2d_input(", "conv2d_weight(x, [8, 3, 3, 3], ", "conv_transpose2d(").shows("part by part");
    }

    @Test
    void jsonIsOneObject() {
        Run run = derive("--wrt", "x", "--format", "json").ends(0);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.propertyNames()).containsExactly("results", "refused");
        assertThat(report.get("refused")).isEmpty();
        JsonNode result = report.get("results").get(0);
        assertThat(result.propertyNames()).containsExactly("wrt", "layout", "shape", "text", "unicode", "latex",
                "matlab", "where", "conditions", "evidence", "steps");
        assertThat(result.get("wrt").asString()).isEqualTo("x");
        assertThat(result.get("layout").asString()).isEqualTo("gradient");
        assertThat(result.get("shape").toString()).isEqualTo("[\"n\"]");
        assertThat(result.get("unicode").asString()).isEqualTo("2 Wᵀ W x");
        assertThat(result.get("matlab").asString()).isEqualTo("2*W'*W*x");
        assertThat(result.get("evidence").get("laws").isArray()).isTrue();
        assertThat(result.get("evidence").get("class").asString()).isEqualTo("proved");
        assertThat(result.get("evidence").get("detail").asString()).contains("equals the raw derivative", "supported",
                "agree with central differences");
        List<String> of = new ArrayList<>();
        for (JsonNode step : result.get("steps")) {
            assertThat(step.propertyNames()).containsExactly("of", "adjoint", "local", "closed");
            of.add(step.get("of").asString());
        }
        assertThat(of).containsExactly("f", "v2", "v1", "x");
    }

    /** A refusal is an answer, with its reason, and is told from a result. */
    @Test
    void refusals() {
        adjoint("derive", "sign(t)").ends(1).shows("grad(f, t) refused: it is not differentiable where it jumps");
        JsonNode report = new ObjectMapper().readTree(adjoint("derive", "sign(t)", "--format", "json").ends(1).out());
        assertThat(report.get("results")).isEmpty();
        assertThat(report.get("refused").get(0).propertyNames()).containsExactly("wrt", "reason", "at");
    }

    /** ∂/∂z −Σ y log softmax(z) = softmax(z) − y when Σ y = 1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "-sum(y*log(softmax(z))) | z=[k] | y=[k] probability | z | grad(f, z) = softmax(z) - y   [k]",
            "log(det(A)) | A=[n,n] spd | x=[n] | A | grad(f, A) = inv(A)   [n, n]",
            "x @ A @ x | A=[n,n] | x=[n] | x | grad(f, x) = (A + A.T) @ x   [n]",
            "trace(A @ B) | A=[m,n] | B=[n,m] | A | grad(f, A) = B.T   [m, n]"})
    void closedForms(String f, String one, String other, String wrt, String line) {
        adjoint("derive", f, "--shape", one, "--shape", other, "--wrt", wrt).ends(0).shows(line);
    }

    @Test
    void conditionsAreTold() {
        adjoint("derive", "sum(log(x))", "--shape", "x=[n]").ends(0).shows("  if       x > 0\n");
        assertThat(adjoint("derive", "sum(log(x))", "--shape", "x=[n] positive").ends(0).out()).doesNotContain("  if ");
        adjoint("derive", "sum(relu(x))", "--shape", "x=[n]").ends(0).shows("almost everywhere", "relu(x)");
        // the kink of the one is no condition on the gradient by the other
        Run both = adjoint("derive", "abs(s) + max(y)", "--shape", "y=[n]").ends(0);
        assertThat(both.out().substring(both.out().indexOf("grad(f, s)"), both.out().indexOf("grad(f, y)")))
                .contains("abs(s)").doesNotContain("maximum");
    }

    /** The Jacobian of W x by x is W, and the Hessian of ‖Wx‖² by x is 2 WᵀW. */
    @Test
    void layouts() {
        adjoint("derive", "W @ x", "--shape", "W=[m,n]", "--shape", "x=[n]", "--wrt", "x", "--layout", "jacobian")
                .ends(0)
                .shows("jacobian(f, x) = W   [m, n]\n");
        derive("--wrt", "x", "--layout", "hessian").ends(0).shows("hessian(f, x) = 2 * (W.T @ W)   [n, n]\n");
    }

    /** In dialect matlab comments come first, and the derivative stands alone on its line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"tr(A*inv(X)*B) | X | gradient | -(inv(X)*B*A*inv(X))'", "x'*X*x | x | hessian | X+X'",
                    "s*x' | s | dscalar | x'", "s^2*x'*X | s | dscalar | (2*s*X'*x)'"})
    void matlab(String f, String wrt, String layout, String formula) {
        Run run = adjoint("derive", f, "--dialect", "matlab", "--shape", "A=[m,n]", "--shape", "X=[n,n] invertible",
                "--shape", "B=[n,m]", "--shape", "x=[n]", "--wrt", wrt, "--layout", layout, "--format", "matlab")
                .ends(0);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.startsWith("% "));
        assertThat(lines.get(lines.size() - 1)).isEqualTo(formula);
    }

    /** Assumptions become facts, and are said with the result. */
    @Test
    void assumptions() {
        Run run = adjoint("derive", "log(a) + b", "--assume", "a > 0", "--assume", "0 < b < 1", "--wrt", "a").ends(0)
                .shows("by a [] positive", "  if       a > 0 (assumed)\n", "           0 < b < 1 (assumed)\n");
        assertThat(run.out()).doesNotContain("a > 0\n");
        adjoint("derive", "sum(A @ x)", "--shape", "A=[m,n]", "--shape", "x=[k]", "--assume", "n == k", "--wrt", "A")
                .ends(0);
    }

    /** Definitions keep their names: the adjoint of z₂ collects both of its users. */
    @Test
    void definitionsAreQuantities() {
        adjoint("derive", "L", "--define", "z2 = relu(w1 * X)", "--define", "z3 = w2 * z2", "--define",
                "L = 1/2 * (z2 + z3 - y)**2", "--wrt", "w1").ends(0)
                .shows("z2_bar = ", "z3_bar", "by w1 []", "taken as scalars, as no shape is given: ");
    }

    @Test
    void seedsAreShown() {
        derive("--wrt", "x", "--seed", "7").ends(0).shows("seed 7)");
    }

    @ParameterizedTest
    @CsvSource({"derive", "equal", "verify", "eval", "check", "graph", "model"})
    void helpHasExamplesAndExitCodes(String command) {
        adjoint(command, "--help").ends(0).shows("Usage: adjoint " + command, "Examples:", "Exit codes:",
                "  0 ", "  1 ", "  2 ", "  3 ");
    }
}
