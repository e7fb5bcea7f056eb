package org.adjoint.check.jqwik;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.adjoint.check.Spread;

/**
 * What was drawn for a parameter: everything about its value but the sizes that other parameters decide.
 *
 * @param places of the letters that it decides: which rows, columns, ... of the largest sample there are
 * @param spread of the entries
 * @param seed   of the entries
 * @param rest   the number that all entries are but those set; empty if they are drawn
 * @param set    entries set one by one, by their {@link Filling#key}
 */
record Drawn(Map<String, List<Integer>> places, Spread spread, long seed, OptionalDouble rest, Map<Long, Double> set) {

    Drawn {
        places = Map.copyOf(places);
        set = Map.copyOf(set);
    }

    /** The first places of a letter. */
    static List<Integer> first(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    Drawn places(String letter, List<Integer> kept) {
        var changed = new HashMap<>(places);
        changed.put(letter, List.copyOf(kept));
        return new Drawn(changed, spread, seed, rest, set);
    }

    Drawn all(double value) { return new Drawn(places, spread, seed, OptionalDouble.of(value), Map.of()); }

    Drawn spread(Spread other) { return new Drawn(places, other, seed, rest, set); }

    Drawn set(Iterable<Long> keys, double value) {
        var changed = new HashMap<>(set);
        keys.forEach(key -> changed.put(key, value));
        return new Drawn(places, spread, seed, rest, changed);
    }
}
