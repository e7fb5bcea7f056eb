package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.graphs.Numerically;
import org.adjoint.show.TextPrinter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions and their adjoints print as convolutions, and what is printed reads back with the same values. */
class ConvolutionsReadBackTest {
    private final Desk desk = Desk.of("""
            x : R[n]; w : R[k]; X : R[B, C, h, v]; W : R[O, C, 3, 3]; b : R[O]; U : R[B, O, h, v]; V : R[P, O, 3, 3]
            M : R[B, 4, h, v]; G : R[6, 2, 3, 3]; H : R[2, 2, 3]; N : R[B, 4, n]
            A : R[8, 7]; K : R[3, 3]; S : R[C, n]; T : R[D, C, 3]; Q : R[D, E, 5]; Y : R[B, D, n]; sigma : R -> R
            F : R[4, 1, 3, 3]; F2 : R[8, 1, 3, 3]; Z : R[5, 4, 1, 1]; V2 : R[C, n + 3]
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            conv1d(x, w)                                | conv1d(x, w)
            convolve(x, w)                              | convolve(x, w)
            convolve2d(A, K)                            | convolve2d(A, K)
            conv2d(A, K, stride=(2, 1), padding=1)      | conv2d(A, K, stride=(2, 1), padding=1)
            conv2d(X, W, b, padding=1)                  | conv2d(X, W, padding=1) + b[:, None, None]
            conv2d(X, W, dilation=2)                    | conv2d(X, W, dilation=2)
            conv1d(S, T, padding='same')                | conv1d(S, T, padding=1)
            conv2d(relu(conv2d(X, W, padding=1)), V)    | conv2d(relu(conv2d(X, W, padding=1)), V)
            conv_transpose1d(Y, Q, stride=2, padding=2) | conv_transpose1d(Y, Q, stride=2, padding=2)
            conv_transpose1d(Y, Q, stride=2, output_padding=1) | conv_transpose1d(Y, Q, stride=2, output_padding=1)
            grad(sum(conv1d(x, w)**2), w)               | 2 * conv1d_weight(x, [k], conv1d(x, w))
            grad(sum(conv1d(x, w)**2), x)               | conv_transpose1d(2 * conv1d(x, w), w)
            grad(sum(conv2d(X, W, padding=1) * U), W)   | conv2d_weight(X, [O, C, 3, 3], U, padding=1)
            grad(sum(conv2d(X, W, padding=1) * U), X)   | conv_transpose2d(U, W, padding=1)
            grad(sum(conv2d(X, W, stride=2)**2)/2, X)   | conv2d_input([B, C, h, v], W, conv2d(X, W, stride=2), stride=2)
            grad(sum(sigma(conv2d(A, K, stride=2))), A) | conv_transpose2d(sigma'(conv2d(A, K, stride=2)), K, stride=2, output_padding=(1, 0))
            grad(sum(relu(conv1d(S, T))), T)            | conv1d_weight(S, [D, C, 3], step(conv1d(S, T)))
            conv2d(M, G, stride=2, padding=1, groups=2) | conv2d(M, G, stride=2, padding=1, groups=2)
            grad(sum(conv2d(M, G, groups=2)**2)/2, G)   | conv2d_weight(M, [6, 2, 3, 3], conv2d(M, G, groups=2), groups=2)
            grad(sum(conv2d(M, G, groups=2)**2)/2, M)   | conv_transpose2d(conv2d(M, G, groups=2), G, groups=2)
            grad(sum(relu(conv1d(N, H, groups=2))), H)  | conv1d_weight(N, [2, 2, 3], step(conv1d(N, H, groups=2)), groups=2)
            grad(sum(relu(conv1d(N, H, groups=2))), N)  | conv_transpose1d(step(conv1d(N, H, groups=2)), H, groups=2)
            conv2d(M, F, padding=1, groups=4)           | conv2d(M, F, padding=1, groups=4)
            grad(sum(conv2d(M, F, stride=2, groups=4)**2), F) | 2 * conv2d_weight(M, [4, 1, 3, 3], conv2d(M, F, stride=2, groups=4), stride=2, groups=4)
            grad(sum(conv2d(M, F, padding=1, groups=4)**2), M) | conv_transpose2d(2 * conv2d(M, F, padding=1, groups=4), F, padding=1, groups=4)
            grad(sum(conv2d(M, F2, groups=4)**2), F2)   | 2 * conv2d_weight(M, [8, 1, 3, 3], conv2d(M, F2, groups=4), groups=4)
            grad(sum(conv2d(M, F2, groups=4)**2), M)    | conv_transpose2d(2 * conv2d(M, F2, groups=4), F2, groups=4)
            grad(sum(conv2d(M, F, padding=1, groups=4, padding_mode='circular')), M) | conv2d_input([B, 4, h, v], F, ones(B, 4, h, v), padding=1, groups=4, padding_mode='circular')
            grad(sum(sigma(conv2d(M, Z, stride=2))), Z) | conv2d_weight(M, [5, 4, 1, 1], sigma'(conv2d(M, Z, stride=2)), stride=2)
            grad(sum(conv2d(M, Z)**2), M)               | conv_transpose2d(2 * conv2d(M, Z), Z)
            grad(sum(conv2d(relu(conv2d(M, F, groups=4)), Z)**2), F) | conv2d_weight(M, [4, 1, 3, 3], step(conv2d(M, F, groups=4)) * conv_transpose2d(2 * conv2d(relu(conv2d(M, F, groups=4)), Z), Z), groups=4)
            conv2d(X, W, padding=1, padding_mode='circular') | conv2d(X, W, padding=1, padding_mode='circular')
            conv2d(X, W, padding=(0, 1), padding_mode='reflect') | conv2d(X, W, padding=(0, 1), padding_mode='reflect')
            conv1d(S, T, padding=2, padding_mode='replicate') | conv1d(S, T, padding=2, padding_mode='replicate')
            grad(sum(conv2d(X, W, padding=1, padding_mode='circular') * U), W) | conv2d_weight(X, [O, C, 3, 3], U, padding=1, padding_mode='circular')
            grad(sum(conv2d(X, W, padding=1, padding_mode='circular') * U), X) | conv2d_input([B, C, h, v], W, U, padding=1, padding_mode='circular')
            max_pool2d(X, 2)                            | max_pool2d(X, 2)
            max_pool2d(X, (3, 2), stride=2, padding=1)  | max_pool2d(X, (3, 2), stride=2, padding=1)
            avg_pool2d(X, 3, 2)                         | avg_pool2d(X, 3, stride=2)
            avg_pool1d(S, 3, padding=1)                 | avg_pool1d(S, 3, padding=1)
            grad(sum(max_pool2d(X, 2)**2)/2, X)         | max_pool2d_input(X, max_pool2d(X, 2), 2)
            grad(sum(avg_pool2d(X, 3, 2)**2)/2, X)      | avg_pool2d_input([B, C, h, v], avg_pool2d(X, 3, stride=2), 3, stride=2)
            grad(sum(max_pool1d(S, 3)), S)              | max_pool1d_input(S, ones(C, n//3), 3)
            grad(sum(sigma(avg_pool2d(conv2d(X, W), 2))), X) | conv_transpose2d(avg_pool2d_input([B, O, h - 2, v - 2], sigma'(avg_pool2d(conv2d(X, W), 2)), 2), W)
            argmax_onehot(windows(A, (2, 3), stride=2), axis=(2, 3)) | argmax_onehot(windows(A, (2, 3), stride=2), axis=(2, 3))
            pad(A, ((0, 1), (2, 0)))                    | pad(A, ((0, 1), (2, 0)))
            grad(sum(x[1:]**2), x)                      | pad(2 * x[1:], (1, 0))
            grad(sum(x[2:5]**2), x)                     | pad(2 * x[2:5], (2, n - 5))
            grad(x[1]**2, x)                            | pad(2 * x[1][None], (1, n - 2))
            grad(sum(A[:, 3] * A[:, 4]), A)             | pad(A[:, 3][:, None], ((0, 0), (4, 2))) + pad(A[:, 4][:, None], ((0, 0), (3, 3)))
            grad(sum(pad(S, ((0, 0), (1, 2))) * V2), S) | V2[:, 1:n + 1]
            sum(conv2d(X, W, padding=1), axis=(0, 2, 3)) | sum(conv2d(X, W, padding=1), axis=(0, 2, 3))
            grad(b @ sum(conv2d(X, W, padding=1), axis=(0, 2, 3)), W) | conv2d_weight(X, [O, C, 3, 3], broadcast_to(b[:, None, None], [B, O, h, v]), padding=1)
            grad(b @ sum(conv2d(X, W, padding=1), axis=(0, 2, 3)), X) | conv_transpose2d(broadcast_to(b[:, None, None], [B, O, h, v]), W, padding=1)
            windows(X, (2, 2), padding=1)               | windows(X, (2, 2), padding=1)
            windows(X, (2, 3), padding=(0, 1), padding_mode='replicate') | windows(X, (2, 3), padding=(0, 1), padding_mode='replicate')
            grad(sum(max_pool2d(X, 3, stride=2, padding=1)**2)/2, X) | max_pool2d_input(X, max_pool2d(X, 3, stride=2, padding=1), 3, stride=2, padding=1)
            grad(sum(max_pool1d(S, 3, padding=1)), S)   | max_pool1d_input(S, ones(C, (n - 1)//3 + 1), 3, padding=1)
            grad(sum(conv1d(S, T, padding=1, padding_mode='replicate')**2), S) | conv1d_input([C, n], T, 2 * conv1d(S, T, padding=1, padding_mode='replicate'), padding=1, padding_mode='replicate')
            grad(sum(conv2d(X, W, padding=1, padding_mode='reflect') * U), X) | conv2d_input([B, C, h, v], W, U, padding=1, padding_mode='reflect')
            grad(sum(sigma(conv1d(S, T)) * relu(conv1d(S, T))), S) | conv_transpose1d(sigma'(conv1d(S, T)) * relu(conv1d(S, T)) + sigma(conv1d(S, T)) * step(conv1d(S, T)), T)
            """)
    void printsAsAConvolution(String text, String shown) {
        Expr node = desk.expr(text);
        assertThat(TextPrinter.text(node)).isEqualTo(shown);
        Expr read = desk.expr(shown);
        Numerically.Outcome outcome = Numerically.compare(node, read,
                Numerically.points(List.of(node, read), 3, 30, 1));
        assertThat(outcome.difference()).isEmpty();
        assertThat(outcome.compared()).isPositive();
    }
}
