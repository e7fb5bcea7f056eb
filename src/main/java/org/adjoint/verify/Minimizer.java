package org.adjoint.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adjoint.eval.Facts;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** Makes a counterexample small: the smallest sizes first, then small integers entry by entry. */
final class Minimizer {
    private static final List<Rational> SMALL = List.of(Rational.ZERO, Rational.ONE, Rational.MINUS_ONE, Rational.TWO,
            Rational.of(-2), Rational.of(3), Rational.HALF, Rational.of(-1, 2));
    private static final int SIZE_CHOICES = 128;
    private static final int TRIES = 12;
    private static final int ENTRY_TRIES = 2000;

    private final Question question;
    private final Trial trial;
    private final Sampler sampler;
    private int tries;

    Minimizer(Question question, Trial trial, Sampler sampler) {
        this.question = question;
        this.trial = trial;
        this.sampler = sampler;
    }

    /** The smallest failing result that is found; the given one at worst, also when the time is up. */
    Trial.Result smallest(Trial.Result found) {
        Trial.Result best = found;
        try {
            best = smallestSizes(found);
            for (int pass = 0; pass < 2; pass++) {
                best = smallestEntries(best);
            }
        } catch (Budget.Exceeded timeIsUp) {
            return best;
        }
        return best;
    }

    private Trial.Result smallestSizes(Trial.Result found) {
        for (Sizes sizes : upTo(found.point().sizes())) {
            for (int k = 0; k < TRIES && question.isPossible(sizes); k++) {
                Trial.Result result;
                try {
                    result = trial.at(sampler.point(question.variables(), sizes), true);
                } catch (IllegalArgumentException impossible) {
                    break;
                }
                if (result.kind() == Trial.Kind.FAILS) {
                    return result;
                }
            }
        }
        return found;
    }

    /** All smaller choices, smallest sum first. */
    private static List<Sizes> upTo(Sizes found) {
        List<Map<String, Integer>> all = new ArrayList<>();
        all.add(new TreeMap<>());
        for (Map.Entry<String, Integer> size : found.values().entrySet()) {
            List<Map<String, Integer>> longer = new ArrayList<>();
            for (Map<String, Integer> choice : all) {
                for (int value = 1; value <= size.getValue(); value++) {
                    Map<String, Integer> more = new TreeMap<>(choice);
                    more.put(size.getKey(), value);
                    longer.add(more);
                }
            }
            all = longer.size() > 100 * SIZE_CHOICES ? longer.subList(0, 100 * SIZE_CHOICES) : longer;
        }
        all.sort(Comparator.comparingInt(choice -> choice.values().stream().mapToInt(v -> v).sum()));
        List<Sizes> sizes = new ArrayList<>();
        for (Map<String, Integer> choice : all.subList(0, Math.min(SIZE_CHOICES, all.size()))) {
            if (choice.size() == found.values().size() && !Sizes.of(choice).equals(found)) {
                sizes.add(Sizes.of(choice));
            }
        }
        return sizes;
    }

    private Trial.Result smallestEntries(Trial.Result found) {
        Trial.Result best = found;
        for (Variable variable : found.point().values().keySet()) {
            int count = java.util.Objects.requireNonNull(found.point().values().get(variable)).count();
            best = uniform(best, variable, count);
            for (int entry = 0; entry < count && tries < ENTRY_TRIES; entry++) {
                best = smallestEntry(best, variable, entry);
            }
        }
        return best;
    }

    /** All entries the same small number, when they are not so already. */
    private Trial.Result uniform(Trial.Result found, Variable variable, int count) {
        NumberTensor<Rational> value = java.util.Objects.requireNonNull(found.point().values().get(variable));
        for (Rational small : SMALL) {
            NumberTensor<Rational> changed = NumberTensor.of(value.shape(),
                    java.util.Collections.nCopies(count, small));
            if (changed.equals(value)) {
                return found;
            }
            Trial.Result result = tried(found, variable, changed);
            if (result.kind() == Trial.Kind.FAILS) {
                return result;
            }
        }
        return found;
    }

    /** The point with one variable changed; excluded when its facts do not hold. */
    private Trial.Result tried(Trial.Result found, Variable variable, NumberTensor<Rational> value) {
        tries++;
        return variable.facts().stream().allMatch(fact -> Facts.holds(fact, value))
                ? trial.at(found.point().with(variable, value), true)
                : new Trial.Result(Trial.Kind.EXCLUDED, found.point(), found.truth());
    }

    private Trial.Result smallestEntry(Trial.Result found, Variable variable, int entry) {
        NumberTensor<Rational> value = java.util.Objects.requireNonNull(found.point().values().get(variable));
        for (Rational small : SMALL) {
            if (small.equals(value.get(entry))) {
                return found;
            }
            Trial.Result result = tried(found, variable, entry, small);
            if (result.kind() == Trial.Kind.FAILS) {
                return result;
            }
        }
        return simpler(found, variable, entry);
    }

    /** The first convergent of the entry's continued fraction that fails; of an integer, the nearest to zero found by halving. */
    private Trial.Result simpler(Trial.Result found, Variable variable, int entry) {
        Rational value = java.util.Objects.requireNonNull(found.point().values().get(variable)).get(entry);
        Trial.Result best = found;
        Rational reached = value;
        for (Rational convergent : Convergents.of(value)) {
            Trial.Result result = tried(found, variable, entry, convergent);
            if (result.kind() == Trial.Kind.FAILS) {
                best = result;
                reached = convergent;
                break;
            }
        }
        Rational near = Rational.ZERO;
        while (reached.isInteger() && reached.minus(near).abs().compareTo(Rational.ONE) > 0) {
            Rational middle = Rational.of(reached.plus(near).times(Rational.HALF).floor());
            if (middle.equals(near) || middle.equals(reached)) {
                break;
            }
            Trial.Result result = tried(best, variable, entry, middle);
            if (result.kind() == Trial.Kind.FAILS) {
                best = result;
                reached = middle;
            } else {
                near = middle;
            }
        }
        return best;
    }

    private Trial.Result tried(Trial.Result found, Variable variable, int entry, Rational number) {
        NumberTensor<Rational> value = java.util.Objects.requireNonNull(found.point().values().get(variable));
        List<Rational> entries = new ArrayList<>(value.entries());
        entries.set(entry, number);
        return tried(found, variable, NumberTensor.of(value.shape(), entries));
    }
}
