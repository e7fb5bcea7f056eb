package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Right gradients where values of f, as computed, do not have them: numbers inside round, underflow or lie further apart than f
 * varies. None is called wrong. What is wrong where rounding does not hide it is called so.
 */
class LostInRoundingTest {

    private static final double[] SATURATED = {-0.02, 89, -4.3e-8, 0.008};

    private static double sum(double[] x, Function<Double, Double> f) {
        double sum = 0;
        for (double t : x) {
            sum += f.apply(t);
        }
        return sum;
    }

    private static double[] each(double[] x, Function<Double, Double> f) {
        return IntStream.range(0, x.length).mapToDouble(i -> f.apply(x[i])).toArray();
    }

    private static double[] softmax(double[] x) {
        double top = Math.max(Math.max(x[0], x[1]), Math.max(x[2], x[3]));
        var p = each(x, t -> Math.exp(t - top));
        var sum = sum(p, t -> t);
        return each(p, t -> t / sum);
    }

    private static double entropy(double[] x) { return -sum(softmax(x), p -> p == 0 ? 0 : p * Math.log(p)); }

    private static double[] entropyGradient(double[] x) {
        // −p (log p + H), with H of the form 1 − Σ … that keeps what 1 + p loses
        var p = softmax(x);
        double others = 0;
        for (int i = 0; i < p.length; i++) {
            others += i == 1 ? 0 : p[i] * (1 - Math.log(p[i]));
        }
        double entropy = others;
        var g = each(p, q -> -q * (Math.log(q) + entropy));
        g[1] = -(g[0] + g[2] + g[3]);
        return g;
    }

    private static double norm(double[] x) { return Math.sqrt(sum(x, t -> t * t)); }

    static Stream<Arguments> lost() {
        return Stream.of(
                lost("exp(x) - 1 at 1e-134", x -> sum(x, t -> Math.exp(t) - 1), x -> each(x, Math::exp), -1e-134,
                        4e-135),
                lost("1 - cos x at 2e-9", x -> sum(x, t -> 1 - Math.cos(t)), x -> each(x, Math::sin), 1.87e-9, -40,
                        6e-3),
                lost("1 - cos x at 2e148", x -> sum(x, t -> 1 - Math.cos(t)), x -> each(x, Math::sin), 1.56e148,
                        -1e147),
                lost("sin x + y at 2e148", x -> Math.sin(x[0]) + x[1], x -> new double[] {Math.cos(x[0]), 1}, 1.56e148,
                        -1e147),
                lost("sin(x²) at 2e9", x -> sum(x, t -> Math.sin(t * t)), x -> each(x, t -> 2 * t * Math.cos(t * t)),
                        1.56e9, -1e10),
                lost("1/x at 9e157", x -> sum(x, t -> 1 / t), x -> each(x, t -> -1 / (t * t)), 9.08e157, -2.5e158),
                lost("norm at 2e-190", LostInRoundingTest::norm, x -> each(x, t -> t / Math.hypot(x[0], x[1])),
                        1.5e-190,
                        6e-190),
                lost("entropy of a certain choice", LostInRoundingTest::entropy, LostInRoundingTest::entropyGradient,
                        SATURATED),
                lost("GELU far below", x -> sum(x, LostInRoundingTest::gelu),
                        x -> each(x, LostInRoundingTest::geluSlope),
                        -7.1833304162564655, 0.3));
    }

    private static double inner(double t) { return Math.tanh(0.7978845608 * (t + 0.044715 * t * t * t)); }

    private static double gelu(double t) { return 0.5 * t * (1 + inner(t)); }

    private static double geluSlope(double t) {
        return 0.5 * (1 + inner(t))
                + 0.5 * t * (1 - inner(t) * inner(t)) * 0.7978845608 * (1 + 3 * 0.044715 * t * t);
    }

