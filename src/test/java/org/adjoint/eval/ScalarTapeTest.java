package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** The tape of scalar graphs, and the same functions in fused passes over vectors. */
class ScalarTapeTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable V = Variable.of("v", Shape.of("n"));

    private static Tensor evaluate(Expr expr, Sizes sizes, Values values) {
        return Plan.compile(List.of(expr), sizes).evaluate(values).get(0);
    }

    /** A number that comes late in the schedule keeps its slot from run to run. */
    @Test
    void constantsOfTheTapeStay() {
        Expr early = Functions.SIN.apply(Functions.COS.apply(X.times(3).plus(Constant.TWO)));
        Expr pi = Functions.PI.apply();
        Plan plan = Plan.compile(List.of(early.times(X), pi.times(early).plus(X), Functions.SIN.apply(pi.times(X))),
                Sizes.NONE);
        for (double x : new double[] {0.3, -0.7, 1.2}) {
            double e = Math.sin(Math.cos(3 * x + 2));
            List<Tensor> results = plan.evaluate(Values.of(X, x));
            assertThat(results.get(0).value()).isCloseTo(e * x, within(1e-14));
            assertThat(results.get(1).value()).isCloseTo(Math.PI * e + x, within(1e-14));
            assertThat(results.get(2).value()).isCloseTo(Math.sin(Math.PI * x), within(1e-14));
        }
    }

    /** Every function of the table, alone and within sums and products of many operands. */
    @Test
    void everyFunctionOnTheTapeIsTheTable() {
        Variable y = Variable.scalar("y");
        List<Expr> outputs = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        double x = 0.375;
        double z = 0.625;
        Expr sum = X;
        Expr product = y;
        double sumValue = x;
        double productValue = z;
        for (ScalarFunction function : Functions.all()) {
            Expr[] operands = Arrays.copyOf(new Expr[] {X, y}, function.arity());
            Expr value = function.apply(operands);
            outputs.add(value);
            expected.add(function.evaluate(x, z));
            sum = sum.plus(value.times(2));
            product = product.times(value.plus(Constant.ONE));
            sumValue += 2 * function.evaluate(x, z);
            productValue *= function.evaluate(x, z) + 1;
        }
        for (int exponent = -4; exponent <= 4; exponent++) {
            outputs.add(X.pow(exponent));
            expected.add(Math.pow(x, exponent));
            outputs.add(X.pow(Constant.of(Rational.of(2 * exponent + 1, 2))));
            expected.add(Math.pow(x, exponent + 0.5));
        }
        outputs.addAll(List.of(sum, product));
        expected.addAll(List.of(sumValue, productValue));
        List<Tensor> results = Plan.compile(outputs, Sizes.NONE).evaluate(Values.of(X, x).with(y, z));
        for (int k = 0; k < expected.size(); k++) {
            assertThat(results.get(k).value()).as("output %d", k)
                    .isCloseTo(expected.get(k), within(1e-12 * Math.abs(expected.get(k)) + 1e-300));
        }
    }

    /** The same as entries of a vector, through the fused passes. */
    @Test
    void everyFunctionInAFusedPassIsTheTable() {
        Variable w = Variable.of("w", Shape.of("n"));
        Sizes sizes = Sizes.of("n", 3);
        double[] v = {0.25, 0.5, 0.75};
        double[] u = {0.625, 0.5, 0.125};
        for (ScalarFunction function : Functions.all()) {
            if (function.arity() == 0) {
                continue;
            }
            Expr value = function.apply(Arrays.copyOf(new Expr[] {V, w}, function.arity()));
            double[] result = evaluate(value.times(V).plus(w), sizes, Values.of(V, v).with(w, u)).toArray();
            for (int i = 0; i < 3; i++) {
                assertThat(result[i]).as(function.name())
                        .isCloseTo(function.evaluate(v[i], u[i]) * v[i] + u[i], within(1e-14));
            }
        }
    }
}
