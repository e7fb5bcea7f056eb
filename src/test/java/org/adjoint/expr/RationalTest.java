package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Rationals against {@link BigInteger} and {@link BigDecimal}, on both sides of the border where longs overflow. */
class RationalTest {

    /** Small numbers, numbers near ±2^31 and ±2^63, and numbers far beyond. */
    @Provide
    Arbitrary<BigInteger> integers() {
        BigInteger edge = BigInteger.ONE.shiftLeft(63);
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-12, 12).map(BigInteger::valueOf),
                Arbitraries.longs().between(-(1L << 32), 1L << 32).map(BigInteger::valueOf),
                Arbitraries.longs().map(BigInteger::valueOf),
                Arbitraries.integers().between(-3, 3).map(i -> edge.add(BigInteger.valueOf(i))),
                Arbitraries.integers().between(-3, 3).map(i -> edge.negate().add(BigInteger.valueOf(i))),
                Arbitraries.bigIntegers().between(edge.pow(3).negate(), edge.pow(3))).withoutEdgeCases();
    }

    @Provide
    Arbitrary<Rational> rationals() {
        return Combinators.combine(integers(), integers().filter(i -> i.signum() != 0)).as(Rational::of);
    }

    private static void assertCanonical(Rational r) {
        assertThat(r.denominator().signum()).isPositive();
        assertThat(r.numerator().gcd(r.denominator())).isEqualTo(BigInteger.ONE);
        assertThat(r).isEqualTo(Rational.of(r.numerator(), r.denominator()))
                .hasSameHashCodeAs(Rational.of(r.numerator(), r.denominator()));
    }

    /** a/b + c/d = (ad + cb)/bd, and the same for −, ·, /. */
    @Property
    void fieldOperationsAreThoseOfFractions(@ForAll("rationals") Rational x, @ForAll("rationals") Rational y) {
        BigInteger a = x.numerator();
        BigInteger b = x.denominator();
        BigInteger c = y.numerator();
        BigInteger d = y.denominator();
        assertThat(x.plus(y)).isEqualTo(Rational.of(a.multiply(d).add(c.multiply(b)), b.multiply(d)));
        assertThat(x.minus(y)).isEqualTo(Rational.of(a.multiply(d).subtract(c.multiply(b)), b.multiply(d)));
        assertThat(x.times(y)).isEqualTo(Rational.of(a.multiply(c), b.multiply(d)));
        assertThat(x.compareTo(y)).isEqualTo(a.multiply(d).compareTo(c.multiply(b)));
        assertCanonical(x.plus(y));
        assertCanonical(x.times(y));
        assertCanonical(x.minus(y));
        if (!y.isZero()) {
            assertThat(x.dividedBy(y)).isEqualTo(Rational.of(a.multiply(d), b.multiply(c)));
            assertCanonical(x.dividedBy(y));
        }
    }

    @Property
    void fieldLaws(@ForAll("rationals") Rational x, @ForAll("rationals") Rational y, @ForAll("rationals") Rational z) {
        assertThat(x.plus(y).plus(z)).isEqualTo(x.plus(y.plus(z)));
        assertThat(x.times(y).times(z)).isEqualTo(x.times(y.times(z)));
        assertThat(x.times(y.plus(z))).isEqualTo(x.times(y).plus(x.times(z)));
        assertThat(x.minus(x)).isEqualTo(Rational.ZERO);
        assertThat(x.negate().negate()).isEqualTo(x);
        assertThat(x.abs().signum()).isEqualTo(x.isZero() ? 0 : 1);
        if (!x.isZero()) {
            assertThat(x.times(x.inverse())).isEqualTo(Rational.ONE);
        }
    }

    @Property
    void powerIsRepeatedMultiplicationAndRootUndoesIt(@ForAll("rationals") Rational x,
            @ForAll @IntRange(max = 7) int k) {
        Rational product = Rational.ONE;
        for (int i = 0; i < k; i++) {
            product = product.times(x);
        }
        assertThat(x.pow(k)).isEqualTo(product);
        if (k > 0) {
            assertThat(product.exactRoot(k)).contains(k % 2 == 0 ? x.abs() : x);
        }
        if (!x.isZero()) {
            assertThat(x.pow(-k)).isEqualTo(product.inverse());
        }
    }

    /** x is a k-th power exactly when its root is rational: x^k + 1 is none for integers x > 1. */
    @Property
    void noRootOfWhatIsNoPower(@ForAll @IntRange(min = 2) int x, @ForAll @IntRange(min = 2, max = 7) int k) {
        assertThat(Rational.of(x).pow(k).plus(Rational.ONE).exactRoot(k)).isEmpty();
        assertThat(Rational.of(x).pow(k).plus(Rational.ONE).inverse().exactRoot(k)).isEmpty();
    }

    @Example
    void evenRootsOfNegativeNumbersDoNotExist() {
        assertThat(Rational.of(-8).exactRoot(3)).contains(Rational.of(-2));
        assertThat(Rational.of(-4).exactRoot(2)).isEmpty();
        assertThat(Rational.of(1, 4).exactRoot(2)).contains(Rational.HALF);
    }

    @Property
    void everyDoubleIsARationalAndComesBack(@ForAll double value) {
        Assume.that(value != 0);
        Rational exact = Rational.ofDouble(value);
        assertThat(exact.toDouble()).isEqualTo(value);
        assertThat(new BigDecimal(exact.numerator()).compareTo(
                new BigDecimal(value).multiply(new BigDecimal(exact.denominator())))).isZero();
    }

    /** Rounding to the nearest double: no neighbour is nearer, also among the subnormals. */
    @Property
    void toDoubleIsTheNearest(@ForAll("rationals") Rational x, @ForAll @IntRange(min = -1100, max = 900) int power) {
        Rational y = x.times(Rational.TWO.pow(power));
        double d = y.toDouble();
        Assume.that(Double.isFinite(d) && Math.abs(d) < 1e300);
        Rational error = y.minus(Rational.ofDouble(d)).abs();
        assertThat(error).isLessThanOrEqualTo(y.minus(Rational.ofDouble(Math.nextUp(d))).abs());
        assertThat(error).isLessThanOrEqualTo(y.minus(Rational.ofDouble(Math.nextDown(d))).abs());
    }

    @Example
    void toDoubleSaturates() {
        assertThat(Rational.of(10).pow(400).toDouble()).isInfinite().isPositive();
        assertThat(Rational.of(-10).pow(401).toDouble()).isInfinite().isNegative();
        assertThat(Rational.of(10).pow(-400).toDouble()).isZero();
        assertThat(Rational.of(10).pow(400).dividedBy(Rational.of(10).pow(399).times(Rational.of(3))).toDouble())
                .isEqualTo(10.0 / 3);
        // Halfway between two doubles: to the even one.
        assertThat(Rational.of((1L << 53) + 1).toDouble()).isEqualTo(0x1p53);
        assertThat(Rational.of((1L << 54) + 6).toDouble()).isEqualTo(0x1p54 + 8);
    }

    @Property
    void floorIsTheGreatestIntegerBelow(@ForAll("rationals") Rational x) {
        Rational floor = Rational.of(x.floor());
        assertThat(floor).isLessThanOrEqualTo(x);
        assertThat(floor.plus(Rational.ONE)).isGreaterThan(x);
        assertThat(x.isInteger()).isEqualTo(floor.equals(x));
    }

    @Property
    void textReadsBack(@ForAll("rationals") Rational x) {
        assertThat(Rational.parse(x.toString())).isEqualTo(x);
        x.toDecimalString().ifPresent(text -> assertThat(Rational.parse(text)).isEqualTo(x));
    }

    @Property
    void decimalLiteralsAreExact(@ForAll BigDecimal value) {
        assertThat(Rational.parse(value.toString())).isEqualTo(Rational.parse(value.toPlainString()));
        Rational read = Rational.parse(value.toString());
        assertThat(new BigDecimal(read.numerator()).compareTo(value.multiply(new BigDecimal(read.denominator()))))
                .isZero();
    }

    @Example
    void literals() {
        assertThat(Rational.parse("0.1")).isEqualTo(Rational.of(1, 10));
        assertThat(Rational.parse("1e-5")).isEqualTo(Rational.of(1, 100_000));
        assertThat(Rational.parse("1.0E-5")).isEqualTo(Rational.of(1, 100_000));
        assertThat(Rational.parse("3")).isEqualTo(Rational.of(3));
        assertThat(Rational.parse("3.")).isEqualTo(Rational.of(3));
        assertThat(Rational.parse(".5")).isEqualTo(Rational.HALF);
        assertThat(Rational.parse("-7/2")).isEqualTo(Rational.of(-7, 2));
        assertThat(Rational.parse("0e999999999999999999999")).isEqualTo(Rational.ZERO);
        for (String bad : new String[] {"", ".", "-", "e5", "1e", "1e+", "1_000", "0x10", "1.2.3", "nan", "NaN", "inf",
                "1/2/3", "1/", "0.5/2", " 1", "１"}) {
            assertThatThrownBy(() -> Rational.parse(bad)).as(bad).isInstanceOf(NumberFormatException.class)
                    .hasMessageContaining("not a decimal number");
        }
    }

    /** Numbers that would fill the memory are refused at once, by a message. */
    @Example
    void enormousLiteralsAreRefused() {
        for (String huge : new String[] {"1e999999999", "1e-999999999", "1e99999999999999999999999",
                "9".repeat(200_000),
                "0." + "1".repeat(10_000_000)}) {
            assertThatThrownBy(() -> Rational.parse(huge)).isExactlyInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("more than 100000 digits").message().hasSizeLessThan(200);
        }
    }

    @Example
    void decimalStrings() {
        assertThat(Rational.of(25, 8).toDecimalString()).contains("3.125");
        assertThat(Rational.of(-1, 4).toDecimalString()).contains("-0.25");
        assertThat(Rational.of(1200).toDecimalString()).contains("1200");
        assertThat(Rational.of(1, 3).toDecimalString()).isEqualTo(Optional.empty());
        assertThat(Rational.TWO.pow(-21).toDecimalString()).isEmpty();
        assertThat(Rational.TWO.pow(-20).toDecimalString()).contains("0.00000095367431640625");
    }

    @Example
    void longs() {
        assertThat(Rational.of(Long.MIN_VALUE).longValueExact()).isEqualTo(Long.MIN_VALUE);
        assertThat(Rational.of(Long.MAX_VALUE).plus(Rational.ONE).fitsLong()).isFalse();
        assertThatThrownBy(() -> Rational.HALF.longValueExact()).isInstanceOf(ArithmeticException.class)
                .hasMessage("not an integer of 64 bits: 1/2");
        assertThat(Rational.of(Long.MIN_VALUE, Long.MIN_VALUE)).isEqualTo(Rational.ONE);
        assertThat(Rational.of(7, -2)).hasToString("-7/2");
    }

    @Example
    void divisionByZeroSaysSo() {
        assertThatThrownBy(() -> Rational.of(3).dividedBy(Rational.ZERO)).isInstanceOf(ArithmeticException.class)
                .hasMessage("division by zero: 3 / 0");
        assertThatThrownBy(() -> Rational.of(1, 0)).hasMessageContaining("division by zero");
        assertThatThrownBy(() -> Rational.ZERO.pow(-2)).hasMessage("division by zero: 0 ^ -2");
        assertThatThrownBy(Rational.ZERO::inverse).hasMessageContaining("division by zero");
        assertThatThrownBy(() -> Rational.ofDouble(Double.NaN)).hasMessageContaining("NaN");
    }
}
