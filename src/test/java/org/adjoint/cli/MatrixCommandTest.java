package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The command {@code matrix}: entries, structure, formulas at symbolic sizes, maps without a matrix. */
class MatrixCommandTest {

    /** The Toeplitz matrix of a kernel as textbooks print it (Goodfellow, Bengio, Courville, Deep Learning, section 9.1). */
    @Test
    void entriesOfAKernel() {
        adjoint("matrix", "conv1d(x, [w1, w2, w3])", "--wrt", "x", "--shape", "x=[5]").ends(0)
                .shows("structure: Toeplitz", "<A x, y> = <x, A' y>, proved", """
                        [[w1, w2, w3,  0,  0],
                         [ 0, w1, w2, w3,  0],
                         [ 0,  0, w1, w2, w3]]""");
        adjoint("matrix", "conv1d(x, [w1, w2], stride=2)", "--wrt", "x", "--shape", "x=[4]", "--format", "latex")
                .ends(0)
                .shows("0 & 0 & w_{1} & w_{2}", "a step along axis 0 of f is 2 along axis 0 of the input");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            conv1d(x, w)                          | x=[n]     | w=[k]       | A[i; u] = w[u - i], and 0 where that is outside of w, proved
            conv1d(x, w, stride=2, padding=2)     | x=[n]     | w=[k]       | A[i; u] = w[u - 2*i + 2], and 0 where
            convolve(x, w)                        | x=[n]     | w=[k]       | A[i; u] = w[i - u], and 0 where
            conv2d(x, w)                          | x=[h,v]   | w=[k,k]     | A[i, j; u, v] = w[u - i, v - j], and 0 where
            conv2d(x, w)                          | x=[c,h,v] | w=[o,c,k,k] | A[o, i, j; c, u, v] = w[o, c, u - i, v - j], and 0 where
            w @ x                                 | x=[n]     | w=[m,n]     | A = w
            """)
    void symbolicSizes(String map, String x, String w, String formula) {
        adjoint("matrix", map, "--wrt", "x", "--shape", x, "--shape", w).ends(0).shows(formula);
    }

    @Test
    void blocks() {
        adjoint("matrix", "conv2d(X, K)", "--wrt", "X", "--shape", "X=[3,3]", "--shape", "K=[2,2]").ends(0)
                .shows("doubly-block Toeplitz", "row by row, as reshape does", "[4, 9]");
        adjoint("matrix", "conv2d(X, K)", "--wrt", "X", "--shape", "X=[2,4,4]", "--shape", "K=[3,2,3,3]").ends(0)
                .shows("a block for each pair of the first axes, each doubly-block Toeplitz");
        JsonNode json = new ObjectMapper()
                .readTree(adjoint("matrix", "W @ x", "--wrt", "x", "--shape", "W=[2,2]", "--shape",
                        "x=[2]", "--format", "json").ends(0).out());
        assertThat(json.get("entries").get(1).get(0).asString()).isEqualTo("W[1][0]");
        assertThat(json.get("adjoint").asString()).isEqualTo("proved");
        assertThat(json.get("structure").asString()).isEmpty();
    }

    @Test
    void noMatrix() {
        adjoint("matrix", "relu(x)", "--wrt", "x", "--shape", "x=[3]").ends(2)
                .says("a linear map has a matrix, f(x) = A x for every x; relu(x) is not linear in x; at x = ");
        adjoint("matrix", "W @ x + 1", "--wrt", "x", "--shape", "x=[n]", "--shape", "W=[n,n]").ends(2)
                .says("is affine in x");
        adjoint("matrix", "x", "--wrt", "y", "--shape", "x=[n]").ends(2).says("--wrt y");
        adjoint("matrix", "2*x", "--wrt", "x", "--shape", "x=[n]", "--format", "java").ends(2).says("--format");
    }
}
