package org.adjoint.check.jqwik;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.adjoint.check.Domain;
import org.adjoint.check.Precision;
import org.adjoint.check.Spread;

/**
 * Each entry on its own: drawn from a seed and its place, so that rows and columns stay what they are when others are
 * left out.
 *
 * @param rule      of the entries
 * @param domain    that they lie in
 * @param symmetric whether A[i, j] = A[j, i]
 */
record Entrywise(Rule rule, Domain domain, boolean symmetric) implements Filling {

    /** A kind of entries. */
    interface Rule {

        /** An entry, given what is random for its place, and its indices among those that there are. */
        double entry(RandomGenerator random, int[] indices, Drawn drawn);

        /** The number of this kind that is nearest to a wanted one, for inputs all of whose entries are alike. */
        default double nearest(double wanted) {
            return wanted;
        }

        /** Whether an entry may be this number whatever the others are. */
        default boolean allows(double value) {
            return nearest(value) == value;
        }
    }

    static final Rule SPREAD = (random, indices, drawn) -> drawn.spread().entry(random,
            Spread.common(new SplittableRandom(drawn.seed()), Precision.DOUBLE),
            indices.length != 2 || indices[0] == indices[1]);

    /** Two numbers. */
    static final Rule TIES = new Rule() {
        @Override
        public double entry(RandomGenerator random, int[] indices, Drawn drawn) {
            var row = indices.clone();
            int last = row.length - 1;
            if (last >= 0 && row[last] == 1) {
                row[last] = 0;
            }
            var which = at(drawn.seed(), row).nextBoolean();
            return SPREAD.entry(at(drawn.seed() + (which ? 1 : 2), new int[0]), new int[0], drawn);
        }

        @Override
        public boolean allows(double value) { return false; }
    };

    static Rule nearKinks(double... places) {
        return new Rule() {
            @Override
            public double entry(RandomGenerator random, int[] indices, Drawn drawn) {
                var place = places[random.nextInt(places.length)];
                var unit = place == 0 ? 1 : Math.abs(place);
                return switch (random.nextInt(4)) {
                    case 0 -> place;
                    case 1 -> place + unit * Math.pow(10, random.nextDouble(-12, -3));
                    case 2 -> place - unit * Math.pow(10, random.nextDouble(-12, -3));
                    default -> place + unit * random.nextGaussian();
                };
            }

            @Override
            public double nearest(double wanted) { return wanted == 0 ? places[0] : wanted; }

            @Override
            public boolean allows(double value) { return true; }
        };
    }

    static Rule logUniform(double min, double max) {
        if (!(min > 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("@LogUniform needs 0 < min <= max; got %s and %s".formatted(min, max));
        }
        return new Rule() {
            @Override
            public double entry(RandomGenerator random, int[] indices, Drawn drawn) {
                var part = random.nextDouble();
                var size = Math.exp((1 - part) * Math.log(min) + part * Math.log(max));
                return (random.nextBoolean() ? 1 : -1) * Math.clamp(size, min, max);
            }

            @Override
            public double nearest(double wanted) {
                return Math.copySign(Math.clamp(Math.abs(wanted), min, max), wanted);
            }
        };
    }

    @Override
    public double[] entries(int[][] places, Drawn drawn) {
        var sizes = Filling.sizes(places);
        var entries = new double[Filling.count(sizes)];
        var indices = new int[sizes.length];
        for (int i = 0; i < entries.length; i++, Filling.next(indices, sizes)) {
            var place = ordered(Filling.place(places, indices));
            var set = drawn.set().get(key(place));
            entries[i] = set != null ? set : domain.fold(drawn.rest().isPresent()
                    ? rule.nearest(drawn.rest().getAsDouble())
                    : rule.entry(at(drawn.seed(), place), indices, drawn));
        }
        return entries;
    }

    private static RandomGenerator at(long seed, int[] indices) {
        var mixed = seed;
        for (int index : indices) {
            mixed = new SplittableRandom(mixed + index + 1).nextLong();
        }
        return new SplittableRandom(mixed);
    }

    private int[] ordered(int[] place) {
        return symmetric && place[0] < place[1] ? new int[] {place[1], place[0]} : place;
    }

    @Override
    public long key(int[] place) { return Filling.super.key(ordered(place)); }

    @Override
    public boolean allows(double value) { return domain.contains(value) && rule.allows(value); }
}
