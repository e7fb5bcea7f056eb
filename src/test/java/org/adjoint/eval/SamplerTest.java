package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Fact.Named;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {

    static List<Set<Fact>> facts() {
        return List.of(Set.of(Named.SYMMETRIC), Set.of(Named.POSITIVE_DEFINITE), Set.of(Named.ORTHOGONAL),
                Set.of(Named.INVERTIBLE), Set.of(Named.POSITIVE), Set.of(Named.NONZERO), Set.of(Named.PLUS_MINUS_ONE),
                Set.of(Named.ZERO_ONE), Set.of(Named.ONE_HOT), Set.of(Named.PROBABILITY), Set.of(Named.UNIT),
                Set.of(Named.INTEGER), Set.of(Named.NATURAL), Set.of(new Fact.Interval(Rational.ZERO, Rational.ONE)),
                Set.of(new Fact.Interval(Rational.of(5), Rational.of(51, 10))),
                Set.of(Named.SYMMETRIC, Named.INVERTIBLE), Set.of(Named.SYMMETRIC, Named.ORTHOGONAL),
                Set.of(Named.SYMMETRIC, Named.POSITIVE), Set.of(Named.POSITIVE_DEFINITE, Named.POSITIVE),
                Set.of(Named.INTEGER, new Fact.Interval(Rational.of(2), Rational.of(9))),
                Set.of(new Fact.Bound(Fact.Bound.Side.ABOVE, Rational.of(100))),
                Set.of(new Fact.Bound(Fact.Bound.Side.AT_MOST, Rational.of(-7, 3)), Named.NONZERO),
                Set.of(new Fact.Bound(Fact.Bound.Side.AT_LEAST, Rational.HALF),
                        new Fact.Bound(Fact.Bound.Side.BELOW, Rational.of(3))),
                Set.of(new Fact.Bound(Fact.Bound.Side.AT_LEAST, Rational.of(40)), Named.INTEGER),
                Set.of(Named.INVERTIBLE, Named.INTEGER), Set.of(Named.NONZERO, Named.INTEGER, Named.NATURAL));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void factsHoldExactly(Set<Fact> facts) {
        Sampler sampler = new Sampler(7);
        Variable matrix = Variable.of("A", Shape.of("n", "n"), facts);
        Variable batch = Variable.of("B", Shape.of("k", "n", "n"), facts);
        for (int n = 1; n <= 4; n++) {
            for (int k = 0; k < 10; k++) {
                Point point = sampler.point(List.of(matrix, batch), Sizes.of("n", n).with("k", 2));
                point.values().forEach((variable, value) -> assertThat(facts)
                        .allSatisfy(fact -> assertThat(Facts.holds(fact, value)).as("%s of %s", fact, value).isTrue()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("facts")
    void factsHoldFarAwayToo(Set<Fact> facts) {
        Sampler sampler = new Sampler(7);
        Variable matrix = Variable.of("A", Shape.of("n", "n"), facts);
        for (int k = 0; k < 20; k++) {
            NumberTensor<Rational> value = sampler.wildPoint(List.of(matrix), Sizes.of("n", 2)).value(matrix);
            assertThat(facts).allSatisfy(fact -> assertThat(Facts.holds(fact, value)).isTrue());
        }
    }

    /** Far from zero on both sides, near it, and with denominators that do not divide 60. */
    @Test
    void wildPointsAreFarAndNear() {
        Variable x = Variable.scalar("x");
        Sampler sampler = new Sampler(7);
        List<Rational> drawn = new java.util.ArrayList<>();
        for (int k = 0; k < 200; k++) {
            drawn.add(sampler.wildPoint(List.of(x), Sizes.NONE).value(x).get(0));
        }
        assertThat(drawn).anyMatch(v -> v.compareTo(Rational.of(200)) > 0)
                .anyMatch(v -> v.compareTo(Rational.of(-200)) < 0)
                .anyMatch(v -> v.abs().compareTo(Rational.ONE) < 0 && !v.isInteger())
                .anyMatch(v -> !v.times(Rational.of(60)).isInteger());
    }

    @Test
    void factsAreNotVacuous() {
        NumberTensor<Rational> a = NumberTensor.of(new int[] {2, 2},
                List.of(Rational.ONE, Rational.TWO, Rational.TWO, Rational.of(4)));
        assertThat(Facts.holds(Named.SYMMETRIC, a)).isTrue();
        assertThat(Facts.holds(Named.INVERTIBLE, a)).isFalse();
        assertThat(Facts.holds(Named.POSITIVE_DEFINITE, a)).isFalse();
        assertThat(Facts.holds(Named.ORTHOGONAL, a)).isFalse();
        assertThat(Facts.holds(Named.ONE_HOT, a)).isFalse();
        assertThat(Facts.holds(Named.PROBABILITY, a)).isFalse();
        assertThat(Facts.holds(Named.UNIT, a)).isFalse();
    }

    /** A tall orthogonal matrix has orthonormal columns. */
    @Test
    void rectangularOrthogonalMatrices() {
        Variable q = Variable.of("Q", Shape.of(4, 2), Named.ORTHOGONAL);
        NumberTensor<Rational> value = new Sampler(1).point(List.of(q), Sizes.NONE).value(q);
        RationalMatrix m = new RationalMatrix(4, 2, value.entries().toArray(Rational[]::new));
        assertThat(m.transpose().times(m)).extracting(RationalMatrix::isIdentity).isEqualTo(true);
    }

    @Test
    void sizesAreDistinctFirstThenEachOneThenEqual() {
        Variable a = Variable.of("A", Shape.of("m", "n", "p"));
        List<Sizes> sizes = new Sampler(3).sizes(List.of(a), 12);
        assertThat(sizes).hasSize(12).doesNotHaveDuplicates();
        assertThat(new HashSet<>(sizes.get(0).values().values())).containsExactlyInAnyOrder(2, 3, 4);
        for (String name : List.of("m", "n", "p")) {
            assertThat(sizes).anySatisfy(s -> {
                assertThat(s.value(name)).contains(1);
                assertThat(new HashSet<>(s.values().values())).hasSize(3);
            });
        }
        assertThat(sizes).anySatisfy(s -> assertThat(new HashSet<>(s.values().values())).containsExactly(2));
    }

    /** A slice of n − 5 entries needs n ≥ 5. */
    @Test
    void sizesMakeEveryShapePossible() {
        Variable v = Variable.of("v", Shape.of("n"));
        Size count = Size.symbol("n").minus(5);
        List<Sizes> sizes = new Sampler(3).sizes(List.of(Window.slice(v, 0, Size.ZERO, 1, count)), 5);
        assertThat(sizes).isNotEmpty()
                .allSatisfy(s -> assertThat(s.value("n").orElseThrow()).isGreaterThanOrEqualTo(5));
    }

    @Test
    void gridIsFullWhileSmall() {
        Variable x = Variable.scalar("x");
        Variable y = Variable.scalar("y", Named.POSITIVE);
        List<Point> grid = new Sampler(1).grid(List.of(x, y), Sizes.NONE);
        assertThat(grid).hasSize(8 * 4).doesNotHaveDuplicates();
        assertThat(new Sampler(1).grid(List.of(Variable.of("v", Shape.of(9))), Sizes.NONE)).isEmpty();
    }

    @Test
    void equalSeedsDrawEqualPoints() {
        Variable v = Variable.of("v", Shape.of(3));
        assertThat(new Sampler(5).points(List.of(v), Sizes.NONE, 5))
                .isEqualTo(new Sampler(5).points(List.of(v), Sizes.NONE, 5));
    }
}
