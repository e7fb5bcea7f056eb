package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Random functions of every scale: their gradients by dual numbers are right, and with one entry changed wrong. */
class RandomGradientsTest {

    private static final int CASES = 3000;

    private record Case(RandomFunction tree, double[] x, double amplitude) {

        static Case draw(long seed) {
            var random = new SplittableRandom(seed);
            int n = random.nextInt(1, 7);
            var scale = random.nextInt(3) == 0 ? Math.pow(10, random.nextDouble(-200, 200)) : 1;
            var x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = scale * random.nextGaussian() * (random.nextInt(4) == 0 ? 1e-3 : 1);
            }
            return new Case(RandomFunction.draw(random, n, 4, scale), x, Math.pow(10, random.nextDouble(-80, 80)));
        }

        double value(double[] v) {
            return amplitude * tree.value(v);
        }

        double[] gradient(double[] v) {
            var g = new double[v.length];
            for (int i = 0; i < g.length; i++) {
                var unit = new double[g.length];
                unit[i] = 1;
                g[i] = amplitude * tree.at(v, unit).slope();
            }
            return g;
        }
    }

    @Test
    void rightGradientsAreNotRejected() {
        long seed = System.nanoTime();
        var rejected = new ArrayList<String>();
        int confirmed = 0;
        for (int i = 0; i < CASES; i++) {
            var c = Case.draw(seed + i);
            var report = GradientCheck.of(c::value).gradient(c::gradient).at(c.x).seed(seed + i).check();
            confirmed += report.confirmed() ? 1 : 0;
            if (!report.passed()) {
                rejected.add(c.tree + "\n" + report);
            }
        }
        assertThat(rejected.size()).as("seed %d: %s", seed, rejected).isLessThanOrEqualTo(CASES / 1000);
        assertThat(confirmed).as("seed %d", seed).isGreaterThan(CASES * 97 / 100);
    }

    @Test
    void anEntryOffByOnePartInTenThousandIsCaught() {
        long seed = System.nanoTime();
        int planted = 0;
        var missed = new ArrayList<String>();
        for (int i = 0; i < CASES; i++) {
            var c = Case.draw(seed + i);
            int entry = i % c.x.length;
            var g = c.gradient(c.x);
            // an entry that matters: f changes by more than a thousandth when that entry changes by its own size
            if (Math.abs(g[entry] * c.x[entry]) < 1e-3 * Math.abs(c.value(c.x)) || g[entry] == 0) {
                continue;
            }
            planted++;
            Function<double[], double[]> wrong = v -> {
                var changed = c.gradient(v);
                changed[entry] *= 1.0001;
                return changed;
            };
            var report = GradientCheck.of(c::value).gradient(wrong).at(c.x).seed(seed + i).shrinking(i % 50 == 0)
                    .check();
            if (report.passed()) {
                missed.add(c.tree + "\n" + report);
            }
        }
        assertThat(planted).isGreaterThan(CASES / 4);
        assertThat(missed.size()).as("seed %d, %d planted: %s", seed, planted, missed)
                .isLessThanOrEqualTo(planted / 200);
    }
}
