package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes that no ordinary point shows: with zeros, ties, large or very negative entries, special shapes, matrices that
 * are not symmetric. {@code points(n)} draws such inputs by itself, and finds each of them with every seed.
 */
class TriggerTest {

    private static final int SEEDS = 10;
    private static final int POINTS = 27;

    private static GradientCheck each(DoubleUnaryOperator f, DoubleUnaryOperator wrong) {
        return GradientCheck.of((double[] x) -> Planted.sum(Planted.map(x, f)))
                .gradient(x -> Planted.map(x, wrong)).input("x", "n");
    }

    private static GradientCheck whole(Function<double[], Double> f, Function<double[], double[]> wrong) {
        return GradientCheck.of(f).gradient(wrong).input("x", "n");
    }

    private static double softplus(double t) { return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))); }

    private static double sigmoid(double t) { return 1 / (1 + Math.exp(-t)); }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    static Stream<Arguments> hidden() {
        return Stream.of(
                Arguments.of("abs: NaN at 0", each(Math::abs, t -> t / Math.abs(t))),
                Arguments.of("relu: NaN at 0", each(t -> Math.max(t, 0), t -> (t + Math.abs(t)) / (2 * t))),
                Arguments.of("x^0: NaN at 0", each(t -> Math.pow(t, 0), t -> 0 * Math.pow(t, -1))),
                Arguments.of("relu6: no upper end", each(t -> Math.clamp(t, 0, 6), t -> t > 0 ? 1 : 0)),
                Arguments.of("softplus: 0 beyond 20", each(TriggerTest::softplus, t -> t > 20 ? 0 : sigmoid(t))),
                Arguments.of("sigmoid: overflow far below", each(TriggerTest::sigmoid,
                        t -> Math.exp(-t) / ((1 + Math.exp(-t)) * (1 + Math.exp(-t))))),
                Arguments.of("dead branch of a root leaks NaN", each(t -> t > 0 ? t * Math.sqrt(t) : 0,
                        t -> (t > 0 ? 1 : 0) * 1.5 * Math.sqrt(t))),
                Arguments.of("gradient clipped at 100", each(t -> t * t, t -> Math.clamp(2 * t, -100, 100))),
                Arguments.of("max: one on every maximum", whole(Planted::max, x -> {
                    var most = Planted.max(x);
                    return Planted.map(x, t -> t == most ? 1 : 0);
                })),
                Arguments.of("norm: NaN at 0", whole(x -> Math.sqrt(Planted.dot(x, x)),
                        x -> Planted.map(x, t -> t / Math.sqrt(Planted.dot(x, x))))),
                Arguments.of("product by dividing by the entry",
                        whole(x -> Arrays.stream(x).reduce(1, (a, b) -> a * b), x -> {
                            var all = Arrays.stream(x).reduce(1, (a, b) -> a * b);
                            return Planted.map(x, t -> all / t);
                        })),
                Arguments.of("log-sum-exp without the shift", whole(x -> {
                    var most = Planted.max(x);
                    return most + Math.log(Planted.sum(Planted.map(x, t -> Math.exp(t - most))));
                }, x -> {
                    var sum = Planted.sum(Planted.map(x, Math::exp));
                    return Planted.map(x, t -> Math.exp(t) / sum);
                })),
                Arguments.of("variance of one number: 0/0", whole(x -> x.length < 2 ? 0 : variance(x),
                        x -> Planted.map(x, t -> 2 * (t - Planted.sum(x) / x.length) / (x.length - 1)))),
                Arguments.of("reads beyond the first entry", whole(x -> x[0] * x[0],
                        x -> {
                            var g = new double[x.length];
                            g[0] = 2 * x[0] + 0 * x[1];
                            return g;
                        })),
                Arguments.of("transposed where the matrix is square", GradientCheck
                        .ofMatrices(in -> product(in[0], in[1])).vjp((in, w) -> {
                            var left = new DMatrixRMaj(in[0].numRows, in[0].numCols);
                            var right = new DMatrixRMaj(in[1].numRows, in[1].numCols);
                            CommonOps_DDRM.multTransB(w, in[1], left);
                            CommonOps_DDRM.multTransA(in[0], w, right);
                            if (left.numRows == left.numCols) {
                                CommonOps_DDRM.transpose(left);
                            }
                            return new DMatrixRMaj[] {left, right};
                        }).input("A", "m,k").input("B", "k,n").fast()),
                Arguments.of("batch of one: the mean is dropped", GradientCheck.ofMatrix((DMatrixRMaj a) -> {
                    var mean = CommonOps_DDRM.sumCols(a, null);
                    CommonOps_DDRM.scale(1.0 / a.numRows, mean);
                    return mean;
                }).vjp((a, w) -> {
                    var g = new DMatrixRMaj(a.numRows, a.numCols);
                    for (int i = 0; i < a.numRows; i++) {
                        for (int j = 0; j < a.numCols; j++) {
                            g.set(i, j, a.numRows == 1 ? 0 : w.get(j) / a.numRows);
                        }
                    }
                    return g;
                }).input("A", "m,n").fast()));
    }

    private static double variance(double[] x) {
        var mean = Planted.sum(x) / x.length;
        return Planted.sum(Planted.map(x, t -> (t - mean) * (t - mean))) / (x.length - 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hidden")
    void foundByThePointsThatAreDrawn(String name, GradientCheck check) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = check.points(POINTS).seed(seed).shrinking(seed == 0).check();
            assertThat(report.passed()).as("%s, seed %d: %s", name, seed, report).isFalse();
        }
    }

    /** The same seed gives the same report to the last character: points, directions, the reduced failure. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hidden")
    void repeatedByItsSeed(String name, GradientCheck check) {
        var once = check.points(9).seed(99);
        var report = once.check();
        var again = once.check();
        assertThat(again).hasToString(report.toString());
        assertThat(again.toJson()).isEqualTo(report.toJson());
    }

    @Test
    void aFreshSeedIsDrawnUnlessOneIsGiven() {
        var check = each(t -> t * t, t -> t).points(2);
        assertThat(check.check().seed()).isNotEqualTo(check.check().seed());
        var first = check.check();
        assertThat(check.seed(first.seed()).check()).hasToString(first.toString());
    }
}
