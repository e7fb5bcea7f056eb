package org.adjoint.eval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;

/** Draws single numbers that satisfy facts about entries. */
final class EntrySampler {
    private static final List<Rational> SPECIAL = List.of(Rational.of(-2), Rational.MINUS_ONE, Rational.of(-1, 2),
            Rational.ZERO, Rational.HALF, Rational.ONE, Rational.TWO, Rational.of(3));
    private static final int TRIES = 1000;

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
        }
        this.special = candidates.stream().filter(this::admits).toList();
    }

    /** The special values that the facts admit. */
    List<Rational> special() {
        return special;
    }

    private boolean admits(Rational x) {
        return facts.stream().allMatch(fact -> Facts.holds(fact, x));
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

    private Rational candidate() {
        List<Rational> bounds = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Interval(Rational from, Rational to)) {
                bounds.add(from);
                bounds.add(to);
            }
        }
        if (bounds.isEmpty() && facts.contains(Fact.Named.UNIT)) {
            bounds.addAll(List.of(Rational.ZERO, Rational.ONE));
        }
        if (bounds.isEmpty()) {
            boolean integer = facts.contains(Fact.Named.INTEGER) || facts.contains(Fact.Named.NATURAL);
            int denominator = integer ? 1 : random.nextInt(1, 6);
            return Rational.of(random.nextInt(-3 * denominator, 3 * denominator + 1), denominator);
        }
        Rational from = bounds.get(0);
        Rational width = bounds.get(1).minus(from);
        int steps = random.nextInt(2, 12);
        Rational inside = from.plus(width.times(Rational.of(random.nextInt(0, steps + 1), steps)));
        boolean integer = facts.contains(Fact.Named.INTEGER) || facts.contains(Fact.Named.NATURAL);
        return integer ? Rational.of(Facts.nextInteger(inside)) : inside;
    }

    static String texts(List<Fact> facts) {
        return String.join(", ", facts.stream().map(Fact::text).toList());
    }
}
