package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Right gradients that constant steps and tolerances reject: never wrong here, and confirmed wherever possible. */
class TrickyGradientsTest {

    private static final int SEEDS = 20;

    private static DoubleStream stream(double[] x) { return Arrays.stream(x); }

    private static ToDoubleFunction<double[]> sum(DoubleUnaryOperator f) { return x -> stream(x).map(f).sum(); }

    private static Function<double[], double[]> each(DoubleUnaryOperator f) { return x -> stream(x).map(f).toArray(); }

    private static Arguments right(String name, double[] x, ToDoubleFunction<double[]> f,
            Function<double[], double[]> g) {
        return Arguments.of(name, x, f, g, true);
    }

    private static Arguments open(String name, double[] x, ToDoubleFunction<double[]> f,
            Function<double[], double[]> g) {
        return Arguments.of(name, x, f, g, false);
    }

    private static double[] at(double... x) { return x; }

    private static double max(double[] x) { return stream(x).max().orElse(0); }

    private static double logSumExp(double[] x) {
        return max(x) + Math.log(stream(x).map(t -> Math.exp(t - max(x))).sum());
    }

    private static double sigmoid(double t) { return 1 / (1 + Math.exp(-t)); }

    private static DMatrixRMaj square(double[] x) {
        int n = (int) Math.round(Math.sqrt(x.length));
        return new DMatrixRMaj(n, n, true, x.clone());
    }

    private static DMatrixRMaj inverse(double[] x) {
        var inverse = square(x);
        assertThat(CommonOps_DDRM.invert(inverse)).isTrue();
        return inverse;
    }

    private static double determinant(double[] x) { return CommonOps_DDRM.det(square(x)); }

