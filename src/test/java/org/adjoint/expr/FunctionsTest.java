package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the table: kernel against definition, derivative against differences, kinks, domains, exact values. */
class FunctionsTest {
    private static final PreciseArithmetic SIXTY = new PreciseArithmetic(60);
    /** For definitions that cancel near zero. */
    private static final PreciseArithmetic MANY = new PreciseArithmetic(400);
    private static final Variable X = Variable.scalar("x");
    private static final Variable Y = Variable.scalar("y");
    private static final double[] GRID = {0, 1e-300, 1e-20, 1e-8, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999999, 1, 1.1, 1.5,
            2, 2.25, 2.3, 3, 4.5, 5.9, 6, 8, 10, 15, 20, 27, 36, 36.9, 37.5, 50, 100, 300, 700, 709, 745, 1000, 1e6,
            1e10, 1e15};

    private static Stream<ScalarFunction> rows() {
        return Functions.all().stream();
    }

    /** Units in the last place by which the kernel may be off; the tails of products with exp lose more far out. */
    private static double ulps(ScalarFunction f, double x) {
        return switch (f.name()) {
            case "erf" -> 10;
            case "gelu" -> 24 + x * x;
            case "gelu_tanh" -> 16 + 4 * Math.abs(x * x * x);
            case "power" -> 1;
            default -> 4;
        };
    }

    @TestFactory
    Stream<DynamicTest> kernelAgreesWithTheDefinition() {
        return rows().map(f -> dynamicTest(f.name(), () -> {
            int compared = 0;
            for (double[] at : points(f)) {
                compared += checkKernel(f, at[0], at[1]) ? 1 : 0;
            }
            assertThat(compared).as("points compared").isGreaterThan(f.arity() == 0 ? 0 : 20);
        }));
    }

    private static List<double[]> points(ScalarFunction f) {
        List<double[]> points = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (double value : GRID) {
            values.add(value);
            values.add(-value);
        }
        Random random = new Random(f.name().hashCode());
        for (int k = 0; k < 60; k++) {
            values.add(random.nextGaussian() * Math.pow(10, random.nextInt(-3, 3)));
        }
        for (double x : values) {
            for (int k = 0; k < (f.arity() == 2 ? 6 : 1); k++) {
                points.add(new double[] {x, f.arity() == 2 ? values.get(random.nextInt(values.size())) : 0});
            }
            points.add(new double[] {x, x});
        }
        return f.arity() == 0 ? List.of(new double[2]) : points;
    }

    private static List<Precise> arguments(PreciseArithmetic field, ScalarFunction f, double x, double y) {
        return Stream.of(x, y).limit(f.arity()).map(v -> field.of(Rational.ofDouble(v))).toList();
    }

    /** Whether there was something to compare. */
    private static boolean checkKernel(ScalarFunction f, double x, double y) {
        double kernel = f.evaluate(x, y);
        Precise exact;
        try {
            exact = f.evaluate(MANY, arguments(MANY, f, x, y));
        } catch (Arithmetic.OutsideDomain outside) {
            assertThat(Double.isFinite(kernel)).as("%s(%s, %s) = %s has no value", f, x, y, kernel).isFalse();
            return true;
        } catch (ArithmeticException beyondReach) {
            return false;
        }
        double nearest = MANY.toDouble(exact);
        if (Double.isInfinite(nearest) || Double.isInfinite(kernel)) {
            assertThat(Math.abs(kernel)).as("%s(%s, %s)", f, x, y).isGreaterThan(1.7e308);
            assertThat(Math.signum(kernel)).isEqualTo(Math.signum(nearest));
            return true;
        }
        Precise error = MANY.subtract(MANY.of(Rational.ofDouble(kernel)), exact);
        // Among the subnormal numbers only the absolute error counts.
        double off = Math.abs(MANY.toDouble(error)) / Math.max(Math.ulp(nearest), 1e-318);
        assertThat(off).as("%s(%s, %s) = %s, exactly %s: units in the last place", f, x, y, kernel, nearest)
                .isLessThanOrEqualTo(ulps(f, x));
        return true;
    }

    private static double value(Expr expr, Rational x, Rational y) {
        return SIXTY.toDouble(precise(expr, x, y));
    }

    private static Precise precise(Expr expr, Rational x, Rational y) {
        return new Evaluator<>(SIXTY, Sizes.NONE).evaluate(expr,
                Map.of(X, NumberTensor.scalar(SIXTY.of(x)), Y, NumberTensor.scalar(SIXTY.of(y)))).value();
    }

