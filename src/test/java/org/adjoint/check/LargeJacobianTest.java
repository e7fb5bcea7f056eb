package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One wrong entry of a large Jacobian is found, and a right one confirmed, at the stated cost. */
class LargeJacobianTest {

    /** y = tanh(A x / √n) + A x, and its pullback, with one entry of the Jacobian off by 1e-6 of the largest. */
    private record Layer(int n, double[] a, int row, int column) {

        static Layer draw(int n, long seed) {
            var random = new SplittableRandom(seed);
            return new Layer(n, random.doubles((long) n * n, -1, 1).toArray(), random.nextInt(n), random.nextInt(n));
        }

        double[] at(double[] x) {
            var y = new double[n];
            for (int i = 0; i < n; i++) {
                double z = 0;
                for (int j = 0; j < n; j++) {
                    z += a[i * n + j] * x[j];
                }
                y[i] = z + Math.tanh(z / Math.sqrt(n));
            }
            return y;
        }

        double[] back(double[] x, double[] w, double error) {
            var g = new double[n];
            for (int i = 0; i < n; i++) {
                double z = 0;
                for (int j = 0; j < n; j++) {
                    z += a[i * n + j] * x[j];
                }
                var t = Math.tanh(z / Math.sqrt(n));
                var slope = w[i] * (1 + (1 - t * t) / Math.sqrt(n));
                for (int j = 0; j < n; j++) {
                    g[j] += a[i * n + j] * slope;
                }
            }
            g[column] += error * w[row];
            return g;
        }

        GradientCheck check(double error, long seed) {
            var x = new SplittableRandom(seed + 7919).doubles(n).map(u -> 4 * u - 2).toArray();
            BiFunction<double[], double[], double[]> vjp = (v, w) -> back(v, w, error);
            return GradientCheck.of(this::at).vjp(vjp).at(x).seed(seed).shrinking(false);
        }
    }

    @ParameterizedTest
    @CsvSource({"100, THOROUGH, 200, 99", "100, FAST, 200, 95", "1000, THOROUGH, 10, 99", "1000, FAST, 10, 95"})
    void oneEntryOffByAMillionthOfTheLargest(int n, Effort effort, int usual, int percent) {
        // the build takes a few runs of the large ones; the page on bars says how to take a hundred, and others
        int runs = n == 1000 ? Integer.getInteger("jacobian.runs", usual) : usual;
        long first = Long.getLong("jacobian.seed", 0);
        int caught = 0;
        int named = 0;
        for (long seed = first; seed < first + runs; seed++) {
            var layer = Layer.draw(n, seed);
            var report = layer.check(1e-6, seed).effort(effort).check();
            caught += report.passed() ? 0 : 1;
            named += report.wrong().stream().anyMatch(f -> f.probe() instanceof Probe.Entry e
                    && e.output() == layer.row && e.input() == layer.column) ? 1 : 0;
        }
        if (Integer.getInteger("jacobian.runs") != null) {
            System.out.printf("%d x %d, %s: %d of %d caught, %d named%n", n, n, effort, caught, runs, named);
        }
        assertThat(caught * 100).as("caught %d of %d", caught, runs).isGreaterThanOrEqualTo(percent * runs);
        assertThat(named).as("traced to the entry, of %d caught", caught).isGreaterThanOrEqualTo(caught * 95 / 100);
    }

    @ParameterizedTest
    @CsvSource({"100, THOROUGH, 200", "100, FAST, 200", "1000, FAST, 5"})
    void theRightOneIsConfirmed(int n, Effort effort, int runs) {
        for (int seed = 0; seed < runs; seed++) {
            var report = Layer.draw(n, seed).check(0, seed).effort(effort).check();
            assertThat(report.confirmed() && report.inconclusive().isEmpty()).as("%s", report).isTrue();
        }
    }

    @Test
    void aFastCheckOfAScalarFunctionTakesThirtyCalls() {
        for (int n : new int[] {1, 3, 64, 65, 1000, 100_000}) {
            for (int seed = 0; seed < 20; seed++) {
                var calls = new AtomicInteger();
                var x = new SplittableRandom(seed).doubles(n).map(u -> 6 * u - 3).toArray();
                var report = GradientCheck.of(v -> {
                    calls.incrementAndGet();
                    return IntStream.range(0, n).mapToDouble(i -> Math.log1p(Math.exp(v[i])) * (1 + i % 3)).sum();
                }).gradient(v -> {
                    calls.incrementAndGet();
                    return IntStream.range(0, n).mapToDouble(i -> (1 + i % 3) / (1 + Math.exp(-v[i]))).toArray();
                }).at(x).seed(seed).fast().check();
                assertThat(report.confirmed()).as("%s", report).isTrue();
                assertThat(calls.get()).as("n = %d", n).isLessThanOrEqualTo(30);
            }
        }
    }

    /** Many kinks close by: the steps get shorter, the calls not more. */
    @Test
    void aFastCheckOfARoughFunctionTakesThirtyCallsToo() {
        int n = 10_000;
        for (int seed = 0; seed < 20; seed++) {
            var calls = new AtomicInteger();
            var x = new SplittableRandom(seed).doubles(n).map(u -> 6 * u - 3).toArray();
            var report = GradientCheck.of(v -> {
                calls.incrementAndGet();
                return IntStream.range(0, n).mapToDouble(i -> Math.abs(v[i] - 1)).sum();
            }).gradient(v -> {
                calls.incrementAndGet();
                return IntStream.range(0, n).mapToDouble(i -> Math.signum(v[i] - 1)).toArray();
            }).at(x).seed(seed).fast().check();
            assertThat(report.passed()).as("%s", report).isTrue();
            assertThat(calls.get()).isLessThanOrEqualTo(30);
        }
    }
}
