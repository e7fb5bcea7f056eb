package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.Sizes;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The canonical power keeps values, and never gives a value where there was none or the reverse, but for x⁰ and x¹. */
class ElementwiseTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable V = Variable.of("v", Shape.of("n"));

    private static Expr power(Expr base, String exponent) {
        return base.pow(Constant.of(Rational.parse(exponent)));
    }

    /** (xᵃ)ᵇ as it is folded, against raising twice. */
    @ParameterizedTest
    @CsvSource({"2, 3", "2, -1", "-1, -1", "-2, 3", "2, 1/2", "1/2, 2", "3, 1/3", "1/3, 3", "-1, 1/2", "1/2, -1",
            "4, 1/2", "3/2, 2", "2, 3/2", "1, -3", "-3, 1", "0, 5", "0, -1"})
    void powersOfPowersKeepValueAndDomain(String a, String b) {
        Expr folded = power(power(X, a), b);
        for (String x : List.of("-2", "-1", "-1/2", "0", "1/2", "1", "3")) {
            NumberTensor<?> expected = twice(x, a, b);
            NumberTensor<?> actual = new Evaluator<>(Numerically.FIELD, Sizes.NONE).evaluate(folded,
                    Map.of(X, NumberTensor.scalar(Numerically.FIELD.of(Rational.parse(x)))));
            assertThat(actual.isDefined()).as("x = %s", x).isEqualTo(expected.isDefined());
            assertThat(actual.toString()).as("x = %s", x).isEqualTo(expected.toString());
        }
    }

    /** Raised twice with a variable in between, which nothing folds through. */
    private static NumberTensor<?> twice(String x, String a, String b) {
        Variable y = Variable.scalar("y");
        Definitions inner = Definitions.NONE.with(y, Functions.POWER.apply(X, Variable.scalar("a")));
        Expr outer = Functions.POWER.apply(y, Variable.scalar("b"));
        Function<String, NumberTensor<Precise>> number = text -> NumberTensor
                .scalar(Numerically.FIELD.of(Rational.parse(text)));
        return new Evaluator<>(Numerically.FIELD, Sizes.NONE).evaluate(List.of(outer), inner,
                Map.of(X, number.apply(x), Variable.scalar("a"), number.apply(a), Variable.scalar("b"),
                        number.apply(b)))
                .get(0);
    }

    @Test
    void canonicalPowers() {
        assertThat(V.pow(0)).isSameAs(Contraction.ones(V.shape()));
        assertThat(V.pow(1)).isSameAs(V);
        assertThat(power(V, "1/2")).isSameAs(Functions.SQRT.apply(V));
        assertThat(V.pow(2).pow(3)).isSameAs(V.pow(6));
        assertThat(V.times(-2).pow(3)).isSameAs(V.pow(3).times(-8));
        assertThat(V.times(2).pow(-2)).isSameAs(V.pow(-2).times(Rational.of(1, 4)));
        assertThat(Constant.of(Rational.of(2, 3)).pow(-2)).isSameAs(Constant.of(Rational.of(9, 4)));
        assertThat(Functions.SQRT.apply(V.pow(2))).isNotSameAs(V);
        assertThat(V.pow(-1).pow(-1)).isNotSameAs(V);
        assertThat(Constant.ZERO.pow(-1)).isInstanceOf(Elementwise.class);
        assertThat(Constant.of(9).pow(Constant.of(9)).pow(Constant.of(2)))
                .isSameAs(Constant.of(Rational.of(9).pow(18)));
    }

    /** Exponents beyond what is computed stay, and do not wrap around: 2^(−2⁶³) is not 2⁰. */
    @Test
    void hugeExponentsStay() {
        for (long exponent : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -(1L << 32)}) {
            assertThat(Constant.TWO.pow(exponent)).isInstanceOf(Elementwise.class);
            assertThat(X.times(3).pow(exponent)).isInstanceOf(Elementwise.class);
        }
    }

    @Test
    void functionsBroadcast() {
        assertThat(Functions.MAXIMUM.apply(V, X).shape()).isEqualTo(V.shape());
        assertThatThrownBy(() -> Elementwise.of(Functions.MAXIMUM, List.of(V, X))).isInstanceOf(ShapeError.class)
                .hasMessage("operands of an elementwise function must have one shape; got v [n] and x []");
        assertThatThrownBy(() -> Functions.SIN.apply(V, V)).isInstanceOf(ShapeError.class)
                .hasMessage("sin takes 1 operands; got v [n] and v [n]");
        assertThatThrownBy(() -> Functions.MAXIMUM.apply(V, Variable.of("w", Shape.of("m"))))
                .hasMessage("shapes must match or broadcast; got v [n] and w [m]");
    }
}
