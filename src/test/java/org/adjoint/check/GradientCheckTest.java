package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fluent check: what it reports, how it reproduces, and the protocol. */
class GradientCheckTest {

    private static double squares(double[] x) { return Arrays.stream(x).map(v -> v * v).sum(); }

    private static double[] map(double[] x, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    private static GradientReport check(ToDoubleFunction<double[]> f, Function<double[], double[]> g, double... x) {
        return GradientCheck.of(f::applyAsDouble).gradient(g).at(x).check();
    }

    @Test
    void aRightGradientIsConfirmed() {
        var report = GradientCheck.of(GradientCheckTest::squares).gradient(x -> map(x, v -> 2 * v)).at(1, -2, 0.5)
                .points(20, 7).check();
        assertThat(report.confirmed()).as("%s", report).isTrue();
        assertThat(report.inconclusive()).as("%s", report).isEmpty();
    }

    @Test
    void aWrongGradientFailsWithAllThatReproducesIt() {
        var check = GradientCheck.of(GradientCheckTest::squares)
                .gradient(x -> new double[] {2 * x[0], 2 * x[1], -2 * x[2]})
                .at(1.5, -2.25, 0.1).seed(77);
        assertThatThrownBy(check::verify).isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 77").hasMessageContaining("entry x[2], point 0")
                .hasMessageContaining("the gradient says -0.2, differences say 0.2000000000 ± ")
                .hasMessageContaining(".at(0, 0, 1)")
                .hasMessageContaining("hint: the sign is wrong").hasMessageContaining("only this entry");
        assertThat(check.check()).hasToString(check.check().toString());
    }

    @Test
    void hintsNameTheUsualMistakes() {
        var x = new double[] {1, 2, -3, 4.5, 0.7, 6};
        assertThat(check(GradientCheckTest::squares, v -> map(v, t -> t), x).hints())
                .anyMatch(h -> h.contains("is 1/2 times"));
        assertThat(check(GradientCheckTest::squares, v -> map(v, t -> -2 * t), x).hints())
                .anyMatch(h -> h.contains("sign"));
        assertThat(check(GradientCheckTest::squares, v -> map(v, t -> 12 * t), x).hints())
                .anyMatch(h -> h.contains("is n "));
        assertThat(check(GradientCheckTest::squares, v -> map(v, t -> 0), x).hints()).anyMatch(h -> h.contains("is 0"));
        assertThat(check(GradientCheckTest::squares, v -> map(v, t -> 2 * t + 3), x).hints())
                .anyMatch(h -> h.contains("plus the con"));
        assertThat(check(GradientCheckTest::squares, v -> map(v, t -> 2 * t * Math.PI / 180), x).hints())
                .anyMatch(h -> h.contains("π/180"));
        assertThat(check(GradientCheckTest::squares, v -> map(v, t -> Double.NaN), x).hints())
                .anyMatch(h -> h.contains("NaN"));
        assertThat(check(GradientCheckTest::squares,
                v -> IntStream.range(0, 6).mapToDouble(i -> 2 * v[5 - i]).toArray(), x).hints())
                .anyMatch(h -> h.contains("wrong places"));
    }

    @Test
    void hintsNameTheUsualMistakesOfJacobians() {
        assertThat(hints(TensorBugs.reductions(), "softmax: diagonal only"))
                .anyMatch(h -> h.contains("only the diagonal"));
        assertThat(hints(TensorBugs.broadcasting(), "bias from the first row only"))
                .anyMatch(h -> h.contains("broadcast axis is missing"));
        assertThat(hints(TensorBugs.broadcasting(), "bias averaged over the batch"))
                .anyMatch(h -> h.contains("1/4 times"));
        assertThat(hints(ElementwiseBugs.factors(), "chain rule stops at the outer function"))
                .anyMatch(h -> h.contains("chain rule"));
        var cyclic = GradientCheck.of((double[] x) -> new double[] {x[0] + 2 * x[1], 3 * x[0] + 4 * x[1]})
                .vjp((x, w) -> new double[] {w[0] + 2 * w[1], 3 * w[0] + 4 * w[1]}).at(1, 2).check();
        assertThat(cyclic.hints()).anyMatch(h -> h.contains("transposed Jacobian"));
        var diagonal = GradientCheck.of((double[] x) -> new double[] {x[0] + 2 * x[1], 3 * x[0] + 4 * x[1]})
                .vjp((x, w) -> new double[] {w[0], 4 * w[1]}).at(1, 2).check();
        assertThat(diagonal.hints()).anyMatch(h -> h.contains("only the diagonal"));
    }

    private static java.util.List<String> hints(java.util.List<Planted> bugs, String name) {
        return bugs.stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow().check(false, 1).check()
                .hints();
    }

    @Test
    void inputsMustBeLeftAlone() {
        var report = check(v -> {
            v[0] = 7;
            return 3;
        }, v -> new double[2], 1, 2);
        assertThat(report.wrong())
                .anyMatch(w -> w.toString().contains("f leaves its input unchanged, point 0: entry 0 was "));
        var other = check(GradientCheckTest::squares, v -> {
            for (int i = 0; i < v.length; i++) {
                v[i] *= 2;
            }
            return v;
        }, 1, 2);
        assertThat(other.wrong()).anyMatch(w -> w.toString().contains("the gradient leaves its input unchanged"));
    }

    @Test
    void theSameResultTwice() {
        var calls = new AtomicInteger();
        var noisy = check(GradientCheckTest::squares, v -> map(v, t -> 2 * t * (1 + 1e-12 * calls.incrementAndGet())),
                1, 2);
        assertThat(noisy.wrong()).anyMatch(w -> w.toString().contains("the gradient is deterministic"));
        var noisyValue = check(v -> v[0] * (1 + 1e-12 * calls.incrementAndGet()), v -> new double[] {1}, 1);
        assertThat(noisyValue.wrong()).anyMatch(w -> w.toString().contains("f is deterministic"));
    }

    @Test
    void aSharedResultBufferIsFound() {
        var buffer = new double[2];
        var report = check(GradientCheckTest::squares, v -> {
            buffer[0] = 2 * v[0];
            buffer[1] = 2 * v[1];
            return buffer;
        }, 1, 2);
        assertThat(report.wrong()).anyMatch(w -> w.toString().contains("a result of its own"));
    }

    @Test
    void aStaleCacheIsFound() {
        var cache = new java.util.HashMap<Integer, double[]>();
        var report = check(GradientCheckTest::squares, v -> {
            var known = cache.getOrDefault(v.length, v.clone());
            cache.put(v.length, v.clone());
            return map(known, t -> 2 * t);
        }, 1, 2);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void aGradientThatReturnsItsInputUnchangedIsRight() {
        assertThat(check(x -> squares(x) / 2, x -> x, 1, 2, 3).confirmed()).isTrue();
    }

    @Test
    void shapeErrorsAreReported() {
        assertThat(check(GradientCheckTest::squares, x -> new double[] {1}, 1, 2).wrong())
                .anyMatch(w -> w.toString().contains("the input is [2], the gradient is [1]"));
    }

    @Test
    void withoutAPointThereIsNothingToCheck() {
        assertThatThrownBy(() -> GradientCheck.of(GradientCheckTest::squares).gradient(x -> x).check())
                .isInstanceOf(IllegalStateException.class).hasMessageContaining(".at(x)");
        assertThatThrownBy(() -> GradientCheck.of(GradientCheckTest::squares).gradient(x -> x).tolerance(-1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
    }

    @Test
    void theToleranceIsRelative() {
        var check = GradientCheck.of(GradientCheckTest::squares).gradient(x -> map(x, v -> 2 * v * (1 + 1e-5))).at(1, 2,
                3);
        assertThat(check.check().passed()).isFalse();
        assertThatCode(check.tolerance(1e-4)::verify).doesNotThrowAnyException();
    }

    /** One wrong entry of many thousand is found along random directions, and named. */
    @Test
    void oneWrongEntryOfALargeGradient() {
        for (int n : new int[] {65, 1000, 20_000}) {
            int bad = n * 2 / 3;
            var report = GradientCheck.of(GradientCheckTest::squares).gradient(x -> {
                var g = map(x, v -> 2 * v);
                g[bad] *= 1.01;
                return g;
            }).points(1, r -> IntStream.range(0, n).mapToDouble(i -> r.nextDouble(1, 2)).toArray()).check();
            assertThat(report.wrong()).as("n = %d: %d findings", n, report.findings().size())
                    .anyMatch(w -> w.probe().equals(new Probe.Entry(0, bad, "x[" + bad + "]")));
        }
    }
}
