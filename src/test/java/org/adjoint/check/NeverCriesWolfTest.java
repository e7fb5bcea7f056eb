package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Right gradients of plain functions at points of all characters, with many seeds, in single and in double precision: where x
 * is huge neighbouring numbers lie further apart than the periods of the sine, where functions saturate the values are
 * multiples of the last bit of 1. One percent too much in an entry is seen.
 */
class NeverCriesWolfTest {

    private static final int SEEDS = 150;
    private static final double[] X = {0.3, -1.2, 2.5};

    /** An elementwise function with its derivative, of which the sum over x is checked. */
    interface Elementwise {
        double value(double t);

        double slope(double t);
    }

    private enum Function implements Elementwise {
        SQUARE {
            @Override
            public double value(double t) { return t * t; }

            @Override
            public double slope(double t) { return 2 * t; }
        },
        SINE_TIMES_T {
            @Override
            public double value(double t) { return Math.sin(t) * t; }

            @Override
            public double slope(double t) { return Math.sin(t) + t * Math.cos(t); }
        },
        TANH {
            @Override
            public double value(double t) { return Math.tanh(t); }

            @Override
            public double slope(double t) { return 1 - Math.tanh(t) * Math.tanh(t); }
        },
        RELU_AND_ABS {
            @Override
            public double value(double t) { return Math.max(t, 0) * Math.max(t, 0) + Math.abs(t); }

            @Override
            public double slope(double t) { return 2 * Math.max(t, 0) + Math.signum(t); }
        },
        BELL {
            @Override
            public double value(double t) { return Math.exp(-t * t); }

            @Override
            public double slope(double t) { return Math.abs(t) > 1e9 ? 0 : -2 * t * Math.exp(-t * t); }
        }
    }

    static Stream<Arguments> functions() {
        return Stream.of(Function.values())
                .flatMap(f -> Stream.of(Arguments.of(f, Precision.SINGLE), Arguments.of(f, Precision.DOUBLE)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void rightGradientsPassAndWrongOnesDoNot(Elementwise f, Precision precision) {
        long right = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = check(f, precision, 1).points(9, 4).seed(seed).check();
            assertThat(report.passed()).as("seed %d: %s", seed, report).isTrue();
            right += report.count(Outcome.RIGHT);
            var wrong = check(f, precision, 1.01).seed(seed).check();
            assertThat(wrong.passed()).as("seed %d: %s", seed, wrong).isFalse();
        }
        // 59 findings of each run, with those at ten points and along directions
        assertThat(right).isGreaterThan(SEEDS * 58);
    }

    private static GradientCheck check(Elementwise f, Precision precision, double factor) {
        if (precision == Precision.DOUBLE) {
            return GradientCheck.of(x -> {
                double sum = 0;
                for (double t : x) {
                    sum += f.value(t);
                }
                return sum;
            }).gradient(x -> {
                var g = new double[x.length];
                for (int i = 0; i < g.length; i++) {
                    g[i] = f.slope(x[i]) * (i == 0 ? factor : 1);
                }
                return g;
            }).at(X);
        }
        return GradientCheck.ofFloats(x -> {
            float sum = 0;
            for (float t : x) {
                sum += (float) f.value(t);
            }
            return sum;
        }).gradient(x -> {
            var g = new float[x.length];
            for (int i = 0; i < g.length; i++) {
                g[i] = (float) (f.slope(x[i]) * (i == 0 ? factor : 1));
            }
            return g;
        }).at(X);
    }
}
