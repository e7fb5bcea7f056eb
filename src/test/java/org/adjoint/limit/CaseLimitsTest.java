package org.adjoint.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.show.TextPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits with parameters, from sides, without a value, and what must stay undecided; the values are worked out by hand. */
class CaseLimitsTest {
    private static final Budget BUDGET = Budget.defaults().withTime(Duration.ofSeconds(20));

    private static LimitResult limit(String f, String v, String point, String side, String assumed) {
        LimitTexts texts = new LimitTexts();
        Expr expr = texts.expr(f);
        return Limits.of(expr, Variable.scalar(v), texts.target(point, side), texts.assumptions(assumed), BUDGET);
    }

    private static String text(LimitResult result) {
        return switch (result) {
            case LimitResult.Value value -> text(value.value()) + (value.conditions().isEmpty() ? ""
                    : " if " + value.conditions().stream().map(CaseLimitsTest::text).collect(Collectors.joining(", ")));
            case LimitResult.Cases cases -> cases.cases().stream()
                    .map(each -> each.when().stream().map(CaseLimitsTest::text).collect(Collectors.joining(", "))
                            + ": " + text(each.result()))
                    .collect(Collectors.joining("; "));
            case LimitResult.None none -> "none " + none.first().value().stream().map(CaseLimitsTest::text).toList()
                    + none.second().value().stream().map(CaseLimitsTest::text).toList();
            case LimitResult.Undecided undecided -> "undecided";
        };
    }

    private static String text(Extended value) {
        return switch (value) {
            case Extended.Finite finite -> TextPrinter.text(finite.value());
            case Extended.Infinite infinite -> infinite.sign() > 0 ? "inf" : "-inf";
        };
    }

    private static String text(Relation relation) {
        return TextPrinter.text(relation.left()) + " " + relation.op().text() + " "
                + TextPrinter.text(relation.right());
    }

    @ParameterizedTest(name = "{0} as {1} -> {2}{3} given {4}")
    @CsvSource(delimiter = '|', textBlock = """
            log(exp(b*x)+exp(b*y)+exp(b*z))/b     | b | inf  | ''| ''      | maximum(maximum(x, y), z)
            log(exp(b*x)+exp(b*y))/b              | b | -inf | ''| ''      | minimum(x, y)
            3*log(exp(b*x)+exp(b*y))/b+c          | b | inf  | ''| ''      | c + 3 * maximum(x, y)
            (x**p+y**p)**(1/p)                    | p | inf  | ''| x>0;y>0 | maximum(x, y)
            (x**p+y**p)**(1/p)                    | p | -inf | ''| x>0;y>0 | minimum(x, y)
            ((x**p+y**p)/2)**(1/p)                | p | 0    | ''| x>0;y>0 | exp(1/2 * (log(x) + log(y)))
            tanh(b*x)+c                           | b | inf  | ''| ''      | c + sign(x)
            b*x/sqrt(1+b**2*x**2)                 | b | inf  | ''| ''      | sign(x)
            sqrt(x**2+d**2)                       | d | 0    | ''| ''      | abs(x)
            exp(-a*x)                             | x | inf  | ''| ''      | a > 0: 0; a == 0: 1; a < 0: inf
            exp(-a*x)                             | x | inf  | ''| a>0     | 0
            exp(-a*x)                             | x | inf  | ''| a>=0    | a > 0: 0; a == 0: 1
            exp((a-c)*x)                          | x | inf  | ''| c>a     | 0
            (a*x**2+1)/(b*x**2+x)                 | x | inf  | ''| b!=0    | a / b
            x**a*exp(-x)                          | x | inf  | ''| ''      | 0
            log(a*x)/log(x)                       | x | inf  | ''| ''      | 1 if a > 0
            (1+a/n)**n                            | n | inf  | ''| ''      | exp(a)
            (x**a-1)/a                            | a | 0    | ''| x>0     | log(x)
            (f-a)/(f**2-a**2)                     | f | a    | ''| a!=0    | 1/2 / a
            1/x                                   | x | 0    | ''| ''      | none [inf][-inf]
            1/x                                   | x | 0    | - | ''      | -inf
            abs(x)/x                              | x | 0    | ''| ''      | none [1][-1]
            x*abs(x)/x                            | x | 0    | ''| ''      | 0
            log(x)                                | x | 0    | + | ''      | -inf
            log(x)                                | x | 0    | ''| ''      | none [-inf][]
            sqrt(x)                               | x | -1   | ''| ''      | none [][]
            sin(x)                                | x | inf  | ''| ''      | none [0][1]
            sin(x)/x                              | x | inf  | ''| ''      | 0
            x+sin(x)                              | x | inf  | ''| ''      | inf
            x/(x+cos(x))                          | x | inf  | ''| ''      | 1
            x*sin(1/x)                            | x | 0    | ''| ''      | 0
            1/(2+sin(x))                          | x | inf  | ''| ''      | none [1/2][1/3]
            tan(x)/x                              | x | inf  | ''| ''      | undecided
            floor(x)/x                            | x | inf  | ''| ''      | undecided
            a**2+c                                | x | inf  | ''| ''      | a**2 + c
            max(x, 1/x)                           | x | inf  | ''| ''      | inf
            relu(x-3)/x                           | x | inf  | ''| ''      | 1
            atan(x)                               | x | -inf | ''| ''      | -1/2 * pi
            x*exp(x**2)*(1-erf(x))                | x | inf  | ''| ''      | pi**(-1/2)
            x**x                                  | x | 0    | + | ''      | 1
            (cos(x)-1)/x**2                       | x | 0    | ''| ''      | -1/2
            (tan(x)-x)/x**3                       | x | 0    | ''| ''      | 1/3
            asin(x)/x                             | x | 0    | ''| ''      | 1
            """)
    void known(String f, String v, String point, String side, String assumed, String expected) {
        assertThat(text(limit(f, v, point, side, assumed))).isEqualTo(expected);
    }