    private static Arguments lost(String name, Function<double[], Double> f, Function<double[], double[]> gradient,
            double... x) {
        return Arguments.of(name, f, gradient, x);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lost")
    void isNotCalledWrong(String name, Function<double[], Double> f, Function<double[], double[]> gradient,
            double[] x) {
        for (long seed = 0; seed < 20; seed++) {
            var report = GradientCheck.of(f).gradient(gradient).at(x).seed(seed).check();
            assertThat(report.passed()).as("%s", report).isTrue();
        }
    }

    /** The same functions where rounding hides nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lost")
    void oneInAThousandIsSeenElsewhere(String name, Function<double[], Double> f, Function<double[], double[]> gradient,
            double[] x) {
        var ordinary = IntStream.range(0, x.length).mapToDouble(i -> 0.7 + 0.4 * i).toArray();
        for (long seed = 0; seed < 20; seed++) {
            var report = GradientCheck.of(f).gradient(p -> {
                var g = gradient.apply(p);
                g[0] *= 1.001;
                return g;
            }).at(ordinary).seed(seed).check();
            assertThat(report.passed()).as("%s", report).isFalse();
        }
    }

    /** What longer steps say against a claim counts. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, -1})
    void aWrongMultipleIsSeenThoughShortStepsSeeNothing(double factor) {
        var tiny = GradientCheck.of((double[] x) -> sum(x, t -> Math.exp(t) - 1))
                .gradient(x -> each(x, t -> factor * Math.exp(t))).at(-1e-134, 4e-135).seed(1).check();
        assertThat(tiny.passed()).as("%s", tiny).isFalse();
        var flat = GradientCheck.of((double[] x) -> sum(x, t -> 1 - Math.cos(t)))
                .gradient(x -> each(x, t -> factor * Math.sin(t))).at(1.87e-9, 0.3).seed(1).check();
        assertThat(flat.passed()).as("%s", flat).isFalse();
    }

    private static GradientReport products(BiFunction<float[], float[], float[]> product, float x) {
        return GradientCheck.ofFloats(p -> elementwise(p, p)).products(product, product).at(x, 2 * x, -x).seed(1)
                .check();
    }

    private static float[] elementwise(float[] a, float[] b) {
        var product = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = a[i] * b[i];
        }
        return product;
    }

    private static float[] twice(float[] a) {
        return elementwise(a, new float[] {2, 2, 2});
    }

    /** Squares at 1e-36 and at 1e30: products with small or large numbers underflow and overflow. */
    @ParameterizedTest
    @ValueSource(floats = {1e-36f, 1e-29f, 8e-23f, 1f, 1e17f, 1e30f})
    void productsThatLeaveTheRangeAreLinear(float x) {
        var report = products((p, v) -> twice(elementwise(p, v)), x);
        assertThat(report.passed()).as("%s", report).isTrue();
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-36f, 1f, 1e17f})
    void smallNumbersLeftOutBreakTheLawAnywhere(float x) {
        var report = products((p, v) -> {
            var kept = v.clone();
            for (int i = 0; i < v.length; i++) {
                kept[i] = Math.abs(v[i]) < 1e-9f * Math.max(1, x) ? 0 : v[i];
            }
            return twice(elementwise(p, kept));
        }, x);
        assertThat(report.passed()).as("%s", report).isFalse();
    }

    /** f(0) = 0 · −∞ is no number, and nothing is said of its derivative. */
    @Test
    void derivativesOfWhatIsNotFiniteAreNotAsked() {
        Function<Double, Double> slope = t -> t == 0 ? 0 : Math.log(Math.abs(t)) + 1;
        BiFunction<double[], double[], double[]> product = (x, w) -> new double[] {w[0] * slope.apply(x[0]),
                w[1] * slope.apply(x[1])};
        var report = GradientCheck.of((double[] x) -> each(x, t -> t * Math.log(Math.abs(t))))
                .products(product, product)
                .at(0.5, 0).seed(1).check();
        assertThat(report.passed()).as("%s", report).isTrue();
    }
}
