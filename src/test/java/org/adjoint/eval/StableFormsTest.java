package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.junit.jupiter.api.Test;

/** Each form is compared with 60 digits at a point where the form as written overflows or cancels. */
class StableFormsTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable Y = Variable.scalar("y");
    private static final Variable V = Variable.of("v", Shape.of("n"));
    private static final Variable M = Variable.of("M", Shape.of("m", "n"));

    private static Expr exp(Expr x) {
        return Functions.EXP.apply(x);
    }

    private static Expr log(Expr x) {
        return Functions.LOG.apply(x);
    }

    private static void assertAccurate(Expr expr, Sizes sizes, Map<Variable, double[]> values) {
        assertAccurate(expr, sizes, values, 4e-15);
    }

    private static void assertAccurate(Expr expr, Sizes sizes, Map<Variable, double[]> values, double tolerance) {
        PreciseArithmetic field = new PreciseArithmetic(60);
        Values doubles = Values.NONE;
        Map<Variable, NumberTensor<Precise>> precise = new java.util.HashMap<>();
        for (Map.Entry<Variable, double[]> entry : values.entrySet()) {
            int[] shape = sizes.of(entry.getKey().shape());
            doubles = doubles.with(entry.getKey(), Tensor.of(shape, entry.getValue()));
            precise.put(entry.getKey(), NumberTensor.of(shape, java.util.Arrays.stream(entry.getValue())
                    .mapToObj(x -> field.of(Rational.ofDouble(x))).toList()));
        }
        double[] expected = new Evaluator<>(field, sizes).evaluate(expr, precise).toDoubles(field);
        double[] actual = Plan.compile(List.of(expr), sizes).evaluate(doubles).get(0).toArray();
        for (int k = 0; k < expected.length; k++) {
            assertThat(actual[k]).isCloseTo(expected[k], within(tolerance * Math.abs(expected[k])));
        }
    }

    private static void assertAccurate(Expr expr, double x) {
        assertAccurate(expr, Sizes.NONE, Map.of(X, new double[] {x}));
    }

    @Test
    void logOfSumOfExponentials() {
        assertAccurate(log(exp(V).sum()), Sizes.of("n", 3), Map.of(V, new double[] {1000, 999, -5}));
        assertAccurate(log(exp(V).sum()), Sizes.of("n", 3), Map.of(V, new double[] {-1000, -1001, -2000}));
    }

    @Test
    void logOfSumOfExponentialsAlongAnAxisKeptAndTransposed() {
        Sizes sizes = Sizes.of(Map.of("m", 2, "n", 3));
        Map<Variable, double[]> values = Map.of(M, new double[] {800, 801, 802, -900, -901, -899});
        assertAccurate(log(exp(M).sum(0)), sizes, Map.of(M, new double[] {800, 801, 802, 803, -901, -899}));
        assertAccurate(log(Tensors.sum(exp(M), new int[] {1}, true)), sizes, values);
        assertAccurate(log(exp(M).transpose()), sizes, values);
    }

    @Test
    void logOfMeanOfExponentials() {
        Expr mean = exp(V).sum().dividedBy(Dimension.of(Size.symbol("n")));
        assertAccurate(log(mean), Sizes.of("n", 2), Map.of(V, new double[] {750, 751}));
    }

    @Test
    void logOfWeightedExponentials() {
        Expr sum = exp(X).times(3).plus(exp(Y)).plus(Constant.HALF);
        for (double[] at : new double[][] {{900, 899}, {-3, 1000}, {-800, -900}, {2, 1}}) {
            assertAccurate(log(sum), Sizes.NONE, Map.of(X, new double[] {at[0]}, Y, new double[] {at[1]}));
        }
    }

    @Test
    void softplusInBothSpellings() {
        assertAccurate(log(exp(X).plus(Constant.ONE)), 1000);
        assertAccurate(log(exp(X).plus(Constant.ONE)), -50);
        assertAccurate(Functions.LOG1P.apply(exp(X)), 1000);
    }

    @Test
    void logOfSigmoidAndOfItsComplement() {
        Expr sigmoid = Functions.SIGMOID.apply(X);
        assertAccurate(log(sigmoid), -1000);
        assertAccurate(log(sigmoid), 40);
        assertAccurate(log(Constant.ONE.minus(sigmoid)), 100);
        assertAccurate(log(Constant.ONE.minus(sigmoid)), -40);
    }

    @Test
    void logOfOnePlusSmall() {
        assertAccurate(log(X.plus(Constant.ONE)), 0x1p-60);
        assertAccurate(log(Constant.ONE.minus(X.times(X))), 1e-12);
    }

    @Test
    void exponentialMinusOne() {
        assertAccurate(exp(X).minus(Constant.ONE), 1e-18);
        assertAccurate(Constant.ONE.minus(exp(X)).times(3), 1e-18);
        assertAccurate(exp(X).plus(exp(X.times(2))).minus(Constant.TWO), 1e-18);
        assertAccurate(exp(X).plus(X).minus(Constant.ONE), 1e-18);
    }

    /** A rounding of x = 1000 changes exp(x) by 1000 roundings, whatever the form. */
    @Test
    void softmaxAsTyped() {
        Sizes sizes = Sizes.of(Map.of("m", 2, "n", 3));
        Map<Variable, double[]> values = Map.of(M, new double[] {1000, 1001, 999, -1000, -1002, -1001});
        Expr softmax = exp(M).dividedBy(Tensors.sum(exp(M), new int[] {1}, true));
        assertAccurate(softmax, sizes, values, 1000 * Math.ulp(1.0));
        assertAccurate(log(softmax), sizes, values, 1000 * Math.ulp(1.0));
    }

    /** p pᵀ, as it comes in the Jacobian of softmax: two exponentials over the square of their sum. */
    @Test
    void productOfTwoSoftmaxes() {
        Expr outer = Contraction.of(List.of(exp(V), exp(V), exp(V).sum().pow(-2)),
                List.of(new int[] {0}, new int[] {1}, new int[] {}), new int[] {0, 1}, Shape.of("n", "n"));
        assertAccurate(outer, Sizes.of("n", 2), Map.of(V, new double[] {1000, 1001}),
                1000 * Math.ulp(1.0));
    }

    /** The graph itself is left as typed where nothing overflows or cancels. */
    @Test
    void otherGraphsAreLeftAlone() {
        Expr plain = log(V.sum().plus(Constant.TWO));
        List<Expr> roots = List.of(plain);
        assertThat(StableForms.ofPlan(roots, Walk.postorder(roots))).isSameAs(roots);
    }

    /** What has no value at a point as written has none there in its stable form either. */
    @Test
    void polesStay() {
        Expr cosh = Functions.COSH.apply(X);
        Expr sinh = Functions.SINH.apply(X);
        Expr shifted = X.plus(Constant.ONE);
        for (Expr expr : List.of(sinh.dividedBy(sinh), cosh.dividedBy(sinh).minus(sinh.dividedBy(cosh)),
                shifted.dividedBy(X).minus(Tensors.reciprocal(X)), X.pow(3).dividedBy(X.pow(2)),
                Functions.TANH.apply(X).pow(-2).negate().plus(Constant.ONE))) {
            double value = Plan.compile(List.of(expr), Sizes.NONE).evaluate(Values.NONE.with(X, Tensor.scalar(0)))
                    .get(0).value();
            assertThat(Double.isFinite(value)).isFalse();
        }
    }
}
