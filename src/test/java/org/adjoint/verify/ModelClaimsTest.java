package org.adjoint.verify;

import static org.adjoint.verify.Verifying.claims;
import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims about models: counts and shapes at symbolic sizes, derivatives by parameters, conventions, what does not fit. */
class ModelClaimsTest {
    private static final String NET = """
            net = Sequential(Conv2d(3, 8, 3, stride=2, padding=1), BatchNorm2d(8), ReLU(), AvgPool2d(4), Flatten(), Linear(8, K))
            x : R[B, 3, 8, 8]
            layer = Linear(4, 2); u : R[4]
            conv = Conv1d(1, 1, 3, bias=False); s : R[1, 7]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            parameters(net) == 3*3*3*8 + 8 + 2*8 + 8*K + K              | proved
            parameters(net) == 3*3*3*8 + 2*8 + 8*K + K                  | refuted
            shape(net, [N, 3, 8, 8]) == [N, K]                          | proved
            shape(net(x)) == [B, K]                                     | proved
            shapes(net[:4], [N, 3, 8, 8]) == [[N, 8, 4, 4], [N, 8, 4, 4], [N, 8, 4, 4], [N, 8, 1, 1]] | proved
            shapes(net[:2], [N, 3, 8, 8]) == [[N, 8, 4, 4]]             | refuted
            shape(net, [N, 4, 8, 8]) == [N, K]                          | ill-formed
            ill_formed(shape(net, [N, 3, 6, 6]))                        | proved
            receptive_field(net[:4]) == 3 + 3*2 and effective_stride(net[:4]) == 2*4 | proved
            grad(sum(layer(u)), layer.weight)[i, j] == u[j] for i, j    | proved
            jacobian(layer(u), layer.bias) == eye(2)                    | proved
            deriv(conv(s)[0, t], conv.weight[0, 0, k]) == s[0, t + k] for t in 0..4, k in 0..2 | proved
            layer(u) == layer.bias with layer.weight = 0                | proved
            layer(u) == 2*layer.bias with layer.weight = 0              | refuted
            layer(u) == u[:2] with layer.weight = eye(4)[:2], layer.bias = 0 | proved
            layer(u) == 0 with layer.weight = ones((2, 3))              | ill-formed
            net[1](y, training=false) == y with net[1].running_mean = 0, net[1].running_var = 1 - net[1].eps, net[1].weight = 1, net[1].bias = 0 for all y : R[B, 8, 4, 4] | proved
            equivalent(layer, Linear(4, 2), u)                          | refuted
            equivalent(net[2:4], net[2:3], x)                           | refuted
            equivalent(layer, layer)                                    | ill-formed
            layer == layer                                              | ill-formed
            layer(x[b, c, i, :4])[k] == layer.bias[k] + sum(layer.weight[k, j] * x[b, c, i, j] for j in 0..3) for b, c, i, k | proved
            """)
    void judgements(String proposition, String verdict) {
        Claim claim = judged(NET, proposition);

        assertThat(claim.verdict().word()).as(claim.evidence().detail()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            parameters(Conv2d(C, F, K)) == K*K*C*F + F                  | proved
            shape(Conv2d(C, F, K, stride=S, padding=P), [B, C, H, W]) == [B, F, (H + 2*P - K)//S + 1, (W + 2*P - K)//S + 1] | proved
            shape(Conv2d(C, F, K, stride=S, padding=P), [B, C, H, W])[2] == floor((H + 2*P - K)/S + 1) | proved
            shape(Conv1d(C, F, K, dilation=D), [C, N]) == [F, N - D*(K - 1)] | proved
            shape(Conv1d(C, F, K, dilation=D), [C, N]) == [F, N - D*K + 1] | refuted
            shape(MaxPool2d(2), shape(Conv2d(C, F, 3, padding=1), [C, 2*n, 2*m])) == [F, n, m] | proved
            macs(Conv2d(C, F, K, padding=P), [1, C, H, W]) == C*K*K * F * (H + 2*P - K + 1) * (W + 2*P - K + 1) | proved
            receptive_field(Sequential(Conv1d(1, 1, K), MaxPool1d(2), Conv1d(1, 1, K))) == 3*K - 1 | proved
            divides(K, parameters(Linear(K, K)))                        | proved
            integer(parameters(Linear(K, F)) / (K + 1))                 | proved
            divides(2, parameters(Linear(K, K)))                        | proved
            divides(K, parameters(Linear(K, F)))                        | refuted
            """)
    void symbolsNeedNoDeclaration(String proposition, String verdict) {
        assertThat(judged("", proposition).verdict().word()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shape(Conv1d(1, 1, K, padding=P), [1, N]) == [1, N + 2*P - K + 1]    | proved
            shape(Conv1d(1, 1, K, padding=P), [1, N])[1] > N - K + 1             | refuted
            shape(Conv1d(1, 1, K, padding=Q), [1, N])[1] > N - K + 1             | proved
            """)
    void aDeclaredIntegerMayBeZero(String proposition, String verdict) {
        Claim claim = judged("K, N, Q : N positive; P : N", proposition);

        assertThat(claim.verdict().word()).isEqualTo(verdict);
        claim.evidence().counterexample().ifPresent(c -> assertThat(c.values()).containsEntry("P", "0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            operations(c, [1, 3, 9, 9]) == 8*16*27                      | right under ops=mac
            shape(c, [1, 3, 9, 9]) == [1, 8, 4, 4]                      | both are [1, 8, 4, 4]
            ill_formed(shape(c, [1, 3, 8, 8]))                          | right under division=exact
            conv1d(t, f)[0] == convolve(t[0], f[0, 0], 'valid')         | right under conv=flipped
            shape(CrossEntropyLoss()(z, y)) == [1]                      | right under scalar=[1]
            mse(z, y) == sum((z - y)**2)                                | right under loss=sum
            """)
    void theConventionThatMakesAClaimRightIsNamed(String proposition, String detail) {
        assertThat(judged("c = Conv2d(3, 8, 3, stride=2); t : R[1, 5]; f : R[1, 1, 2]; z, y : R[4]", proposition)
                .evidence().detail()).contains(detail);
    }

    @Test
    void inverseQuestionsHaveAllTheirSolutions() {
        Claim claim = judged("c(k, s, p) = Conv2d(3, 8, k, stride=s, padding=p)",
                "{(k, s, p) in 1..7, 1..4, 0..3 : shape(c(k, s, p), [1, 3, 32, 32]) == [1, 8, 16, 16] and "
                        + "parameters(c(k, s, p)) in 200..700} == {(3, 2, 1), (5, 2, 2)}");

        // 3·8·25 + 8 = 608 and 3·8·9 + 8 = 224; with kernel 4 it is 3·8·16 + 8 = 392
        assertThat(claim.evidence().detail()).isEqualTo("left is {(3, 2, 1), (4, 2, 1), (5, 2, 2)}, right is "
                + "{(3, 2, 1), (5, 2, 2)}");
    }

    @Test
    void theRootOfWhatDoesNotFitIsNamed() {
        var all = claims("""
                net = Sequential(Linear(4, 3), ReLU(), Linear(4, 2)); u : R[4]
                y = net(u)
                claim a: sum(y) == 0
                claim b: parameters(net) == 25
                """);

        assertThat(all.get(0).verdict()).isEqualTo(Verdict.ILL_FORMED);
        assertThat(all.get(0).evidence().detail()).contains("the definition of y at test.md:4:5 is ill-formed: net(u): "
                + "net[2] = Linear(in_features=4, out_features=2, bias=True): the last axis of the input has in_features "
                + "entries; the input is [3]");
        assertThat(all.get(1).verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void hypothesesOnIndicesAreTriedOneByOne() {
        assertThat(judged("", "(w - f)//s == (w - f)/s for w in 1..9, f in 1..3, s in 1..3 given divides(s, w - f)")
                .verdict()).isEqualTo(Verdict.PROVED);
        assertThat(judged("", "(w - f)//s == (w - f)/s for w in 1..9, f in 1..3, s in 1..3 given w > f")
                .verdict()).isEqualTo(Verdict.REFUTED);
    }
}
