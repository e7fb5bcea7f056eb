package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions and inputs that nobody meant: each ends in a verdict that names it, and never in an exception of the checker. */
class BadInputTest {

    private static Arguments bad(String said, Outcome outcome, Function<double[], ? extends @Nullable Object> f,
            Function<double[], double @Nullable []> gradient, double... x) {
        return Arguments.of(said, outcome, f, gradient, x);
    }

    static Stream<Arguments> bad() {
        Function<double[], Object> square = x -> x[0] * x[0];
        Function<double[], double[]> right = x -> {
            var g = new double[x.length];
            g[0] = 2 * x[0];
            return g;
        };
        return Stream.of(
                bad("f returns a value, point 0: it threw java.lang.IllegalStateException: no weights", Outcome.WRONG,
                        x -> {
                            throw new IllegalStateException("no weights");
                        }, right, 1, 2),
                bad("it threw java.lang.IllegalArgumentException: outside", Outcome.INCONCLUSIVE, x -> {
                    throw new IllegalArgumentException("outside");
                }, right, 1, 2),
                bad("f returns a value, point 0: the table ends here", Outcome.INCONCLUSIVE, x -> {
                    throw NoValue.outsideTheDomain("the table ends here");
                }, right, 1, 2),
                bad("the gradient returns a value, point 0: not trained", Outcome.WRONG, square, x -> {
                    throw NoValue.outsideTheDomain("not trained");
                }, 1, 2),
                bad("the gradient returns a value, point 0: it threw java.lang.ArithmeticException: / by zero",
                        Outcome.WRONG, square, x -> {
                            // thrown by the virtual machine itself it may come without its message
                            throw new ArithmeticException("/ by zero");
                        }, 1, 2),
                bad("it threw java.lang.AssertionError: mine", Outcome.WRONG, x -> {
                    throw new AssertionError("mine");
                }, right, 1, 2),
                bad("it threw java.lang.OutOfMemoryError", Outcome.WRONG, square, x -> {
                    throw new OutOfMemoryError("too large");
                }, 1, 2),
                bad("f(x) is finite, point 0: it is NaN", Outcome.INCONCLUSIVE, x -> Double.NaN, right, 1, 2),
                bad("f(x) is finite, point 0: it is Infinity", Outcome.INCONCLUSIVE, x -> Double.POSITIVE_INFINITY,
                        right,
                        1, 2),
                bad("the gradient says NaN", Outcome.WRONG, square, x -> new double[] {Double.NaN, 0}, 1, 2),
                bad("the gradient says -Infinity", Outcome.WRONG, square, x -> new double[] {2, -1 / 0.0}, 1, 2),
                bad("the input is [2], the gradient is [3]", Outcome.WRONG, square, x -> new double[3], 1, 2),
                bad("the input is [2], the gradient is [0]", Outcome.WRONG, square, x -> new double[0], 1, 2),
                bad("the gradient returns numbers, point 0: it returned null", Outcome.WRONG, square, x -> null, 1, 2),
                bad("f returns numbers, point 0: it returned null", Outcome.WRONG, x -> null, right, 1, 2),
                bad("it returned a String", Outcome.WRONG, x -> "1", right, 1, 2),
                bad("it returned a ", Outcome.WRONG, x -> List.of(1.0), right, 1, 2),
                bad("f returns a number, point 0: f returns y: [2]", Outcome.WRONG, x -> x.clone(), right, 1, 2),
                bad("the input has no entries", Outcome.INCONCLUSIVE, x -> 1.0, x -> x.clone()),
                bad("x is finite, point 0: x[1] is NaN", Outcome.INCONCLUSIVE, square, right, 1, Double.NaN),
                bad("x is finite, point 0: x[0] is Infinity", Outcome.INCONCLUSIVE, square, right, 1 / 0.0, 1),
                bad("f leaves its input unchanged", Outcome.WRONG, x -> {
                    x[1] = 7;
                    return x[0] * x[0];
                }, right, 1, 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void endsInAVerdict(String said, Outcome outcome, Function<double[], Object> f,
            Function<double[], double[]> gradient,
            double[] x) {
        for (var effort : Effort.values()) {
            var report = GradientCheck.of(f).gradient(gradient).at(x).effort(effort).seed(1).check();
            assertThat(report.toString()).contains(said);
            assertThat(report.outcome()).as("%s", report).isEqualTo(outcome);
            assertThat(report.toJson()).isNotBlank();
            assertThat(report.toJUnitXml("bad")).contains(outcome == Outcome.WRONG ? "<failure" : "<skipped");
        }
    }

    @Test
    void resultsThatChangeFromCallToCall() {
        var calls = new AtomicInteger();
        Function<double[], GradientReport> noisy = x -> GradientCheck.of((double[] v) -> v[0])
                .gradient(v -> new double[] {1 + 1e-9 * calls.incrementAndGet()}).at(x).check();
        assertThat(noisy.apply(new double[] {1}).toString()).contains("the gradient is deterministic")
                .contains("when called again");
        assertThat(GradientCheck.of((double[] v) -> v[0] + 1e-9 * calls.incrementAndGet())
                .gradient(v -> new double[] {1}).at(1).check().toString()).contains("f is deterministic");
        assertThat(GradientCheck.of((double[] v) -> new double[1 + calls.incrementAndGet() % 2])
                .vjp((v, w) -> v).at(1).check().toString()).contains("the same shape whenever the input has the same");
    }

    /** A call that never returns is left behind; the check is back soon after the limit. */
    @Test
    void callsThatNeverReturn() {
        long start = System.nanoTime();
        Function<double[], Double> stuck = x -> {
            while (true) {
                LockSupport.parkNanos(1_000_000);
            }
        };
        var report = GradientCheck.of((double[] x) -> x[0]).gradient(x -> new double[] {stuck.apply(x)}).at(1)
                .timeLimit(Duration.ofMillis(100)).check();
        assertThat(report.wrong()).singleElement().asString().contains("the gradient returns").contains("after 0.1 s");
        assertThat(
                GradientCheck.of(stuck).gradient(x -> x).points(3, 2).timeLimit(Duration.ofMillis(100)).check().wrong())
                .singleElement().asString().contains("f returns").contains("it was left running");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void whatWasAskedForWrongly() {
        var check = GradientCheck.of((double[] x) -> x[0]).gradient(x -> x);
        assertThatThrownBy(() -> check.points(3).check()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(".input(");
        assertThatThrownBy(() -> check.input("x", "2*n")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sizes are numbers or names");
        assertThatThrownBy(() -> check.input("x", 3).at(1, 2).check()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the point has 2 entries, the declared inputs 3");
        assertThatThrownBy(
                () -> GradientCheck.ofMatrices((DMatrixRMaj[] in) -> 1.0).gradient(in -> in).at(1, 2).check())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("sizes of the inputs are needed");
        assertThatThrownBy(() -> new NDArray(new double[5], 2, 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 6 entries; got 5");
    }
}
