package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random trees, written with all parentheses, are read back as they were. */
class RoundTripTest {

    /** A tree's text and its outline, made side by side. */
    private record Made(String text, String outline) {
    }

    private static final String[][] PAIRS = {{"*", "multiply"}, {"/", "divide"}, {"@", "matmul"},
            {"//", "floor_divide"}, {"%", "modulo"}, {"**", "power"}, {"^", "power"},
            {"⊙", "elementwise_multiply"}};

    @Property(tries = 2000)
    void fullyParenthesised(@ForAll long seed) {
        Made made = make(new Random(seed), 5);
        assertThat(Outline.of(made.text())).as(made.text()).isEqualTo(made.outline());
    }

    @Property(tries = 500)
    void spansReadBackToTheSameTree(@ForAll long seed) {
        Syntax root = Parser.expression(Source.of("<random>", make(new Random(seed), 4).text()), Dialect.NUMPY);
        for (Syntax node : Trees.postorder(root)) {
            boolean alone = !(node instanceof Syntax.Slice || node instanceof Syntax.Arrow
                    || node instanceof Syntax.Comprehension || node instanceof Syntax.Infinity);
            if (alone) {
                assertThat(Outline.of(node.text())).isEqualTo(Outline.of(node));
            }
        }
    }

    private static Made make(Random random, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            String[] leaves = {"x", "W", "beta", "1", "0.5", "1e-5", "96%", "None", "true", "\"s\""};
            String leaf = leaves[random.nextInt(leaves.length)];
            return new Made(leaf, leaf);
        }
        Made a = make(random, depth - 1);
        Made b = make(random, depth - 1);
        Made c = make(random, depth - 1);
        String ta = "(" + a.text() + ")";
        String tb = "(" + b.text() + ")";
        String tc = "(" + c.text() + ")";
        String[] pair = PAIRS[random.nextInt(PAIRS.length)];
        return switch (random.nextInt(18)) {
            case 0 -> new Made("-" + ta, "(negate " + a.outline() + ")");
            case 1 -> new Made("not " + ta, "(not " + a.outline() + ")");
            case 2 -> new Made(ta + " + " + tb + " - " + tc,
                    "(sum " + a.outline() + " " + b.outline() + " -" + c.outline() + ")");
            case 3 -> new Made(ta + " == " + tb + " <= " + tc,
                    "(" + a.outline() + " == " + b.outline() + " <= " + c.outline() + ")");
            case 4 -> new Made(ta + " and " + tb, "(and " + a.outline() + " " + b.outline() + ")");
            case 5 -> new Made(ta + " or " + tb + " or " + tc,
                    "(or " + a.outline() + " " + b.outline() + " " + c.outline() + ")");
            case 6 -> new Made(ta + " implies " + tb, "(implies " + a.outline() + " " + b.outline() + ")");
            case 7 -> new Made(ta + " if " + tb + " else " + tc,
                    "(if " + b.outline() + " " + a.outline() + " " + c.outline() + ")");
            case 8 -> new Made("f(" + a.text() + ", " + b.text() + ", k=" + c.text() + ")",
                    "(call f " + a.outline() + " " + b.outline() + " k=" + c.outline() + ")");
            case 9 ->
                new Made("[" + a.text() + ", " + b.text() + "]", "(list " + a.outline() + " " + b.outline() + ")");
            case 10 -> new Made(ta + "[" + b.text() + ", " + c.text() + ":, None]",
                    "(index " + a.outline() + " " + b.outline() + " (slice " + c.outline() + " _ _) None)");
            case 11 -> new Made(ta + ".T", "(T " + a.outline() + ")");
            case 12 -> new Made("{" + a.text() + "}", "(set " + a.outline() + ")");
            case 13 -> new Made("sum(" + a.text() + " for i, j in " + tb + ", k)", "(call sum (each-argument "
                    + a.outline() + " [i in " + b.outline() + "] [j in " + b.outline() + "] [k]))");
            case 14 -> new Made("limit(" + a.text() + ", t -> " + tb + "+)",
                    "(call limit " + a.outline() + " (to-above t " + b.outline() + "))");
            case 15 -> new Made(ta + ".." + tb, "(range " + a.outline() + " " + b.outline() + ")");
            case 16 -> new Made("(" + a.text() + ", " + b.text() + ")",
                    "(tuple " + a.outline() + " " + b.outline() + ")");
            default -> new Made(ta + " " + pair[0] + " " + tb,
                    "(" + pair[1] + " " + a.outline() + " " + b.outline() + ")");
        };
    }
}
