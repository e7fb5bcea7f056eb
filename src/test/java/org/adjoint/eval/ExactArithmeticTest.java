package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.adjoint.expr.Arithmetic.NotExact;
import org.adjoint.expr.Arithmetic.OutsideDomain;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/** Radicals: the laws of a field, against evaluation to 60 digits, and the roots that come out. */
class ExactArithmeticTest {

    private static final ExactArithmetic EXACT = new ExactArithmetic();
    private static final PreciseArithmetic SIXTY = new PreciseArithmetic(60);

    /** Up to four terms r√d with d ≤ 30. */
    @Provide
    Arbitrary<Radical> radicals() {
        Arbitrary<Rational> coefficients = Combinators.combine(Arbitraries.integers().between(-9, 9),
                Arbitraries.integers().between(1, 5)).as((p, q) -> Rational.of(p, q));
        Arbitrary<Radical> terms = Combinators.combine(coefficients, Arbitraries.integers().between(0, 30))
                .as((r, d) -> root(d).times(r));
        return terms.list().ofMaxSize(4).map(list -> list.stream().reduce(Radical.ZERO, Radical::plus))
                .withoutEdgeCases();
    }

    private static Radical root(long n) {
        return Radical.sqrtOf(Rational.of(n));
    }

    private static Radical whole(long n) {
        return Radical.of(Rational.of(n));
    }

    /** The ball to 60 digits, by another route than the one that found the radical. */
    private static Precise sixtyDigits(String text) {
        Precise sum = SIXTY.of(Rational.ZERO);
        for (String term : text.replace(" - ", " + -").split(" \\+ ")) {
            String plain = term.replace("-sqrt", "-1*sqrt");
            int at = plain.indexOf("sqrt(");
            Rational factor = at == 0 ? Rational.ONE : Rational.parse(at < 0 ? plain : plain.substring(0, at - 1));
            Precise value = SIXTY.of(factor);
            if (at >= 0) {
                Rational radicand = Rational.parse(plain.substring(at + 5, plain.length() - 1));
                value = SIXTY.multiply(value, SIXTY.sqrt(SIXTY.of(radicand)));
            }
            sum = SIXTY.add(sum, value);
        }
        return sum;
    }

    private static void assertAgree(Radical exact, Precise precise) {
        assertThat(SIXTY.agrees(sixtyDigits(exact.toString()), precise)).as("%s and %s", exact, precise).isTrue();
    }

    @Property(tries = 300)
    void fieldLaws(@ForAll("radicals") Radical x, @ForAll("radicals") Radical y, @ForAll("radicals") Radical z) {
        assertThat(x.plus(y).plus(z)).isEqualTo(x.plus(y.plus(z)));
        assertThat(x.times(y).times(z)).isEqualTo(x.times(y.times(z)));
        assertThat(x.times(y.plus(z))).isEqualTo(x.times(y).plus(x.times(z)));
        assertThat(x.times(y)).isEqualTo(y.times(x)).hasSameHashCodeAs(y.times(x));
        assertThat(x.minus(x)).isEqualTo(Radical.ZERO);
    }

    @Property(tries = 300)
    void operationsAgreeWithSixtyDigits(@ForAll("radicals") Radical x, @ForAll("radicals") Radical y) {
        Precise a = sixtyDigits(x.toString());
        Precise b = sixtyDigits(y.toString());
        assertAgree(x.plus(y), SIXTY.add(a, b));
        assertAgree(x.times(y), SIXTY.multiply(a, b));
        assertThat(x.toDouble()).isCloseTo(a.toDouble(), within(1e-13));
        if (SIXTY.differs(a, b)) {
            assertThat(x.compareTo(y)).isEqualTo(SIXTY.compare(a, b));
        } else {
            assertThat(x).isEqualTo(y).isEqualByComparingTo(y);
        }
    }

    /** x / x = 1 and (y / x) x = y, by conjugation over up to four independent roots. */
    @Property(tries = 200)
    void divisionUndoesMultiplication(@ForAll("radicals") Radical x, @ForAll("radicals") Radical y) {
        if (x.isZero()) {
            assertThatThrownBy(() -> EXACT.divide(y, x)).isInstanceOf(OutsideDomain.class)
                    .hasMessageContaining("division by zero");
            return;
        }
        assertThat(EXACT.divide(x, x)).isEqualTo(Radical.ONE);
        assertThat(EXACT.divide(y, x).times(x)).isEqualTo(y);
        assertThat(EXACT.power(x, whole(-2)).times(x).times(x)).isEqualTo(Radical.ONE);
    }

    /** √(x²) = |x|: every square of a radical denests. */
    @Property(tries = 200)
    void squareRootsOfSquaresDenest(@ForAll("radicals") Radical x) {
        assertThat(EXACT.sqrt(x.times(x))).isEqualTo(EXACT.abs(x));
    }

    @Example
    void rootsThatComeOut() {
        assertThat(EXACT.sqrt(whole(3).plus(root(8)))).hasToString("1 + sqrt(2)");
        assertThat(EXACT.sqrt(whole(5).plus(root(24)))).hasToString("sqrt(2) + sqrt(3)");
        assertThat(EXACT.sqrt(whole(5).minus(root(24)))).hasToString("-sqrt(2) + sqrt(3)");
        assertThat(EXACT.sqrt(Radical.of(Rational.of(8, 9)))).hasToString("2/3*sqrt(2)");
        assertThat(EXACT.sqrt(Radical.of(Rational.of(1, 2)))).hasToString("1/2*sqrt(2)");
        assertThat(EXACT.power(whole(8), Radical.of(Rational.of(2, 3)))).isEqualTo(whole(4));
        assertThat(EXACT.power(whole(8), Radical.of(Rational.of(-1, 6)))).hasToString("1/2*sqrt(2)");
        assertThat(EXACT.power(whole(4), Radical.of(Rational.of(3, 4)))).isEqualTo(root(8));
        assertThat(EXACT.power(root(8), Radical.of(Rational.of(1, 3)))).isEqualTo(root(2));
        assertThat(EXACT.power(whole(2), Radical.of(Rational.of(-3, 2)))).hasToString("1/4*sqrt(2)");
        assertThat(EXACT.power(whole(1), root(2))).isEqualTo(Radical.ONE);
        assertThat(root(50).plus(Radical.of(Rational.HALF))).hasToString("1/2 + 5*sqrt(2)");
        assertThat(Radical.ZERO).hasToString("0");
    }

