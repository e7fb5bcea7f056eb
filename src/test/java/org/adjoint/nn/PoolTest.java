package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Values;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Pools with all their settings against loops over the entries that a window holds. */
class PoolTest {
    /** A random pool over one to three axes, and an input that it fits. */
    private record Setting(boolean maximum, int[] n, int[] k, int[] s, int[] p, int[] d, boolean ceil, boolean count,
            int divisor) {
        static Setting random(Random random) {
            int rank = 1 + random.nextInt(3);
            boolean maximum = random.nextBoolean();
            int[] n = new int[rank];
            int[] k = new int[rank];
            int[] s = new int[rank];
            int[] p = new int[rank];
            int[] d = new int[rank];
            for (int a = 0; a < rank; a++) {
                k[a] = 1 + random.nextInt(4);
                d[a] = maximum ? 1 + random.nextInt(3) : 1;
                s[a] = 1 + random.nextInt(5);
                int length = d[a] * (k[a] - 1) + 1;
                p[a] = random.nextInt(length / 2 + 1);
                n[a] = Math.max(d[a], length - 2 * p[a]) + random.nextInt(5);
            }
            return new Setting(maximum, n, k, s, p, d, random.nextBoolean(), random.nextBoolean(),
                    maximum || random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(5));
        }

        Pool layer() {
            List<Sliding> axes = new ArrayList<>();
            for (int a = 0; a < n.length; a++) {
                axes.add(new Sliding(Size.of(k[a]), s[a], Size.of(p[a]), Size.of(p[a]), d[a]));
            }
            return new Pool("", new Pooling(maximum, axes, ceil, count,
                    divisor == 0 ? Optional.empty() : Optional.of(Size.of(divisor))));
        }

        /** Windows one by one: the next begins while it fits; with ceil also where it begins before the padding behind. */
        int places(int a) {
            int length = d[a] * (k[a] - 1) + 1;
            int places = 0;
            for (int start = -p[a]; start + length <= n[a] + p[a]
                    || ceil && start < n[a] && start - s[a] + length < n[a] + p[a]; start += s[a]) {
                places++;
            }
            return places;
        }

        /** The weight of each window goes to its first maximal entry in row-major order. */
        double[] firstOf(Array x, Array weights) {
            double[] gradient = new double[x.data().length];
            int rank = n.length;
            for (int w = 0; w < weights.data().length; w++) {
                int[] at = weights.index(w);
                int first = -1;
                for (int i = 0; i < x.data().length; i++) {
                    int[] from = x.index(i);
                    boolean inside = true;
                    for (int a = 0; a < rank; a++) {
                        int offset = from[2 + a] - (at[2 + a] * s[a] - p[a]);
                        inside &= offset >= 0 && offset % d[a] == 0 && offset / d[a] < k[a];
                    }
                    if (inside && (first < 0 || x.data()[i] > x.data()[first])) {
                        first = i;
                    }
                }
                gradient[first] += weights.data()[w];
            }
            return gradient;
        }

        Array of(Array x) {
            int rank = n.length;
            int[] shape = x.shape().clone();
            for (int a = 0; a < rank; a++) {
                shape[2 + a] = places(a);
            }
            int entries = Arrays.stream(k).reduce(1, (a, b) -> a * b);
            return Array.of(shape, at -> {
                double sum = 0;
                double largest = Double.NEGATIVE_INFINITY;
                int counted = 0;
                for (int code = 0; code < entries; code++) {
                    int rest = code;
                    int[] from = at.clone();
                    boolean reaches = true;
                    for (int a = 0; a < rank; a++) {
                        from[2 + a] = at[2 + a] * s[a] - p[a] + rest % k[a] * d[a];
                        rest /= k[a];
                        reaches &= from[2 + a] < n[a] + p[a];
                    }
                    boolean inside = x.has(from);
                    sum += inside ? x.get(from) : 0;
                    largest = inside ? Math.max(largest, x.get(from)) : largest;
                    counted += inside || count && reaches ? 1 : 0;
                }
                return maximum ? largest : sum / (divisor > 0 ? divisor : counted);
            });
        }
    }

