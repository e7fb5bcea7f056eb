package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.adjoint.check.expr.SelfCheck;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.nn.ActivationKind;
import org.adjoint.nn.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layer and every loss, first and second order, by its input and by all its parameters, against differences: what the
 * engine derives from the graph that PyTorch's call builds.
 */
class LayerGradientsTest {

    /** Layers, with the sizes of the inputs that they are checked at; a bar separates what is given besides. */
    private static final String LAYERS = """
            Linear(3, 2)                                                    [3]
            Linear(3, 2)                                                    [2, 3]
            Linear(2, 3, bias=False)                                        [2, 2, 2]
            Conv1d(2, 2, 3, stride=2, padding=1)                            [2, 2, 5]
            Conv1d(2, 2, 2, groups=2, dilation=2, bias=False)               [1, 2, 4]
            Conv1d(1, 1, 3, padding=1, padding_mode='circular')             [1, 1, 4]
            Conv1d(1, 1, 3, padding=1, padding_mode='reflect')              [1, 1, 4]
            Conv1d(1, 1, 3, padding=1, padding_mode='replicate')            [1, 1, 4]
            Conv2d(1, 2, (2, 3), stride=(1, 2), padding=(0, 1))             [1, 1, 3, 4]
            Conv3d(1, 1, (1, 2, 2), bias=False)                             [1, 1, 2, 3, 3]
            ConvTranspose1d(2, 1, 3, stride=2, padding=1, output_padding=1) [1, 2, 3]
            ConvTranspose2d(1, 1, 2, stride=2)                              [1, 1, 2, 2]
            ConvTranspose3d(1, 1, (1, 2, 2), bias=False)                    [1, 1, 2, 2, 2]
            BatchNorm1d(2)                                                  [3, 2]
            BatchNorm2d(2, affine=False)                                    [2, 2, 2, 1]
            BatchNorm3d(1)                                                  [2, 1, 1, 2, 2]
            InstanceNorm1d(2, affine=True)                                  [1, 2, 4]
            InstanceNorm2d(1)                                               [2, 1, 2, 2]
            InstanceNorm3d(1)                                               [1, 1, 2, 2, 2]
            LayerNorm(4)                                                    [2, 4]
            LayerNorm([2, 3])                                               [2, 2, 3]
            GroupNorm(2, 4)                                                 [2, 4, 2]
            MaxPool1d(2)                                                    [1, 2, 5]
            MaxPool2d(2, stride=1, padding=1)                               [1, 1, 3, 3]
            MaxPool3d(2, ceil_mode=True)                                    [1, 1, 2, 2, 3]
            AvgPool1d(3, stride=2, padding=1)                               [1, 2, 5]
            AvgPool2d(2, count_include_pad=False, padding=1)                [1, 1, 3, 3]
            AvgPool3d(2, divisor_override=3)                                [1, 1, 2, 2, 4]
            AdaptiveMaxPool1d(2)                                            [1, 2, 5]
            AdaptiveMaxPool2d((2, 1))                                       [1, 1, 3, 4]
            AdaptiveMaxPool3d(1)                                            [1, 1, 2, 2, 2]
            AdaptiveAvgPool1d(3)                                            [1, 1, 5]
            AdaptiveAvgPool2d(2)                                            [1, 1, 3, 4]
            AdaptiveAvgPool3d(1)                                            [1, 1, 2, 2, 2]
            Dropout(1/4)                                                    [2, 3]
            Dropout1d(1/2)                                                  [2, 2, 2]
            Dropout2d(1/2)                                                  [1, 2, 2, 2]
            Dropout3d(1/2)                                                  [1, 2, 1, 2, 2]
            PReLU()                                                         [2, 3]
            PReLU(3)                                                        [2, 3]
            Softmax(-1)                                                     [2, 3]
            LogSoftmax(0)                                                   [3, 2]
            Flatten()                                                       [2, 2, 2]
            Unflatten(1, [2, 2])                                            [2, 4]
            MultiheadAttention(4, 2, batch_first=True)                      [1, 2, 4]
            MultiheadAttention(2, 1, bias=False)                            [3, 1, 2]
            Identity()                                                      [2, 2]
            Sequential(Linear(2, 3), Tanh(), Linear(3, 1))                  [2, 2]
            Residual(Linear(2, 2))                                          [2, 2]
            """;

