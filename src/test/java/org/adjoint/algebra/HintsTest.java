package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an oracle says counts when it is proved, and only then. */
class HintsTest {
    private static final Size N = Size.symbol("n");
    private static final Expr COUNT = Dimension.of(N);
    private static final Variable X = Variable.scalar("x");
    private static final ScalarOracle SYMJA = ScalarOracle.installed().orElseThrow();

    /** Says the same whatever it is asked. */
    private record Fixed(Expr answer) implements ScalarOracle {
        @Override
        public Optional<Expr> simplified(Expr scalar) {
            return Optional.of(answer);
        }

        @Override
        public Optional<Expr> radicals(Expr closed) {
            return Optional.of(answer);
        }

        @Override
        public Optional<Expr> sum(Expr body, Variable index, Expr from, Expr to) {
            return Optional.of(answer);
        }
    }

    /** k = 1, …, n. */
    private static Expr natural() {
        return Range.of(N).plus(Constant.ONE);
    }

    // ---- sums

    @Test
    void powerSumsOfAnySize() {
        Expr gauss = COUNT.times(COUNT.plus(Constant.ONE)).times(Rational.HALF);
        assertThat(Hints.prove(natural().sum(), gauss)).isPresent();
        assertThat(Hints.prove(natural().pow(3).sum(), gauss.times(gauss))).isPresent();
        assertThat(Hints.prove(natural().pow(2).sum(),
                gauss.times(COUNT.times(2).plus(Constant.ONE)).times(Rational.of(1, 3)))).isPresent();
    }

    @Test
    void sumsOfWhatIsNotTheSumAreNotProved() {
        Expr gauss = COUNT.times(COUNT.plus(Constant.ONE)).times(Rational.HALF);
        assertThat(Hints.prove(natural().sum(), gauss.plus(COUNT))).isEmpty();
        assertThat(Hints.prove(natural().pow(3).sum(), gauss.pow(3))).isEmpty();
    }

    @Test
    void geometricSums() {
        Expr powers = Functions.POWER.apply(Constant.TWO, Range.of(N));
        Expr closed = Functions.POWER.apply(Constant.TWO, COUNT).minus(Constant.ONE);
        assertThat(Hints.prove(powers.sum(), closed)).isPresent();
        assertThat(Hints.prove(powers.sum(), closed.plus(Constant.ONE))).isEmpty();
        assertThat(Hints.prove(powers.times(Range.of(N)).sum(), COUNT.minus(Constant.TWO)
                .times(Functions.POWER.apply(Constant.TWO, COUNT)).plus(Constant.TWO))).isPresent();
    }

    @Test
    void geometricSumWithASymbolicRatio() {
        Variable r = Variable.scalar("r", Fact.Named.POSITIVE);
        Expr powers = Functions.POWER.apply(r, Range.of(N));
        Expr closed = Constant.ONE.minus(Functions.POWER.apply(r, COUNT)).dividedBy(Constant.ONE.minus(r));
        assertThat(Hints.prove(powers.sum(), closed)).isPresent();
        assertThat(Hints.prove(powers.sum(), closed.times(r))).isEmpty();
    }

    /** S(n) = n² is right at n = 0 and n = 1 and has the wrong steps; n(n+1)/2 + 1 has the right steps and a wrong start. */
    @Test
    void aWrongSumIsNotBelieved() {
        Expr sum = natural().sum();
        ScalarOracle square = new ScalarOracle() {
            @Override
            public Optional<Expr> simplified(Expr scalar) {
                return Optional.empty();
            }

            @Override
            public Optional<Expr> radicals(Expr closed) {
                return Optional.empty();
            }

            @Override
            public Optional<Expr> sum(Expr body, Variable index, Expr from, Expr to) {
                return Optional.of(to.plus(Constant.ONE).pow(2));
            }
        };
        assertThat(ClosedSums.of(sum, square)).isEmpty();
        assertThat(ClosedSums.of(sum, SYMJA)).isPresent();
        assertThat(ClosedSums.of(sum, new Fixed(Constant.ZERO))).isEmpty();
    }

    // ---- exact values

    @ParameterizedTest
    @CsvSource({"1, 12", "5, 12", "7, 12", "1, 8", "3, 8", "1, 5", "2, 5", "1, 10", "-3, 10", "11, 6", "25, 12"})
    void sinesAndCosines(long p, long q) {
        Expr angle = Functions.PI.apply().times(Rational.of(p, q));
        for (Expr node : List.of(Functions.SIN.apply(angle), Functions.COS.apply(angle))) {
            Expr value = ExactValues.of(node, SYMJA).orElseThrow();
            assertThat(Math.abs(number(value) - number(node))).isLessThan(1e-14);
        }
    }

    private static double number(Expr e) {
        return ExactValues.value(e).orElseThrow().toDouble();
    }

    @Test
    void aWrongValueIsNotBelieved() {
        Expr angle = Functions.PI.apply().times(Rational.of(1, 12));
        Expr sine = Functions.SIN.apply(angle);
        Expr six = Functions.SQRT.apply(Constant.of(6));
        Expr two = Functions.SQRT.apply(Constant.TWO);
        Expr right = six.minus(two).times(Rational.of(1, 4));
        // cos(π/12) is another root of the same polynomial.
        Expr other = six.plus(two).times(Rational.of(1, 4));
        Expr near = Constant.of(Rational.parse("0.2588190451025207623488988376240483283490689013199305138141"));
        assertThat(ExactValues.of(sine, new Fixed(right))).contains(right);
        assertThat(ExactValues.of(sine, new Fixed(other))).isEmpty();
        assertThat(ExactValues.of(sine, new Fixed(near))).isEmpty();
    }

    @Test
    void nestedRoots() {
        Expr root = Functions.SQRT.apply(Constant.TWO);
        Expr nested = Functions.SQRT.apply(root.times(2).plus(Constant.of(3)));
        Expr right = root.plus(Constant.ONE);
        assertThat(ExactValues.of(nested, SYMJA)).contains(right);
        assertThat(ExactValues.of(nested, new Fixed(right.negate()))).isEmpty();
        assertThat(ExactValues.of(nested, new Fixed(root.plus(Constant.TWO)))).isEmpty();
    }

    // ---- hints

    @Test
    void aHintMustBeEqualToBothSides() {
        Expr a = Functions.SIN.apply(X).pow(2);
        Expr b = Constant.ONE.minus(Functions.COS.apply(X).pow(2));
        Expr between = Constant.HALF.minus(Functions.COS.apply(X.times(2)).times(Rational.HALF));
        assertThat(Hints.prove(a, b, new Fixed(between))).isPresent();
        assertThat(Hints.prove(a, b, new Fixed(Constant.HALF))).isEmpty();
        assertThat(Hints.prove(a, b.plus(X), new Fixed(between))).isEmpty();
    }

    @Test
    void aHintMayNotHaveGapsOfItsOwn() {
        Expr gap = X.times(Functions.LOG.apply(Functions.EXP.apply(X))).dividedBy(X);
        assertThat(Gaps.none(gap, List.of(X))).isFalse();
        assertThat(Gaps.none(X.dividedBy(X.minus(Constant.ONE)),
                List.of(Constant.ONE.dividedBy(Constant.ONE.minus(X))))).isTrue();
    }
}
