package org.adjoint.check;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A vector function of some arrays, its vector-Jacobian product, and a wrong one.
 *
 * @param name   of the mistake
 * @param inputs where it shows
 * @param f      the function
 * @param right  its pullback
 * @param wrong  with the mistake
 */
record Planted(String name, Function<RandomGenerator, double[][]> inputs, Function<double[][], double[]> f,
        BiFunction<double[][], double[], double[][]> right, BiFunction<double[][], double[], double[][]> wrong) {

    @Override
    public String toString() { return name; }

    GradientCheck check(boolean correct, long seed) {
        var point = inputs.apply(new SplittableRandom(seed));
        return GradientCheck.ofArrays(f).vjp(correct ? right : wrong).at(point).seed(seed).shrinking(false);
    }

    /** One array, through a function of one variable, with its derivative and a wrong one. */
    static Planted each(String name, Function<RandomGenerator, double[]> x, DoubleUnaryOperator f,
            DoubleUnaryOperator right, DoubleUnaryOperator wrong) {
        return new Planted(name, r -> new double[][] {x.apply(r)}, in -> map(in[0], f),
                (in, w) -> new double[][] {zip(in[0], w, (t, c) -> c * right.applyAsDouble(t))},
                (in, w) -> new double[][] {zip(in[0], w, (t, c) -> c * wrong.applyAsDouble(t))});
    }

    /** Two arrays of one length, through a function of two variables, with its partial derivatives and wrong ones. */
    static Planted both(String name, Function<RandomGenerator, double[]> u, Function<RandomGenerator, double[]> v,
            DoubleBinaryOperator f, DoubleBinaryOperator byU, DoubleBinaryOperator byV, DoubleBinaryOperator wrongU,
            DoubleBinaryOperator wrongV) {
        return new Planted(name, r -> new double[][] {u.apply(r), v.apply(r)}, in -> zip(in[0], in[1], f),
                (in, w) -> partials(in, w, byU, byV), (in, w) -> partials(in, w, wrongU, wrongV));
    }

    private static double[][] partials(double[][] in, double[] w, DoubleBinaryOperator a, DoubleBinaryOperator b) {
        return new double[][] {times(w, zip(in[0], in[1], a)), times(w, zip(in[0], in[1], b))};
    }

    /** One array to a number, with its gradient and a wrong one. */
    static Planted whole(String name, Function<RandomGenerator, double[]> x, Function<double[], Double> f,
            Function<double[], double[]> right, Function<double[], double[]> wrong) {
        return new Planted(name, r -> new double[][] {x.apply(r)}, in -> new double[] {f.apply(in[0])},
                (in, w) -> new double[][] {map(right.apply(in[0]), t -> t * w[0])},
                (in, w) -> new double[][] {map(wrong.apply(in[0]), t -> t * w[0])});
    }

    /** Any number of arrays to an array. */
    static Planted any(String name, Function<RandomGenerator, double[][]> inputs, Function<double[][], double[]> f,
            BiFunction<double[][], double[], double[][]> right,
            BiFunction<double[][], double[], double[][]> wrong) {
        return new Planted(name, inputs, f, right, wrong);
    }

    static Function<RandomGenerator, double[]> normal(int n) {
        return r -> IntStream.range(0, n).mapToDouble(i -> r.nextGaussian()).toArray();
    }

    static Function<RandomGenerator, double[]> uniform(int n, double low, double high) {
        return r -> IntStream.range(0, n).mapToDouble(i -> r.nextDouble(low, high)).toArray();
    }

    static Function<RandomGenerator, double[]> just(double... x) { return r -> x.clone(); }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static Function<RandomGenerator, double[][]> inputs(Function<RandomGenerator, double[]>... each) {
        var all = Arrays.stream(each).toList();
        return r -> all.stream().map(e -> e.apply(r)).toArray(double[][]::new);
    }

    static double[] map(double[] x, DoubleUnaryOperator f) { return Arrays.stream(x).map(f).toArray(); }

    static double[] zip(double[] x, double[] y, DoubleBinaryOperator f) {
        return IntStream.range(0, x.length).mapToDouble(i -> f.applyAsDouble(x[i], y[i])).toArray();
    }

    static double[] times(double[] x, double[] y) { return zip(x, y, (a, b) -> a * b); }

    static double sum(double[] x) { return Arrays.stream(x).sum(); }

    static double dot(double[] x, double[] y) { return sum(times(x, y)); }

    static double max(double[] x) { return Arrays.stream(x).max().orElse(0); }
}
