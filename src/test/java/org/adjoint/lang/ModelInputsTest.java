package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What models are given beside their input: masks of dropout, keys and values of attention. */
class ModelInputsTest {
    private final Desk desk = Desk.of("""
            X : R[N, 3]; M, K : R[N, 3] 01; Q : R[2, 6, 4]; P : R[6, 6]
            net = Sequential(Dropout(1/2), ReLU(), Dropout(1/4))
            bn = BatchNorm1d(3, momentum=0.25)
            attend = MultiheadAttention(4, 2, batch_first=True)
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            net(X, mask=[M, K])             | relu(2 * X * M) * K * 4/3
            net(X, training=false)          | relu(X)
            Dropout(1/2)(X, mask=[1, 0, 1]) | 2 * X * [1, 0, 1]
            Dropout2d(1/2)(Q, mask=ones(2, 1, 1)) | 2 * Q
            attend(Q, Q, Q)                 | attend(Q)
            attend(Q, Q)                    | attend(Q)
            running_statistics(bn, X).running_mean | 3/4 * bn.running_mean + 1/4 * mean(X, axis=0)
            """)
    void isTheSameAs(String left, String right) {
        Expr one = desk.expr(left);
        Expr other = desk.expr(right);
        Numerically.Outcome outcome = Numerically.compare(one, other, Numerically.points(List.of(one, other), 7, 1, 3));
        assertThat(outcome.difference()).isEmpty();
        assertThat(outcome.compared()).isGreaterThan(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            net(X, mask=M)                  | mask= gives one mask to each dropout, of which there are 2; got 1
            Dropout(1/2)(X, mask=Q)         | shapes must match or broadcast; the target is [N, 3]
            net(X, X)                       | a model is applied to one tensor; got 2 arguments
            net(X, attn_mask=M)             | there is no attn_mask
            attend(Q, P, P)                 | the input is [B, L, E] or [L, E]
            running_statistics(net, X)      | running statistics are those of one layer that tracks them
            attend(Q, attn_mask=X)          | shapes must match or broadcast
            """)
    void whatDoesNotFit(String text, String message) {
        assertThatThrownBy(() -> desk.expr(text)).hasMessageContaining(message);
    }
}
