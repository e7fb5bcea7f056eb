package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.adjoint.lang.Dialect;

/**
 * Random textbook expressions: what is rewritten by identities is never refuted, and what differs at some point, by an
 * evaluator of this test's own, is never said to be equal.
 */
class EquationPropertyTest {

    // ---- expressions as trees of their own

    private sealed interface Tree {
        double at(double x, double y);
    }

    private record Leaf(String text) implements Tree {
        @Override
        public double at(double x, double y) {
            return text.equals("x") ? x : text.equals("y") ? y : fraction(text);
        }

        private static double fraction(String text) {
            String[] parts = text.replaceAll("[()]", "").split("/");
            return parts.length == 1 ? Double.parseDouble(parts[0])
                    : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private record Node(char op, Tree a, Tree b) implements Tree {
        @Override
        public double at(double x, double y) {
            double p = a.at(x, y);
            double q = b.at(x, y);
            return switch (op) {
                case '+' -> p + q;
                case '-' -> p - q;
                case '*' -> p * q;
                case '/' -> q == 0 ? Double.NaN : p / q;
                case '^' -> q == Math.rint(q) || p > 0 ? Math.pow(p, q) : Double.NaN;
                default -> throw new IllegalStateException();
            };
        }

        @Override
        public String toString() {
            return "(" + a + ")" + op + "(" + b + ")";
        }
    }

    private record Call(String function, Tree a) implements Tree {
        @Override
        public double at(double x, double y) {
            double p = a.at(x, y);
            return switch (function) {
                case "sin" -> Math.sin(p);
                case "cos" -> Math.cos(p);
                case "exp" -> Math.exp(p);
                case "log" -> p > 0 ? Math.log(p) : Double.NaN;
                case "sqrt" -> Math.sqrt(p);
                case "abs" -> Math.abs(p);
                case "tanh" -> Math.tanh(p);
                case "sec" -> 1 / Math.cos(p);
                default -> throw new IllegalStateException();
            };
        }

        @Override
        public String toString() {
            return function + "(" + a + ")";
        }
    }

    private static Leaf leaf(String text) {
        return new Leaf(text);
    }

    private static Tree random(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(List.of("x", "y", "x", "2", "3", "1/2", "1").get(random.nextInt(7)));
        }
        Tree a = random(random, depth - 1);
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Node('+', a, random(random, depth - 1));
            case 2 -> new Node('-', a, random(random, depth - 1));
            case 3, 4 -> new Node('*', a, random(random, depth - 1));
            case 5 -> new Node('/', a, random(random, depth - 1));
            case 6 -> new Node('^', a, leaf(random.nextBoolean() ? "2" : "3"));
            default -> new Call(List.of("sin", "cos", "exp", "log", "sqrt", "abs", "tanh", "sec")
                    .get(random.nextInt(8)), a);
        };
    }

    // ---- identities

    /** The same number wherever both have one. */
    private static Tree rewritten(Tree tree, Random random) {
        Tree inside = switch (tree) {
            case Leaf leaf -> leaf;
            case Node n -> new Node(n.op(), rewritten(n.a(), random), rewritten(n.b(), random));
            case Call c -> new Call(c.function(), rewritten(c.a(), random));
        };
        return random.nextInt(3) > 0 ? inside : identity(inside, random);
    }

    private static Tree identity(Tree t, Random random) {
        List<UnaryOperator<Tree>> laws = List.of(
                u -> u instanceof Node n && (n.op() == '+' || n.op() == '*') ? new Node(n.op(), n.b(), n.a()) : u,
                u -> u instanceof Node n && n.op() == '-'
                        ? new Node('+', n.a(), new Node('*', leaf("(-1)"), n.b()))
                        : u,
                u -> u instanceof Node n && n.op() == '/' ? new Node('*', n.a(), new Node('^', n.b(), leaf("(-1)")))
                        : u,
                u -> u instanceof Node n && n.op() == '*' && n.b() instanceof Node sum && sum.op() == '+'
                        ? new Node('+', new Node('*', n.a(), sum.a()), new Node('*', n.a(), sum.b()))
                        : u,
                u -> u instanceof Node n && n.op() == '^' && n.b().toString().equals("2") ? new Node('*', n.a(), n.a())
                        : u,
                u -> new Node('*', u, new Node('+', new Node('^', new Call("sin", leaf("y")), leaf("2")),
                        new Node('^', new Call("cos", leaf("y")), leaf("2")))),
                u -> new Node('-', new Node('+', u, leaf("x")), leaf("x")),
                u -> u instanceof Call c && c.function().equals("sec")
                        ? new Node('/', leaf("1"), new Call("cos", c.a()))
                        : u,
                u -> u instanceof Call c && c.function().equals("abs")
                        ? new Call("sqrt", new Node('^', c.a(), leaf("2")))
                        : u,
                u -> u instanceof Call c && c.function().equals("exp")
                        ? new Node('*', new Call("exp", new Node('-', c.a(), leaf("1"))), new Call("exp", leaf("1")))
                        : u);
        return laws.get(random.nextInt(laws.size())).apply(t);
    }

