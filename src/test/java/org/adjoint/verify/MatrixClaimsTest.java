package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrices of linear maps: against loops over their entries, against the map itself, and maps that have none. */
class MatrixClaimsTest {
    private static final String GIVEN = """
            x : R[n]; w : R[k]; v : R[n - k + 1]; X : R[5, 4]; K : R[3, 2]; I : R[2, 5, 5]; J : R[3, 2, 3, 3]; b : R
            W : R[3, 4]; u : R[4]
            layer = Conv2d(2, 3, 3, stride=2, padding=1, bias=False); affine = Conv2d(2, 3, 3)
            net = Sequential(Conv2d(2, 3, 3, bias=False), AvgPool2d(3), Flatten(0), Linear(3, 2, bias=False))
            twice(z) = conv1d(conv1d(z, [1, b]), [b, 1])
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            matrix(conv1d(u, [b, 2]), u)              | [[b, 2, 0, 0], [0, b, 2, 0], [0, 0, b, 2]]
            matrix(twice, u)                          | [[b, b**2 + 1, b, 0], [0, b, b**2 + 1, b]]
            matrix(W @ u, u)                          | W
            matrix(W @ u, W) @ vec(W)                 | W @ u
            matrix(sum(u), u)                         | [[1, 1, 1, 1]]
            matrix(b * u, u)                          | b * eye(4)
            matrix(W.T, W) @ vec(W)                   | vec(W.T)
            matrix(conv1d(x, w), x) @ x               | conv1d(x, w)
            matrix(conv1d(x, w), w) @ w               | conv1d(x, w)
            matrix(convolve(x, w), x) @ x             | convolve(x, w)
            matrix(conv2d(X, K), X) @ vec(X)          | vec(conv2d(X, K))
            matrix(conv2d(X, K), X, order='C') @ X.reshape(20) | conv2d(X, K).reshape(9)
            matrix(conv2d(I, J, stride=2, padding=1), I) @ vec(I) | vec(conv2d(I, J, stride=2, padding=1))
            matrix(avg_pool2d(I, 2), I) @ vec(I)      | vec(avg_pool2d(I, 2))
            matrix(layer, [2, 5, 5]) @ vec(I)         | vec(layer(I))
            matrix(layer, I) @ vec(I)                 | vec(layer(I))
            matrix(net, [2, 5, 5]) @ vec(I)           | net(I)
            matrix(net[3], [3])                       | net[3].weight
            matrix(net[2:4], [3, 1, 1])               | net[3].weight
            matrix(twice, [4])                        | matrix(twice, u)
            sum((matrix(conv1d(x, w), x) @ x) * v)    | sum(x * (matrix(conv1d(x, w), x).T @ v))
            sum(conv1d(x, w) * v)                     | sum(x * vjp(conv1d(x, w), x, v))
            """)
    void proved(String left, String right) {
        assertThat(Verifying.verdict(GIVEN, left + " == " + right)).isEqualTo(Verdict.PROVED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            matrix(relu(u), u)               | relu(u) is not linear in u; at u =
            matrix(W @ u + b, u)             | W @ u + b is affine in u: at u = 0 it is
            matrix(affine, [2, 5, 5])        | affine is affine in the input: at the input = 0 it is
            matrix(ReLU(), [4])              | ReLU() is not linear in the input
            matrix(net, [1, 5, 5])           | in_channels
            matrix(u**2, u)                  | u**2 is not linear in u; at u =
            matrix(norm(u), u)               | norm(u) is not
            matrix(u, u, order='Z')          | order is 'C', row by row, or 'F', column by column
            matrix(u, u[0])                  | matrix(f, x) is of a map of the whole variable
            """)
    void refused(String matrix, String reason) {
        Claim claim = Verifying.judged(GIVEN, matrix + " == 0");
        assertThat(claim.verdict()).isEqualTo(Verdict.ILL_FORMED);
        assertThat(claim.evidence().detail()).contains(reason);
    }

    /** {@code A[i, j] = w[j − s·i + p]} by a loop over the entries. */
    @Property(tries = 40)
    void entriesOfConvolutions(@ForAll @IntRange(min = 1, max = 7) int n, @ForAll @IntRange(min = 1, max = 4) int k,
            @ForAll @IntRange(min = 1, max = 3) int stride, @ForAll @IntRange(max = 2) int padding) {
        int rows = Math.floorDiv(n + 2 * padding - k, stride) + 1;
        if (n + 2 * padding < k) {
            return;
        }
        String loop = IntStream.range(0, rows).mapToObj(i -> IntStream.range(0, n).mapToObj(j -> {
            int at = j - stride * i + padding;
            return at >= 0 && at < k ? "w[" + at + "]" : "0";
        }).collect(Collectors.joining(", ", "[", "]"))).collect(Collectors.joining(", ", "[", "]"));
        Claim claim = Verifying.judged("x : R[" + n + "]; w : R[" + k + "]",
                "matrix(conv1d(x, w, stride=" + stride + ", padding=" + padding + "), x) == " + loop);
        assertThat(claim.verdict().holds()).as(claim.evidence().detail()).isTrue();
    }
}
