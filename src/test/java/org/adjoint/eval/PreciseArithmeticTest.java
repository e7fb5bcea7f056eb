package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Arithmetic.NotExact;
import org.adjoint.expr.Arithmetic.OutsideDomain;
import org.adjoint.expr.Arithmetic.Undecidable;
import org.adjoint.expr.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sixty digits: published values, honesty after cancellation, domains and extremes. */
class PreciseArithmeticTest {

    private static final PreciseArithmetic SIXTY = new PreciseArithmetic(60);

    private static Precise of(String text) {
        return SIXTY.of(Rational.parse(text));
    }

    /** By name, so that tables can be written as text. */
    static <T> T apply(Arithmetic<T> field, String name, T x) {
        return switch (name) {
            case "exp" -> field.exp(x);
            case "log" -> field.log(x);
            case "sqrt" -> field.sqrt(x);
            case "sin" -> field.sin(x);
            case "cos" -> field.cos(x);
            case "tan" -> field.tan(x);
            case "asin" -> field.asin(x);
            case "acos" -> field.acos(x);
            case "atan" -> field.atan(x);
            case "sinh" -> field.sinh(x);
            case "cosh" -> field.cosh(x);
            case "tanh" -> field.tanh(x);
            case "erf" -> field.erf(x);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Digits from the OEIS: A001113, A002162, A002193, A049469, A049470, A049471, A073742, A073743, A073744, ... */
    @ParameterizedTest
    @CsvSource({"exp, 1, 2.71828182845904523536028747135266249775724709369995957496697",
            "log, 2, 0.693147180559945309417232121458176568075500134360255254120680",
            "sqrt, 2, 1.41421356237309504880168872420969807856967187537694807317668",
            "sin, 1, 0.841470984807896506652502321630298999622563060798371065672752",
            "cos, 1, 0.540302305868139717400936607442976603732310420617922227670097",
            "tan, 1, 1.55740772465490223050697480745836017308725077238152003838395",
            "sinh, 1, 1.17520119364380145688238185059560081515571798133409587022957",
            "cosh, 1, 1.54308063481524377847790562075706168260152911236586370473740",
            "tanh, 1, 0.761594155955764888119458282604793590412768597257936551596811",
            "atan, 0.5, 0.463647609000806116214256231461214402028537054286120263810933",
            "erf, 1, 0.842700792949714869341220635082609259296066997966302908459938",
            "log, 10, 2.30258509299404568401799145468436420760110148862877297603333"})
    void publishedDigits(String function, String argument, String value) {
        Precise result = apply(SIXTY, function, of(argument));
        Precise half = of("0.5e-59");
        assertThat(result.digits()).isGreaterThanOrEqualTo(60);
        assertThat(SIXTY.compare(SIXTY.abs(SIXTY.subtract(result, of(value))), half)).isNotPositive();
    }

    /** Angles far beyond the precision, with few digits of their own; values by mpmath 1.3 with 1300 digits. */
    @ParameterizedTest
    @CsvSource({"sin, 2, 1000, -0.15920170308624243824", "cos, 2, 4000, -0.232685285911750565136720822174",
            "sin, 10, 22, -0.852200849767188801772705893753"})
    void largeAnglesAreReduced(String function, int base, int exponent, String value) {
        Precise angle = SIXTY.of(Rational.of(BigInteger.valueOf(base).pow(exponent)));
        assertThat(SIXTY.subtract(apply(SIXTY, function, angle), of(value)).toDouble()).isBetween(-1e-19, 1e-19);
    }

    @Test
    void pi() {
        assertThat(SIXTY.pi().toString(60)).isEqualTo("3.14159265358979323846264338327950288419716939937510582097494");
        assertThat(new PreciseArithmetic(120).pi().toString(100)).isEqualTo(
                "3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117068");
        List<Precise> same = List.of(SIXTY.acos(of("-1")), SIXTY.multiply(of("2"), SIXTY.asin(of("1"))),
                SIXTY.multiply(of("4"), SIXTY.atan(of("1"))), SIXTY.multiply(of("2"), SIXTY.acos(of("0"))));
        assertThat(same).allSatisfy(p -> assertThat(SIXTY.agreeingDigits(p, SIXTY.pi())).isEqualTo(60));
    }

    /** (10^40 + 1/3) − 10^40 has 20 digits left, and says so; subtracting 1/3 leaves none, and no sign. */
    @Test
    void cancellationIsKnown() {
        Precise large = of("1e40");
        Precise left = SIXTY.subtract(SIXTY.add(large, of("1/3")), large);
        assertThat(left.digits()).isBetween(20, 35);
        assertThat(SIXTY.signum(left)).isEqualTo(1);
        Precise nothing = SIXTY.subtract(left, of("1/3"));
        assertThat(nothing.mayBeZero()).isTrue();
        assertThat(nothing.isZero()).isFalse();
        assertThat(nothing.digits()).isZero();
        assertThatThrownBy(() -> SIXTY.signum(nothing)).isInstanceOf(Undecidable.class);
        assertThatThrownBy(() -> SIXTY.divide(large, nothing)).isInstanceOf(Undecidable.class);
        assertThatThrownBy(() -> SIXTY.sqrt(nothing)).isInstanceOf(Undecidable.class);
        assertThatThrownBy(() -> SIXTY.log(nothing)).isInstanceOf(Undecidable.class);
    }

    /** exp(−1000) − exp(−1001) is tiny and positive; nothing is lost below the least double. */
    @Test
    void smallIsNotZero() {
        Precise difference = SIXTY.subtract(SIXTY.exp(of("-1000")), SIXTY.exp(of("-1001")));
        assertThat(SIXTY.signum(difference)).isEqualTo(1);
        assertThat(difference.digits()).isGreaterThanOrEqualTo(60);
        assertThat(difference.toDouble()).isZero();
        Precise back = SIXTY.log(SIXTY.exp(of("-1000000")));
        assertThat(SIXTY.agreeingDigits(back, of("-1000000"))).isEqualTo(60);
    }

    @Test
    void exactValuesStayExact() {
        Precise seven = SIXTY.divide(of("21"), of("3"));
        assertThat(seven.isExact()).isTrue();
        assertThat(SIXTY.compare(seven, of("7"))).isZero();
        assertThat(SIXTY.signum(SIXTY.subtract(seven, of("7")))).isZero();
        assertThat(SIXTY.sqrt(of("2.25"))).hasToString("1.5");
        assertThat(SIXTY.power(of("1.5"), of("3"))).hasToString("3.375");
        assertThat(SIXTY.power(of("4"), of("-1.5"))).hasToString("0.125");
        assertThat(SIXTY.exp(of("0")).isExact()).isTrue();
        assertThat(SIXTY.log(of("1")).isZero()).isTrue();
        assertThat(SIXTY.power(of("0"), of("0"))).hasToString("1");
        assertThat(of("1/3").isExact()).isFalse();
        assertThat(of("1/3").toString(10)).isEqualTo("0.3333333333");
    }

    @Test
    void agreementIsCounted() {
        Precise third = of("1/3");
        assertThat(SIXTY.agreeingDigits(third, third)).isGreaterThanOrEqualTo(60);
        assertThat(SIXTY.agreeingDigits(third, SIXTY.add(third, of("1e-30")))).isBetween(28, 30);
        assertThat(SIXTY.differs(third, SIXTY.add(third, of("1e-30")))).isTrue();
        assertThat(SIXTY.agreeingPlaces(of("1000"), of("1000.001"))).isBetween(2, 3);
        assertThat(SIXTY.agreeingDigits(of("1"), of("-1"))).isZero();
        Precise blur = SIXTY.subtract(third, of("1/3"));
        assertThat(SIXTY.agrees(blur, of("0"))).isTrue();
        assertThat(SIXTY.agreeingDigits(blur, of("0"))).isZero();
        assertThat(SIXTY.agreeingPlaces(blur, of("0"))).isEqualTo(60);
    }

    @Test
    void powersOfEverySign() {
        BiFunction<String, String, Precise> power = (x, y) -> SIXTY.power(of(x), of(y));
        assertThat(power.apply("-2", "3")).hasToString("-8");
        assertThat(power.apply("-2", "-2")).hasToString("0.25");
        assertThat(power.apply("0", "1/3")).hasToString("0");
        assertThat(SIXTY.agreeingDigits(power.apply("8", "1/3"), of("2"))).isGreaterThanOrEqualTo(60);
        assertThat(
                SIXTY.agreeingDigits(power.apply("2", "0.1"), SIXTY.exp(SIXTY.multiply(of("0.1"), SIXTY.log(of("2"))))))
                .isGreaterThanOrEqualTo(60);
        assertThat(SIXTY.signum(power.apply("-1.5", "100001"))).isEqualTo(-1);
        assertThat(SIXTY.agreeingDigits(SIXTY.log(power.apply("1.5", "100001")),
                SIXTY.multiply(of("100001"), SIXTY.log(of("1.5"))))).isGreaterThanOrEqualTo(60);
        assertThatThrownBy(() -> power.apply("-8", "1/3")).isInstanceOf(OutsideDomain.class)
                .hasMessageContaining("a negative base needs an integer exponent");
        assertThatThrownBy(() -> power.apply("-8", "0.5")).isInstanceOf(OutsideDomain.class);
        assertThatThrownBy(() -> power.apply("0", "-1")).isInstanceOf(OutsideDomain.class);
        assertThatThrownBy(() -> power.apply("0", "-1/3")).isInstanceOf(OutsideDomain.class);
        // A number that may be the integer 1: no one can say whether (−8)^it is real.
        Precise aboutOne = SIXTY.multiply(of("3"), of("1/3"));
        assertThatThrownBy(() -> SIXTY.power(of("-8"), aboutOne)).isInstanceOf(Undecidable.class);
    }

    @Test
    void outsideTheDomain() {
        List<UnaryOperator<Precise>> functions = List.of(SIXTY::log, SIXTY::sqrt, SIXTY::asin, SIXTY::acos);
        assertThat(functions)
                .allSatisfy(f -> assertThatThrownBy(() -> f.apply(of("-1.1"))).isInstanceOf(OutsideDomain.class)
                        .hasMessageContaining("got -1.1"));
        assertThatThrownBy(() -> SIXTY.log(of("0"))).isInstanceOf(OutsideDomain.class);
        assertThatThrownBy(() -> SIXTY.divide(of("1"), of("0"))).isInstanceOf(OutsideDomain.class);
    }

    @Test
    void extremesEnd() {
        assertThatThrownBy(() -> SIXTY.exp(of("1e12"))).isInstanceOf(NotExact.class);
        assertThatThrownBy(() -> SIXTY.sin(of("1e5000"))).isInstanceOf(NotExact.class);
        assertThatThrownBy(() -> SIXTY.sin(SIXTY.power(of("1/3"), of("-1000")))).isInstanceOf(Undecidable.class);
        assertThat(SIXTY.tanh(of("1e12")).toString(30)).isEqualTo("1");
        assertThat(SIXTY.erf(of("-1e12")).toString(30)).isEqualTo("-1");
        assertThat(SIXTY.agreeingDigits(SIXTY.sin(of("1e-5000")), of("1e-5000"))).isEqualTo(60);
        assertThat(SIXTY.compare(SIXTY.sin(of("1e-20")), of("1e-20"))).isNegative();
        assertThat(SIXTY.exp(of("100000000")).toString(12)).isEqualTo("1.54997674665E+43429448");
        assertThat(SIXTY.exp(of("1000")).toDouble()).isInfinite();
        // 1 − tanh 40 ≈ 2 exp(−80): small, positive, known to half the digits.
        Precise gap = SIXTY.subtract(of("1"), SIXTY.tanh(of("40")));
        assertThat(SIXTY.signum(gap)).isEqualTo(1);
        assertThat(SIXTY.agreeingDigits(gap, SIXTY.multiply(of("2"), SIXTY.exp(of("-80"))))).isGreaterThanOrEqualTo(30);
    }

    @Test
    void mayBeIntegerSeesThroughRounding() {
        assertThat(of("0.5").mayBeInteger()).isFalse();
        assertThat(of("7").mayBeInteger()).isTrue();
        assertThat(SIXTY.multiply(of("3"), of("1/3")).mayBeInteger()).isTrue();
        assertThat(of("1/3").mayBeInteger()).isFalse();
        assertThat(SIXTY.ball(BigInteger.ZERO, BigInteger.TWO, -100).mayBeInteger()).isTrue();
        assertThat(SIXTY.ball(BigInteger.TEN, BigInteger.TWO, -100).mayBeInteger()).isFalse();
        assertThat(of("-1e-30").mayBeInteger()).isFalse();
    }
}
