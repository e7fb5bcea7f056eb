package org.adjoint.check;

import static org.adjoint.check.Planted.just;
import static org.adjoint.check.Planted.map;
import static org.adjoint.check.Planted.normal;
import static org.adjoint.check.Planted.uniform;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Right vector-Jacobian products at points where naive checks reject them: kinks, ties, edges, cancellation, saturation,
 * bad conditioning, extreme scales. None may be called wrong; inconclusive only at jumps and edges.
 */
class TrickyProductsTest {

    private static final int SEEDS = 20;

    private static double sigmoid(double t) {
        return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
    }

    private static Planted each(String name, double[] x, DoubleUnaryOperator f, DoubleUnaryOperator d) {
        return Planted.each(name, just(x), f, d, d);
    }

    private static Planted whole(String name, double[] x, Function<double[], Double> f,
            Function<double[], double[]> d) {
        return Planted.whole(name, just(x), f, d, d);
    }

    private static Planted products(String name, double[] x, Function<double[], double[]> f,
            BiFunction<double[], double[], double[]> vjp) {
        BiFunction<double[][], double[], double[][]> right = (in, w) -> new double[][] {vjp.apply(in[0], w)};
        return Planted.any(name, r -> new double[][] {x}, in -> f.apply(in[0]), right, right);
    }

    private static double[] x(double... x) { return x; }

    static Stream<Planted> conclusive() {
        return Stream.of(kinks(), smooth(), conditioning()).flatMap(s -> s);
    }

    private static Stream<Planted> kinks() {
        return Stream.of(
                each("relu, 0 at 0", x(0, 1, -1), t -> Math.max(t, 0), t -> t > 0 ? 1 : 0),
                each("relu, 1 at 0", x(0, 1, -1), t -> Math.max(t, 0), t -> t >= 0 ? 1 : 0),
                each("relu, 1/2 at 0", x(0, 1, -1), t -> Math.max(t, 0), t -> (Math.signum(t) + 1) / 2),
                each("abs, 0 at 0", x(0), Math::abs, Math::signum),
                each("abs, 1 at 0", x(0, 0, 0), Math::abs, t -> t >= 0 ? 1 : -1),
                each("leaky relu at 0", x(0, -2), t -> t > 0 ? t : 0.01 * t, t -> t > 0 ? 1 : 0.01),
                each("hard tanh at both ends", x(-1, 1, 0), t -> Math.clamp(t, -1, 1), t -> Math.abs(t) < 1 ? 1 : 0),
                each("clip, 1 at the ends", x(-1, 1, 0), t -> Math.clamp(t, -1, 1), t -> Math.abs(t) <= 1 ? 1 : 0),
                each("relu6 at 6", x(6, 0, 3), t -> Math.clamp(t, 0, 6), t -> t > 0 && t < 6 ? 1 : 0),
                each("kinks inside any stencil", x(1e-9, -1e-7, 1e-4), Math::abs, Math::signum),
                each("soft threshold at its corners", x(1, -1, 0.3, 2),
                        t -> Math.signum(t) * Math.max(Math.abs(t) - 1, 0), t -> Math.abs(t) > 1 ? 1 : 0),
                each("triangle wave on an integer", x(2, 3.5), t -> Math.abs(t % 2 - 1),
                        t -> t % 2 > 1 ? 1 : t % 2 == 0 ? 0 : -1),
                each("hinge at its corner", x(1, 0.2, 3), t -> Math.max(0, 1 - t), t -> t < 1 ? -1 : 0),
                whole("maximum, split", x(1, 1, 0, -1), Planted::max, v -> x(0.5, 0.5, 0, 0)),
                whole("maximum, first of ties", x(1, 1, 0, 1), Planted::max, v -> x(1, 0, 0, 0)),
                whole("maximum, last of ties", x(1, 1, 0, 1), Planted::max, v -> x(0, 0, 0, 1)),
                whole("median of ties", x(2, 2, 2), v -> Arrays.stream(v).sorted().toArray()[1], v -> x(0, 1, 0)),
                whole("range of all alike", x(3, 3, 3), v -> Planted.max(v) - Arrays.stream(v).min().orElse(0),
                        v -> new double[3]),
                whole("second largest of ties", x(1, 1, 0), v -> Arrays.stream(v).sorted().toArray()[1],
                        v -> x(0, 1, 0)),
                whole("infinity norm at a corner", x(1, -1, 0.2), v -> Planted.max(map(v, Math::abs)),
                        v -> x(0.5, -0.5, 0)),
                whole("norm at 0", x(0, 0, 0), v -> Math.sqrt(Planted.dot(v, v)), v -> new double[3]),
                whole("max pooling of a constant", x(1, 1, 1, 1), v -> Math.max(v[0], v[1]) + Math.max(v[2], v[3]),
                        v -> x(1, 0, 1, 0)),
                products("sorting ties", x(1, 1, 0), v -> Arrays.stream(v).sorted().toArray(),
                        (v, w) -> x(w[1], w[2], w[0])),
                products("pairs of maxima with ties", x(1, 1, 1), v -> x(Math.max(v[0], v[1]), Math.max(v[1], v[2])),
                        (v, w) -> x(w[0] / 2, w[0] / 2 + w[1], 0)));
    }

