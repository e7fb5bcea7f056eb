package org.adjoint.check.jqwik;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.adjoint.check.Spread;

/**
 * A value and what it reduces to: fewer rows, columns, ..., all entries 0 or 1, integers, single entries 0, 1, whole, or with few
 * digits. What is smaller depends on nothing but what was drawn, so that jqwik can walk the same way again.
 */
record SizedShrinkable(SizedArbitrary arbitrary, Drawn drawn) implements Shrinkable<Object> {

    private static final double[] SIMPLE = {1, 2, 3, 10, 100};
    private static final double MOST_DIGITS = 1000;

    @Override
    public Object value() { return arbitrary.value(drawn); }

    @Override
    public Stream<Shrinkable<Object>> shrink() {
        var smaller = new ArrayList<Drawn>();
        sizes(smaller);
        smaller.add(drawn.all(0));
        smaller.add(drawn.all(1));
        smaller.add(drawn.spread(Spread.INTEGERS));
        var entries = entries();
        zeros(smaller, entries.entrySet().stream().filter(e -> e.getValue() != 0).map(Map.Entry::getKey).toList());
        entries.forEach((key, value) -> simpler(smaller, key, value));
        var before = distance();
        return smaller.stream().<Shrinkable<Object>>map(candidate -> new SizedShrinkable(arbitrary, candidate))
                .filter(candidate -> candidate.distance().compareTo(before) < 0);
    }

    private void sizes(List<Drawn> smaller) {
        var smallest = drawn;
        for (var letter : drawn.places().entrySet()) {
            var least = Math.min(arbitrary.least(letter.getKey()), letter.getValue().size());
            smallest = smallest.places(letter.getKey(), letter.getValue().subList(0, least));
        }
        smaller.add(smallest);
        drawn.places().forEach((name, places) -> {
            for (int size = arbitrary.least(name); size < places.size(); size++) {
                smaller.add(drawn.places(name, places.subList(0, size)));
            }
            for (int k = 0; k < places.size() && places.size() > arbitrary.least(name); k++) {
                var others = new ArrayList<>(places);
                others.remove(/* index */ k);
                smaller.add(drawn.places(name, others));
            }
        });
    }

    private void zeros(List<Drawn> smaller, List<Long> entries) {
        for (int part = Math.max(1, entries.size() / 2); part >= 1; part /= 2) {
            for (int from = 0; from < entries.size(); from += part) {
                set(smaller, entries.subList(from, Math.min(from + part, entries.size())), 0);
            }
        }
    }

    private void simpler(List<Drawn> smaller, long key, double value) {
        if (value != 0) {
            var one = List.of(key);
            set(smaller, one, 1);
            for (double simple : SIMPLE) {
                set(smaller, one, Math.copySign(simple, value));
            }
            set(smaller, one, Math.abs(value));
            set(smaller, one, Math.rint(value / 2));
            set(smaller, one, value - Math.signum(value));
            set(smaller, one, Math.floor(value));
            set(smaller, one, Math.ceil(value));
            for (double digits = 10; digits <= MOST_DIGITS; digits *= 10) {
                set(smaller, one, Math.rint(value * digits) / digits);
            }
            set(smaller, one, Math.copySign(Math.pow(10, Math.rint(Math.log10(Math.abs(value)))), value));
        }
    }

    private void set(List<Drawn> smaller, List<Long> keys, double value) {
        if (arbitrary.filling().allows(value)) {
            smaller.add(drawn.set(keys, value));
        }
    }

    /** Entries by their keys, with the greatest sizes that others may decide. */
    private Map<Long, Double> entries() {
        var room = arbitrary.room(drawn);
        var values = arbitrary.filling().entries(room, drawn);
        var entries = new LinkedHashMap<Long, Double>();
        var sizes = Filling.sizes(room);
        var indices = new int[sizes.length];
        for (double value : values) {
            entries.put(arbitrary.filling().key(Filling.place(room, indices)), value);
            Filling.next(indices, sizes);
        }
        return entries;
    }

    /** First the sizes count, then how plain a value is whose entries only make sense together, then the numbers. */
    @Override
    public ShrinkingDistance distance() {
        long sizes = drawn.places().values().stream().mapToLong(List::size).sum();
        var entries = arbitrary.filling().entries(arbitrary.room(drawn), drawn);
        return ShrinkingDistance.of(sizes, arbitrary.filling().rank(drawn),
                Arrays.stream(entries).mapToLong(SizedShrinkable::length).sum());
    }

    /** How long a number is to write, and how large a whole one is; nothing for 0. */
    private static long length(double value) {
        if (value == 0) {
            return 0;
        }
        var whole = value == Math.rint(value) && Math.abs(value) < 1000;
        return whole ? 1000L * Integer.toString((int) value).length() + (long) Math.abs(value)
                : 1000L * (2 + Double.toString(value).length());
    }
}
