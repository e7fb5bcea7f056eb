package org.adjoint.check.jqwik;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.JqwikException;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/**
 * What the parameters of one property have in common: the letters, each decided by the first parameter that has it, and
 * the sizes of the sample at hand.
 *
 * <p>jqwik generates and reduces each parameter on its own, but always takes the values of a sample in the order of the
 * parameters: the first that has a letter says its size, and the others conform.
 */
final class Binding {

    private static final String STORE = Binding.class.getName();

    /**
     * A letter.
     *
     * @param order number of the letter, in the order of the parameters
     * @param owner number of the parameter that decides
     * @param min   least size
     * @param max   greatest size
     */
    record Letter(int order, int owner, int min, int max) {

        int clamp(int size) { return Math.clamp(size, min, max); }
    }

    /** The sample whose values are being taken; jqwik reduces on a thread of its own. */
    private static final class Sample {
        private int last = Integer.MAX_VALUE;
        private long seed;
        private final Map<String, List<Integer>> places = new HashMap<>();
    }

    private final Map<String, Letter> letters = new LinkedHashMap<>();
    private final ThreadLocal<Sample> sample = ThreadLocal.withInitial(Sample::new);
    private int parameters;
    private int edge;

    /** Of the property that jqwik runs now; one of its own outside of a property. */
    static Binding here() {
        try {
            return Store.getOrCreate(STORE, Lifespan.PROPERTY, Binding::new).get();
        } catch (JqwikException noProperty) {
            return new Binding();
        }
    }

    /** Of the property that jqwik runs now, if it has parameters with sizes. */
    static Binding ofTheProperty() {
        return Store.<Binding>get(STORE).get();
    }

    /** The number of the next parameter; the letters that it is the first to have are its own. */
    int join(List<String> names, int min, int max) {
        int number = parameters++;
        for (var name : names) {
            letters.putIfAbsent(name, new Letter(letters.size(), number, min, max));
        }
        return number;
    }

    Letter letter(String name) {
        var letter = letters.get(name);
        if (letter == null) {
            throw new IllegalStateException("no parameter has the size " + name);
        }
        return letter;
    }

    /** How many letters the first parameter has. */
    int leading() {
        return (int) letters.values().stream().filter(letter -> letter.owner() == 0).count();
    }

    /** The edge case that the first parameter was given last: the others follow. */
    int edge() { return edge; }

    void edge(int number) { edge = number; }

    /** The places of all letters in the sample that this parameter is part of, given those that it decides. */
    Map<String, List<Integer>> places(int parameter, Map<String, List<Integer>> own, long seed) {
        var now = sample.get();
        if (parameter <= now.last) {
            now.places.clear();
            now.seed = seed;
        }
        now.last = parameter;
        now.places.putAll(own);
        return now.places;
    }

    /** The seed of the sample at hand: the same however it is reduced. */
    long seed() { return sample.get().seed; }
}
