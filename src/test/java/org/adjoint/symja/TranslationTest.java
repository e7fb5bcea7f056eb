package org.adjoint.symja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes to Symja and comes back has the same values. */
class TranslationTest {
    /** Names that are words of Symja. */
    private static final Variable BETA = Variable.scalar("beta");
    private static final Variable E = Variable.scalar("E");
    private static final Variable UNDERSCORE = Variable.scalar("x_1");

    static List<ScalarFunction> functions() {
        return List.of(Functions.EXP, Functions.LOG, Functions.SQRT, Functions.ABS, Functions.SIN, Functions.COS,
                Functions.TAN, Functions.ASIN, Functions.ACOS, Functions.ATAN, Functions.SINH, Functions.COSH,
                Functions.TANH, Functions.ERF, Functions.SIGMOID, Functions.SOFTPLUS);
    }

    private static Expr back(Expr e) {
        Translation translation = new Translation();
        return translation.toSymja(List.of(e)).flatMap(t -> translation.fromSymja(t.get(0))).orElseThrow();
    }

    private static double value(Expr e) {
        DoubleArithmetic field = new DoubleArithmetic();
        List<NumberTensor<Double>> values = new ArrayList<>();
        for (double x : new double[] {0.31, 0.72, 0.58}) {
            values.add(NumberTensor.scalar(x));
        }
        return new Evaluator<>(field, Sizes.NONE).evaluate(e,
                Map.of(BETA, values.get(0), E, values.get(1), UNDERSCORE, values.get(2))).entries().get(0);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionsComeBack(ScalarFunction f) {
        Expr e = f.apply(BETA.times(Rational.of(2, 3)).plus(E.times(UNDERSCORE).times(Rational.of(1, 7))));
        assertThat(value(back(e))).isCloseTo(value(e), within(1e-13));
    }

    @Test
    void powersQuotientsAndConstantsComeBack() {
        Expr e = Functions.POWER.apply(E, BETA).dividedBy(UNDERSCORE.plus(Functions.PI.apply()))
                .minus(Functions.POWER.apply(UNDERSCORE, Constant.of(Rational.of(3, 2)))).plus(Functions.EXP.apply(E));
        assertThat(value(back(e))).isCloseTo(value(e), within(1e-13));
    }

    @Test
    void whatIsNoScalarOrHasNoWordIsNotTranslated() {
        Variable v = Variable.of("v", Shape.of(Size.symbol("n")));
        for (Expr e : List.of(v, v.sum(), Range.of(Size.symbol("n")).sum(), Functions.RELU.apply(BETA),
                Tensors.sum(List.of(BETA, Constant.data(Shape.SCALAR, 0.1))))) {
            assertThat(new Translation().toSymja(List.of(e))).isEmpty();
        }
    }

    /** Symja recurses: a deep graph is declined, and not followed. */
    @Test
    void deepGraphsAreDeclined() {
        Expr e = BETA;
        for (int k = 0; k < 100_000; k++) {
            e = Functions.SIN.apply(e);
        }
        assertThat(new Translation().toSymja(List.of(e))).isEmpty();
    }
}
