package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Depth and length are bounded by memory, never by the call stack. */
class DepthTest {

    private static Syntax parse(String text) {
        return Parser.expression(Source.of("<expression>", text), Dialect.NUMPY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            (      | )
            f(     | )
            [      | ]
            x[     | ]
            {      | }
            -      | ``
            not_   | ``
            a**    | ``
            1 + (  | )
            a if p else | ``
            a implies   | ``
            """)
    void nests100000Deep(String open, String close) {
        int depth = 100_000;
        String opening = open.equals("not_") ? "not " : open + (open.endsWith("e") || open.endsWith("s") ? " " : "");
        Syntax root = parse(opening.repeat(depth) + "x" + close.repeat(depth));
        assertThat(Trees.postorder(root)).hasSizeGreaterThanOrEqualTo(open.equals("(") ? 1 : depth);
    }

    @Test
    void chainsAreFlat() {
        assertThat(parse("a" + " + a - b".repeat(50_000))).isInstanceOfSatisfying(Syntax.Sum.class,
                s -> assertThat(s.terms()).hasSize(100_001));
        assertThat(parse("a" + " == a".repeat(100_000))).isInstanceOfSatisfying(Syntax.Relation.class,
                r -> assertThat(r.operands()).hasSize(100_001));
        assertThat(Trees.names(parse("a" + " * a".repeat(100_000)))).hasSize(100_001);
    }

    @Test
    void unclosedBracketsAreOneProblemAtTheFirst() {
        Problem problem = Slip.ofStatement("x = " + "(".repeat(10_000) + "1");
        assertThat(problem.span().column()).isEqualTo(5);
        assertThat(Slip.of("(".repeat(10_000) + "1").headline()).contains("never closed");
        assertThat(Slip.of("1" + ")".repeat(10_000)).span().column()).isEqualTo(2);
    }

    @Test
    void tenMegabytesOfStatements() {
        String text = "claim a.b: grad(L, w) == 2 * (y_hat - y) * x[k, 1:] for k in 1..3\n".repeat(160_000);
        Parser.Block block = Parser.statements(Source.of("big", text), Dialect.NUMPY);
        assertThat(block.problems()).isEmpty();
        assertThat(block.statements()).hasSize(160_000);
        assertThat(block.statements().get(159_999).span().line()).isEqualTo(160_000);
    }

    @Test
    void tenMegabytesOfErrors() {
        Parser.Block block = Parser.statements(Source.of("big", "x = ((1 +\n".repeat(1_000_000)), Dialect.NUMPY);
        assertThat(block.statements()).isEmpty();
        assertThat(block.problems()).hasSize(1_000_000);
    }
}
