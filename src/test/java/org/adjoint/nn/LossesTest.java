package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Losses against loops over examples, places and classes, written from the formulas of PyTorch's documentation. */
class LossesTest {
    private static final long SEED = 5;
    private static final Rational BETA = Rational.of(3, 4);

    private final Random random = new Random(SEED);

    private static double value(Expr loss, Map<Variable, double[]> inputs) {
        Map<Variable, NumberTensor<Double>> values = new LinkedHashMap<>();
        inputs.forEach((v, data) -> values.put(v, NumberTensor.of(Sizes.NONE.of(v.shape()),
                java.util.Arrays.stream(data).boxed().toList())));
        return new Evaluator<>(new DoubleArithmetic(), Sizes.NONE).evaluate(loss, values).value();
    }

    private double[] drawn(int count, double from, double to) {
        return random.doubles(count, from, to).toArray();
    }

    /** A loss entry by entry, its formula, and between which numbers input and target lie. */
    private record Entrywise(BiFunction<Expr, Expr, Expr> loss, DoubleBinaryOperator formula, double from, double to,
            boolean signs) {
    }

    private static double softplus(double x) {
        return Math.log(1 + Math.exp(x));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void entryByEntry() {
        double beta = 0.75;
        Expr b = Constant.of(BETA);
        List<Entrywise> all = List.of(
                new Entrywise(Losses::squares, (x, t) -> (x - t) * (x - t), -2, 2, false),
                new Entrywise(Losses::distances, (x, t) -> Math.abs(x - t), -2, 2, false),
                new Entrywise((x, t) -> Losses.smoothDistances(x, t, b),
                        (x, t) -> Math.abs(x - t) < beta ? 0.5 * (x - t) * (x - t) / beta
                                : Math.abs(x - t) - 0.5 * beta,
                        -2, 2, false),
                new Entrywise((x, t) -> Losses.huber(x, t, b),
                        (x, t) -> Math.abs(x - t) <= beta ? 0.5 * (x - t) * (x - t)
                                : beta * (Math.abs(x - t) - 0.5 * beta),
                        -2, 2, false),
                new Entrywise(Losses::binaryCrossEntropy,
                        (x, t) -> -(t * Math.log(x) + (1 - t) * Math.log(1 - x)), 0.01, 0.99, false),
                new Entrywise(Losses::binaryCrossEntropyWithLogits,
                        (x, t) -> -(t * Math.log(sigmoid(x)) + (1 - t) * Math.log(1 - sigmoid(x))), -2, 2, false),
                new Entrywise((x, t) -> Losses.binaryCrossEntropyWithLogits(x, t, b),
                        (x, t) -> -(beta * t * Math.log(sigmoid(x)) + (1 - t) * Math.log(1 - sigmoid(x))), -2, 2,
                        false),
                new Entrywise((x, t) -> Losses.hinge(x, t, b), (x, t) -> Math.max(0, beta - t * x), -2, 2, true),
                new Entrywise((x, t) -> Losses.hingeEmbedding(x, t, b),
                        (x, t) -> t > 0 ? x : Math.max(0, beta - x), -2, 2, true),
                new Entrywise(Losses::softMargin, (x, t) -> softplus(-t * x), -2, 2, true),
                new Entrywise(Losses::divergence, (x, t) -> t == 0 ? 0 : t * (Math.log(t) - x), 0, 1, false),
                new Entrywise(Losses::divergenceOfLogs, (x, t) -> Math.exp(t) * (t - x), -2, 2, false));
        Variable x = Variable.of("x", Shape.of(3L, 4L));
        Variable t = Variable.of("t", Shape.of(3L, 4L));
        for (Entrywise each : all) {
            double[] xs = drawn(12, each.from, each.to);
            double[] ts = drawn(12, each.from, each.to);
            if (each.signs) {
                ts = random.ints(12, 0, 2).mapToDouble(k -> 2 * k - 1).toArray();
            } else if (each.from == 0) {
                ts[5] = 0;
            }
            double sum = 0;
            for (int k = 0; k < 12; k++) {
                sum += each.formula.applyAsDouble(xs[k], ts[k]);
            }
            Expr losses = each.loss.apply(x, t);
            Map<Variable, double[]> point = Map.of(x, xs, t, ts);
            assertThat(value(LossReduction.SUM.of(losses), point)).isCloseTo(sum, within(1e-12));
            assertThat(value(LossReduction.MEAN.of(losses), point)).isCloseTo(sum / 12, within(1e-12));
            assertThat(value(LossReduction.BATCHMEAN.of(losses), point)).isCloseTo(sum / 3, within(1e-12));
            assertThat(value(LossReduction.HALF.of(losses), point)).isCloseTo(sum / 2, within(1e-12));
            assertThat(LossReduction.NONE.of(losses)).isSameAs(losses);
        }
    }

    /** {@code [N, C, d]} by loops; an input [C] is one example at one place. */
    private final class Classes {
        final int examples = 1 + random.nextInt(3);
        final int classes = 2 + random.nextInt(3);
        final int places = 1 + random.nextInt(2);
        final double[] x = drawn(examples * classes * places, -2, 2);
        final double[] w = drawn(classes, 0.5, 2);
        final int[] y = random.ints((long) examples * places, 0, classes).toArray();
        final Variable input = Variable.of("x", Shape.of(examples, classes, places));
        final Variable weight = Variable.of("w", Shape.of((long) classes));
        final Expr target = Constant.of(Shape.of(examples, places),
                IntStream.of(y).mapToObj(Rational::of).toList());
        final Map<Variable, double[]> point = Map.of(input, x, weight, w);

        double at(int n, int c, int p) {
            return x[(n * classes + c) * places + p];
        }

        double log(int n, int c, int p) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(at(n, k, p));
            }
            return at(n, c, p) - Math.log(sum);
        }