    // ---- changes

    private static Tree changed(Tree tree, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Node('+', tree, new Node('*', leaf("1/100"), leaf("x")));
            case 1 -> new Node('*', tree, leaf("101/100"));
            case 2 -> switch (tree) {
                case Node n -> new Node(n.op(), changed(n.a(), random), n.b());
                case Call c -> new Call(c.function(), changed(c.a(), random));
                case Leaf l -> new Node('+', l, leaf("1"));
            };
            default -> switch (tree) {
                case Node n when n.op() == '+' -> new Node('-', n.a(), n.b());
                case Node n -> new Node(n.op(), n.a(), changed(n.b(), random));
                case Call c when c.function().equals("sin") -> new Call("cos", c.a());
                case Call c -> new Call(c.function(), changed(c.a(), random));
                case Leaf l -> new Node('*', l, leaf("2"));
            };
        };
    }

    /** Whether the trees clearly differ at some moderate point. */
    private static boolean differ(Tree a, Tree b, Random random) {
        for (int k = 0; k < 200; k++) {
            double x = random.nextDouble(-2, 3);
            double y = random.nextDouble(-2, 3);
            double p = a.at(x, y);
            double q = b.at(x, y);
            double scale = Math.max(Math.abs(p), Math.abs(q));
            if (Double.isFinite(p) && Double.isFinite(q) && scale < 1e9 && Math.abs(p - q) > 1e-5 * (1 + scale)) {
                return true;
            }
        }
        return false;
    }

    private static Equation.Judged judged(Tree a, Tree b) {
        return new Equation(a.toString(), b.toString(), Dialect.MATH, List.of(), Optional.empty(), 1)
                .judge(Verifier.DEFAULT_BUDGET);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void whatIsRewrittenByIdentitiesIsNotRefuted(@ForAll long seed) {
        Random random = new Random(seed);
        Tree tree = random(random, 4);
        Tree other = rewritten(tree, random);
        Equation.Judged judged = judged(tree, other);
        assertThat(judged.verdict()).as("%s == %s: %s", tree, other, judged.evidence())
                .isNotEqualTo(Verdict.REFUTED);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void whatDiffersIsNotEqual(@ForAll long seed) {
        Random random = new Random(seed);
        Tree tree = random(random, 4);
        Tree other = changed(rewritten(tree, random), random);
        if (differ(tree, other, random)) {
            Equation.Judged judged = judged(tree, other);
            assertThat(judged.verdict().holds()).as("%s == %s: %s", tree, other, judged.evidence()).isFalse();
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void aCounterexampleIsOne(@ForAll long seed) {
        Random random = new Random(seed);
        Tree tree = random(random, 3);
        Tree other = changed(tree, random);
        Equation.Judged judged = judged(tree, other);
        judged.evidence().counterexample().ifPresent(c -> {
            double x = number(c, "x");
            double y = number(c, "y");
            double p = tree.at(x, y);
            double q = other.at(x, y);
            assertThat(Math.abs(p - q)).as("%s and %s at %s", tree, other, c).isNotNaN();
            OptionalDouble left = decimal(c.left());
            if (left.isPresent()) {
                assertThat(p).as("%s at %s", tree, c).isCloseTo(left.getAsDouble(),
                        within(1e-6 * (1 + Math.abs(p))));
            }
        });
    }

    private static double number(Counterexample c, String name) {
        return c.values().containsKey(name) ? Leaf.fraction(c.values().get(name)) : 0;
    }

    /** The number shown, unless it is a sum of roots, which this test does not read. */
    private static OptionalDouble decimal(String shown) {
        try {
            return OptionalDouble.of(Leaf.fraction(shown));
        } catch (NumberFormatException root) {
            return OptionalDouble.empty();
        }
    }
}