    private static List<Expr> operands(ScalarFunction f) {
        return List.<Expr>of(X, Y).subList(0, f.arity());
    }

    /** ∂f/∂xᵢ = (f(x + h) − f(x − h)) / 2h + O(h²) away from kinks, by the definition at 60 digits. */
    @TestFactory
    Stream<DynamicTest> derivativeAgreesWithDifferences() {
        return rows().filter(f -> f.arity() > 0).map(f -> dynamicTest(f.name(), () -> {
            int compared = 0;
            Random random = new Random(f.name().hashCode());
            for (int k = 0; k < 200; k++) {
                Rational x = Rational.of(random.nextInt(-400, 401), 97);
                Rational y = Rational.of(random.nextInt(-400, 401), 101);
                if (x.isZero() && f.kink().isPresent()) {
                    continue;
                }
                if (k % 2 == 0) {
                    x = x.times(Rational.of(1, 5));
                }
                for (int i = 0; i < f.arity(); i++) {
                    compared += checkDerivative(f, i, x, y) ? 1 : 0;
                }
            }
            assertThat(compared).as("points compared").isGreaterThan(60);
        }));
    }

    private static Precise definition(ScalarFunction f, Rational x, Rational y) {
        return f.evaluate(SIXTY, Stream.of(x, y).limit(f.arity()).map(SIXTY::of).toList());
    }

    private static boolean checkDerivative(ScalarFunction f, int i, Rational x, Rational y) {
        Rational h = Rational.of(1, 1_000_000_000_000_000L);
        Rational dx = i == 0 ? h : Rational.ZERO;
        Rational dy = i == 1 ? h : Rational.ZERO;
        Precise slope;
        try {
            slope = SIXTY.divide(SIXTY.subtract(definition(f, x.plus(dx), y.plus(dy)),
                    definition(f, x.minus(dx), y.minus(dy))), SIXTY.of(h.times(Rational.TWO)));
        } catch (ArithmeticException outside) {
            return false;
        }
        double expected = SIXTY.toDouble(slope);
        if (Math.abs(expected) > 1e12) {
            // A jump: the derivative is 0 beside it.
            return false;
        }
        Precise derivative = precise(f.derivative(i, operands(f)), x, y);
        assertThat(SIXTY.toDouble(SIXTY.subtract(derivative, slope)))
                .as("d%s/dx%s at (%s, %s) is %s, differences say %s", f, i, x, y, derivative, slope)
                .isCloseTo(0, Offset.offset(1e-18 * (1 + Math.abs(expected))));
        return true;
    }

    /** The value documented for the kink or the jump is the value that the derivative has there. */
    @ParameterizedTest
    @CsvSource({"abs, 0, 0, 0, 0", "relu, 0, 0, 0, 0", "leaky_relu, 0, 1/8, 0, 1/8", "elu, 0, 3, 0, 3",
            "maximum, 2, 2, 0, 1", "maximum, 2, 2, 1, 0", "minimum, 2, 2, 0, 1", "minimum, 2, 2, 1, 0",
            "sign, 0, 0, 0, 0", "step, 0, 0, 0, 0", "floor, 3, 0, 0, 0", "less, 1, 1, 0, 0", "less_equal, 1, 1, 1, 0",
            "equal, 1, 1, 0, 0"})
    void derivativeAtTheKink(String name, String x, String y, int by, String expected) {
        ScalarFunction f = Functions.named(name).orElseThrow();
        assertThat(f.kink()).isPresent();
        assertThat(value(f.derivative(by, operands(f)), Rational.parse(x), Rational.parse(y)))
                .isEqualTo(Rational.parse(expected).toDouble());
    }

    /** Every function whose derivative jumps says so, and no other. */
    @TestFactory
    Stream<DynamicTest> kinksAreDocumented() {
        List<String> kinked = List.of("abs", "sign", "relu", "leaky_relu", "elu", "maximum", "minimum", "step", "floor",
                "less", "less_equal", "equal");
        return rows().map(f -> dynamicTest(f.name(),
                () -> assertThat(f.kink().isPresent()).isEqualTo(kinked.contains(f.name()))));
    }

