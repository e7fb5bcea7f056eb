package org.adjoint.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.adjoint.algebra.Assumptions;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.show.TextPrinter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of D. Gruntz, "On Computing Limits in a Symbolic Manipulation System", ETH dissertation 11432, 1996, chapter 8
 * and page 126, with the values published there; x → +∞.
 */
class ThesisLimitsTest {
    private static final Budget BUDGET = Budget.defaults().withTime(Duration.ofSeconds(20));

    @ParameterizedTest(name = "{0}")
    @DisplayName("published limits")
    @CsvSource(delimiter = '|', textBlock = """
            8.1  | exp(x)*(exp(1/x - exp(-x)) - exp(1/x))                                             | -1
            8.2  | exp(x)*(exp(1/x + exp(-x) + exp(-x**2)) - exp(1/x - exp(-exp(x))))                 | 1
            8.3  | exp(exp(x - exp(-x))/(1 - 1/x)) - exp(exp(x))                                      | inf
            8.4  | exp(exp(exp(x)/(1 - 1/x))) - exp(exp(exp(x)/(1 - 1/x - log(x)**(-log(x)))))        | -inf
            8.5  | exp(exp(exp(x + exp(-x))))/exp(exp(exp(x)))                                        | inf
            8.6  | exp(exp(exp(x)))/exp(exp(exp(x - exp(-exp(x)))))                                   | inf
            8.7  | exp(exp(exp(x)))/exp(exp(exp(x - exp(-exp(exp(x))))))                              | 1
            8.8  | exp(exp(x))/exp(exp(x - exp(-exp(exp(x)))))                                        | 1
            8.9  | log(x)**2*exp(sqrt(log(x))*log(log(x))**2*exp(sqrt(log(log(x)))*log(log(log(x)))**3))/sqrt(x) | 0
            8.10 | x*log(x)*log(x*exp(x) - x**2)**2/log(log(x**2 + 2*exp(exp(3*x**3*log(x)))))         | 1/3
            8.11 | (exp(x*exp(-x)/(exp(-x) + exp(-2*x**2/(x + 1)))) - exp(x))/x                        | -exp(2)
            8.12 | (3**x + 5**x)**(1/x)                                                               | 5
            8.13 | x/log(x**(log(x**(log(2)/log(x)))))                                                | inf
            8.14 | exp(exp(2*log(x**5 + x)*log(log(x))))/exp(exp(10*log(x)*log(log(x))))               | inf
            8.15 | 4/9*exp(exp(5/2*x**(-5/7) + 21/8*x**(6/11) + 2*x**(-8) + 54/17*x**(49/45)))**8/log(log(-log(4/3*x**(-5/14))))**(7/6) | inf
            8.16 | (exp(4*x*exp(-x)/(1/exp(x) + 1/exp(2*x**2/(x + 1)))) - exp(x))/exp(x)**4           | 1
            8.17 | exp(x*exp(-x)/(exp(-x) + exp(-2*x**2/(x + 1))))/exp(x)                             | 1
            8.18 | exp(exp(-x/(1 + exp(-x))))*exp(-x/(1 + exp(-x/(1 + exp(-x)))))*exp(exp(-x + exp(-x/(1 + exp(-x)))))/exp(-x/(1 + exp(-x)))**2 - exp(x) + x | 2
            8.19 | log(x)*(log(log(x) + log(log(x))) - log(log(x)))/log(log(x) + log(log(log(x))))     | 1
            8.20 | exp(log(log(x + exp(log(x)*log(log(x)))))/log(log(log(exp(x) + x + log(x)))))      | exp(1)
            8.21 | exp(exp(exp(exp(x))))*(exp(exp(-exp(exp(x)))*x) - 1)                               | inf
            126a | exp(x)*(sin(1/x + exp(-x)) - sin(1/x + exp(-x**2)))                                 | 1
            126c | (erf(x - exp(-exp(x))) - erf(x))*exp(exp(x))*exp(x**2)                              | -2*pi**(-1/2)
            126b | exp(exp(x))*(exp(sin(1/x + exp(-exp(x)))) - exp(sin(1/x)))                          | 1
            """)
    void published(String name, String text, String expected) {
        LimitTexts texts = new LimitTexts();
        LimitResult result = Limits.of(texts.expr(text), Variable.scalar("x"), Target.INFINITY, Assumptions.NONE,
                BUDGET);
        assertThat(result).isInstanceOf(LimitResult.Value.class);
        Extended value = ((LimitResult.Value) result).value();
        if (expected.endsWith("inf")) {
            assertThat(value).isEqualTo(expected.startsWith("-") ? Extended.MINUS_INFINITY : Extended.PLUS_INFINITY);
        } else {
            Expr want = texts.expr(expected);
            assertThat(value).isInstanceOf(Extended.Finite.class);
            assertThat(TextPrinter.text(((Extended.Finite) value).value())).isEqualTo(TextPrinter.text(want));
        }
    }
}