    private static double[] hilbert(int n) {
        var h = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            h[i] = 1.0 / (i / n + i % n + 1);
        }
        return h;
    }

    /** ⟨C, A⁻¹⟩ with C(i, j) = i + 2j + 1. */
    private static double ofInverse(double[] x) {
        var product = weights(x);
        CommonOps_DDRM.elementMult(product, inverse(x));
        return CommonOps_DDRM.elementSum(product);
    }

    /** −A⁻ᵀ C A⁻ᵀ. */
    private static double[] gradientOfInverse(double[] x) {
        var inverse = inverse(x);
        int n = inverse.numRows;
        var left = new DMatrixRMaj(n, n);
        var g = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransA(-1, inverse, weights(x), left);
        CommonOps_DDRM.multTransB(left, inverse, g);
        return g.data;
    }

    private static DMatrixRMaj weights(double[] x) {
        var weights = square(x);
        for (int i = 0; i < weights.numRows; i++) {
            for (int j = 0; j < weights.numCols; j++) {
                weights.set(i, j, i + 2 * j + 1);
            }
        }
        return weights;
    }

    /** det(A) A⁻ᵀ. */
    private static double[] gradientOfDeterminant(double[] x) {
        var inverse = inverse(x);
        CommonOps_DDRM.transpose(inverse);
        CommonOps_DDRM.scale(determinant(x), inverse);
        return inverse.data;
    }

    static Arguments[] tricky() {
        return new Arguments[] {
                right("relu at 0", at(0, 1, -1), sum(t -> Math.max(t, 0)), each(t -> t > 0 ? 1 : 0)),
                right("relu at 0, other end", at(0, 1, -1), sum(t -> Math.max(t, 0)), each(t -> t >= 0 ? 1 : 0)),
                right("relu at 0, middle", at(0, 1, -1), sum(t -> Math.max(t, 0)),
                        each(t -> t == 0 ? 0.5 : t > 0 ? 1 : 0)),
                right("abs at 0", at(0), sum(Math::abs), each(Math::signum)),
                right("abs of everything at 0", new double[5], sum(Math::abs), each(Math::signum)),
                right("tied maximum split", at(1, 1, 0, -1), TrickyGradientsTest::max,
                        x -> stream(x).map(t -> t == 1 ? 0.5 : 0).toArray()),
                right("tied maximum, the first", at(1, 1, 0, -1), TrickyGradientsTest::max, x -> at(1, 0, 0, 0)),
                right("tied maximum, three", at(2, 2, 2), TrickyGradientsTest::max, x -> at(0.2, 0.3, 0.5)),
                right("difference of relus at 0", at(0, 0), x -> Math.max(x[0], 0) - Math.max(x[1], 0),
                        x -> new double[2]),
                right("|a| - |b| at 0", at(0, 0), x -> Math.abs(x[0]) - Math.abs(x[1]), x -> at(0.5, 0)),
                right("kinks inside any fixed stencil", at(1e-7, -1e-5, 1e-3), sum(Math::abs), each(Math::signum)),
                right("a norm at 0", at(0, 0, 0), x -> Math.sqrt(sum(t -> t * t).applyAsDouble(x)),
                        x -> new double[3]),
                right("sqrt close to 0", at(1e-10, 1e-8), sum(Math::sqrt), each(t -> 0.5 / Math.sqrt(t))),
                right("log close to 0", at(1e-100, 1e-8), sum(Math::log), each(t -> 1 / t)),
                right("log-sum-exp of large numbers", at(1e4, 1e4 - 1, 9990), TrickyGradientsTest::logSumExp,
                        x -> stream(x).map(t -> Math.exp(t - logSumExp(x))).toArray()),
                right("saturated sigmoid", at(40, -40, 20), sum(TrickyGradientsTest::sigmoid),
                        each(t -> sigmoid(t) * (1 - sigmoid(t)))),
                right("saturated sigmoid alone", at(40), sum(TrickyGradientsTest::sigmoid),
                        each(t -> sigmoid(t) * sigmoid(-t))),
                right("tiny input", at(1e-12, -1e-15), sum(Math::expm1), each(Math::exp)),
                right("tiny input, value about 1", at(1e-12, -1e-15), sum(Math::exp), each(Math::exp)),
                right("huge value", at(700), sum(Math::exp), each(Math::exp)),
                right("Hilbert 4", hilbert(4), TrickyGradientsTest::ofInverse,
                        TrickyGradientsTest::gradientOfInverse),
                right("Hilbert 6", hilbert(6), TrickyGradientsTest::ofInverse,
                        TrickyGradientsTest::gradientOfInverse),
                right("nearly singular", at(1, 1, 1, 1 + 1e-6), TrickyGradientsTest::ofInverse,
                        TrickyGradientsTest::gradientOfInverse),
                right("determinant about 1e25", stream(hilbert(5)).map(t -> 1e5 * Math.sin(100 * t)).toArray(),
                        TrickyGradientsTest::determinant, TrickyGradientsTest::gradientOfDeterminant),
                right("x|x|", at(0, 1e-8, -1), sum(t -> t * Math.abs(t)), each(t -> 2 * Math.abs(t))),
                right("outputs of 1e8", at(0.3, -1.2, 2), x -> 1e8 * (x[0] - 2 * x[1] + 3 * x[2]),
                        x -> at(1e8, -2e8, 3e8)),
                right("dead branch of sqrt", at(-1, 2), sum(t -> t > 0 ? Math.sqrt(t) : 0),
                        each(t -> t > 0 ? 0.5 / Math.sqrt(t) : 0)),
                right("power at the edge", at(0, 1), sum(t -> Math.pow(t, 1.875)),
                        each(t -> 1.875 * Math.pow(t, 0.875))),
                right("sqrt at 0: infinite", at(0, 1), sum(Math::sqrt), each(t -> 0.5 / Math.sqrt(t))),
                open("sqrt at 0: zero by convention", at(0, 1), sum(Math::sqrt),
                        each(t -> t == 0 ? 0 : 0.5 / Math.sqrt(t))),
                open("step at 0", at(0, 1), sum(t -> t > 0 ? 1 : 0), each(t -> 0)),
                right("floor beside an integer", at(3 - 1e-7), sum(Math::floor), each(t -> 0)),
                right("entropy next to 0", at(1e-20, 0.5), sum(t -> t * Math.log(t)), each(t -> Math.log(t) + 1)),
                right("huber at its seam", at(1, -1, 0.3), sum(t -> Math.abs(t) < 1 ? t * t / 2 : Math.abs(t) - 0.5),
                        each(t -> Math.abs(t) < 1 ? t : Math.signum(t))),
                right("single precision", at(0.3, 0.8), sum(t -> (float) Math.sin((float) t)), each(Math::cos)),
                right("cancellation", at(1e-3, 2e-3), sum(t -> (1 - Math.cos(t)) / (t * t)),
                        each(t -> t == 0 ? 0 : Math.sin(t) / (t * t) - 2 * (1 - Math.cos(t)) / (t * t * t))),
                right("a large constant", at(0.3, 0.8), x -> 1e9 + Math.sin(x[0]) * x[1],
                        x -> at(Math.cos(x[0]) * x[1], Math.sin(x[0]))),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricky")
    void neverRejected(String name, double[] x, ToDoubleFunction<double[]> f, Function<double[], double[]> g,
            boolean conclusive) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = GradientCheck.of(f::applyAsDouble).gradient(g).at(x).seed(seed).check();
            assertThat(report.wrong()).as("%s: %s", name, report).isEmpty();
            if (conclusive) {
                assertThat(report.inconclusive()).as("%s: %s", name, report).isEmpty();
            }
        }
    }
}
