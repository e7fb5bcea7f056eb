package org.adjoint.eval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;

/** Draws single numbers that satisfy facts about entries. */
final class EntrySampler {
    private static final List<Rational> SPECIAL = List.of(Rational.of(-2), Rational.MINUS_ONE, Rational.of(-1, 2),
            Rational.ZERO, Rational.HALF, Rational.ONE, Rational.TWO, Rational.of(3));
    private static final int TRIES = 1000;
    private static final int LARGE_PRIME = 997;
    private static final List<Integer> DENOMINATORS = List.of(1, 7, 11, 13, 101, LARGE_PRIME);
    private static final List<Integer> REACHES = List.of(1, 3, 10, 100, 1000);

    private final Random random;
    private final List<Fact> facts;
    private final List<Rational> special;

    EntrySampler(Random random, List<Fact> facts) {
        this.random = random;
        this.facts = facts.stream().filter(Facts::isEntrywise).toList();
        Set<Rational> candidates = new LinkedHashSet<>(SPECIAL);
        for (Fact fact : facts) {
            if (fact instanceof Fact.Interval(Rational from, Rational to)) {
                Rational quarter = to.minus(from).times(Rational.of(1, 4));
                for (int k = 1; k <= 3; k++) {
                    candidates.add(from.plus(quarter.times(Rational.of(k))));
                }
            }
            if (fact instanceof Fact.Bound bound) {
                for (Rational offset : List.of(Rational.ZERO, Rational.HALF, Rational.ONE, Rational.TWO)) {
                    candidates.add(bound.side().isLower() ? bound.number().plus(offset)
                            : bound.number().minus(offset));
                }
            }
        }
        this.special = candidates.stream().filter(this::admits).toList();
    }

    /** The special values that the facts admit. */
    List<Rational> special() {
        return special;
    }

    private boolean admits(Rational x) {
        for (Fact fact : facts) {
            if (!Facts.holds(fact, x)) {
                return false;
            }
        }
        return true;
    }

    /** A special value, a small integer or a fraction with a small denominator. */
    Rational draw() {
        if (!special.isEmpty() && random.nextInt(4) == 0) {
            return special.get(random.nextInt(special.size()));
        }
        for (int k = 0; k < TRIES; k++) {
            Rational x = candidate();
            if (admits(x)) {
                return x;
            }
        }
        if (special.isEmpty()) {
            throw new IllegalArgumentException("no number was found that satisfies " + texts(facts));
        }
        return special.get(random.nextInt(special.size()));
    }

    /**
     * Far away or close by, with a large prime as denominator: what holds at small fractions and integers only, as
     * {@code sin(60πx) = 0} does, does not hold there.
     */
    Rational drawWild() {
        for (int k = 0; k < TRIES / 10; k++) {
            Rational x = wildCandidate();
            if (admits(x)) {
                return x;
            }
        }
        return draw();
    }

    private boolean isInteger() {
        return facts.contains(Fact.Named.INTEGER) || facts.contains(Fact.Named.NATURAL);
    }

    /** The greatest of the lower bounds. */
    private Optional<Rational> low() {
        List<Rational> bounds = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Interval(Rational from, Rational to)) {
                bounds.add(from);
            } else if (fact instanceof Fact.Bound bound && bound.side().isLower()) {
                bounds.add(bound.number());
            } else if (fact == Fact.Named.UNIT) {
                bounds.add(Rational.ZERO);
            }
        }
        return bounds.stream().max(Rational::compareTo);
    }

    /** The least of the upper bounds. */
    private Optional<Rational> high() {
        List<Rational> bounds = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Interval(Rational from, Rational to)) {
                bounds.add(to);
            } else if (fact instanceof Fact.Bound bound && !bound.side().isLower()) {
                bounds.add(bound.number());
            } else if (fact == Fact.Named.UNIT) {
                bounds.add(Rational.ONE);
            }
        }
        return bounds.stream().min(Rational::compareTo);
    }

    private Rational candidate() {
        int denominator = isInteger() ? 1 : random.nextInt(1, 6);
        if (low().isEmpty() && high().isEmpty()) {
            return Rational.of(random.nextInt(-3 * denominator, 3 * denominator + 1), denominator);
        }
        int steps = random.nextInt(2, 12);
        return bounded(Rational.of(random.nextInt(0, steps + 1), steps),
                Rational.of(random.nextInt(0, 3 * denominator + 1), denominator));
    }

    private Rational wildCandidate() {
        int denominator = isInteger() ? 1 : DENOMINATORS.get(random.nextInt(DENOMINATORS.size()));
        int reach = REACHES.get(random.nextInt(REACHES.size()));
        Rational offset = Rational.of(random.nextInt(0, reach * denominator + 1), denominator);
        return low().isEmpty() && high().isEmpty() ? random.nextBoolean() ? offset : offset.negate()
                : bounded(Rational.of(random.nextInt(0, LARGE_PRIME), LARGE_PRIME), offset);
    }

    /** Between two bounds so much of the way, of one bound so far away. */
    private Rational bounded(Rational part, Rational offset) {
        Rational from = low().orElseGet(() -> high().orElseThrow().minus(offset));
        Rational to = high().orElse(from);
        Rational inside = low().isEmpty() ? from
                : high().isEmpty() ? from.plus(offset) : from.plus(to.minus(from).times(part));
        return isInteger() && high().isPresent() && low().isPresent() ? Rational.of(Facts.nextInteger(inside))
                : isInteger() ? Rational.of(inside.floor()) : inside;
    }

    static String texts(List<Fact> facts) {
        return String.join(", ", facts.stream().map(Fact::text).toList());
    }
}