    @Test
    void oneEntryAfterTheOther() {
        LimitTexts texts = new LimitTexts().declare("x=[2]");
        LimitResult result = Limits.of(texts.expr("tanh(b*x)"), Variable.scalar("b"), Target.above(Constant.ZERO),
                Assumptions.NONE, BUDGET);
        assertThat(((Extended.Finite) ((LimitResult.Value) result).value()).value().shape().toString())
                .isEqualTo("[2]");
    }

    @Test
    void stepsNameTheLawsAndTheScale() {
        LimitResult.Value result = (LimitResult.Value) limit("x/(1+exp(x))", "x", "inf", "", "");
        assertThat(result.steps()).extracting(Step::law).contains("most rapidly varying subexpressions",
                "series in the fastest scale");
        assertThat(result.steps()).anySatisfy(step -> assertThat(step.exprs()).extracting(TextPrinter::text)
                .contains("exp(-x)"));
    }

    @Test
    void timeEndsUndecided() {
        LimitTexts texts = new LimitTexts();
        Expr f = texts.expr("log(exp(b*x)+exp(b*y)+exp(b*z)+exp(b*w)+exp(b*u)+exp(b*s))/b");
        long start = System.nanoTime();
        LimitResult result = Limits.of(f, Variable.scalar("b"), Target.INFINITY, Assumptions.NONE,
                Budget.defaults().withTime(Duration.ofMillis(1)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(result).isInstanceOfAny(LimitResult.Undecided.class, LimitResult.Value.class);
    }

    @Test
    void deepExpressionsAreRefusedWithoutAStackOverflow() {
        Variable x = Variable.scalar("x");
        Expr deep = x;
        for (int k = 0; k < 200_000; k++) {
            deep = Functions.SOFTPLUS.apply(deep);
        }
        LimitResult result = Limits.of(Tensors.sum(List.of(deep, x)), x, Target.INFINITY, Assumptions.NONE,
                BUDGET);
        assertThat(result).isInstanceOf(LimitResult.Undecided.class);
    }
}
