package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Textbook text: what binds how, what the names of functions and numbers mean, and what is refused. */
class MathDialectTest {
    private static final double X = 0.7;
    private static final double Y = -1.3;

    private static Desk desk(String declarations) {
        return Desk.of(Dialect.MATH, declarations);
    }

    private static NumberTensor<Double> value(Expr expr, Map<String, Double> given) {
        Map<Variable, NumberTensor<Double>> values = new HashMap<>();
        given.forEach((name, number) -> values.put(Variable.scalar(name), NumberTensor.scalar(number)));
        return new Evaluator<>(new DoubleArithmetic(), Sizes.NONE).evaluate(expr, values);
    }

    private static double number(String text) {
        NumberTensor<Double> value = value(desk("x, y : R").expr(text), Map.of("x", X, "y", Y));
        assertThat(value.isDefined()).as(text).isTrue();
        return value.get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "-x^2; -0.49", "2^3^2; 512", "2^-1; 0.5", "-2^-2; -0.25", "x^-1*x; 1", "6/2/3; 1", "6/2*3; 9",
            "1-2-3; -4", "2*-x; -1.4", "--x; 0.7", "+1-2; -1", "x-(-x); 1.4", "2 x; 1.4", "(x+1)(1); err",
            "3!; 6", "-3!; -6", "2*3!; 12", "2^3!; 64", "|x-1|; 0.3", "-|-x|; -0.7", "|x|*|y|; 0.91",
            "|2*|y|-1|; 1.6", "4^(1/2); 2", "1/3^2; 0.1111111111111111", "1.41*10^-3; 0.00141", "5.1e-2; 0.051",
            "50%; 0.5", "x²; 0.49", "√4; 2", "2·x; 1.4", "e^1-e; 0", "pi-π; 0"})
    void bindsAsOnPaper(String text, String expected) {
        if (expected.equals("err")) {
            // no product is understood between brackets that touch
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> number(text)))
                    .isInstanceOfAny(SyntaxException.class, IllFormed.class);
        } else {
            assertThat(number(text)).isCloseTo(Double.parseDouble(expected), within(1e-12));
        }
    }

    private static Arguments row(String name, DoubleUnaryOperator function, double at) {
        return Arguments.of(name, function, at);
    }

    private static Stream<Arguments> functions() {
        return Stream.of(row("csc", x -> 1 / Math.sin(x), X), row("sec", x -> 1 / Math.cos(x), Y),
                row("cot", x -> 1 / Math.tan(x), Y), row("asin", Math::asin, X), row("arccos", Math::acos, X),
                row("arctan", Math::atan, Y), row("acsc", x -> Math.asin(1 / x), Y),
                row("arcsec", x -> Math.acos(1 / x), Y), row("acot", x -> Math.atan(1 / x), Y),
                row("csch", x -> 1 / Math.sinh(x), Y), row("sech", x -> 1 / Math.cosh(x), Y),
                row("coth", x -> 1 / Math.tanh(x), Y), row("asinh", x -> Math.log(x + Math.hypot(x, 1)), Y),
                row("arcosh", x -> Math.log(x + Math.sqrt(x * x - 1)), 2.5),
                row("artanh", x -> Math.log1p(x) / 2 - Math.log1p(-x) / 2, X),
                row("acsch", x -> Math.log(1 / x + Math.hypot(1 / x, 1)), X),
                row("asech", x -> Math.log(1 / x + Math.sqrt(1 / (x * x) - 1)), X),
                row("acoth", x -> Math.log((x + 1) / (x - 1)) / 2, Y), row("ln", Math::log, X),
                row("log", Math::log, X), row("lg", Math::log10, X), row("log10", Math::log10, X),
                row("cbrt", Math::cbrt, Y), row("sgn", Math::signum, Y), row("ceiling", Math::ceil, X),
                row("sqrt", Math::sqrt, X), row("exp", Math::exp, Y), row("abs", Math::abs, Y),
                row("floor", Math::floor, Y));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void functionsHaveTheirValues(String name, DoubleUnaryOperator function, double at) {
        NumberTensor<Double> value = value(desk("x : R").expr(name + "(x)"), Map.of("x", at));
        assertThat(value.get(0)).isCloseTo(function.applyAsDouble(at), within(1e-12));
    }

    /** Outside of the domain there is no value, whatever formula stands for the function. */
    @ParameterizedTest
    @ValueSource(strings = {"acosh(-2)", "acosh(1/2)", "acosh(-1)", "atanh(2)", "atanh(-2)", "atanh(1)", "acoth(1/2)",
            "asech(2)", "asech(-1/2)", "acsc(1/2)", "asec(0)", "csc(0)", "cot(0)", "coth(0)", "log(-1)", "log(2, 1)",
            "root(-2, 2)"})
    void outsideOfItsDomainNothingHasAValue(String text) {
        assertThat(value(desk("").expr(text), Map.of()).isDefined()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"log(8, 2); 3", "root(-27, 3); -3", "root(16, 4); 2", "root(9); 3",
            "binomial(5, 2); 10", "binom(2, 5); 0", "factorial(0); 1", "atan2(1, -1); 2.356194490192345",
            "atan2(-1, -1); -2.356194490192345", "atan2(0, -1); 3.141592653589793", "diff(x^3, x); 1.47",
            "diff(x^3, x, 2); 4.2", "diff(x^3, x, 0); 0.343", "diff(y, x, 2); 0", "max(x, y, 2); 2",
            "min(x, y); -1.3"})
    void functionsOfSeveralArguments(String text, double expected) {
        assertThat(number(text)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void namesAreDistinctAndMayBeThoseOfFunctionsElsewhere() {
        Desk desk = desk("x1, x_1, X, E, F, e : R");
        assertThat(desk.expr("x1")).isNotEqualTo(desk.expr("x_1"));
        assertThat(desk.expr("e")).as("what is declared comes first").isEqualTo(Variable.scalar("e"));
        assertThat(desk.reader()
                .freeNames(Desk.syntax("sin(q) + E*G + diff(z, w) + pi + f(x1) + cos + delta", Dialect.MATH)))
                .extracting(Syntax.Name::id).containsExactly("q", "G", "z", "w", "delta");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "A + 1; shapes must match", "A + v; shapes must match", "v + 1; shapes must match",
            "v*v/v; one divides by a number", "A/A; one divides by a number", "v^2; a power is of a number",
            "2^A; a power is of a number", "B^2; a square matrix", "A*B*A; ", "[1,2,3]+[1,2]; shapes must match",
            "f(2); unknown function f", "sin; sin is a function", "factorial(1/2); needs integers from 0"})
    void whatHasNoMeaningIsRefused(String text, String message) {
        Desk desk = desk("A : R[2,2]; B : R[3,2]; v : R[2]");
        assertThat(desk.wrong(text)).contains(message == null ? "" : message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp(A)", "sin(A)", "|A|", "|v|", "factorial(x)"})
    void whatMayMeanTwoThingsIsNotChosen(String text) {
        assertThat(desk("A : R[2,2]; v : R[2]; x : R").undecided(text)).isNotEmpty();
    }

    @Test
    void theProductIsThatOfLinearAlgebra() {
        Desk desk = desk("A : R[2,3]; B : R[3,2]; u, v : R[2]; w : R[3]; s : R");
        assertThat(desk.shape("A*B")).hasToString("[2, 2]");
        assertThat(desk.shape("A*w")).hasToString("[2]");
        assertThat(desk.shape("u*v").isScalar()).isTrue();
        assertThat(desk.shape("u'*v").isScalar()).isTrue();
        assertThat(desk.shape("s*A*w/2")).hasToString("[2]");
        assertThat(desk.shape("u*A*w").isScalar()).isTrue();
        assertThat(desk.shape("(A*B)^3")).hasToString("[2, 2]");
        assertThat(desk.shape("sin([s, 2*s]*pi)")).hasToString("[2]");
        assertThat(desk.shape("[[s, 1], [0, s]]")).hasToString("[2, 2]");
    }
}
