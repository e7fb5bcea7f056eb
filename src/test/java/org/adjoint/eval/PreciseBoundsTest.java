package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.adjoint.expr.Rational;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;

/** The error bound of a ball holds: against another library, and against the same computation with more digits. */
class PreciseBoundsTest {

    private static final List<String> FUNCTIONS = List.of("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos",
            "atan",
            "sinh", "cosh", "tanh", "erf");
    private static final PreciseArithmetic SIXTY = new PreciseArithmetic(60);
    private static final PreciseArithmetic MORE = new PreciseArithmetic(120);
    private static final int REFERENCE_DIGITS = 130;

    @Provide
    Arbitrary<String> functions() {
        return Arbitraries.of(FUNCTIONS);
    }

    /** Of every size: around 0, around 1, tiny, large, and with short fractions. */
    @Provide
    Arbitrary<Double> arguments() {
        return Arbitraries.oneOf(Arbitraries.doubles().between(-3, 3), Arbitraries.doubles().between(-40, 40),
                Combinators.combine(Arbitraries.doubles().between(-3, 3), Arbitraries.integers().between(0, 40))
                        .as((m, e) -> m * Math.pow(10, -e)),
                Combinators.combine(Arbitraries.doubles().between(-1, 1), Arbitraries.integers().between(0, 16))
                        .as((m, e) -> 1 + m * Math.pow(10, -e)),
                Arbitraries.integers().between(-24, 24).map(i -> i / 8.0)).filter(x -> x != 0).withoutEdgeCases();
    }

    private static boolean isInDomain(String function, double x) {
        return switch (function) {
            case "log", "sqrt" -> x > 0;
            case "asin", "acos" -> Math.abs(x) <= 1;
            default -> true;
        };
    }

    private static Apfloat reference(String function, Apfloat x) {
        return switch (function) {
            case "exp" -> ApfloatMath.exp(x);
            case "log" -> ApfloatMath.log(x);
            case "sqrt" -> ApfloatMath.sqrt(x);
            case "sin" -> ApfloatMath.sin(x);
            case "cos" -> ApfloatMath.cos(x);
            case "tan" -> ApfloatMath.tan(x);
            case "asin" -> ApfloatMath.asin(x);
            case "acos" -> ApfloatMath.acos(x);
            case "atan" -> ApfloatMath.atan(x);
            case "sinh" -> ApfloatMath.sinh(x);
            case "cosh" -> ApfloatMath.cosh(x);
            case "tanh" -> ApfloatMath.tanh(x);
            case "erf" -> ApfloatMath.erf(x);
            default -> throw new IllegalArgumentException(function);
        };
    }

    private static Apfloat decimal(Precise value) {
        Apfloat two = new Apfloat(2, REFERENCE_DIGITS);
        return new Apfloat(value.mid, REFERENCE_DIGITS).multiply(ApfloatMath.pow(two, value.exp));
    }

    private static Apfloat radius(Precise value) {
        return new Apfloat(value.rad, 20).multiply(ApfloatMath.pow(new Apfloat(2, 20), value.exp));
    }

    @Property(tries = 150)
    void functionsAgainstApfloat(@ForAll("functions") String function, @ForAll("arguments") double x) {
        Assume.that(isInDomain(function, x));
        // The other library's erf takes a second for large arguments.
        Assume.that(!function.equals("erf") || Math.abs(x) < 4);
        Precise result = PreciseArithmeticTest.apply(SIXTY, function, SIXTY.of(Rational.ofDouble(x)));
        Apfloat expected = reference(function, new Apfloat(new BigDecimal(x), REFERENCE_DIGITS));
        Apfloat error = ApfloatMath.abs(decimal(result).subtract(expected));
        assertThat(error.compareTo(radius(result))).as("error %s of %s", error.precision(5), result).isNotPositive();
        assertThat(result.digits()).isGreaterThanOrEqualTo(60);
    }

    /** Two functions in turn of a rounded argument: the ball with 120 digits lies in the ball with 60. */
    @Property(tries = 2000)
    void compositionsAgainstMoreDigits(@ForAll("functions") String outer, @ForAll("functions") String inner,
            @ForAll("arguments") double x, @ForAll @IntRange(min = 1, max = 9) int divisor) {
        Rational argument = Rational.ofDouble(x).dividedBy(Rational.of(divisor));
        try {
            Precise few = compose(SIXTY, outer, inner, argument);
            Precise many = compose(MORE, outer, inner, argument);
            assertThat(contains(few, many)).as("%s(%s(%s)): %s and %s", outer, inner, argument, few, many).isTrue();
        } catch (ArithmeticException e) {
            // Outside a domain, or too large: nothing to compare.
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static Precise compose(PreciseArithmetic field, String outer, String inner, Rational x) {
        return PreciseArithmeticTest.apply(field, outer, PreciseArithmeticTest.apply(field, inner, field.of(x)));
    }

    /** |a − b| ≤ r + s for the midpoints a, b and radii r, s; s is nothing beside r. */
    private static boolean contains(Precise few, Precise many) {
        if (few.isExact()) {
            return MORE.agrees(few, many);
        }
        Precise bound = MORE.add(Precise.ball(few.rad, BigInteger.ZERO, few.exp, 1000),
                Precise.ball(many.rad, BigInteger.ZERO, many.exp, 1000));
        Precise difference = new PreciseArithmetic(1000).subtract(few.middle(), many.middle());
        return MORE.compare(MORE.abs(difference), bound) <= 0;
    }

    /** The operations, on rationals whose results are known exactly. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void operationsAgainstRationals(@ForAll @IntRange(min = -1000, max = 1000) int a,
            @ForAll @IntRange(min = 1, max = 1000) int b, @ForAll @IntRange(min = -1000, max = 1000) int c,
            @ForAll @IntRange(min = 1, max = 1000) int d, @ForAll @IntRange(min = -60, max = 60) int power) {
        Rational x = Rational.of(a, b);
        Rational y = Rational.of(c, d).times(Rational.of(10).pow(power));
        Precise u = SIXTY.of(x);
        Precise v = SIXTY.of(y);
        assertHolds(SIXTY.add(u, v), x.plus(y));
        assertHolds(SIXTY.subtract(u, v), x.minus(y));
        assertHolds(SIXTY.multiply(u, v), x.times(y));
        assertHolds(SIXTY.power(v, SIXTY.of(Rational.of(3))), y.pow(3));
        if (c != 0) {
            assertHolds(SIXTY.divide(u, v), x.dividedBy(y));
            assertHolds(SIXTY.sqrt(SIXTY.multiply(v, v)), y.abs());
        }
    }

    private static void assertHolds(Precise ball, Rational exact) {
        Rational unit = Rational.TWO.pow((int) ball.exp);
        Rational error = Rational.of(ball.mid).times(unit).minus(exact).abs();
        assertThat(error).isLessThanOrEqualTo(Rational.of(ball.rad).times(unit));
        assertThat(ball.toDouble()).isEqualTo(Rational.of(ball.mid).times(unit).toDouble());
    }
}