    /** 1/(1 + √2 + √3) = (2 + √2 − √6)/4. */
    @Example
    void conjugates() {
        Radical sum = Radical.ONE.plus(root(2)).plus(root(3));
        assertThat(EXACT.divide(Radical.ONE, sum))
                .isEqualTo(whole(2).plus(root(2)).minus(root(6)).times(Rational.of(1, 4)));
    }

    @Example
    void whatIsNoRadicalIsNotExact() {
        List<Runnable> attempts = List.of(() -> EXACT.sqrt(root(2)), () -> EXACT.sqrt(Radical.ONE.plus(root(2))),
                () -> EXACT.power(whole(2), Radical.of(Rational.of(1, 3))), () -> EXACT.power(whole(2), root(2)),
                () -> EXACT.exp(whole(1)), () -> EXACT.log(whole(2)), () -> EXACT.sin(whole(1)), EXACT::pi,
                () -> EXACT.acos(whole(0)), () -> EXACT.erf(whole(1)));
        assertThat(attempts).allSatisfy(run -> assertThatThrownBy(run::run).isInstanceOf(NotExact.class));
    }

    @Example
    void specialValues() {
        Radical zero = Radical.ZERO;
        assertThat(List.of(EXACT.exp(zero), EXACT.cos(zero), EXACT.cosh(zero), EXACT.power(zero, zero)))
                .containsOnly(Radical.ONE);
        assertThat(List.of(EXACT.log(Radical.ONE), EXACT.sin(zero), EXACT.tan(zero), EXACT.asin(zero), EXACT.atan(zero),
                EXACT.acos(Radical.ONE), EXACT.sinh(zero), EXACT.tanh(zero), EXACT.erf(zero), EXACT.sqrt(zero)))
                .containsOnly(zero);
    }

    @Example
    void outsideTheDomain() {
        List<Runnable> attempts = List.of(() -> EXACT.sqrt(whole(-1)), () -> EXACT.sqrt(Radical.ONE.minus(root(2))),
                () -> EXACT.log(Radical.ZERO), () -> EXACT.log(root(2).negate()), () -> EXACT.asin(root(2)),
                () -> EXACT.acos(whole(-2)), () -> EXACT.power(whole(-8), Radical.of(Rational.of(1, 3))),
                () -> EXACT.power(Radical.ZERO, whole(-1)), () -> EXACT.divide(Radical.ONE, Radical.ZERO));
        assertThat(attempts).allSatisfy(run -> assertThatThrownBy(run::run).isInstanceOf(OutsideDomain.class));
    }

    /** √2 minus a convergent of its continued fraction is tiny but not zero: signs are certain, never rounded. */
    @Example
    void signsOfTinyDifferences() {
        // p/q approaches √2 to within 1/q², here 10^−38.
        Rational p = Rational.ONE;
        Rational q = Rational.ONE;
        for (int i = 0; i < 50; i++) {
            Rational next = p.plus(q.times(Rational.TWO));
            q = p.plus(q);
            p = next;
        }
        Radical difference = root(2).minus(Radical.of(p.dividedBy(q)));
        assertThat(Math.abs(difference.toDouble())).isBetween(1e-40, 1e-37);
        assertThat(difference.signum()).isEqualTo(p.times(p).compareTo(q.times(q).times(Rational.TWO)) < 0 ? 1 : -1);
        Radical zero = root(2).plus(root(3)).times(root(2).plus(root(3))).minus(whole(5)).minus(root(24));
        assertThat(zero.signum()).isZero();
    }

    /** Radicands beyond trial division still meet: p√q and √(p²q) are one number. */
    @Example
    void largeRadicandsMeet() {
        BigInteger p = new BigInteger("1000000007");
        BigInteger q = new BigInteger("998244353");
        Radical nested = Radical.sqrtOf(Rational.of(p.multiply(p).multiply(q)));
        Radical flat = Radical.sqrtOf(Rational.of(q)).times(Rational.of(p));
        assertThat(nested.minus(flat).isZero()).isTrue();
        assertThat(nested).isEqualTo(flat).hasSameHashCodeAs(flat);
        Radical product = Radical.sqrtOf(Rational.of(p)).times(Radical.sqrtOf(Rational.of(q)));
        assertThat(product.times(product).toRational()).contains(Rational.of(p.multiply(q)));
        assertThat(EXACT.divide(whole(1), product.plus(whole(1))).times(product.plus(whole(1)))).isEqualTo(Radical.ONE);
    }

    @Example
    void hugePowersEndInTheBudget() {
        assertThatThrownBy(() -> EXACT.power(root(2).plus(whole(1)), whole(1_000_000_000)))
                .isInstanceOf(Budget.Exceeded.class);
        assertThatThrownBy(() -> EXACT.power(whole(9), Radical.of(Rational.of(9).pow(20))))
                .isInstanceOf(Budget.Exceeded.class);
        assertThat(EXACT.power(whole(-1), Radical.of(Rational.of(9).pow(20)))).isEqualTo(whole(-1));
    }
}
