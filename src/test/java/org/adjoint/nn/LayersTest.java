package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Values;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers against loops, and their gradients against differences. */
class LayersTest {
    /** {@code Conv1d} to {@code Conv3d} and their transposes: every product of the sum, once. */
    @Property(tries = 150)
    void convolutions(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        int rank = 1 + random.nextInt(3);
        int groups = 1 + random.nextInt(2);
        int in = groups * (1 + random.nextInt(2));
        int out = groups * (1 + random.nextInt(2));
        boolean bias = random.nextBoolean();
        boolean transposed = random.nextBoolean();
        List<Sliding> axes = new ArrayList<>();
        int[] input = new int[2 + rank];
        int[] output = new int[2 + rank];
        input[0] = output[0] = 1 + random.nextInt(2);
        input[1] = transposed ? out : in;
        output[1] = transposed ? in : out;
        for (int a = 0; a < rank; a++) {
            int k = 1 + random.nextInt(3);
            int d = 1 + random.nextInt(2);
            int p = random.nextInt(d * (k - 1) / 2 + 1);
            int s = 1 + random.nextInt(3);
            int places = 1 + random.nextInt(3);
            int n = (places - 1) * s + d * (k - 1) + 1 - 2 * p + random.nextInt(s);
            places = (n + 2 * p - d * (k - 1) - 1) / s + 1;
            axes.add(new Sliding(Size.of(k), s, Size.of(p), Size.of(p), d));
            input[2 + a] = transposed ? places : n;
            output[2 + a] = transposed ? n : places;
        }
        List<Integer> extra = new ArrayList<>();
        for (int a = 0; a < rank; a++) {
            extra.add(transposed ? output[2 + a] - (int) axes.get(a).covered(Size.of(input[2 + a]), 0).value() : 0);
        }
        Model layer = transposed
                ? new ConvTransposeLayer("", Size.of(out), Size.of(in), axes, extra, Size.of(groups), bias)
                : new ConvLayer("", Size.of(in), Size.of(out), axes, Padding.ZERO, Size.of(groups), bias);
        LayerRun.check(layer, Mode.TRAINING, random, Array.random(random, input), (x, given) -> {
            Array y = Array.of(output, at -> bias ? given.get("bias").get(at[1]) : 0);
            Array w = given.get("weight");
            int[] wide = transposed ? output : input;
            int[] narrow = transposed ? input : output;
            for (int k = 0; k < w.data().length; k++) {
                int[] kernel = w.index(k);
                for (int code = 0; code < Array.zero(narrow).data().length; code++) {
                    int[] place = new Array(narrow, new double[0]).index(code);
                    if (place[1] != kernel[0]) {
                        continue;
                    }
                    int[] far = place.clone();
                    far[1] = place[1] / (out / groups) * (in / groups) + kernel[1];
                    for (int a = 0; a < rank; a++) {
                        Sliding s = axes.get(a);
                        far[2 + a] = place[2 + a] * s.step() + kernel[2 + a] * s.gap() - (int) s.before().value();
                    }
                    if (Array.zero(wide).has(far)) {
                        int from = position(transposed ? place : far, x.shape());
                        int to = position(transposed ? far : place, y.shape());
                        y.data()[to] += w.data()[k] * x.data()[from];
                    }
                }
            }
            return y;
        });
    }

