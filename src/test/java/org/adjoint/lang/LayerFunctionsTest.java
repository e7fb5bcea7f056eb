package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers as functions: exact values, and the same map written with sums. */
class LayerFunctionsTest {
    private final Desk desk = Desk.of("""
            x : R[n, 4]; W : R[3, 4]; b : R[3]; X : R[2, 4, 5]; m, g, h : R[4]; v : R[4] positive; G : R[4, 5]
            Q : R[2, 3]; K : R[4, 3]; V : R[4, 5]; M : R[2, 4]; t : R[6]; s : R
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adaptive_avg_pool1d([[1, 2, 3, 4, 5, 6]], 3)    | [3/2, 7/2, 11/2]
            adaptive_avg_pool1d([[1, 2, 3, 4, 5]], 2)       | [2, 4]
            F.adaptive_max_pool1d([[5, 2, 3, 4, 1]], 3)     | [5, 4, 4]
            adaptive_avg_pool2d([[[1, 2], [3, 4]]], 1)      | [5/2]
            adaptive_avg_pool2d([[[1, 2], [3, 4]]], (None, 1)) | [3/2, 7/2]
            embedding([2, 0], [[1, 2], [3, 4], [5, 6]])     | [5, 6, 1, 2]
            prelu([[1, -2], [-3, 4]], [1/2, 2])             | [1, -4, -3/2, 4]
            batch_norm([[1], [3]], [1], [1], training=True, eps=0) | [-1, 1]
            batch_norm([[1], [3]], [1], [4], [3], [10], eps=0)     | [10, 13]
            layer_norm([[1, 3], [0, 4]], [2], eps=0)        | [-1, 1, -1, 1]
            group_norm([[1, 3, 0, 4]], 2, eps=0)            | [-1, 1, -1, 1]
            instance_norm([[[1, 3], [0, 4]]], eps=0)        | [-1, 1, -1, 1]
            relu6([-1, 3, 7])                               | [0, 3, 6]
            hardtanh([-5, 1/2, 5], max_val=2)               | [-1, 1/2, 2]
            F.threshold([1, 2], 1, 20)                      | [20, 2]
            leaky_relu([-1, 1], 1/4)                        | [-1/4, 1]
            hardsigmoid([-4, 0, 1])                         | [0, 1/2, 2/3]
            softshrink([-1, 0, 2])                          | [-1/2, 0, 3/2]
            """)
    void exactly(String text, String expected) {
        assertThat(new Evaluator<>(new ExactArithmetic(), Sizes.NONE).evaluate(desk.expr(text), Map.of()).entries())
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            linear(x, W, b)                      | x @ W.T + b
            layer_norm(X, [5])                   | (X - mean(X, axis=2, keepdims=True))/sqrt(var(X, axis=2, keepdims=True) + 1e-5)
            layer_norm(X, [4, 5], G)             | layer_norm(X, [4, 5]) * G
            batch_norm(X, m, v, g, h)            | (X - m[:, None])/sqrt(v[:, None] + 1e-5)*g[:, None] + h[:, None]
            batch_norm(X, m, v, training=True)   | (X - mean(X, axis=(0, 2), keepdims=True))/sqrt(var(X, axis=(0, 2), keepdims=True) + 1e-5)
            group_norm(X, 2, g, h)               | layer_norm(X.reshape(2, 2, 10), [10]).reshape(2, 4, 5)*g[:, None] + h[:, None]
            instance_norm(X)                     | group_norm(X, 4)
            adaptive_avg_pool1d(X, 5)            | X
            adaptive_avg_pool1d(X, 1)            | mean(X, axis=2, keepdims=True)
            scaled_dot_product_attention(Q, K, V, M) | softmax(Q @ K.T/sqrt(3) + M, axis=1) @ V
            celu(t, s**2 + 1)                    | where(t > 0, t, (s**2 + 1)*(exp(t/(s**2 + 1)) - 1))
            softplus(t, 3)                       | log(1 + exp(3*t))/3
            mish(t)                              | t*tanh(log(1 + exp(t)))
            """)
    void writtenWithSums(String left, String right) {
        Expr one = desk.expr(left);
        Expr other = desk.expr(right);
        Numerically.Outcome outcome = Numerically.compare(one, other, Numerically.points(List.of(one, other), 7, 1, 3));
        assertThat(outcome.difference()).isEmpty();
        assertThat(outcome.compared()).isGreaterThan(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            embedding([3], [[1], [2]])      | Embedding(2, 1): a class index is an integer from 0 to 1, got 3
            group_norm(X, 3)                | num_channels is a multiple of num_groups; got 4 and 3
            batch_norm([[1, 2]], [1, 1], [1, 1], training=True) | training takes the variance of more than one value per channel
            layer_norm(X, [4])              | the last axes of the input are normalized_shape
            adaptive_avg_pool2d(X, (1, 2, 3)) | output_size is one number, or one for each spatial axis, of which there are 2
            """)
    void whatDoesNotFit(String text, String message) {
        assertThatThrownBy(() -> desk.expr(text)).hasMessageContaining(message);
    }
}
