package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** Rewritten models compute what the models computed that they were made of. */
class RewritesTest {
    private static final Expr EPS = Constant.of(Rational.of(1, 10));

    private static Sequential net(Model... layers) {
        return new Sequential("", List.of(layers)).named("net");
    }

    private static ConvLayer conv(int in, int out, int rank, int kernel, int stride, int groups, boolean bias) {
        return new ConvLayer("", Size.of(in), Size.of(out), Collections.nCopies(rank,
                new Sliding(Size.of(kernel), stride, Size.ONE, Size.ZERO, 1)), Padding.ZERO, Size.of(groups), bias);
    }

    private static LinearLayer linear(int in, int out, boolean bias) {
        return new LinearLayer("", Size.of(in), Size.of(out), bias);
    }

    private static BatchNorm norm(int rank, int features, boolean affine) {
        return new BatchNorm("", rank, Size.of(features), EPS, Optional.of(EPS), affine, true);
    }

    private static Shape shape(Integer... sizes) {
        return Shape.of(List.of(sizes).stream().map(Size::of).toList());
    }

    private static void assertSame(Model before, Model after, Shape input, long seed) {
        Variable x = Variable.of("x", input);
        Model named = after.named("after");
        Numerically.assertSame(before + "\n" + after, before.apply(x, Mode.EVALUATION),
                named.apply(x, Mode.EVALUATION), seed);
    }

    @Property(tries = 40)
    void batchNormalisationIsFolded(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        int rank = 1 + random.nextInt(2);
        int groups = 1 + random.nextInt(2);
        int in = groups * (1 + random.nextInt(2));
        int out = groups * (1 + random.nextInt(2));
        ConvLayer first = conv(in, out, rank, 2, 1 + random.nextInt(2), groups, random.nextBoolean());
        ConvLayer second = conv(out, 2, rank, 1, 1, 1, random.nextBoolean());
        Sequential net = net(first, norm(rank, out, random.nextBoolean()), ActivationKind.RELU.layer(),
                new Sequential("", List.of(second, norm(rank, 2, random.nextBoolean()))), norm(rank, 2, true));
        Model folded = Rewrites.foldBatchNorm(net);
        assertThat(folded.children()).hasSize(3).extracting(Model::kind).doesNotContain("BatchNorm" + rank + "d");
        assertSame(net, folded, shape(2, in).concat(Shape.of(Collections.nCopies(rank, Size.of(3)))), seed);
    }

    @Property(tries = 20)
    void batchNormalisationIsFoldedIntoLinearLayers(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        Sequential net = net(linear(3, 2, random.nextBoolean()), norm(1, 2, random.nextBoolean()),
                ActivationKind.TANH.layer(), linear(2, 2, true));
        assertSame(net, Rewrites.foldBatchNorm(net), shape(4, 3), seed);
    }

    /** w = 2, b = 1, γ = 3, β = 7, μ = 5, σ² + ε = 4: w' = 2·3/2 = 3 and b' = (1 − 5)·3/2 + 7 = 1. */
    @Test
    void foldedNumbers() {
        Sequential net = net(linear(1, 1, true), norm(1, 1, true));
        GivenLayer folded = (GivenLayer) Rewrites.foldBatchNorm(net).children().get(0);
        Map<Variable, Expr> numbers = new LinkedHashMap<>();
        List<Rational> values = List.of(Rational.of(2), Rational.ONE, Rational.of(3), Rational.of(7), Rational.of(5),
                Rational.of(39, 10));
        for (int k = 0; k < values.size(); k++) {
            Variable variable = net.parameters().get(k).variable();
            numbers.put(variable, Constant.of(variable.shape(), List.of(values.get(k))));
        }
        Substitution at = Substitution.of(numbers);
        Numerically.assertSame("w'", at.apply(folded.value("weight").orElseThrow()),
                Constant.of(Shape.of(1, 1), List.of(Rational.of(3))), 1);
        Numerically.assertSame("b'", at.apply(folded.value("bias").orElseThrow()),
                Constant.of(Shape.of(1), List.of(Rational.ONE)), 1);
    }

