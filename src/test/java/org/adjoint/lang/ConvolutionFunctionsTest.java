package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions by the names of NumPy, SciPy and PyTorch, against the examples of their documentation and each other. */
class ConvolutionFunctionsTest {
    private final Desk desk = Desk.of("""
            x : R[n]; w : R[k]; X : R[B, C, h, v]; W : R[O, C, 3, 3]; b : R[O]; y : R[B, 4, n]; u : R[6, 2, 3]
            a, c : R[9]; A : R[6, 7]; K : R[3, 2]; I : R[2, 3, 6, 7]; J : R[4, 3, 3, 2]; q : R[5]
            """);

    private String value(String text) {
        return new Evaluator<>(new ExactArithmetic(), Sizes.NONE).evaluate(desk.expr(text), Map.of()).entries()
                .toString();
    }

    /** numpy.convolve, numpy.correlate, numpy.pad and scipy.linalg.toeplitz, examples of their reference pages. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            convolve([1, 2, 3], [0, 1, 0.5])               | [0, 1, 5/2, 4, 3/2]
            convolve([1, 2, 3], [0, 1, 0.5], 'same')       | [1, 5/2, 4]
            convolve([1, 2, 3], [0, 1, 0.5], 'valid')      | [5/2]
            correlate([1, 2, 3], [0, 1, 0.5])              | [7/2]
            correlate([1, 2, 3], [0, 1, 0.5], 'same')      | [2, 7/2, 3]
            correlate([1, 2, 3], [0, 1, 0.5], 'full')      | [1/2, 2, 7/2, 3, 0]
            pad([1, 2, 3, 4, 5], (2, 3), 'reflect')        | [3, 2, 1, 2, 3, 4, 5, 4, 3, 2]
            pad([1, 2, 3, 4, 5], (2, 3), 'symmetric')      | [2, 1, 1, 2, 3, 4, 5, 5, 4, 3]
            pad([1, 2, 3, 4, 5], (2, 3), 'wrap')           | [4, 5, 1, 2, 3, 4, 5, 1, 2, 3]
            pad([1, 2, 3, 4, 5], (2, 3), 'edge')           | [1, 1, 1, 2, 3, 4, 5, 5, 5, 5]
            correlate([1, 2, 3, 4, 5], [0, 1, 10, 100], 'same') | [210, 321, 432, 543, 54]
            convolve([1, 2, 3, 4, 5], [0, 1, 10, 100], 'same')  | [1, 12, 123, 234, 345]
            convolve([1, 2], [1, 10, 100], 'same')         | [1, 12, 120]
            correlate2d([[1, 2, 3, 4, 5]], [[0, 1, 10, 100]], 'same') | [321, 432, 543, 54, 5]
            toeplitz([1, 2, 3], [1, 4, 5, 6])              | [1, 4, 5, 6, 2, 1, 4, 5, 3, 2, 1, 4]
            toeplitz([1, 2, 3])                            | [1, 2, 3, 2, 1, 2, 3, 2, 1]
            conv1d([1, 2, 3, 4], [1, 10], stride=2)        | [21, 43]
            conv1d([1, 2, 3, 4], [1, 10, 100], padding=1)  | [210, 321, 432, 43]
            conv_transpose1d([1, 2], [1, 10], stride=2)    | [1, 10, 2, 20]
            max_pool1d([3, 1, 4, 1, 5, 9], 2)              | [3, 4, 9]
            avg_pool1d([3, 1, 4, 1, 5, 9], 3, stride=1)    | [8/3, 2, 10/3, 5]
            max_pool1d([3, 1, 4, 1, 5, 9], 3, 2, 1)        | [3, 4, 9]
            F.max_pool1d([-3, -1, -4], 3, 1, padding=1)    | [-1, -1, -1]
            max_pool1d([3, 1, 4, 1, 5, 9], 2, 1, dilation=3) | [3, 5, 9]
            max_pool1d([1, 2, 3, 4, 5], 2, ceil_mode=True) | [2, 4, 5]
            avg_pool1d([1, 2, 3, 4, 5], 2, ceil_mode=True) | [3/2, 7/2, 5]
            avg_pool1d([1, 2, 3, 4], 3, 2, 1)              | [1, 3]
            avg_pool1d([1, 2, 3, 4], 3, 2, 1, count_include_pad=False) | [3/2, 3]
            avg_pool2d([[1, 2], [3, 4]], 2, divisor_override=5) | [2]
            """)
    void documented(String text, String expected) {
        assertThat(value(text)).isEqualTo(expected);
    }

    /** The same map by several routes: flipped, as columns, as a Toeplitz matrix, padded by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            convolve(a, q)                                  | conv1d(a, q[::-1], padding=4)
            correlate(a, q, 'full')                         | convolve(a, q[::-1])
            correlate(a, q, 'same')                         | conv1d(a, q, padding='same')
            convolve(a, q)                                  | toeplitz(pad(q, (0, 8)), pad(q[:1], (0, 8))) @ a
            convolve2d(A, K, mode='valid')                  | conv2d(A, K[::-1, ::-1])
            convolve2d(A, K)                                | conv2d(pad(A, ((2, 2), (1, 1))), K[::-1, ::-1])
            correlate2d(A, K, boundary='wrap')              | conv2d(pad(A, ((2, 2), (1, 1)), 'wrap'), K)
            conv2d(A, K, stride=(2, 1), dilation=(1, 2))    | (K.reshape(6) @ unfold(A, (3, 2), stride=(2, 1), dilation=(1, 2))).reshape(2, 5)
            conv2d(I, J, padding=1)                         | conv2d(pad(I, ((0, 0), (0, 0), (1, 1), (1, 1))), J)
            conv2d(I, J, padding=1)                         | (J.reshape(4, 18) @ unfold(I, (3, 2), padding=1)).reshape(2, 4, 6, 8)
            conv2d(I, J, padding=1, padding_mode='circular') | conv2d(pad(I, ((0, 0), (0, 0), (1, 1), (1, 1)), 'wrap'), J)
            conv2d(A, K, padding='same')                    | correlate2d(A, K, 'full')[1:-1, 1:]
            correlate2d(A, K, 'same')                       | correlate2d(A, K, 'full')[1:-1, 1:]
            convolve2d(A, K, 'same')                        | convolve2d(A, K, 'full')[1:-1, :-1]
            convolve(q, a, 'valid')                         | convolve(a, q, 'valid')
            conv2d_weight(A, [3, 2], conv2d(A, K))          | grad(sum(conv2d(A, K)**2) / 2, K)
            conv2d_input([6, 7], K, conv2d(A, K, stride=2), stride=2) | grad(sum(conv2d(A, K, stride=2)**2) / 2, A)
            conv_transpose2d(conv2d(A, K), K)               | grad(sum(conv2d(A, K)**2) / 2, A)
            col2im(unfold(A, (3, 2)), (6, 7), (3, 2))       | [A * col2im(ones(6, 24), (6, 7), (3, 2))[0]]
            conv3d(A[None], K[None])                        | [conv2d(A, K)]
            """)
    void routesAgree(String left, String right) {
        Expr one = desk.expr(left);
        Expr other = desk.expr(right);
        Numerically.Outcome outcome = Numerically.compare(one, other, Numerically.points(List.of(one, other), 7, 1, 3));
        assertThat(outcome.difference()).isEmpty();
        assertThat(outcome.compared()).isGreaterThan(10);
    }

    @Test
    void symbolicShapes() {
        assertThat(desk.expr("conv2d(X, W, b, padding=1)").shape()).hasToString("[B, O, h, v]");
        assertThat(desk.expr("conv2d(X, W, stride=2)").shape()).hasToString("[B, O, (h - 1)//2, (v - 1)//2]");
        assertThat(desk.expr("conv1d(x, w)").shape()).hasToString("[-k + n + 1]");
        assertThat(desk.expr("convolve(x, w)").shape()).hasToString("[k + n - 1]");
        assertThat(desk.expr("conv_transpose2d(X, transpose(W, [1, 0, 2, 3]), stride=2)").shape())
                .isEqualTo(desk.expr("zeros(B, O, 2*h + 1, 2*v + 1)").shape());
        assertThat(desk.expr("conv1d(y, u, groups=2)").shape()).hasToString("[B, 6, n - 2]");
        assertThat(desk.expr("max_pool2d(X, 2)").shape()).isEqualTo(desk.expr("zeros(B, C, h//2, v//2)").shape());
        assertThat(desk.expr("unfold(X, 3)").shape().rank()).isEqualTo(3);
        assertThat(desk.expr("W").shape()).isNotEqualTo(Shape.SCALAR);
        assertThat(desk.reader().environment().nonNegativeSizes()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            conv2d(X, u)                       | conv2d(X, u): a convolution along 2 axes takes an input [B, C, n…] or [C, n…] and a kernel [O, C/groups, k…], or both without B and C; X is [B, C, h, v], u is [6, 2, 3]
            conv1d(y, u)                       | conv1d(y, u): the channels of the input are those of the kernel; y is [B, 4, n], u is [6, 2, 3]
            conv1d(y, u, groups=4)             | conv1d(y, u, groups=4): the channels of the input are those of the kernel times the 4 groups; y is [B, 4, n], u is [6, 2, 3]
            conv2d(A, K, stride=0)             | a stride is at least 1, got 0
            conv2d(A, K, stride=(1, 2, 3))     | stride is one number, or one for each spatial axis, of which there are 2
            conv2d(A, K, padding=-1)           | padding is not negative, got -1
            conv2d(A, K, padding='full')       | padding is a number, 'same' or 'valid', got 'full'
            conv2d(A, K, padding='same', stride=2) | padding='same' is for stride 1, got stride 2
            conv2d(A, K, padding_mode='odd')   | padding_mode is one of circular, constant, edge, fill, reflect, replicate, symm, symmetric, wrap, zeros
            conv1d(q, a)                       | conv1d(q, a): a window fits into its padded input; it is 9 long, and the input 5
            max_pool2d(X, 3, 1, 2)             | the padding of a pool is at most half of its window; the window is 3 long, and the padding 2
            max_pool2d(X, k)                   | windows are taken with a stride that is a number, got k
            convolve(a, q, 'middle')           | mode is 'full', 'same' or 'valid', got 'middle'
            correlate(q, a)                    | in mode 'valid' the first is at least as long as the second; q is [5], a is [9]
            conv2d(X, W, q)                    | the bias has one entry for each output channel; X is [B, C, h, v], W is [O, C, 3, 3], q is [5]
            pad(a, (1, 2, 3))                  | pad takes a width for all sides, a pair (before, after), or a pair for each axis
            """)
    void whatDoesNotFit(String text, String message) {
        assertThatThrownBy(() -> desk.expr(text)).hasMessageContaining(message);
    }
}
