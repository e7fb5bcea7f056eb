package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients of losses in the closed forms that textbooks print, for every size; identities between losses; what is refused. */
class LossClaimsTest {
    private static final String DECLARED = """
            x, t : R[N, C]; u : R[N]; y : N[N]; w : R[C] positive; q : R[N, C] probability; s : R[N] pm1
            crit = nn.CrossEntropyLoss(weight=w, reduction='sum')
            """;

    /** Bishop, Pattern Recognition and Machine Learning, 4.109 (softmax and cross-entropy), 4.91 (sigmoid); Huber 1964. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grad(F.cross_entropy(x, y), x) == (softmax(x, axis=1) - onehot(y, C)) / N                 | proved
            grad(F.cross_entropy(x, y, reduction='sum'), x) == softmax(x, axis=1) - onehot(y, C)      | proved
            grad(F.cross_entropy(x, q), x) == (softmax(x, axis=1) - q) / N                            | proved
            grad(F.cross_entropy(x, q, reduction='sum', label_smoothing=1/10), x) == softmax(x, axis=1) - 9/10*q - 1/10/C | proved
            grad(F.cross_entropy(x, y), x) == softmax(x, axis=1) - onehot(y, C)                       | refuted
            grad(F.cross_entropy(u, 2), u) == softmax(u) - onehot(2, N)                               | proved
            grad(F.nll_loss(x, y), x) == -onehot(y, C) / N                                            | proved
            grad(F.mse_loss(x, t), x) == 2 * (x - t) / (N * C)                                        | proved
            grad(F.mse_loss(x, t, reduction='half'), x) == x - t                                      | proved
            grad(F.l1_loss(x, t), x) == sign(x - t) / (N * C)                                         | proved
            grad(F.huber_loss(x, t, reduction='sum'), x) == clip(x - t, -1, 1)                        | supported
            grad(F.smooth_l1_loss(x, t, reduction='sum', beta=2), x) == clip((x - t) / 2, -1, 1)      | supported
            grad(F.binary_cross_entropy_with_logits(x, t), x) == (sigmoid(x) - t) / (N * C)           | proved
            grad(F.binary_cross_entropy_with_logits(x, t, pos_weight=w), x) == (sigmoid(x) * (1 - t + w*t) - w*t) / (N * C) | proved
            grad(F.binary_cross_entropy(sigmoid(x), t), x) == (sigmoid(x) - t) / (N * C)              | proved
            grad(hinge_loss(u, s), u) == -s * step(1 - s*u) / N                                       | proved
            grad(F.soft_margin_loss(u, s), u) == -s * sigmoid(-s*u) / N                               | proved
            grad(F.kl_div(x, q, reduction='sum'), x) == -q                                            | proved
            grad(F.kl_div(x, t, reduction='batchmean', log_target=true), x) == -exp(t) / N            | proved
            grad(F.kl_div(log_softmax(x, axis=1), q, reduction='batchmean'), x) == (softmax(x, axis=1) - q) / N | proved
            grad(zero_one_loss(x, y), x) == 0                                                         | proved
            """)
    void gradients(String claim, String verdict) {
        assertThat(judged(DECLARED, claim).verdict().word()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            F.binary_cross_entropy(sigmoid(x), t) == F.binary_cross_entropy_with_logits(x, t)         | proved
            F.kl_div(log_softmax(x, axis=1), q, reduction='batchmean') == F.cross_entropy(x, q) + sum(q * log(q)) / N | proved
            hinge_loss(u, s) == mean(relu(1 - s*u))                                                   | proved
            F.multi_margin_loss([1/10, 2/10, 4/10, 8/10], 3) == 13/40                                 | proved
            zero_one_loss([[1, 2], [3, 1]], [1, 1]) == 1/2                                            | proved
            zero_one_loss([1, 0, 2], [1, 1, 2]) == 1/3                                                | proved
            F.kl_div([0, 1], [0, 1], reduction='sum') == -1                                           | proved
            crit(x, y) == F.cross_entropy(x, y, weight=w, reduction='sum')                            | proved
            nn.MSELoss()(x, t) == mean((x - t)**2)                                                    | proved
            nn.HuberLoss('sum', 2)(x, t) == F.huber_loss(x, t, reduction='sum', delta=2)              | proved
            nn.MSELoss()(x, t) == sum((x - t)**2) under loss = sum                                    | proved
            grad(mse(x, t), x) == x - t under loss = half                                             | proved
            F.mse_loss(x, t, reduction='mean') == mean((x - t)**2) under loss = half                  | proved
            not differentiable(zero_one_loss(x, y), x)                                                | proved
            not differentiable(sign(u[0]), u)                                                         | proved
            differentiable(F.cross_entropy(x, q), x)                                                  | proved
            differentiable(detach(sign(u[0])), u)                                                     | undecided
            differentiable(relu(u[0]), u)                                                             | undecided
            """)
    void identities(String claim, String verdict) {
        assertThat(judged(DECLARED, claim).verdict().word()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            F.cross_entropy([1, 2, 3], 3) == 0             | class indices are integers from 0 to 2; entry 0 of the target is 3
            F.cross_entropy([[1, 2, 3]], [1/2]) == 0       | class indices are integers from 0 to 2; entry 0 of the target is 1/2
            F.cross_entropy(x, u) == 0                     | class indices are integers; declare u : N[N]
            F.cross_entropy(zeros(0, 3), zeros(0)) == 0    | a loss is of at least one entry; the batch is empty
            F.cross_entropy([[1, 2, 3]], [1, 2]) == 0      | the target has a class for each example, [1], or probabilities, [1, 3]
            F.mse_loss(x, t, reduction='avg') == 0         | reduction is one of
            nn.MSELoss() == 1                              | MSELoss is not a number; call it
            crit(x) == 1                                   | target is missing
            nn.MSELoss(1, 2)(x, t) == 1                    | the function is MSELoss(reduction='mean'); got 2 arguments
            """)
    void refused(String claim, String why) {
        assertThat(judged(DECLARED, claim)).satisfies(it -> {
            assertThat(it.verdict()).isEqualTo(Verdict.ILL_FORMED);
            assertThat(it.evidence().detail()).contains(why);
        });
    }

    /** The factor that a reduction makes is named when a claim is wrong by it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grad(mse(x, t), x) == x - t       | loss=half
            grad(mse(x, t), x) == 2 * (x - t) | loss=sum
            """)
    void conventionFound(String claim, String convention) {
        assertThat(judged(DECLARED, claim).evidence().detail()).contains("right under " + convention);
    }
}