    private static Stream<String> rows() {
        var elementwise = Arrays.stream(ActivationKind.values()).filter(kind -> kind != ActivationKind.GELU_TANH)
                .map(kind -> kind.kind() + "("
                        + (kind.defaults().containsValue("")
                                ? String.join(", ", Collections.nCopies(kind.defaults().size(), "1/2"))
                                : "")
                        + ") [2, 3]");
        return Stream.concat(LAYERS.lines(), elementwise);
    }

    static Stream<String> layers() { return rows(); }

    @ParameterizedTest
    @MethodSource("layers")
    void layer(String row) {
        int at = row.lastIndexOf('[');
        var desk = Desk.of("X : R" + row.substring(at) + "\nnet = " + row.substring(0, at).strip());
        assertRight(row, desk.expr("net(X)"));
    }

    /** With running statistics in the place of those of the batch. */
    @Test
    void normalisationInEvaluation() {
        var desk = Desk.of("X : R[3, 2]\nnet = BatchNorm1d(2)");
        assertRight("evaluation", desk.expr("net(X, training=false)"));
    }

    @Test
    void embedding() {
        var desk = Desk.of("net = Embedding(4, 2)");
        assertRight("embedding", desk.expr("net([1, 3, 1])"));
    }

    private static final String LOSSES = """
            mse(x, y)
            mse(x, y, reduction='sum')
            l1_loss(x, y)
            smooth_l1_loss(x, y)
            smooth_l1_loss(x, y, beta=2)
            huber_loss(x, y, delta=1/2)
            hinge_loss(x, s)
            hinge_embedding_loss(x, s)
            soft_margin_loss(x, s)
            binary_cross_entropy(p, q)
            binary_cross_entropy_with_logits(x, q)
            binary_cross_entropy_with_logits(x, q, pos_weight=3)
            kl_div(x, p)
            kl_div(x, y, log_target=true)
            cross_entropy(x, [2, 0])
            cross_entropy(x, [2, 0], label_smoothing=1/5)
            cross_entropy(x, [2, 0], weight=[1, 2, 3], reduction='sum')
            nll_loss(x, [2, 0])
            multi_margin_loss(x, [2, 0])
            multi_margin_loss(x, [2, 0], p=2)
            """;

    static Stream<String> losses() { return LOSSES.lines(); }

    @ParameterizedTest
    @MethodSource("losses")
    void loss(String call) {
        var desk = Desk.of("x, y : R[2, 3]; p, q : R[2, 3] in(0, 1); s : R[2, 3] pm1");
        assertRight(call, desk.expr(call));
    }

    /** By all variables but masks and signs. */
    private static void assertRight(String what, Expr f) {
        List<Variable> by = new ArrayList<>(Walk.variables(f));
        by.removeIf(v -> v.facts().contains(Fact.Named.ZERO_ONE) || v.facts().contains(Fact.Named.PLUS_MINUS_ONE));
        SelfCheck.assertRight(what, f, by);
    }

    /** A new layer or loss without a row here is a failure; a loss that is constant in pieces has no derivative. */
    @Test
    void nothingIsLeftOut() {
        var kinds = new HashSet<String>();
        rows().forEach(row -> kinds.add(row.substring(0, row.indexOf('('))));
        assertThat(kinds)
                .containsAll(LayerConstructors.SIZED.stream().filter(kind -> !kind.equals("Embedding")).toList());
        assertThat(Model.class.getPermittedSubclasses().length).as("kinds of layers").isEqualTo(21);
        var losses = new HashSet<String>();
        LOSSES.lines().forEach(call -> losses.add(call.substring(0, call.indexOf('('))));
        assertThat(losses).containsAll(LossFunctions.CONSTRUCTORS.values().stream()
                .filter(loss -> !loss.equals("zero_one_loss")).toList());
    }
}