    private static Radical exact(String name, String... arguments) {
        return Functions.named(name).orElseThrow().evaluate(new ExactArithmetic(),
                Stream.of(arguments).map(a -> Radical.of(Rational.parse(a))).toList());
    }

    @ParameterizedTest
    @CsvSource({"exp, 0, 1", "log, 1, 0", "log1p, 0, 0", "expm1, 0, 0", "sqrt, 9/4, 3/2", "abs, -5/3, 5/3",
            "sign, -7, -1", "sin, 0, 0", "cos, 0, 1", "tan, 0, 0", "asin, 0, 0", "atan, 0, 0", "sinh, 0, 0",
            "cosh, 0, 1", "tanh, 0, 0", "erf, 0, 0", "sigmoid, 0, 1/2", "relu, -3, 0", "relu, 3/7, 3/7", "gelu, 0, 0",
            "silu, 0, 0", "step, 0, 0", "step, 1/9, 1", "floor, -1/2, -1", "floor, 7/2, 3",
            "floor, 4, 4"})
    void exactValues(String name, String x, String expected) {
        assertThat(exact(name, x)).isEqualTo(Radical.of(Rational.parse(expected)));
    }

    @ParameterizedTest
    @CsvSource({"power, 0, 0, 1", "power, -2, 3, -8", "power, 2, -2, 1/4", "power, 0, 5, 0", "maximum, 2, 3, 3",
            "minimum, 2, 3, 2", "less, 2, 2, 0", "less_equal, 2, 2, 1", "equal, 1/3, 1/3, 1",
            "leaky_relu, -4, 1/8, -1/2",
            "leaky_relu, 4, 1/8, 4", "elu, 5, 2, 5", "elu, 0, 2, 0"})
    void exactValuesOfTwo(String name, String x, String y, String expected) {
        assertThat(exact(name, x, y)).isEqualTo(Radical.of(Rational.parse(expected)));
    }

    @Test
    void squareRootsAreExact() {
        assertThat(exact("sqrt", "2").times(exact("sqrt", "2"))).isEqualTo(Radical.of(Rational.TWO));
        assertThat(exact("power", "2", "1/2")).isEqualTo(exact("sqrt", "2"));
    }

    /** Outside its domain, which the row states, a function has no value; on the closed edge it has. */
    @ParameterizedTest
    @CsvSource({"log, 0", "log, -1", "log1p, -1", "sqrt, -1", "asin, 101/100", "acos, -101/100"})
    void outsideTheDomain(String name, String x) {
        ScalarFunction f = Functions.named(name).orElseThrow();
        assertThat(f.domain()).isPresent();
        assertThatThrownBy(() -> f.evaluate(SIXTY, List.of(SIXTY.of(Rational.parse(x)))))
                .isInstanceOf(Arithmetic.OutsideDomain.class);
    }

    @Test
    void edgesOfTheDomain() {
        ToDoubleBiFunction<String, String> at = (name, x) -> SIXTY.toDouble(
                Functions.named(name).orElseThrow().evaluate(SIXTY, List.of(SIXTY.of(Rational.parse(x)))));
        assertThat(at.applyAsDouble("asin", "1")).isEqualTo(Math.PI / 2);
        assertThat(at.applyAsDouble("acos", "-1")).isEqualTo(Math.PI);
        assertThat(at.applyAsDouble("acos", "1")).isZero();
        assertThat(at.applyAsDouble("sqrt", "0")).isZero();
        assertThatThrownBy(() -> exact("power", "0", "-1")).isInstanceOf(Arithmetic.OutsideDomain.class);
        assertThatThrownBy(() -> exact("power", "-8", "1/3")).isInstanceOf(Arithmetic.OutsideDomain.class);
    }

    /** A row is complete: a source, a notation with a place for every operand, a name by which it is found. */
    @TestFactory
    Stream<DynamicTest> rowsAreComplete() {
        return rows().map(f -> dynamicTest(f.name(), () -> {
            assertThat(f.source()).isNotBlank();
            assertThat(Functions.named(f.name())).contains(f);
            for (int k = 0; k < f.arity(); k++) {
                assertThat(f.notation().unicode()).contains("{" + k + "}");
                assertThat(f.notation().latex()).contains("{" + k + "}");
            }
            assertThat(f.isLocallyConstant()).isEqualTo(f.arity() == 0
                    || operands(f).stream()
                            .allMatch(x -> Linear.isZero(f.derivative(operands(f).indexOf(x), operands(f)))));
        }));
    }
}