    @Property(tries = 400)
    void poolsAgainstLoops(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        Setting setting = Setting.random(random);
        int[] shape = new int[2 + setting.n.length];
        shape[0] = 1 + random.nextInt(2);
        shape[1] = 1 + random.nextInt(2);
        System.arraycopy(setting.n, 0, shape, 2, setting.n.length);
        LayerRun.check(setting.layer(), Mode.TRAINING, random, Array.apart(random, shape), (x, given) -> setting.of(x));
    }

    /** The adjoint as it is written against that of the reverse sweep, in integers, ties among them. */
    @Property(tries = 100)
    void theAdjointInTheInput(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        Setting setting = Setting.random(random);
        Pooling pooling = setting.layer().pooling();
        Variable x = Variable.of("x", Shape.of(Arrays.stream(setting.n).mapToObj(Size::of).toList()));
        Expr pool = pooling.of(x);
        Variable u = Variable.of("u", pool.shape());
        Map<Variable, NumberTensor<Radical>> point = Map.of(x, integers(x, random), u, integers(u, random));
        boolean dilated = setting.maximum && Arrays.stream(setting.d).anyMatch(d -> d > 1);
        if (!dilated) {
            Evaluator<Radical> exact = new Evaluator<>(new ExactArithmetic(), Sizes.NONE);
            assertThat(exact.evaluate(pooling.ofInput(x, u), point))
                    .isEqualTo(exact.evaluate(ReverseSweep.of(pool, u, List.of(x)).cotangent(x), point));
        }
    }

