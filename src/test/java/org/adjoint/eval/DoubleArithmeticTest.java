package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.adjoint.expr.Arithmetic.OutsideDomain;
import org.adjoint.expr.Arithmetic.Undecidable;
import org.adjoint.expr.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Doubles agree with sixty digits as far as doubles go, and have the same domains. */
class DoubleArithmeticTest {

    private static final DoubleArithmetic DOUBLES = new DoubleArithmetic();
    private static final PreciseArithmetic SIXTY = new PreciseArithmetic(60);

    @ParameterizedTest
    @ValueSource(strings = {"exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
            "erf"})
    void functionsAgainstSixtyDigits(String function) {
        for (int i = 1; i <= 64; i++) {
            double x = i / 64.0;
            double expected = PreciseArithmeticTest.apply(SIXTY, function, SIXTY.of(Rational.ofDouble(x))).toDouble();
            assertThat(PreciseArithmeticTest.apply(DOUBLES, function, x)).isCloseTo(expected,
                    within(10 * Math.ulp(expected)));
        }
    }

    /** The error function beyond the range of the other functions' test, to ten units in the last place. */
    @Test
    void errorFunctionAgainstSixtyDigits() {
        for (double x = 1e-9; x < 7; x = x * 1.07 + 1e-9) {
            double expected = SIXTY.erf(SIXTY.of(Rational.ofDouble(x))).toDouble();
            assertThat(DOUBLES.erf(x)).as("erf(%s)", x).isCloseTo(expected, within(10 * Math.ulp(expected)));
        }
    }

    @Test
    void outsideTheDomain() {
        List<Runnable> attempts = List.of(() -> DOUBLES.divide(1.0, 0.0), () -> DOUBLES.log(0.0),
                () -> DOUBLES.log(-1.0),
                () -> DOUBLES.sqrt(-1e-300), () -> DOUBLES.asin(1.5), () -> DOUBLES.acos(-1.5),
                () -> DOUBLES.power(-8.0, 1.0 / 3), () -> DOUBLES.power(0.0, -1.0));
        assertThat(attempts).allSatisfy(run -> assertThatThrownBy(run::run).isInstanceOf(OutsideDomain.class));
        assertThatThrownBy(() -> DOUBLES.signum(Double.NaN)).isInstanceOf(Undecidable.class);
        assertThatThrownBy(() -> DOUBLES.compare(Double.NaN, 1.0)).isInstanceOf(Undecidable.class);
        assertThat(DOUBLES.power(-2.0, 3.0)).isEqualTo(-8);
        assertThat(DOUBLES.compare(0.0, -0.0)).isZero();
    }
}