    @Property(tries = 20)
    void linearLayersCollapse(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        List<Model> layers = new ArrayList<>();
        int width = 1 + random.nextInt(3);
        int in = width;
        for (int k = 0; k < 3; k++) {
            int next = 1 + random.nextInt(3);
            layers.add(linear(width, next, random.nextBoolean()));
            width = next;
        }
        layers.add(2, new Identity(""));
        layers.add(ActivationKind.RELU.layer());
        layers.add(linear(width, 2, true));
        Sequential net = net(layers.toArray(Model[]::new));
        Model collapsed = Rewrites.collapse(net);
        assertThat(collapsed.children()).extracting(Model::kind).containsExactly("Linear", "ReLU", "Linear");
        assertSame(net, collapsed, shape(2, in), seed);
    }

    /** On the native size the same, on larger images patch by patch: a layer before the flattening included. */
    @Property(tries = 10)
    void linearLayersAreConvolutions(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        ConvLayer first = new ConvLayer("", Size.of(2), Size.of(2), Collections.nCopies(2, Sliding.over(Size.of(2))),
                Padding.ZERO, Size.ONE, true);
        Sequential net = net(first, ActivationKind.RELU.layer(), new Flatten("", 1, -1),
                linear(2 * 2 * 3, 2, random.nextBoolean()), ActivationKind.RELU.layer(), linear(2, 3, true));
        Shape own = shape(2, 2, 3, 4);
        Model changed = Rewrites.fullyConvolutional(net, own).named("after");
        assertThat(Parameter.count(changed.parameters())).isEqualTo(Parameter.count(net.parameters()));
        Variable x = Variable.of("x", own);
        Numerically.assertSame("native", net.apply(x, Mode.EVALUATION),
                Reshape.of(changed.apply(x, Mode.EVALUATION), shape(2, 3)), seed);
        Variable large = Variable.of("x", shape(2, 2, 4, 6));
        Expr map = changed.apply(large, Mode.EVALUATION);
        assertThat(map.shape()).isEqualTo(shape(2, 3, 2, 3));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                Expr patch = Window.slice(Window.slice(large, 2, Size.of(i), 1, Size.of(3)), 3, Size.of(j), 1,
                        Size.of(4));
                Numerically.assertSame("patch " + i + ", " + j, net.apply(patch, Mode.EVALUATION),
                        Window.entry(Window.entry(map, 3, Size.of(j)), 2, Size.of(i)), seed);
            }
        }
    }

    @Test
    void oneExampleWithoutABatch() {
        Sequential net = net(new Flatten("", 0, -1), linear(6, 2, true));
        Model changed = Rewrites.fullyConvolutional(net, shape(2, 3)).named("after");
        Variable x = Variable.of("x", shape(2, 3));
        Numerically.assertSame("one axis", net.apply(x, Mode.EVALUATION),
                Reshape.of(changed.apply(x, Mode.EVALUATION), shape(2)), 1);
    }

    @Test
    void whatStaysKeepsItsName() {
        Sequential net = net(linear(2, 2, true), norm(1, 2, true), linear(2, 3, true));
        Sequential folded = ((Sequential) Rewrites.foldBatchNorm(net)).named("folded");
        assertThat(folded.parameters()).extracting(p -> p.variable().name())
                .containsExactly("folded[0].weight", "folded[0].bias", "net[2].weight", "net[2].bias");
    }

    @Test
    void errorsSayWhatIsMissing() {
        Sequential plain = net(linear(2, 3, true), ActivationKind.RELU.layer(), linear(3, 3, true));
        assertThatThrownBy(() -> Rewrites.foldBatchNorm(plain)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("there is no batch normalisation with running statistics");
        assertThatThrownBy(() -> Rewrites.collapse(plain)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("there are no two linear layers");
        assertThatThrownBy(() -> Rewrites.fullyConvolutional(plain, shape(5, 2))).isInstanceOf(ShapeError.class)
                .hasMessageContaining("no linear layer follows a flattened image");
        Sequential softmax = net(new Flatten("", 1, -1), linear(4, 3, true), new Softmax("", 1, false));
        assertThatThrownBy(() -> Rewrites.fullyConvolutional(softmax, shape(1, 1, 2, 2)))
                .isInstanceOf(ShapeError.class).hasMessageContaining("net[2]", "only linear layers");
        BatchNorm ofBatch = new BatchNorm("", 1, Size.of(3), EPS, Optional.empty(), true, false);
        assertThatThrownBy(() -> Rewrites.foldBatchNorm(net(linear(2, 3, true), ofBatch)))
                .isInstanceOf(ShapeError.class);
    }
}