    private static NumberTensor<Radical> integers(Variable x, Random random) {
        int[] shape = x.shape().sizes().stream().mapToInt(size -> (int) size.value()).toArray();
        return NumberTensor.of(shape, IntStream.range(0, Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                .mapToObj(k -> Radical.of(Rational.of(random.nextInt(-4, 5)))).toList());
    }

    /** Where entries are equal, the first of a window has the cotangent, as in PyTorch; copies in the padding change nothing. */
    @Property(tries = 200)
    void atTiesTheFirstCounts(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        Setting some = Setting.random(random);
        Setting setting = new Setting(true, some.n, some.k, some.s, some.p, some.d, some.ceil, true, 0);
        int[] shape = new int[2 + setting.n.length];
        shape[0] = shape[1] = 1;
        System.arraycopy(setting.n, 0, shape, 2, setting.n.length);
        Array x = Array.of(shape, at -> random.nextInt(3));
        Variable input = Variable.of("x", x.size());
        Expr output = setting.layer().apply(input, Mode.TRAINING);
        Array weights = Array.like(output.shape(), at -> 1 + random.nextInt(5));
        Variable cotangent = Variable.of("u", output.shape());
        Expr gradient = ReverseSweep.of(output, cotangent, List.of(input)).cotangent(input);
        double[] actual = Plan.compile(List.of(gradient), Sizes.NONE)
                .evaluate(Values.NONE.with(input, x.tensor()).with(cotangent, weights.tensor())).get(0).toArray();
        assertThat(actual).as("%s, seed %s", setting, seed).isEqualTo(setting.firstOf(x, weights));
    }

    /** All entries negative: zeros of a padding would be larger. */
    @Test
    void aPaddedMaximumIsNeverThePadding() {
        Array x = new Array(new int[] {1, 1, 3}, new double[] {-5, -7, -6});
        Pool pool = pool(true, 3, 2, 1, 1);
        LayerRun.check(pool, Mode.TRAINING, new Random(1), x,
                (in, given) -> new Array(new int[] {1, 1, 2}, new double[] {-5, -6}));
    }

    private static Pool pool(boolean maximum, int kernel, int stride, int padding, int dilation) {
        return new Pool("", new Pooling(maximum, List.of(new Sliding(Size.of(kernel), stride, Size.of(padding),
                Size.of(padding), dilation)), false, true, Optional.empty()));
    }

    /** {@code ⌊t n/m⌋} to {@code ⌈(t + 1) n/m⌉}, counted entry by entry. */
    @Property(tries = 150)
    void adaptivePoolsAgainstLoops(@ForAll @IntRange(max = Integer.MAX_VALUE) int seed) {
        Random random = new Random(seed);
        int rank = 1 + random.nextInt(2);
        int[] n = random.ints(rank, 1, 8).toArray();
        int[] m = random.ints(rank, 1, 5).toArray();
        boolean maximum = random.nextBoolean();
        AdaptivePool pool = new AdaptivePool("", maximum,
                Arrays.stream(m).mapToObj(k -> Optional.of(Size.of(k))).toList());
        int[] shape = rank == 1 ? new int[] {2, n[0]} : new int[] {2, n[0], n[1]};
        int[] pooled = rank == 1 ? new int[] {2, m[0]} : new int[] {2, m[0], m[1]};
        LayerRun.check(pool, Mode.TRAINING, random, Array.apart(random, shape), (x, given) -> Array.of(pooled, at -> {
            List<Double> entries = new ArrayList<>();
            for (int k = 0; k < x.data().length; k++) {
                int[] from = x.index(k);
                boolean inside = from[0] == at[0];
                for (int a = 0; a < rank; a++) {
                    int t = at[1 + a];
                    inside &= from[1 + a] >= Math.floor((double) t * n[a] / m[a])
                            && from[1 + a] < Math.ceil((double) (t + 1) * n[a] / m[a]);
                }
                if (inside) {
                    entries.add(x.data()[k]);
                }
            }
            return maximum ? entries.stream().mapToDouble(v -> v).max().orElseThrow()
                    : entries.stream().mapToDouble(v -> v).average().orElseThrow();
        }));
    }

    @Test
    void symbolicSizes() {
        Size n = Size.symbol("n");
        Shape shape = Shape.of(Size.symbol("B"), Size.symbol("C"), n);
        assertThat(pool(true, 3, 2, 1, 1).output(shape)).hasToString("[B, C, (n - 1)//2 + 1]");
        assertThat(new AdaptivePool("", false, List.of(Optional.of(Size.ONE))).output(shape)).hasToString("[B, C, 1]");
        Pooling rounded = new Pooling(true, List.of(new Sliding(Size.of(3), 2, Size.ZERO, Size.ZERO, 1)), true, true,
                Optional.empty());
        assertThat(new Pool("", rounded).output(shape)).hasToString("[B, C, n//2]");
    }

    @Test
    void names() {
        assertThat(pool(true, 3, 2, 1, 1)).hasToString(
                "MaxPool1d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=False)");
        assertThat(pool(false, 2, 2, 0, 1)).hasToString("AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))");
        assertThat(new AdaptivePool("", false, List.of(Optional.of(Size.ONE), Optional.of(Size.ONE))))
                .hasToString("AdaptiveAvgPool2d(output_size=1)");
    }

    @Test
    void whatDoesNotFit() {
        assertThatThrownBy(() -> pool(true, 3, 1, 2, 1)).isInstanceOf(ShapeError.class).hasMessage(
                "the padding of a pool is at most half of its window; the window is 3 long, and the padding 2");
        assertThatThrownBy(() -> pool(true, 3, 1, 0, 1).named("net[1]").output(Shape.of(2, 2)))
                .hasMessage(
                        "net[1] = MaxPool1d(kernel_size=3, stride=1, padding=0, dilation=1, ceil_mode=False): a window"
                                + " fits into its padded input; it is 3 long, and the input 2; the input is [2, 2]");
        assertThatThrownBy(() -> pool(false, 2, 2, 0, 1).output(Shape.of(1, 5), Mode.EVALUATION.exact()))
                .hasMessageContaining("2 does not divide 3");
    }
}
