package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write by habit is refused at the right column, with what to write instead. */
class SlipsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            2x             | 2 | unexpected `x`                 | `2*x`
            a b            | 3 | unexpected `b`                 | `a*b`
            2(x + 1)       | 2 | unexpected `(`                 | `2*(`
            (a)(b)         | 4 | unexpected `(`                 | `)*(`
            [a b]          | 4 | unexpected `b`                 | for a product write `a*b`
            a = b          | 3 | unexpected `=`                 | ==
            a && b         | 3 | `&&` is not an operator        | `and`
            !a             | 1 | `!` is not an operator         | `not p`
            n!             | 2 | `!` is not an operator         | factorial
            a × b          | 3 | `×` is not an operator         | `@` for the matrix product
            X^T            | 2 | `^T` is not a transpose        | `.T`
            A' @ b         | 2 | `'` marks the derivative       | `.T`
            (A @ B)'       | 8 | `'` marks the derivative       | `.T`
            x .* y         | 3 | unexpected `.`                 | dialect matlab
            lambda x       | 8 | unexpected `x`                 | `f(x) = e`
            a === b        | 3 | `===` is not an operator       | `==`
            a => b         | 3 | `=>` is not an operator        | `implies`
            a if p         | 3 | `if` without `else`            | `x if p else y`
            a else b       | 3 | `else` without `if`            | `x if p else y`
            [a if p for i] | 4 | `if` without `else`            | given
            a..b..c        | 5 | a second `..`                  | parentheses
            x -> 0         | 3 | unexpected `->`                | limit
            [x -> 0]       | 4 | unexpected `->`                | limit
            inf + 1        | 1 | `inf` is not a number          | range
            nan            | 1 | `nan` is not a number          | -
            np.nan         | 1 | `np.nan` is not a number       | -
            f(a=1, b)      | 8 | an argument without a name     | before `a =`
            `'abc`         | 1 | the string that starts here    | .T
            1e999999       | 1 | has too many digits            | -
            a + in         | 5 | `in` is a word of the language | -
            \\frac         | 1 | `\\` is not an operator        | function
            é              | 1 | unexpected character `é`       | Greek
            a 😀           | 3 | unexpected character `😀`      | -
            """)
    void pointsAtTheSlipAndSaysWhatToWrite(String text, int column, String headline, String hint) {
        Problem problem = Slip.of(text);
        assertThat(problem.headline()).contains(headline);
        assertThat(problem.span().column()).isEqualTo(column);
        assertThat(problem.hint()).contains(hint.equals("-") ? "" : hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            claim a: L = 3         | 12 | `=` in a claim                 | `==`
            claim : x == 1         | 7  | unexpected `:`; expected an id | -
            claim a x == 1         | 9  | unexpected `x`; expected `:`   | -
            claim a:               | 9  | the statement ends after `:`   | -
            x = (1 + 2             | 5  | `(` is never closed            | -
            x = (1 + [2)           | 10 | `[` is never closed            | -
            x = 1)                 | 6  | `)` closes no bracket          | -
            x == 1                 | 1  | this states or defines nothing | assume
            f(1) = x               | 3  | `1` is not a parameter         | -
            a + b = c              | 1  | this states or defines nothing | assume
            x.y = 3                | 1  | `x.y` cannot be defined        | `==`
            x : Q[n]               | 5  | `Q[n]` is not a type           | -
            x : C                  | 5  | `C` is not a type              | real
            x : R[n] = 3           | 10 | unexpected `=`                 | not both
            x : R[n], R[m]         | 15 | the statement ends             | -
            x := 3                 | 3  | `:=` is not an operator        | `=`
            claim a: x == 1 when y | 17 | unexpected `when`              | -
            claim a: x == 1 expect true | 24 | expected holds, proved    | -
            claim a: x == 1 expect refuted link 0 | 37 | the number of a link | -
            choice q = C { A: x == 1 } | 12 | no option `C`              | -
            choice q = A { x == 1 } | 16 | expected an option            | -
            if = 3                 | 1  | `if` is a word of the language | -
            """)
    void statementsSayWhatWasExpected(String text, int column, String headline, String hint) {
        Problem problem = Slip.ofStatement(text);
        assertThat(problem.headline()).contains(headline);
        assertThat(problem.span().column()).isEqualTo(column);
        assertThat(problem.hint()).contains(hint.equals("-") ? "" : hint);
    }

    @Test
    void barsAreNotOperators() {
        assertThat(Slip.of("a || b").hint()).contains("`or`").contains("norm");
        assertThat(Slip.of("|x|").hint()).contains("abs(x)");
    }

    @Test
    void rendersLineAndCaret() {
        assertThat(Slip.ofStatement("a = 1\n\tb = 1\nyy = 2 *\t(x x)").render()).isEqualTo("""
                block:2:2: unexpected `b`; expected an operator, a clause (for, given, with, under, almost everywhere, \
                within, expect) or the end of the statement
                     2 | \tb = 1
                       | \t^
                  hint: for a product write `1*b`""");
    }

    @Test
    void showsOnlyThePlaceOfALongLine() {
        String text = "x + ".repeat(100_000) + ")";
        assertThat(Slip.of(text).render()).hasSizeLessThan(500).contains("| …").contains("x + x").endsWith("^");
    }
}
