package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The true error is at most a few error bars, for random functions, points, directions, scales and noise. */
class HonestErrorBarsTest {

    private static final int CASES = 10_000;
    private static final double FEW = 5;

    /** What a run found. */
    record Tally(long seed, int measured, int sharp, List<String> misses) {

        @Override
        public String toString() {
            return "seed %d: %d of %d outside %s bars, %d sharp%n%s".formatted(seed, misses.size(), measured, FEW,
                    sharp,
                    String.join("\n", misses));
        }
    }

    static Tally report(long seed) {
        var misses = new ArrayList<String>();
        int measured = 0;
        int sharp = 0;
        for (int i = 0; i < CASES; i++) {
            var c = Case.draw(seed + i);
            var e = Differences.directional(c.f, c.x, c.direction);
            if (e.kind() != Kind.SMOOTH && e.kind() != Kind.KINK) {
                continue;
            }
            measured++;
            var miss = e.distance(c.slope);
            if (e.error() <= 1e-6 * Math.abs(c.slope) || e.sensitivity() <= 1e-9 * Math.abs(c.f.applyAsDouble(c.x))) {
                sharp++;
            }
            if (!(miss <= FEW * e.error() + 1e-13 * Math.abs(c.slope))) {
                misses.add("seed %d: %s%n    at %s along %s%n    noise %s: %s, true %s: %.1f bars, %d evaluations"
                        .formatted(seed + i, c.function, Arrays.toString(c.x), Arrays.toString(c.direction), c.noise,
                                e, c.slope, miss / e.error(), e.evaluations()));
            }
        }
        return new Tally(seed, measured, sharp, misses);
    }

    @Test
    void trueErrorsAreWithinAFewBars() {
        var tally = report(System.nanoTime());
        assertThat(tally.measured).as("%s", tally).isGreaterThan(CASES * 98 / 100);
        assertThat(tally.sharp).as("%s", tally).isGreaterThan(CASES * 80 / 100);
        assertThat(tally.misses.size()).as("%s", tally).isLessThanOrEqualTo(CASES / 1000);
    }

    /** A function, where to look, and the truth. */
    private record Case(String function, ToDoubleFunction<double[]> f, double[] x, double[] direction, double noise,
            double slope) {

        static Case draw(long seed) {
            var random = new SplittableRandom(seed);
            int n = random.nextInt(1, 6);
            var scale = random.nextInt(3) == 0 ? Math.pow(10, random.nextDouble(-250, 250)) : 1;
            var x = new double[n];
            var direction = new double[n];
            for (int i = 0; i < n; i++) {
                var size = random.nextInt(4) == 0 ? Math.pow(10, random.nextDouble(-6, 3)) : 1;
                x[i] = scale == 1 && random.nextInt(10) == 0 ? 0 : scale * size * random.nextGaussian();
                direction[i] = random.nextInt(4) == 0 ? 0 : scale * size * random.nextGaussian();
            }
            if (random.nextBoolean()) {
                direction = new double[n];
                direction[random.nextInt(n)] = 1;
            }
            var tree = RandomFunction.draw(random, n, 4, scale);
            var amplitude = Math.pow(10, random.nextDouble(-40, 40));
            var noise = random.nextInt(4) == 0 ? Math.pow(10, random.nextDouble(-14, -6)) : 0;
            var truth = tree.at(x, direction).slope() * amplitude;
            ToDoubleFunction<double[]> f = v -> {
                var y = tree.value(v);
                return amplitude * (noise == 0 ? y : y + noise * hash(v));
            };
            return new Case(tree.toString(), f, x, direction, noise, truth);
        }

        private static double hash(double[] x) {
            long z = Arrays.hashCode(x) * 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
            return (z >> 11) * 0x1p-52;
        }
    }
}
