package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cross-entropy as it is often written, log Σ exp z − z₀ with z = W x + b: where z is large its values are what remains of large
 * numbers that cancelled, or zero, while the gradient is right to the last place.
 */
class CancellationTest {
    private static final int CLASSES = 3;

    private static double[] logits(double[][] in) {
        var z = in[1].clone();
        for (int i = 0; i < CLASSES; i++) {
            for (int j = 0; j < CLASSES; j++) {
                z[i] += in[0][CLASSES * i + j] * in[2][j];
            }
        }
        return z;
    }

    private static double loss(double[][] in) {
        var z = logits(in);
        var top = Math.max(z[0], Math.max(z[1], z[2]));
        double sum = 0;
        for (double v : z) {
            sum += Math.exp(v - top);
        }
        return top + Math.log(sum) - z[0];
    }

    private static double[][] gradient(double[][] in, double slip) {
        var z = logits(in);
        var top = Math.max(z[0], Math.max(z[1], z[2]));
        double sum = 0;
        var p = new double[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            p[i] = Math.exp(z[i] - top);
            sum += p[i];
        }
        for (int i = 0; i < CLASSES; i++) {
            p[i] /= sum;
        }
        p[0] -= 1;
        var w = new double[CLASSES * CLASSES];
        var x = new double[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            for (int j = 0; j < CLASSES; j++) {
                w[CLASSES * i + j] = p[i] * in[2][j];
                x[j] += (p[i] + slip) * in[0][CLASSES * i + j];
            }
        }
        return new double[][] {w, p, x};
    }

    private static GradientReport check(double slip, long seed) {
        return GradientCheck.ofArrays(CancellationTest::loss).gradient(in -> gradient(in, slip))
                .input("W", CLASSES, CLASSES).input("b", CLASSES).input("x", CLASSES).points(6).seed(seed).check();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50, 100, 150, 200, 250, 300, 350})
    void isNeverCalledWrong(long first) {
        for (long seed = first; seed < first + 50; seed++) {
            var report = check(0, seed);
            assertThat(report.outcome()).as("%s", report).isNotEqualTo(Outcome.WRONG);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.01, -1e-4})
    void aSlipIsFound(double slip) {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(check(slip, seed).outcome()).as("seed %s", seed).isEqualTo(Outcome.WRONG);
        }
    }
}
