package org.adjoint.check;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.adjoint.Timed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A function of twenty variables that costs next to nothing, so that the check itself is what is measured. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GradientCheckBenchmark extends Timed {

    private static final int N = 20;

    private final double[] x = IntStream.range(0, N).mapToDouble(i -> Math.sin(i + 1) + 0.1 * i).toArray();
    private final double[] kinked = IntStream.range(0, N).mapToDouble(i -> i % 2).toArray();

    private static double cubes(double[] v) {
        double sum = 0;
        for (double t : v) {
            sum += t * t * t;
        }
        return sum;
    }

    private static double absolutes(double[] v) {
        double sum = 0;
        for (double t : v) {
            sum += Math.abs(t);
        }
        return sum;
    }

    /** One directional derivative of a smooth function. */
    @Benchmark
    public Estimate direction() { return Differences.directional(GradientCheckBenchmark::cubes, x, x); }

    /** The whole check of a smooth function. */
    @Benchmark
    public GradientReport smooth() {
        return GradientCheck.of(GradientCheckBenchmark::cubes)
                .gradient(v -> Arrays.stream(v).map(t -> 3 * t * t).toArray()).at(x).seed(1).check();
    }

    /** The whole check at a point with ten kinks. */
    @Benchmark
    public GradientReport kinks() {
        return GradientCheck.of(GradientCheckBenchmark::absolutes)
                .gradient(v -> Arrays.stream(v).map(Math::signum).toArray()).at(kinked).seed(1).check();
    }
}
