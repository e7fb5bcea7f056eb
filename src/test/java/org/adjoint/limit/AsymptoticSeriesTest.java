package org.adjoint.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Equality;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series against the functions themselves at 60 digits: what is left out shrinks as the bound says. */
class AsymptoticSeriesTest {
    private static final PreciseArithmetic FIELD = new PreciseArithmetic(60);
    private static final Budget BUDGET = Budget.defaults().withTime(Duration.ofSeconds(20));

    @ParameterizedTest(name = "{0} as {1} -> {2}{3} to order {4}")
    @CsvSource(delimiter = '|', textBlock = """
            sin(x)/x                                  | x | 0   | '' | 4
            exp(x)*cos(x)                             | x | 0   | '' | 5
            log((exp(b*x)+exp(b*y)+exp(b*z))/3)/b     | b | 0   | '' | 2
            sqrt(1+x)*log(1+x)                        | x | 0   | '' | 4
            1/(x-a)+x                                 | x | a   | '' | 2
            atan(x)                                   | x | inf | '' | 5
            sqrt(x**2+x)-x                            | x | inf | '' | 3
            (1+1/x)**x                                | x | inf | '' | 3
            x**x                                      | x | 0   | +  | 2
            erf(x)/x                                  | x | 0   | '' | 6
            """)
    void whatIsLeftOutShrinks(String text, String name, String point, String side, int order) {
        LimitTexts texts = new LimitTexts();
        Expr f = texts.expr(text);
        Variable v = Variable.scalar(name);
        SeriesResult result = Limits.series(f, v, texts.target(point, side), order, Assumptions.NONE, BUDGET);
        assertThat(result).isInstanceOf(SeriesResult.Found.class);
        AsymptoticSeries series = ((SeriesResult.Found) result).series();
        Rational near = near(point, 1_000);
        Rational nearer = near(point, 100_000);
        double first = rest(f, series.sum(), v, near);
        double second = rest(f, series.sum(), v, nearer);
        // g falls by 100, so the rest by 100^(order + 1), up to logarithms and to powers that are missing
        assertThat(second).isLessThan(first * Math.pow(100, -order - 0.6) + 1e-58);
    }

    private static Rational near(String point, long distance) {
        return switch (point) {
            case "inf" -> Rational.of(distance);
            case "a" -> Rational.of(3, 2).plus(Rational.of(1, distance));
            default -> Rational.of(1, distance);
        };
    }

    private static double rest(Expr f, Expr sum, Variable v, Rational at) {
        Map<Variable, NumberTensor<Precise>> point = new LinkedHashMap<>();
        long k = 1;
        for (Variable variable : Walk.variables(f)) {
            Rational value = variable.name().equals("a") ? Rational.of(3, 2) : Rational.of(++k, 3);
            point.put(variable, NumberTensor.scalar(FIELD.of(variable == v ? at : value)));
        }
        Precise rest = new Evaluator<>(FIELD, Sizes.NONE).evaluate(f.minus(sum), point).value();
        return Math.abs(rest.toDouble());
    }

    @Test
    void logMeanExpAnySizeHasHalfTheVarianceNext() {
        LimitTexts texts = new LimitTexts().declare("x=[n]");
        Expr f = texts.expr("log(mean(exp(b*x)))/b");
        SeriesResult result = Limits.series(f, Variable.scalar("b"), texts.target("0", ""), 1, Assumptions.NONE,
                BUDGET);
        assertThat(result).isInstanceOf(SeriesResult.Found.class);
        AsymptoticSeries series = ((SeriesResult.Found) result).series();
        Expr expected = texts.expr("mean(x) + b/2*(mean(x**2) - mean(x)**2)");
        assertThat(Equality.prove(series.sum(), expected)).isPresent();
    }

    @Test
    void sidesThatDifferHaveNoCommonSeries() {
        LimitTexts texts = new LimitTexts();
        assertThat(Limits.series(texts.expr("abs(x)+x"), Variable.scalar("x"), texts.target("0", ""), 2,
                Assumptions.NONE, BUDGET)).isInstanceOf(SeriesResult.Undecided.class);
    }
}
