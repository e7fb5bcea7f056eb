package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Identities between numbers that are in books, each proved; and none of them is proved any more when one side is changed by
 * as little as 10⁻⁵⁰.
 */
class ClosedNumbersTest {
    private static Expr n(long value) {
        return Constant.of(value);
    }

    private static Expr q(long p, long q) {
        return Constant.of(Rational.of(p, q));
    }

    private static Expr sqrt(Expr x) {
        return Functions.SQRT.apply(x);
    }

    private static Expr root(Expr x, long degree) {
        return x.pow(q(1, degree));
    }

    private static Expr at(ScalarFunction f, long p, long q) {
        return f.apply(Functions.PI.apply().times(Rational.of(p, q)));
    }

    private static Expr atan(long p, long q) {
        return Functions.ATAN.apply(q(p, q));
    }

    private static Arguments row(String name, Expr left, Expr right) {
        return Arguments.of(Named.of(name, left), right);
    }

    static Stream<Arguments> identities() {
        Expr pi = Functions.PI.apply();
        Expr s17 = sqrt(n(17));
        Expr s34 = sqrt(n(34).minus(s17.times(2)));
        Expr inner = n(17).plus(s17.times(3)).minus(s34).minus(sqrt(n(34).plus(s17.times(2))).times(2));
        return Stream.of(
                row("√2·√3 = √6", sqrt(n(2)).times(sqrt(n(3))), sqrt(n(6))),
                row("√2 + √3 = √(5 + 2√6)", sqrt(n(2)).plus(sqrt(n(3))), sqrt(n(5).plus(sqrt(n(6)).times(2)))),
                row("∛(∛2 − 1), Ramanujan", root(root(n(2), 3).minus(n(1)), 3),
                        root(q(1, 9), 3).minus(root(q(2, 9), 3)).plus(root(q(4, 9), 3))),
                row("∛(7 + 5√2) = 1 + √2", root(n(7).plus(sqrt(n(2)).times(5)), 3), n(1).plus(sqrt(n(2)))),
                row("sin(π/12)", at(Functions.SIN, 1, 12), sqrt(n(6)).minus(sqrt(n(2))).times(Rational.of(1, 4))),
                row("cos(2π/17), Gauss", at(Functions.COS, 2, 17),
                        n(-1).plus(s17).plus(s34).plus(sqrt(inner).times(2)).times(Rational.of(1, 16))),
                row("cos(π/7)cos(2π/7)cos(3π/7) = 1/8",
                        at(Functions.COS, 1, 7).times(at(Functions.COS, 2, 7)).times(at(Functions.COS, 3, 7)),
                        q(1, 8)),
                row("tan(3π/11) + 4 sin(2π/11) = √11",
                        at(Functions.TAN, 3, 11).plus(at(Functions.SIN, 2, 11).times(4)), sqrt(n(11))),
                row("1/(√5 − 2) = √5 + 2", n(1).dividedBy(sqrt(n(5)).minus(n(2))), sqrt(n(5)).plus(n(2))),
                row("π/4 = 4 atan 1/5 − atan 1/239, Machin", pi.times(Rational.of(1, 4)),
                        atan(1, 5).times(4).minus(atan(1, 239))),
                row("atan 1 + atan 2 + atan 3 = π", atan(1, 1).plus(atan(2, 1)).plus(atan(3, 1)), pi),
                row("log(2 + √3) = −log(2 − √3)", Functions.LOG.apply(n(2).plus(sqrt(n(3)))),
                        Functions.LOG.apply(n(2).minus(sqrt(n(3)))).negate()),
                row("log 4 + 2 log sin(π/8) = log(2 − √2)",
                        Functions.LOG.apply(n(4)).plus(Functions.LOG.apply(at(Functions.SIN, 1, 8)).times(2)),
                        Functions.LOG.apply(n(2).minus(sqrt(n(2))))));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void isProvedAndNothingNextToItIs(Expr left, Expr right) {
        assertThat(Equality.prove(left, right)).isPresent();
        Expr tiny = Constant.of(Rational.of(10).pow(-50));
        assertThat(Equality.prove(left, right.plus(tiny))).isEmpty();
        assertThat(Equality.prove(left.minus(tiny), right)).isEmpty();
    }

    /** A sum of roots that is not zero is as far from zero as the bound says: the bound is never called passed. */
    @Test
    void randomNumbersAreZeroOnlyIfTheyAre() {
        Random random = new Random(7);
        int zero = 0;
        for (int k = 0; k < 400; k++) {
            Expr a = number(random, 3);
            Expr b = number(random, 3);
            boolean same = random.nextBoolean();
            // (a + b)(a − b) − a² + b² is zero; with another b it is not
            Expr c = same ? b : number(random, 2);
            Expr difference = a.plus(b).times(a.minus(c)).minus(a.times(a)).plus(b.times(c)).minus(a.times(b))
                    .plus(a.times(c));
            Precise value;
            try {
                value = new Evaluator<>(new PreciseArithmetic(300), Sizes.NONE).evaluate(difference, Map.of())
                        .entries().get(0);
            } catch (ArithmeticException undefined) {
                continue;
            }
            boolean proved = SeparationBound.provesZero(difference).isPresent();
            zero += proved ? 1 : 0;
            assertThat(proved && !value.mayBeZero()).as("seed 7, number " + k).isFalse();
        }
        assertThat(zero).isGreaterThan(50);
    }

    private static Expr number(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return q(random.nextInt(9) - 3, 1 + random.nextInt(4));
        }
        Expr x = number(random, depth - 1);
        Expr y = number(random, depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> x.plus(y);
            case 1 -> x.times(y);
            case 2 -> sqrt(x.times(x).plus(n(1)));
            case 3 -> root(x.times(x).plus(n(2)), 3);
            case 4 -> x.minus(y.times(2));
            default -> at(List.of(Functions.SIN, Functions.COS).get(random.nextInt(2)), random.nextInt(12),
                    1 + random.nextInt(6)).plus(x);
        };
    }
}
