package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.adjoint.graphs.SizeText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes against integer arithmetic at every assignment of small integers to their symbols. */
class SizeTest {
    private static final List<String> SYMBOLS = List.of("n", "m", "H");

    /** An expression in sizes, kept apart from {@link Size} so that it can be evaluated independently. */
    private sealed interface Tree {
        record Literal(long value) implements Tree {
        }

        record Name(String name) implements Tree {
        }

        record Node(char operator, Tree left, Tree right) implements Tree {
        }
    }

    private static Tree tree(Random random, int depth, boolean floors) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextBoolean() ? new Tree.Literal(random.nextInt(-4, 5))
                    : new Tree.Name(SYMBOLS.get(random.nextInt(SYMBOLS.size())));
        }
        String operators = floors ? "+-*/" : "+-*";
        char operator = operators.charAt(random.nextInt(operators.length()));
        Tree right = operator == '/' && random.nextInt(3) > 0 ? new Tree.Literal(random.nextInt(1, 5))
                : tree(random, depth - 1, floors);
        return new Tree.Node(operator, tree(random, depth - 1, floors), right);
    }

    /** @throws ArithmeticException when the divisor is the size 0 */
    private static Size size(Tree tree) {
        return switch (tree) {
            case Tree.Literal(long value) -> Size.of(value);
            case Tree.Name(String name) -> Size.symbol(name);
            case Tree.Node(char operator, Tree left, Tree right) -> switch (operator) {
                case '+' -> size(left).plus(size(right));
                case '-' -> size(left).minus(size(right));
                case '*' -> size(left).times(size(right));
                default -> size(left).floorDivide(size(right));
            };
        };
    }

    private static long value(Tree tree, Map<String, Long> at) {
        return switch (tree) {
            case Tree.Literal(long value) -> value;
            case Tree.Name(String name) -> Objects.requireNonNull(at.get(name));
            case Tree.Node(char operator, Tree left, Tree right) -> {
                long a = value(left, at);
                long b = value(right, at);
                yield switch (operator) {
                    case '+' -> a + b;
                    case '-' -> a - b;
                    case '*' -> a * b;
                    default -> Math.floorDiv(a, b);
                };
            }
        };
    }

    private static long value(Size size, Map<String, Long> at) {
        return size.substitute(name -> Size.of(Objects.requireNonNull(at.get(name)))).value();
    }

    private static Map<String, Long> point(Random random) {
        return Map.of("n", random.nextLong(1, 9), "m", random.nextLong(1, 9), "H", random.nextLong(1, 30));
    }

    /** Sums, products and floor quotients have the value of the integers they stand for. */
    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void valuesAreThoseOfIntegers(@ForAll long seed) {
        Random random = new Random(seed);
        Tree tree = tree(random, 4, true);
        for (int k = 0; k < 12; k++) {
            Map<String, Long> at = point(random);
            long expected;
            Size size;
            try {
                expected = value(tree, at);
                size = size(tree);
            } catch (ArithmeticException divisionByZero) {
                continue;
            }
            assertThat(value(size, at)).as("%s as %s at %s", tree, size, at).isEqualTo(expected);
            assertThat(size.at(name -> Objects.requireNonNull(at.get(name)))).as("%s at %s", size, at)
                    .isEqualTo(expected);
        }
    }

    /** Polynomials are equal exactly when they agree at every assignment. */
    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void polynomialsAreEqualIffTheyAgreeEverywhere(@ForAll long seed) {
        Random random = new Random(seed);
        Tree a = tree(random, 3, false);
        Tree b = random.nextBoolean() ? shuffled(a, random) : tree(random, 3, false);
        boolean agree = true;
        for (long n = 1; n <= 6; n++) {
            for (long m = 1; m <= 6; m++) {
                for (long h = 1; h <= 6; h++) {
                    Map<String, Long> at = Map.of("n", n, "m", m, "H", h);
                    agree &= value(a, at) == value(b, at);
                }
            }
        }
        // Degree 8 in one variable may vanish on 6 points, but a tree of depth 3 with that is not drawn by chance.
        assertThat(size(a).equals(size(b))).as("%s and %s", a, b).isEqualTo(agree);
        if (agree) {
            assertThat(size(a)).hasSameHashCodeAs(size(b)).hasToString(size(b).toString());
        }
    }

    /** The same polynomial written with operands exchanged. */
    private static Tree shuffled(Tree tree, Random random) {
        return switch (tree) {
            case Tree.Literal literal -> literal;
            case Tree.Name name -> name;
            case Tree.Node(char operator, Tree left, Tree right) -> {
                Tree a = shuffled(left, random);
                Tree b = shuffled(right, random);
                yield operator != '-' && random.nextBoolean() ? new Tree.Node(operator, b, a)
                        : new Tree.Node(operator, a, b);
            }
        };
    }

    /** a·b divided by b is a, whatever the number of terms. */
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void exactDivisionUndoesMultiplication(@ForAll long seed) {
        Random random = new Random(seed);
        Size a = size(tree(random, 3, false));
        Size b = size(tree(random, 2, false));
        if (b.equals(Size.ZERO)) {
            return;
        }
        assertThat(a.times(b).divideExact(b)).as("(%s)*(%s)", a, b).contains(a);
        assertThat(a.times(b).floorDivide(b)).isEqualTo(a);
    }

    /** Where a division is exact the quotient times the divisor is the dividend. */
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void exactQuotientsMultiplyBack(@ForAll long seed) {
        Random random = new Random(seed);
        Size a = size(tree(random, 3, false));
        Size b = size(tree(random, 2, false));
        a.divideExact(b).ifPresent(q -> assertThat(q.times(b)).as("%s / %s", a, b).isEqualTo(a));
    }

    /** What is printed says what is meant: it reads back to the same size. */
    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void textReadsBack(@ForAll long seed) {
        Random random = new Random(seed);
        Size size;
        try {
            size = size(tree(random, 4, true));
        } catch (ArithmeticException divisionByZero) {
            return;
        }
        assertThat(SizeText.parse(size.toString())).isEqualTo(size);
    }

    /** A size that is seen to be nonnegative is so at every assignment. */
    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void nonNegativeMeansNeverNegative(@ForAll long seed) {
        Random random = new Random(seed);
        Tree tree = tree(random, 3, true);
        try {
            if (size(tree).isNonNegative()) {
                for (int k = 0; k < 20; k++) {
                    assertThat(value(tree, point(random))).as("%s", tree).isNotNegative();
                }
            }
        } catch (ArithmeticException divisionByZero) {
            return;
        }
    }

    @ParameterizedTest
    @CsvSource({"(H + 2*1 - 3)//2 + 1, (H - 1)//2 + 1", "(2*n + 5)//2, (5)//2 + n - 2 + 2", "(n*m)//n, m",
            "(6*n)//2, 3*n", "(n + 1)*(n - 1), n*n - 1", "(4*n - 7)//4, n - 2", "(0 - 7)//2, 0 - 4",
            "7//(0 - 2), 0 - 4", "(n*n - 1)//(n - 1), n + 1", "(2*H + n)//2, H + n//2", "n//1, n",
            "(n - 1 + 1)//n, 1"})
    void canonicalForm(String left, String right) {
        assertThat(SizeText.parse(left)).isEqualTo(SizeText.parse(right));
    }

    @ParameterizedTest
    @CsvSource({"(H + 2 - 3)//2 + 1, (H - 1)//2 + 1", "n*m + 2*n*n - 3, m*n + 2*n*n - 3", "0 - n, -n",
            "(n//2)*(m//2), (m//2)*(n//2)", "1 + n, n + 1", "n - n, 0"})
    void printedForm(String written, String printed) {
        assertThat(SizeText.parse(written)).hasToString(printed);
    }

    @Example
    void divisionByZeroSaysSo() {
        assertThatThrownBy(() -> Size.symbol("n").floorDivide(Size.ZERO)).isInstanceOf(ArithmeticException.class)
                .hasMessage("a size cannot be divided by zero: n // 0");
        assertThat(Size.symbol("n").divideExact(Size.ZERO)).isEmpty();
    }

    @Example
    void numbersInSizesAreBounded() {
        Size large = Size.of(Long.MAX_VALUE);
        assertThatThrownBy(() -> large.plus(1)).isInstanceOf(ShapeError.class)
                .hasMessage("the numbers in a size are less than 2^63; 9223372036854775807 plus 1 is larger");
        assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 40).count()).isInstanceOf(ShapeError.class)
                .hasMessageContaining("less than 2^63");
    }

    @Example
    void aSymbolicSizeHasNoValue() {
        assertThatThrownBy(() -> Size.symbol("n").value()).hasMessage("the size n is symbolic");
        assertThat(Size.symbol("n").minus(Size.symbol("n")).value()).isZero();
    }
}
