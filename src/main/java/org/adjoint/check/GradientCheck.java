package org.adjoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Checks a gradient against values of its function.
 *
 * <pre>{@code
 * GradientCheck.of(x -> x[0] * x[0] + Math.sin(x[1]))
 *         .gradient(x -> new double[] {2 * x[0], Math.cos(x[1])})
 *         .at(0.3, -1.2).points(5, 2).verify();
 * }</pre>
 *
 * <p>Steps and tolerances come from measured error bars ({@link Differences}), never from one constant: gradients of
 * functions near 1e-200 or 1e200 are judged as those near 1. At a kink any value between the one-sided derivatives is
 * right, and any generalised gradient. At a jump, at the edge of the domain, or where noise hides the derivative the
 * finding is inconclusive and says why. Small inputs are tested entry by entry, large ones along fresh random
 * directions and in some entries; a wrong direction is traced to an entry. Both functions must leave their input alone
 * and return the same result twice.
 */
public final class GradientCheck {

    /** Agreement asked for beyond the error bars: relative errors of a gradient smaller than this are not bugs. */
    public static final double DEFAULT_TOLERANCE = 1e-7;

    /** A function still without its gradient. */
    public record Scalar(ToDoubleFunction<double[]> function) {

        /** The gradient to check: an array shaped as the input. */
        public GradientCheck gradient(Function<double[], double[]> gradient) {
            return new GradientCheck(function, gradient, List.of(), OptionalLong.empty(), DEFAULT_TOLERANCE);
        }
    }

    /** Draws some points. */
    @FunctionalInterface
    private interface Source {
        List<double[]> draw(RandomGenerator random);
    }

    private final ToDoubleFunction<double[]> function;
    private final Function<double[], double[]> gradient;
    private final List<Source> sources;
    private final OptionalLong seed;
    private final double tolerance;

    private GradientCheck(ToDoubleFunction<double[]> function, Function<double[], double[]> gradient,
            List<Source> sources, OptionalLong seed, double tolerance) {
        this.function = function;
        this.gradient = gradient;
        this.sources = sources;
        this.seed = seed;
        this.tolerance = tolerance;
    }

    /** The function whose gradient is to be checked. */
    public static Scalar of(ToDoubleFunction<double[]> function) {
        return new Scalar(function);
    }

    /** Checks at this point too. */
    public GradientCheck at(double... x) {
        var own = x.clone();
        return with(random -> List.of(own));
    }

    /** Checks at some drawn points too; the seed fixes them. */
    public GradientCheck points(int count, Function<RandomGenerator, double[]> draw) {
        return with(random -> {
            var points = new ArrayList<double[]>();
            for (int i = 0; i < count; i++) {
                points.add(draw.apply(random).clone());
            }
            return points;
        });
    }

    /** Checks at some points of mixed character too: ordinary, with zeros and ties, of many scales, large. */
    public GradientCheck points(int count, int dimension) {
        return with(random -> {
            var points = new ArrayList<double[]>();
            for (int i = 0; i < count; i++) {
                points.add(Inputs.draw(random, dimension, i));
            }
            return points;
        });
    }

    /** Repeats an earlier check; without a seed every check draws a fresh one, and the report prints it. */
    public GradientCheck seed(long seed) {
        return new GradientCheck(function, gradient, sources, OptionalLong.of(seed), tolerance);
    }

    /**
     * Relative error that the gradient may have beyond the error bars; {@link #DEFAULT_TOLERANCE} unless given.
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public GradientCheck tolerance(double relative) {
        if (!(relative >= 0 && relative < 1)) {
            throw new IllegalArgumentException("a relative tolerance lies in [0, 1); got " + relative);
        }
        return new GradientCheck(function, gradient, sources, seed, relative);
    }

    private GradientCheck with(Source source) {
        var more = new ArrayList<>(sources);
        more.add(source);
        return new GradientCheck(function, gradient, List.copyOf(more), seed, tolerance);
    }

    /**
     * Runs the check.
     *
     * @throws IllegalStateException if no point was given
     */
    public GradientReport check() {
        var used = seed.orElseGet(() -> new SplittableRandom().nextLong());
        var random = new SplittableRandom(used);
        var points = new ArrayList<double[]>();
        for (var source : sources) {
            points.addAll(source.draw(random.split()));
        }
        if (points.isEmpty()) {
            throw new IllegalStateException("a gradient check needs a point: .at(x) or .points(count, dimension)");
        }
        var findings = new ArrayList<Finding>();
        var hints = new ArrayList<String>();
        for (int i = 0; i < points.size(); i++) {
            var found = new PointCheck(function, gradient, points.get(i), i, tolerance, random.split()).run();
            findings.addAll(found);
            if (hints.isEmpty()) {
                hints.addAll(Hints.of(found));
            }
        }
        return new GradientReport(used, findings, hints);
    }

    /**
     * Runs the check and fails if anything is wrong.
     *
     * @throws AssertionError with the report: entries, values, error bars, inputs, seed
     */
    public void verify() {
        var report = check();
        if (!report.passed()) {
            throw new AssertionError(report.toString());
        }
    }
}
