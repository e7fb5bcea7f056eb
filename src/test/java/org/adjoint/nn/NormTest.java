package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Normalisations against loops that collect the entries which are normalised together. */
class NormTest {
    private static final Expr EPS = Constant.of(Rational.of(1, 100_000));
    private static final Expr TENTH = Constant.of(Rational.of(1, 10));

    private static BatchNorm batchNorm(int rank, long features, boolean affine, boolean tracks) {
        return new BatchNorm("", rank, Size.of(features), EPS, Optional.of(TENTH), affine, tracks);
    }

    private static InstanceNorm instanceNorm(int rank, long features, boolean affine, boolean tracks) {
        return new InstanceNorm("", rank, Size.of(features), EPS, TENTH, affine, tracks);
    }

    /** Which entry is normalised with which. */
    private interface Together {
        boolean with(int[] a, int[] b);
    }

    private static double normalised(Array x, int[] at, Together together) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < x.data().length; k++) {
                if (together.with(at, x.index(k))) {
                    sum += pass == 0 ? x.data()[k] : 0;
                    count += pass == 0 ? 1 : 0;
                    double off = x.data()[k] - sum / count;
                    squares += pass == 0 ? 0 : off * off;
                }
            }
        }
        return (x.get(at) - sum / count) / Math.sqrt(squares / count + 1e-5);
    }

    private static Array normalised(Array x, Together together, LayerRun.Given given, int channel, boolean affine) {
        return Array.of(x.shape(), at -> {
            double y = normalised(x, at, together);
            return affine ? y * given.get("weight").get(at[channel]) + given.get("bias").get(at[channel]) : y;
        });
    }

    private static Array running(Array x, LayerRun.Given given, int channel, boolean affine) {
        return Array.of(x.shape(), at -> {
            int c = at[channel];
            double y = (x.get(at) - given.get("running_mean").get(c))
                    / Math.sqrt(given.get("running_var").get(c) + 1e-5);
            return affine ? y * given.get("weight").get(c) + given.get("bias").get(c) : y;
        });
    }

    private static final List<int[]> BATCHES = List.of(new int[] {5, 3}, new int[] {4, 3, 2}, new int[] {2, 3, 2, 4},
            new int[] {2, 3, 2, 1, 3});

    @Test
    void batchNormalisation() {
        Random random = new Random(11);
        for (int[] shape : BATCHES) {
            int rank = Math.max(1, shape.length - 2);
            for (boolean affine : new boolean[] {true, false}) {
                Array x = Array.random(random, shape);
                for (boolean tracks : new boolean[] {true, false}) {
                    LayerRun.check(batchNorm(rank, 3, affine, tracks), Mode.TRAINING, random, x,
                            (in, given) -> normalised(in, (a, b) -> a[1] == b[1], given, 1, affine));
                }
                LayerRun.check(batchNorm(rank, 3, affine, true), Mode.EVALUATION, random, x,
                        (in, given) -> running(in, given, 1, affine));
                LayerRun.check(batchNorm(rank, 3, affine, false), Mode.EVALUATION, random, x,
                        (in, given) -> normalised(in, (a, b) -> a[1] == b[1], given, 1, affine));
            }
        }
    }

    @Test
    void instanceNormalisation() {
        Random random = new Random(12);
        for (int[] shape : BATCHES.subList(1, 4)) {
            int rank = shape.length - 2;
            Array x = Array.random(random, shape);
            LayerRun.check(instanceNorm(rank, 3, true, false), Mode.EVALUATION, random, x,
                    (in, given) -> normalised(in, (a, b) -> a[0] == b[0] && a[1] == b[1], given, 1, true));
            LayerRun.check(instanceNorm(rank, 3, false, true), Mode.TRAINING, random, x,
                    (in, given) -> normalised(in, (a, b) -> a[0] == b[0] && a[1] == b[1], given, 1, false));
            LayerRun.check(instanceNorm(rank, 3, true, true), Mode.EVALUATION, random, x,
                    (in, given) -> running(in, given, 1, true));
        }
    }

    @Test
    void groupNormalisation() {
        Random random = new Random(13);
        for (int groups : new int[] {1, 2, 3, 6}) {
            for (int[] shape : new int[][] {{2, 6}, {2, 6, 3}, {2, 6, 2, 2}}) {
                GroupNorm norm = new GroupNorm("", Size.of(groups), Size.of(6), EPS, groups != 3);
                int each = 6 / groups;
                LayerRun.check(norm, Mode.TRAINING, random, Array.random(random, shape),
                        (in, given) -> normalised(in, (a, b) -> a[0] == b[0] && a[1] / each == b[1] / each, given, 1,
                                groups != 3));
            }
        }
    }

    @Test
    void layerNormalisation() {
        Random random = new Random(14);
        for (int axes = 1; axes <= 3; axes++) {
            Shape shape = Shape.of(2, 3, 4).slice(3 - axes, 3);
            int first = 4 - axes;
            for (int parameters = 0; parameters <= 2; parameters++) {
                int given = parameters;
                LayerNorm norm = new LayerNorm("", shape, EPS, given > 0, given > 1);
                assertThat(norm.parameters()).hasSize(given);
                LayerRun.check(norm, Mode.EVALUATION, random, Array.random(random, 2, 2, 3, 4), (in, values) -> Array
                        .of(in.shape(), at -> {
                            Predicate<int[]> same = b -> {
                                for (int k = 0; k < first; k++) {
                                    if (at[k] != b[k]) {
                                        return false;
                                    }
                                }
                                return true;
                            };
                            int[] own = java.util.Arrays.copyOfRange(at, first, 4);
                            double y = normalised(in, at, (a, b) -> same.test(b));
                            y = given > 0 ? y * values.get("weight").get(own) : y;
                            return given > 1 ? y + values.get("bias").get(own) : y;
                        }));
            }
        }
    }

    /** Batches of integers, so that the statistics are exact: running mean and variance after one and two steps. */
    @Test
    void runningStatisticsAreExact() {
        Variable x = Variable.of("x", Shape.of(4, 1));
        BatchNorm norm = batchNorm(1, 1, true, true).named("bn");
        Map<Variable, Expr> updates = norm.updates(x, Mode.TRAINING);
        assertThat(updates.keySet()).extracting(Variable::name).containsExactly("bn.running_mean", "bn.running_var");
        Map<Variable, NumberTensor<Radical>> values = new HashMap<>();
        values.put(x, numbers(new int[] {4, 1}, 1, 2, 3, 6));
        updates.keySet().forEach(v -> values.put(v, numbers(new int[] {1}, v.name().endsWith("var") ? 1 : 0)));
        // Mean 3, unbiased variance (4 + 1 + 0 + 9)/3.
        assertThat(exact(updates, "bn.running_mean", values)).isEqualTo(Rational.of(3, 10));
        assertThat(exact(updates, "bn.running_var", values)).isEqualTo(Rational.parse("0.9").plus(Rational.of(14, 30)));
        assertThat(norm.updates(x, Mode.EVALUATION)).isEmpty();
        BatchNorm cumulative = new BatchNorm("bn", 1, Size.ONE, EPS, Optional.empty(), true, true);
        Map<Variable, Expr> means = cumulative.updates(x, Mode.TRAINING);
        means.keySet().stream().filter(v -> v.name().endsWith("tracked"))
                .forEach(v -> values.put(v, numbers(new int[0], 2)));
        values.replaceAll((v, old) -> v.name().endsWith("mean") ? numbers(new int[] {1}, 12) : old);
        assertThat(exact(means, "bn.running_mean", values)).isEqualTo(Rational.of(9));
        assertThat(exact(means, "bn.num_batches_tracked", values)).isEqualTo(Rational.of(3));
        InstanceNorm instance = instanceNorm(1, 1, false, true).named("in");
        Variable z = Variable.of("z", Shape.of(2, 1, 2));
        values.put(z, numbers(new int[] {2, 1, 2}, 1, 3, 5, 11));
        Map<Variable, Expr> both = instance.updates(z, Mode.TRAINING);
        both.keySet().forEach(v -> values.put(v, numbers(new int[] {1}, 0)));
        // Means 2 and 8; unbiased variances 2 and 18.
        assertThat(exact(both, "in.running_mean", values)).isEqualTo(Rational.of(1, 2));
        assertThat(exact(both, "in.running_var", values)).isEqualTo(Rational.ONE);
    }

    private static NumberTensor<Radical> numbers(int[] shape, long... entries) {
        return NumberTensor.of(shape,
                java.util.Arrays.stream(entries).mapToObj(entry -> Radical.of(Rational.of(entry))).toList());
    }

    private static Rational exact(Map<Variable, Expr> updates, String name,
            Map<Variable, NumberTensor<Radical>> values) {
        Expr update = updates.entrySet().stream().filter(e -> e.getKey().name().equals(name)).findFirst().orElseThrow()
                .getValue();
        NumberTensor<Radical> value = new Evaluator<>(new ExactArithmetic(), Sizes.NONE).evaluate(update, values);
        return value.entries().get(0).toRational().orElseThrow();
    }

    @Test
    void names() {
        assertThat(batchNorm(2, 8, true, true)).hasToString(
                "BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)");
        assertThat(new LayerNorm("", Shape.of(10), EPS, true, true))
                .hasToString("LayerNorm((10,), eps=1e-05, elementwise_affine=True)");
        assertThat(new GroupNorm("", Size.of(2), Size.of(6), EPS, true))
                .hasToString("GroupNorm(2, 6, eps=1e-05, affine=True)");
        assertThat(instanceNorm(1, 3, false, false)).hasToString(
                "InstanceNorm1d(3, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)");
    }

    @Test
    void buffersAreNotTrained() {
        assertThat(batchNorm(2, 8, true, true).named("net[1]").parameters())
                .extracting(p -> p.variable().name() + " " + p.trainable()).containsExactly("net[1].weight true",
                        "net[1].bias true", "net[1].running_mean false", "net[1].running_var false");
        assertThat(batchNorm(2, 8, true, true).counts(Shape.of(8, 5, 5)))
                .isEqualTo(new Counts(Size.of(16), Size.of(200), Size.of(200), Size.of(200), Size.of(200)));
    }

    @Test
    void whatDoesNotFit() {
        BatchNorm norm = batchNorm(2, 8, true, true).named("net[1]");
        assertThatThrownBy(() -> norm.output(Shape.of(1, 8, 1, 1), Mode.TRAINING)).isInstanceOf(ShapeError.class)
                .hasMessage("net[1] = " + norm + ": training takes the variance of more than one value per channel;"
                        + " the input is [1, 8, 1, 1]");
        assertThat(norm.output(Shape.of(1, 8, 1, 1))).isEqualTo(Shape.of(1, 8, 1, 1));
        assertThatThrownBy(() -> norm.output(Shape.of(1, 4, 2, 2)))
                .hasMessageContaining("the channels of the input are num_features");
        assertThatThrownBy(() -> norm.output(Shape.of(1, 8))).hasMessageContaining("2 spatial axes");
        assertThatThrownBy(() -> instanceNorm(1, 3, false, false).output(Shape.of(2, 3, 1)))
                .hasMessageContaining("the variance is that of more than one place");
        assertThatThrownBy(() -> new GroupNorm("", Size.of(4), Size.of(6), EPS, true))
                .hasMessage("num_channels is a multiple of num_groups; got 6 and 4");
        assertThatThrownBy(() -> new LayerNorm("", Shape.of(3), EPS, true, true).output(Shape.of(3, 4)))
                .hasMessageContaining("the last axes of the input are normalized_shape");
    }
}