        /** Adds up a loss of each place, and divides by what each counts. */
        double mean(Each loss, Each count) {
            double sum = 0;
            double all = 0;
            for (int n = 0; n < examples; n++) {
                for (int p = 0; p < places; p++) {
                    sum += loss.of(n, y[n * places + p], p);
                    all += count.of(n, y[n * places + p], p);
                }
            }
            return sum / all;
        }
    }

    private interface Each {
        double of(int n, int y, int p);
    }

    private static final Optional<Expr> NOTHING = Optional.empty();

    @Test
    void ofClasses() {
        for (int round = 0; round < 20; round++) {
            Classes c = new Classes();
            Optional<Expr> weight = Optional.of(c.weight);
            assertThat(
                    value(ClassLosses.crossEntropy(c.input, c.target, NOTHING, NOTHING, LossReduction.MEAN), c.point))
                    .isCloseTo(c.mean((n, y, p) -> -c.log(n, y, p), (n, y, p) -> 1), within(1e-12));
            assertThat(value(ClassLosses.crossEntropy(c.input, c.target, weight, NOTHING, LossReduction.MEAN), c.point))
                    .isCloseTo(c.mean((n, y, p) -> -c.w[y] * c.log(n, y, p), (n, y, p) -> c.w[y]), within(1e-12));
            assertThat(value(
                    ClassLosses.negativeLogLikelihood(c.input, c.target, weight, LossReduction.MEAN), c.point))
                    .isCloseTo(c.mean((n, y, p) -> -c.w[y] * c.at(n, y, p), (n, y, p) -> c.w[y]), within(1e-12));
            // aten: (1 − ε) of the loss of the class, and ε/C of Σ w[c] of all
            assertThat(value(ClassLosses.crossEntropy(c.input, c.target, weight,
                    Optional.of(Constant.of(Rational.of(1, 10))), LossReduction.MEAN), c.point))
                    .isCloseTo(c.mean((n, y, p) -> {
                        double smooth = 0;
                        for (int k = 0; k < c.classes; k++) {
                            smooth -= c.w[k] * c.log(n, k, p);
                        }
                        return -0.9 * c.w[y] * c.log(n, y, p) + 0.1 / c.classes * smooth;
                    }, (n, y, p) -> c.w[y]), within(1e-12));
        }
    }

    /** Probabilities that are one-hot say what classes say, but a weighted mean is over the examples. */
    @Test
    void ofProbabilities() {
        Variable x = Variable.of("x", Shape.of(2L, 3L));
        Variable w = Variable.of("w", Shape.of(3L));
        Expr classes = Constant.of(Shape.of(2L), List.of(Rational.of(2), Rational.ZERO));
        Expr oneHot = Constant.of(Shape.of(2L, 3L), IntStream.of(0, 0, 1, 1, 0, 0).mapToObj(Rational::of).toList());
        Map<Variable, double[]> point = Map.of(x, drawn(6, -2, 2), w, new double[] {0.5, 1, 2});
        for (Optional<Expr> weight : List.of(NOTHING, Optional.<Expr>of(w))) {
            assertThat(value(ClassLosses.crossEntropy(x, oneHot, weight, NOTHING, LossReduction.SUM), point)).isCloseTo(
                    value(ClassLosses.crossEntropy(x, classes, weight, NOTHING, LossReduction.SUM), point),
                    within(1e-12));
            assertThat(value(ClassLosses.crossEntropy(x, oneHot, weight, NOTHING, LossReduction.MEAN), point))
                    .isCloseTo(value(ClassLosses.crossEntropy(x, oneHot, weight, NOTHING, LossReduction.SUM), point)
                            / 2, within(1e-12));
        }
    }

    @Test
    void marginsBetweenClasses() {
        Variable x = Variable.of("x", Shape.of(2L, 3L));
        Variable w = Variable.of("w", Shape.of(3L));
        double[] xs = drawn(6, -1, 1);
        double[] ws = {0.5, 1, 2};
        int[] y = {2, 0};
        Expr target = Constant.of(Shape.of(2L), List.of(Rational.of(2), Rational.ZERO));
        for (int power = 1; power <= 2; power++) {
            double sum = 0;
            for (int n = 0; n < 2; n++) {
                for (int c = 0; c < 3; c++) {
                    double over = Math.max(0, 0.75 - xs[3 * n + y[n]] + xs[3 * n + c]);
                    sum += c == y[n] ? 0 : ws[y[n]] * Math.pow(over, power) / 3;
                }
            }
            Expr loss = ClassLosses.multiMargin(x, target, power, Constant.of(BETA), Optional.of(w),
                    LossReduction.MEAN);
            assertThat(value(loss, Map.of(x, xs, w, ws))).isCloseTo(sum / 2, within(1e-12));
        }
    }

    @Test
    void whatDoesNotFit() {
        Variable x = Variable.of("x", Shape.of(4L, 3L));
        Variable real = Variable.of("u", Shape.of(4L));
        assertThatThrownBy(() -> ClassIndices.require(real, Size.of(3))).isInstanceOf(ShapeError.class)
                .hasMessageContaining("class indices are integers; declare u : N[4]");
        Expr three = Constant.of(Shape.of(2L), List.of(Rational.ONE, Rational.of(3)));
        assertThatThrownBy(() -> ClassIndices.require(three, Size.of(3))).isInstanceOf(ShapeError.class)
                .hasMessageContaining("from 0 to 2; entry 1 of the target is 3");
        assertThatThrownBy(() -> ClassIndices.require(Constant.of(Rational.MINUS_ONE), Size.symbol("C")))
                .hasMessageContaining("from 0 to C - 1; entry 0 of the target is -1");
        assertThatThrownBy(() -> ClassLosses.crossEntropy(x, three, NOTHING, NOTHING, LossReduction.MEAN))
                .hasMessageContaining("a class for each example, [4], or probabilities, [4, 3]");
        assertThatThrownBy(() -> ClassLosses.negativeLogLikelihood(x, real, Optional.of(real), LossReduction.MEAN))
                .hasMessageContaining("one weight for each of the 3 classes");
        Variable empty = Variable.of("e", Shape.of(0L, 3L));
        assertThatThrownBy(() -> Losses.squares(empty, empty)).hasMessageContaining("the batch is empty");
        assertThatThrownBy(() -> Losses.binaryCrossEntropy(x, real)).hasMessageContaining("have one shape");
        assertThatThrownBy(() -> LossReduction.BATCHMEAN.of(Constant.ONE)).hasMessageContaining("first axis");
    }
}