    private static Stream<Planted> smooth() {
        return Stream.of(
                each("root close to 0", x(1e-10, 1e-8), Math::sqrt, t -> 0.5 / Math.sqrt(t)),
                each("logarithm close to 0", x(1e-100, 1e-8), Math::log, t -> 1 / t),
                each("arcsine close to 1", x(1 - 1e-9, -1 + 1e-7), Math::asin, t -> 1 / Math.sqrt((1 - t) * (1 + t))),
                each("logit close to 1", x(1 - 1e-9, 1e-9), t -> Math.log(t) - Math.log1p(-t), t -> 1 / (t * (1 - t))),
                each("tangent close to its pole", x(Math.PI / 2 - 1e-6), Math::tan, t -> 1 + Math.tan(t) * Math.tan(t)),
                each("saturated sigmoid", x(40, -40, 20), TrickyProductsTest::sigmoid,
                        t -> sigmoid(t) * (1 - sigmoid(t))),
                each("saturated tanh", x(20, -20, 5), Math::tanh, t -> 1 - Math.tanh(t) * Math.tanh(t)),
                each("softplus at both ends", x(-800, -40, 0, 40, 800),
                        t -> Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))), TrickyProductsTest::sigmoid),
                each("underflow to 0", x(-800, -1000), Math::exp, Math::exp),
                each("tiny input", x(1e-12, -1e-15), Math::expm1, Math::exp),
                each("tiny input, result about 1", x(1e-12, -1e-15), Math::exp, Math::exp),
                each("subnormal input", x(3e-310, 1e-300), t -> 2 * t, t -> 2),
                each("huge input", x(1e300, -1e250), t -> t / 2, t -> 0.5),
                each("huge result", x(700), Math::exp, Math::exp),
                each("x |x|", x(0, 1e-8, -1), t -> t * Math.abs(t), t -> 2 * Math.abs(t)),
                each("Huber at its seam", x(1, -1, 0.3), t -> Math.abs(t) < 1 ? t * t / 2 : Math.abs(t) - 0.5,
                        t -> Math.clamp(t, -1, 1)),
                each("relu squared at 0", x(0, -1, 1), t -> Math.max(t, 0) * Math.max(t, 0), t -> 2 * Math.max(t, 0)),
                each("flat to all orders at 0", x(0, 0.3), t -> t == 0 ? 0 : Math.exp(-1 / (t * t)),
                        t -> t == 0 ? 0 : 2 / (t * t * t) * Math.exp(-1 / (t * t))),
                each("a function of no slope", x(0, 3, -1e5), t -> 4, t -> 0),
                each("zero everywhere", x(0, 3, -1e5), t -> 0, t -> 0),
                each("masked root", x(-1, 2), t -> t > 0 ? Math.sqrt(t) : 0, t -> t > 0 ? 0.5 / Math.sqrt(t) : 0),
                each("floor away from integers", x(0.5, 2.999, -0.3), Math::floor, t -> 0),
                each("fast oscillation", x(0.3, 1.1), t -> Math.sin(1e6 * t), t -> 1e6 * Math.cos(1e6 * t)),
                each("a small ripple on a large line", x(0.3, 1.1), t -> 1e3 * t + 1e-3 * Math.sin(1e3 * t),
                        t -> 1e3 + Math.cos(1e3 * t)),
                each("cos at 0: slope 0", x(0, 0), Math::cos, t -> -Math.sin(t)),
                each("cancellation in the function", x(1e-3, 2e-2), t -> (1 - Math.cos(t)) / (t * t),
                        t -> Math.sin(t) / (t * t) - 2 * (1 - Math.cos(t)) / (t * t * t)),
                each("single precision inside", x(0.3, 0.8), t -> (float) Math.sin((float) t), Math::cos),
                each("outputs of 1e-300", x(0.3, 1), t -> 1e-300 * t * t, t -> 2e-300 * t),
                each("steep sigmoid", x(0, 1e-4), t -> sigmoid(1e5 * t),
                        t -> 1e5 * sigmoid(1e5 * t) * sigmoid(-1e5 * t)),
                each("power 1.875 inside its domain", x(1e-6, 1), t -> Math.pow(t, 1.875),
                        t -> 1.875 * Math.pow(t, 0.875)),
                each("angle of a far point", x(1e8, 1e-8), t -> Math.atan2(t, 1), t -> 1 / (1 + t * t)),
                whole("log-sum-exp of large numbers", x(1e4, 1e4 - 1, 9990), TrickyProductsTest::logSumExp,
                        v -> map(v, t -> Math.exp(t - logSumExp(v)))),
                whole("log-sum-exp far apart", x(800, -800, 0), TrickyProductsTest::logSumExp,
                        v -> map(v, t -> Math.exp(t - logSumExp(v)))),
                whole("variance of a large mean", x(1e6, 1e6 + 1, 1e6 - 2), v -> {
                    var m = Planted.sum(v) / 3;
                    return Planted.sum(map(v, t -> (t - m) * (t - m))) / 3;
                }, v -> map(v, t -> 2 * (t - Planted.sum(v) / 3) / 3)),
                whole("difference of large numbers", x(1e8, 1e8 + 1), v -> v[1] * v[1] - v[0] * v[0],
                        v -> x(-2 * v[0], 2 * v[1])),
                whole("a large constant", x(0.3, 0.8), v -> 1e9 + Math.sin(v[0]) * v[1],
                        v -> x(Math.cos(v[0]) * v[1], Math.sin(v[0]))),
                whole("cosine similarity of parallel vectors", x(1, 2, 2, 4),
                        v -> (v[0] * v[2] + v[1] * v[3]) / Math.hypot(v[0], v[1]) / Math.hypot(v[2], v[3]),
                        v -> new double[4]),
                whole("mixed scales", x(1e-8, 1e8), v -> v[0] * 1e8 + v[1] * 1e-8 + v[0] * v[1],
                        v -> x(1e8 + v[1], 1e-8 + v[0])),
                whole("Rosenbrock at its minimum", x(1, 1),
                        v -> 100 * Math.pow(v[1] - v[0] * v[0], 2) + Math.pow(1 - v[0], 2), v -> new double[2]));
    }

    private static double logSumExp(double[] v) {
        var m = Planted.max(v);
        return m + Math.log(Planted.sum(map(v, t -> Math.exp(t - m))));
    }

    private static Stream<Planted> conditioning() {
        return Stream.of(
                products("terms that overflow for large cotangents before they cancel", x(0),
                        v -> x(2.7e296 * v[0], -2.7e296 * v[0]), (v, w) -> x(2.7e296 * w[0] - 2.7e296 * w[1])),
                products("inverse of Hilbert 4", hilbert(4), TrickyProductsTest::inverse,
                        TrickyProductsTest::byInverse),
                products("inverse of Hilbert 6", hilbert(6), TrickyProductsTest::inverse,
                        TrickyProductsTest::byInverse),
                products("inverse, nearly singular", x(1, 1, 1, 1 + 1e-6), TrickyProductsTest::inverse,
                        TrickyProductsTest::byInverse),
                products("inverse of a scaled matrix", x(1e-5, 2e-5, 3e-5, 7e-5), TrickyProductsTest::inverse,
                        TrickyProductsTest::byInverse),
                whole("determinant about 1e25", map(hilbert(5), t -> 1e5 * Math.sin(100 * t)),
                        a -> CommonOps_DDRM.det(square(a)), a -> {
                            var inverse = square(inverse(a));
                            CommonOps_DDRM.transpose(inverse);
                            return map(inverse.data, t -> t * CommonOps_DDRM.det(square(a)));
                        }),
                products("linear, outputs of 1e8", x(0.3, -1.2, 2),
                        v -> x(1e8 * (v[0] - v[1]), 1e8 * (v[1] + 2 * v[2])),
                        (v, w) -> x(1e8 * w[0], 1e8 * (w[1] - w[0]), 2e8 * w[1])),
                products("results of very different size", x(0.3, -1.2), v -> x(1e12 * v[0], 1e-12 * v[1] * v[0]),
                        (v, w) -> x(1e12 * w[0] + 1e-12 * v[1] * w[1], 1e-12 * v[0] * w[1])),
                products("softmax, saturated", x(100, 0, -100), TrickyProductsTest::softmax, (v, w) -> {
                    var s = softmax(v);
                    var mean = Planted.dot(s, w);
                    return IntStream.range(0, 3).mapToDouble(i -> s[i] * (w[i] - mean)).toArray();
                }));
    }

    private static double[] softmax(double[] v) {
        var total = logSumExp(v);
        return map(v, t -> Math.exp(t - total));
    }

    private static double[] hilbert(int n) {
        return IntStream.range(0, n * n).mapToDouble(k -> 1.0 / (k / n + k % n + 1)).toArray();
    }

    private static DMatrixRMaj square(double[] a) {
        int n = (int) Math.round(Math.sqrt(a.length));
        return new DMatrixRMaj(n, n, true, a.clone());
    }

    private static double[] inverse(double[] a) {
        var b = square(a);
        CommonOps_DDRM.invert(square(a), b);
        return b.data;
    }

    /** −A⁻ᵀ W A⁻ᵀ. */
    private static double[] byInverse(double[] a, double[] w) {
        var b = square(inverse(a));
        var left = square(a);
        var g = square(a);
        CommonOps_DDRM.multTransA(-1, b, square(w), left);
        CommonOps_DDRM.multTransB(left, b, g);
        return g.data;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conclusive")
    void rightAndConclusive(Planted tricky) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = tricky.check(true, seed).check();
            assertThat(report.wrong()).as("%s: %s", tricky, report).isEmpty();
            assertThat(report.inconclusive()).as("%s: %s", tricky, report).isEmpty();
            assertThat(report.confirmed()).isTrue();
        }
    }

    static Stream<Planted> open() {
        return Stream.of(
                each("what is left of 1 - tanh²", x(18, -17.5, 3), t -> 1 - Math.tanh(t) * Math.tanh(t),
                        t -> -2 * Math.tanh(t) * (1 - Math.tanh(t) * Math.tanh(t))),
                each("step at its jump", x(0, 1), t -> t > 0 ? 1 : 0, t -> 0),
                each("floor on an integer", x(2, 0.5), Math::floor, t -> 0),
                each("sign at 0", x(0, 3), Math::signum, t -> 0),
                each("root at 0, infinite", x(0, 1), Math::sqrt, t -> 0.5 / Math.sqrt(t)),
                each("root at 0, 0 by convention", x(0, 1), Math::sqrt, t -> t == 0 ? 0 : 0.5 / Math.sqrt(t)),
                each("cube root at 0", x(0, 1), Math::cbrt, t -> t == 0 ? 0 : 1 / (3 * Math.cbrt(t) * Math.cbrt(t))),
                each("x log x at 0, 0 by convention", x(0, 1), t -> t == 0 ? 0 : t * Math.log(t),
                        t -> t == 0 ? 0 : Math.log(t) + 1),
                each("power at the edge", x(0, 1), t -> Math.pow(t, 1.875), t -> 1.875 * Math.pow(t, 0.875)),
                each("arcsine at 1", x(1, 0), Math::asin, t -> 1 / Math.sqrt(1 - t * t)),
                each("remainder on a multiple", x(3, 0.5), t -> t % 1.5, t -> 1),
                each("outside the domain", x(-1, 2), Math::log, t -> 1 / t),
                whole("angle on its cut", x(0, -1), v -> Math.atan2(v[0], v[1]),
                        v -> x(v[1] / Planted.dot(v, v), -v[0] / Planted.dot(v, v))),
                whole("argument of the maximum at a tie", x(1, 1, 0), v -> v[0] >= v[1] ? 0.0 : 1.0,
                        v -> new double[3]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("open")
    void neverRejected(Planted tricky) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = tricky.check(true, seed).check();
            assertThat(report.wrong()).as("%s: %s", tricky, report).isEmpty();
        }
    }

    static Stream<Planted> easy() {
        return Stream.of(
                Planted.each("square", normal(5), t -> t * t, t -> 2 * t, t -> 0),
                Planted.each("exp", normal(5), Math::exp, Math::exp, t -> 0),
                Planted.each("tanh", normal(5), Math::tanh, t -> 1 - Math.tanh(t) * Math.tanh(t), t -> 0),
                Planted.each("log", uniform(5, 0.5, 2), Math::log, t -> 1 / t, t -> 0),
                TensorBugs.matrices().getFirst(), TensorBugs.windows().getFirst());
    }

    /** A thousand runs of each. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("easy")
    void easyOnesAreConfirmedAThousandTimes(Planted easy) {
        for (long seed = 0; seed < 1000; seed++) {
            var report = easy.check(true, seed).check();
            assertThat(report.confirmed() && report.inconclusive().isEmpty()).as("%s: %s", easy, report).isTrue();
        }
    }
}