    private static int position(int[] index, int[] shape) {
        int at = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            at = at * shape[axis] + index[axis];
        }
        return at;
    }

    @Test
    void linear() {
        Random random = new Random(3);
        for (int[] shape : new int[][] {{4}, {3, 4}, {2, 3, 4}}) {
            LayerRun.check(new LinearLayer("", Size.of(4), Size.of(5), shape.length > 1), Mode.TRAINING, random,
                    Array.random(random, shape), (x, given) -> {
                        int[] output = shape.clone();
                        output[shape.length - 1] = 5;
                        return Array.of(output, at -> {
                            double sum = shape.length > 1 ? given.get("bias").get(at[at.length - 1]) : 0;
                            for (int i = 0; i < 4; i++) {
                                int[] from = at.clone();
                                from[at.length - 1] = i;
                                sum += x.get(from) * given.get("weight").get(at[at.length - 1], i);
                            }
                            return sum;
                        });
                    });
        }
    }

    /** The formulas of PyTorch's documentation, in doubles. */
    private static DoubleUnaryOperator formula(ActivationKind kind) {
        return switch (kind) {
            case RELU -> x -> Math.max(0, x);
            case LEAKY_RELU -> x -> Math.max(0, x) + 0.01 * Math.min(0, x);
            case ELU -> x -> x > 0 ? x : Math.exp(x) - 1;
            case SELU -> x -> 1.0507009873554805
                    * (Math.max(0, x) + Math.min(0, 1.6732632423543772 * (Math.exp(x) - 1)));
            case CELU -> x -> Math.max(0, x) + Math.min(0, Math.exp(x) - 1);
            case RELU6 -> x -> Math.min(Math.max(0, x), 6);
            case HARDTANH -> x -> Math.min(Math.max(-1, x), 1);
            case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
            case LOG_SIGMOID -> x -> -Math.log1p(Math.exp(-x));
            case HARDSIGMOID -> x -> x <= -3 ? 0 : x >= 3 ? 1 : x / 6 + 0.5;
            case HARDSWISH -> x -> x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
            case TANH -> Math::tanh;
            case TANHSHRINK -> x -> x - Math.tanh(x);
            case SOFTPLUS -> x -> Math.log1p(Math.exp(x));
            case SOFTSIGN -> x -> x / (1 + Math.abs(x));
            case SILU -> x -> x / (1 + Math.exp(-x));
            case MISH -> x -> x * Math.tanh(Math.log1p(Math.exp(x)));
            // The distribution function of the normal distribution by Simpson's rule.
            case GELU -> x -> x * (0.5 + normal(x));
            case GELU_TANH -> x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case HARDSHRINK -> x -> Math.abs(x) > 0.5 ? x : 0;
            case SOFTSHRINK -> x -> x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0;
            case THRESHOLD -> x -> x > 0.25 ? x : 20;
        };
    }

    private static double normal(double x) {
        int steps = 2000;
        double sum = 0;
        for (int k = 0; k <= steps; k++) {
            double t = x * k / steps;
            sum += (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2) * Math.exp(-t * t / 2);
        }
        return sum * x / steps / 3 / Math.sqrt(2 * Math.PI);
    }

    @ParameterizedTest
    @EnumSource
    void activations(ActivationKind kind) {
        Random random = new Random(7);
        Array x = Array.of(new int[] {9, 5}, index -> 3 * random.nextGaussian());
        Activation layer = kind == ActivationKind.THRESHOLD
                ? new Activation("", kind, List.of(Constant.of(Rational.of(1, 4)), Constant.of(20)))
                : kind.layer();
        LayerRun.check(layer, Mode.TRAINING, random, x,
                (in, given) -> Array.of(in.shape(), at -> formula(kind).applyAsDouble(in.get(at))));
    }

    @Test
    void argumentsOfActivations() {
        Random random = new Random(8);
        Expr two = Constant.TWO;
        Map<Activation, DoubleUnaryOperator> formulas = Map.of(
                new Activation("", ActivationKind.CELU, List.of(two)),
                x -> Math.max(0, x) + Math.min(0, 2 * (Math.exp(x / 2) - 1)),
                new Activation("", ActivationKind.ELU, List.of(two)), x -> x > 0 ? x : 2 * (Math.exp(x) - 1),
                new Activation("", ActivationKind.SOFTPLUS, List.of(two, Constant.of(20))),
                x -> Math.log1p(Math.exp(2 * x)) / 2,
                new Activation("", ActivationKind.HARDTANH, List.of(Constant.of(-2), Constant.HALF)),
                x -> Math.min(Math.max(-2, x), 0.5));
        formulas.forEach((layer, formula) -> LayerRun.check(layer, Mode.TRAINING, random, Array.random(random, 30),
                (in, given) -> Array.of(in.shape(), at -> formula.applyAsDouble(in.get(at)))));
    }

    @Test
    void namesOfActivations() {
        assertThat(ActivationKind.LEAKY_RELU.layer()).hasToString("LeakyReLU(negative_slope=0.01)");
        assertThat(ActivationKind.HARDTANH.layer()).hasToString("Hardtanh(min_val=-1.0, max_val=1.0)");
        assertThat(ActivationKind.GELU_TANH.layer()).hasToString("GELU(approximate='tanh')");
        assertThat(new Activation("", ActivationKind.ELU, List.of(Constant.of(Rational.of(1, 100_000)))))
                .hasToString("ELU(alpha=1e-05)");
    }

    @Test
    void slopesPerChannel() {
        Random random = new Random(9);
        for (int slopes : new int[] {1, 3}) {
            LayerRun.check(new PReLU("", Size.of(slopes)), Mode.TRAINING, random, Array.random(random, 2, 3, 4),
                    (x, given) -> Array.of(x.shape(), at -> x.get(at) > 0 ? x.get(at)
                            : given.get("weight").get(slopes == 1 ? 0 : at[1]) * x.get(at)));
        }
    }

    @Test
    void softmax() {
        Random random = new Random(10);
        for (int dim = -3; dim < 3; dim++) {
            int axis = Math.floorMod(dim, 3);
            for (boolean log : new boolean[] {true, false}) {
                LayerRun.check(new Softmax("", dim, log), Mode.TRAINING, random, Array.random(random, 2, 3, 4),
                        (x, given) -> Array.of(x.shape(), at -> {
                            double sum = 0;
                            for (int k = 0; k < x.shape()[axis]; k++) {
                                int[] other = at.clone();
                                other[axis] = k;
                                sum += Math.exp(x.get(other));
                            }
                            return log ? x.get(at) - Math.log(sum) : Math.exp(x.get(at)) / sum;
                        }));
            }
        }
    }

    @Test
    void dropoutByItsMask() {
        Random random = new Random(11);
        Dropout dropout = new Dropout("net[3]", 0, Constant.of(Rational.of(1, 4)));
        LayerRun.check(dropout, Mode.TRAINING, random, Array.random(random, 3, 5), (x, given) -> Array.of(x.shape(),
                at -> x.get(at) * given.get("net[3].mask").get(at) / 0.75));
        LayerRun.check(new Dropout("", 2, Constant.HALF), Mode.TRAINING, random, Array.random(random, 2, 3, 2, 2),
                (x, given) -> Array.of(x.shape(), at -> x.get(at) * given.get("mask").get(at[0], at[1], 0, 0) * 2));
        Variable x = Variable.of("x", Shape.of(3));
        assertThat(dropout.apply(x, Mode.EVALUATION)).isSameAs(x);
        assertThat(dropout).hasToString("Dropout(p=0.25, inplace=False)");
        assertThatThrownBy(() -> new Dropout("", 0, Constant.TWO)).hasMessage(
                "p is a probability, between 0 and 1; got 2.0");
    }

    @Test
    void layout() {
        Random random = new Random(12);
        Array x = Array.random(random, 2, 6, 2, 3);
        LayerRun.check(new Flatten("", 1, -1), Mode.TRAINING, random, x,
                (in, given) -> new Array(new int[] {2, 36}, in.data()));
        LayerRun.check(new Flatten("", 0, 1), Mode.TRAINING, random, x,
                (in, given) -> new Array(new int[] {12, 2, 3}, in.data()));
        LayerRun.check(new Unflatten("", 1, Shape.of(2, -1)), Mode.TRAINING, random, x,
                (in, given) -> new Array(new int[] {2, 2, 3, 2, 3}, in.data()));
        assertThat(new Flatten("", 1, -1).output(Shape.of("B", "C", "H", "W"))).hasToString("[B, C*H*W]");
        assertThatThrownBy(() -> new Flatten("f", 1, -1).output(Shape.of(3))).hasMessage(
                "f = Flatten(start_dim=1, end_dim=-1): start_dim and end_dim are axes of the input, in this order; the"
                        + " input is [3]");
        assertThatThrownBy(() -> new Unflatten("", -1, Shape.of(2, -1)).output(Shape.of(3)))
                .hasMessageContaining("the product of unflattened_size is the size of the axis");
    }

    @Test
    void rowsOfATable() {
        Random random = new Random(13);
        Embedding embedding = new Embedding("", Size.of(5), Size.of(3), OptionalInt.empty());
        Array table = Array.random(random, 5, 3);
        Expr indices = Constant.of(Shape.of(2, 2),
                List.of(Rational.of(4), Rational.ZERO, Rational.ONE, Rational.of(4)));
        Expr rows = embedding.apply(indices, Mode.TRAINING);
        Variable weight = embedding.parameters().get(0).variable();
        double[] chosen = Plan.compile(List.of(rows), Sizes.NONE)
                .evaluate(Values.NONE.with(weight, table.tensor())).get(0).toArray();
        int[] numbers = {4, 0, 1, 4};
        assertThat(chosen).isEqualTo(Array.of(new int[] {2, 2, 3}, at -> table.get(numbers[2 * at[0] + at[1]], at[2]))
                .data());
        for (String wrong : List.of("5", "-1", "1/2")) {
            assertThatThrownBy(() -> embedding.named("net[0]").apply(Constant.of(Rational.parse(wrong)), Mode.TRAINING))
                    .isInstanceOf(ShapeError.class).hasMessage("net[0] = Embedding(5, 3): a class index is an integer"
                            + " from 0 to 4, got " + wrong);
        }
        Expr padded = new Embedding("", Size.of(5), Size.of(3), OptionalInt.of(4)).apply(indices, Mode.TRAINING);
        Expr gradient = org.adjoint.diff.ReverseSweep.of(padded.sum(), Constant.ONE, List.of(weight)).cotangent(weight);
        double[] slopes = Plan.compile(List.of(gradient), Sizes.NONE)
                .evaluate(Values.NONE.with(weight, table.tensor())).get(0).toArray();
        assertThat(slopes).isEqualTo(new double[] {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    }

    /** One head after the other, with sums written out. */
    @Test
    void attention() {
        Random random = new Random(14);
        for (int heads : new int[] {1, 2, 4}) {
            for (boolean batchFirst : new boolean[] {true, false}) {
                Attention layer = new Attention("", Size.of(4), Size.of(heads), heads > 1, Size.of(4), Size.of(4),
                        batchFirst);
                LayerRun.check(layer, Mode.TRAINING, random, Array.random(random, 2, 3, 4),
                        (x, given) -> attended(x, given, heads, batchFirst));
            }
        }
        Attention cross = new Attention("", Size.of(4), Size.of(2), true, Size.of(3), Size.of(5), true);
        assertThat(cross.parameters()).extracting(p -> p.name() + " " + p.variable().shape()).containsExactly(
                "q_proj_weight [4, 4]", "k_proj_weight [4, 3]", "v_proj_weight [4, 5]", "in_proj_bias [12]",
                "out_proj.weight [4, 4]", "out_proj.bias [4]");
        assertThat(cross.apply(Variable.of("q", Shape.of(2, 6, 4)), Variable.of("k", Shape.of(2, 7, 3)),
                Variable.of("v", Shape.of(2, 7, 5)), Optional.of(Variable.of("mask", Shape.of(6, 7)))).shape())
                .isEqualTo(Shape.of(2, 6, 4));
        assertThatThrownBy(() -> cross.output(Shape.of(2, 6, 4), Shape.of(2, 7, 3), Shape.of(2, 8, 5)))
                .hasMessageContaining("there is a value for each key");
        assertThatThrownBy(() -> new Attention("", Size.of(4), Size.of(3), true, Size.of(4), Size.of(4), true))
                .hasMessage("embed_dim is a multiple of num_heads; got 4 and 3");
    }

    private static Array attended(Array x, LayerRun.Given given, int heads, boolean batchFirst) {
        int batch = batchFirst ? 0 : 1;
        int each = 4 / heads;
        Array[] projected = new Array[3];
        for (int part = 0; part < 3; part++) {
            int shift = 4 * part;
            projected[part] = Array.of(x.shape(), at -> {
                double sum = given.has("in_proj_bias") ? given.get("in_proj_bias").get(shift + at[2]) : 0;
                for (int i = 0; i < 4; i++) {
                    sum += given.get("in_proj_weight").get(shift + at[2], i) * x.get(at[0], at[1], i);
                }
                return sum;
            });
        }
        Array joined = Array.of(x.shape(), at -> {
            int head = at[2] / each;
            double total = 0;
            double weighted = 0;
            for (int place = 0; place < x.shape()[1 - batch]; place++) {
                int[] other = at.clone();
                other[1 - batch] = place;
                double score = 0;
                for (int i = head * each; i < (head + 1) * each; i++) {
                    score += projected[0].get(at[0], at[1], i) * projected[1].get(other[0], other[1], i);
                }
                double weight = Math.exp(score / Math.sqrt(each));
                total += weight;
                weighted += weight * projected[2].get(other);
            }
            return weighted / total;
        });
        return Array.of(x.shape(), at -> {
            double sum = given.has("out_proj.bias") ? given.get("out_proj.bias").get(at[2]) : 0;
            for (int i = 0; i < 4; i++) {
                sum += given.get("out_proj.weight").get(at[2], i) * joined.get(at[0], at[1], i);
            }
            return sum;
        });
    }

    @Test
    void residualBlocks() {
        Random random = new Random(15);
        Model body = new LinearLayer("", Size.of(3), Size.of(3), false);
        Residual block = new Residual("", body, new Identity("")).named("block");
        LayerRun.check(block, Mode.TRAINING, random, Array.random(random, 2, 3), (x, given) -> Array.of(x.shape(),
                at -> x.get(at) + x.get(at[0], 0) * given.get("block.body.weight").get(at[1], 0)
                        + x.get(at[0], 1) * given.get("block.body.weight").get(at[1], 1)
                        + x.get(at[0], 2) * given.get("block.body.weight").get(at[1], 2)));
        ConvLayer conv = new ConvLayer("", Size.of(2), Size.of(2),
                List.of(new Sliding(Size.of(3), 1, Size.ONE, Size.ONE,
                        1)),
                Padding.ZERO, Size.ONE, true);
        assertThat(new Residual("", new Sequential("", List.of(conv, conv)), new Identity("")).fields(List.of()))
                .contains(List.of(new Field(Size.of(5), Size.ONE, Size.of(-2))));
        Residual wrong = new Residual("net[2]", new LinearLayer("", Size.of(3), Size.of(4), true), new Identity(""));
        assertThatThrownBy(() -> wrong.output(Shape.of(2, 3)))
                .hasMessage("net[2] = Residual: body and shortcut have the"
                        + " same output; the body gives [2, 4], and the shortcut [2, 3]; the input is [2, 3]");
    }
}
