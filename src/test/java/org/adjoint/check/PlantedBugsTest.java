package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong gradients of every class that shows on scalar functions are caught with any of twenty seeds. */
class PlantedBugsTest {

    private static final int SEEDS = 20;

    private static DoubleStream stream(double[] x) { return Arrays.stream(x); }

    private static ToDoubleFunction<double[]> sum(DoubleUnaryOperator f) { return x -> stream(x).map(f).sum(); }

    private static Function<double[], double[]> each(DoubleUnaryOperator f) { return x -> stream(x).map(f).toArray(); }

    private static Function<RandomGenerator, double[]> normal(int n) {
        return r -> IntStream.range(0, n).mapToDouble(i -> r.nextGaussian()).toArray();
    }

    private static Function<RandomGenerator, double[]> uniform(int n, double low, double high) {
        return r -> IntStream.range(0, n).mapToDouble(i -> r.nextDouble(low, high)).toArray();
    }

    private static Function<RandomGenerator, double[]> just(double... x) { return r -> x; }

    private static Arguments bug(String name, Function<RandomGenerator, double[]> points, ToDoubleFunction<double[]> f,
            Function<double[], double[]> wrong) {
        return Arguments.of(name, points, f, wrong);
    }

    static Arguments[] bugs() {
        return new Arguments[] {
                bug("factor of the power rule", normal(5), sum(t -> t * t), each(t -> t)),
                bug("sign in the table", normal(5), sum(Math::cos), each(Math::sin)),
                bug("inverse", uniform(4, 1.5, 3), sum(t -> 1 / t), each(t -> -1 / t)),
                bug("logarithm of the base forgotten", uniform(2, 1.5, 3), x -> Math.pow(x[0], x[1]),
                        x -> new double[] {x[1] * Math.pow(x[0], x[1] - 1), Math.pow(x[0], x[1])}),
                bug("epsilon missing, relative 1e-4", uniform(4, 0.5, 2), sum(t -> Math.log(t + 1e-4)),
                        each(t -> 1 / t)),
                bug("epsilon missing, relative 1e-5", uniform(4, 0.5, 2), sum(t -> Math.sqrt(t + 1e-5)),
                        each(t -> 0.5 / Math.sqrt(t))),
                bug("small function, wrong sign", normal(5), sum(t -> 1e-6 * t * t), each(t -> -2e-6 * t)),
                bug("small function, gradient missing", normal(5), sum(t -> 1e-7 * Math.sin(t)), each(t -> 0)),
                bug("tiny function, gradient missing", normal(3), sum(t -> 1e-200 * Math.exp(t)), each(t -> 0)),
                bug("huge function, wrong factor", normal(3), sum(t -> 1e200 * Math.exp(t)),
                        each(t -> 1.0001e200 * Math.exp(t))),
                bug("mixed scales, the small term missing", normal(2), x -> 1e6 * Math.sin(x[0]) + 1e-2 * x[1] * x[1],
                        x -> new double[] {1e6 * Math.cos(x[0]), 0}),
                bug("variance: n for n - 1", normal(6), PlantedBugsTest::variance,
                        x -> stream(x).map(t -> 2 * (t - stream(x).average().orElse(0)) / x.length).toArray()),
                bug("weight divided by the count", uniform(4, 1, 3), x -> (x[0] * x[0] + 3 * x[1] * x[1]) / 4,
                        x -> new double[] {2 * x[0] / 2, 6 * x[1] / 2, 0, 0}),
                bug("transposed", normal(9), x -> x[1] * x[1] + 2 * x[5] + x[0],
                        x -> new double[] {1, 0, 0, 2 * x[1], 0, 0, 0, 2, 0}),
                bug("softplus: 0 beyond the threshold", uniform(5, 21, 40),
                        sum(t -> Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)))), each(t -> 0)),
                bug("abs: NaN at the kink", just(1, 0, -2), sum(Math::abs), each(t -> t / Math.abs(t))),
                bug("abs: outside the interval of slopes", just(1, 0, -2), sum(Math::abs),
                        each(t -> t == 0 ? 1.5 : Math.signum(t))),
                bug("max: one on every maximum", just(1, 1, 0, -1), x -> stream(x).max().orElse(0),
                        x -> stream(x).map(t -> t == stream(x).max().orElse(0) ? 1 : 0).toArray()),
                bug("max: three ways, one on every maximum", just(2, 2, 2), x -> stream(x).max().orElse(0),
                        each(t -> 1)),
                bug("min: to the larger", normal(2), x -> Math.min(x[0], x[1]),
                        x -> x[0] > x[1] ? new double[] {1, 0} : new double[] {0, 1}),
                bug("power as exp of log: NaN at the edge", just(0, 1), sum(t -> Math.pow(t, 1.875)),
                        each(t -> 1.875 * Math.pow(t, 1.875) / t)),
                bug("power zero: NaN", just(0, 1, 2), sum(t -> Math.pow(t, 0)), each(t -> 0 * (1 / t))),
                bug("0 times infinity from the dead branch", just(-1, 2), sum(t -> t > 0 ? Math.sqrt(t) : 0),
                        each(t -> (t > 0 ? 1 : 0) / (2 * Math.sqrt(Math.max(t, 0))))),
                bug("remainder: divisor forgotten", r -> new double[] {r.nextDouble(3.2, 3.8), r.nextDouble(1.4, 1.5)},
                        x -> x[0] % x[1], x -> new double[] {1, 0}),
                bug("degrees", uniform(4, 10, 80), sum(t -> Math.sin(Math.toRadians(t))),
                        each(t -> Math.cos(Math.toRadians(t)))),
                bug("straight through", r -> new double[] {r.nextDouble(0.2, 0.8) + 3}, sum(Math::floor), each(t -> 1)),
                bug("the fast component", uniform(3, 0, 1), sum(t -> t + 1e-3 * Math.sin(1e5 * t)), each(t -> 1)),
                bug("one block is not the identity", r -> {
                    var x = normal(600).apply(r);
                    x[300] = 40;
                    return x;
                }, sum(t -> Math.abs(t) < 30 ? t * t / 2 : 30 * Math.abs(t) - 450), x -> x.clone()),
                bug("an additive constant", normal(4), sum(Math::exp), each(t -> Math.exp(t) + 1e-3)),
                bug("near a kink", just(1e-9, 2), sum(t -> Math.max(t, 0)), each(t -> t > 1e-6 ? 1 : 0)),
        };
    }

    private static double variance(double[] x) {
        var mean = stream(x).average().orElse(0);
        return stream(x).map(t -> (t - mean) * (t - mean)).sum() / (x.length - 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void caughtWithEverySeed(String name, Function<RandomGenerator, double[]> points, ToDoubleFunction<double[]> f,
            Function<double[], double[]> wrong) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = GradientCheck.of(f::applyAsDouble).gradient(wrong).points(1, points).seed(seed).check();
            assertThat(report.passed()).as("%s: %s", name, report).isFalse();
        }
    }
}
