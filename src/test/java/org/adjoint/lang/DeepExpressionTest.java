package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long and deep texts are elaborated without the call stack. */
class DeepExpressionTest {
    private final Desk desk = Desk.of("a, b : R; x : R[n]; A : R[n, n]; f : R -> R");

    @Test
    void longSumsAndProductsAreOneNode() {
        StringBuilder sum = new StringBuilder("a**1");
        StringBuilder product = new StringBuilder("a");
        for (int k = 2; k <= 100_000; k++) {
            sum.append(" + a**").append(k);
            product.append(" * sin(").append(k).append(')');
        }
        assertThat(desk.expr(sum.toString())).isInstanceOfSatisfying(Linear.class,
                s -> assertThat(s.termCount()).isEqualTo(100_000));
        assertThat(desk.expr(product.toString())).isInstanceOfSatisfying(Contraction.class,
                p -> assertThat(p.operandCount()).isEqualTo(100_000));
    }

    @Test
    void longChainsOfMatrixProducts() {
        Expr product = desk.expr("A" + " @ A".repeat(10_000) + " @ x");
        assertThat(Walk.postorder(product)).hasSizeGreaterThan(10_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            (           | a | )
            -(          | a | )
            sin(        | a | )
            np.exp(     | a | )
            a + (1 - b* | a | )
            a**         | b | ``
            f(          | a | )
            sum(x * (   | x | ))
            """)
    void nests10000Deep(String open, String inner, String close) {
        String text = open.repeat(10_000) + inner + close.repeat(10_000);
        assertThat(desk.expr(text)).isNotNull();
    }

    @Test
    void anErrorAtTheBottomIsTheOneThatIsReported() {
        assertThat(desk.wrong("-(".repeat(5_000) + "c" + ")".repeat(5_000))).isEqualTo("unknown name c");
        assertThat(desk.wrong("sin(".repeat(5_000) + "x + [1, 2]" + ")".repeat(5_000)))
                .isEqualTo("x + [1, 2]: shapes must match or broadcast; x is [n], [1, 2] is [2]");
    }

    @Test
    void whatCannotBeReadAheadIsUndecidedWhenTooDeep() {
        for (String open : new String[] {"(a if a > 0 else ", "["}) {
            String text = open.repeat(10_000) + "b" + (open.equals("[") ? "]" : ")").repeat(10_000);
            assertThatThrownBy(() -> desk.expr(text)).isInstanceOf(Undecided.class)
                    .hasMessageContaining("nests too deeply");
        }
    }

    @Test
    void functionsThatCallThemselves() {
        Desk recursive = Desk.of("f(n) = 1 if n == 0 else n * f(n - 1); g(x) = g(x) + 1");
        assertThat(recursive.problems()).isEmpty();
        assertThat(recursive.expr("f(5)")).isSameAs(Constant.of(120));
        assertThat(recursive.wrong("g(1)")).isEqualTo("cyclic definition: g(x) calls itself without end");
    }

    @Test
    void recurrencesAreComputedFromBelow() {
        Desk desk = Desk.of("h[0] = 1; h[k] = 2 * h[k - 1] + k for k in 1..");
        assertThat(desk.expr("h[20000]")).isSameAs(Variable.scalar("h[20000]"));
        assertThat(desk.reader().environment().definitions().value(Variable.scalar("h[3]"))).contains(
                Tensors.sum(List.of(Variable.scalar("h[2]").times(2), Constant.of(3))));
    }
}
