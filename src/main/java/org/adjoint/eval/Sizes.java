package org.adjoint.eval;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/** An immutable binding of size symbols to integers. */
public final class Sizes {
    public static final Sizes NONE = new Sizes(Map.of());

    private final Map<String, Integer> values;
    private final Map<Size, Integer> known = new ConcurrentHashMap<>();

    private Sizes(Map<String, Integer> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
        this.values.forEach((name, value) -> {
            if (value < 0) {
                throw new IllegalArgumentException("a size is not negative, got " + name + " = " + value);
            }
        });
    }

    /** The binding of every symbol of the map. */
    public static Sizes of(Map<String, Integer> values) {
        return values.isEmpty() ? NONE : new Sizes(values);
    }

    public static Sizes of(String name, int value) {
        return of(Map.of(name, value));
    }

    /** This binding with one symbol bound, or bound anew. */
    public Sizes with(String name, int value) {
        Map<String, Integer> more = new TreeMap<>(values);
        more.put(name, value);
        return of(more);
    }

    public Optional<Integer> value(String symbol) {
        return Optional.ofNullable(values.get(symbol));
    }

    /** Symbols and their values, by name. */
    public Map<String, Integer> values() {
        return values;
    }

    /**
     * The integer that the size is.
     *
     * @throws IllegalArgumentException when a symbol is unbound, or the size is negative or too large for an axis
     */
    public int of(Size size) {
        return size.isInteger() ? checked(size, size.value())
                : known.computeIfAbsent(size, s -> checked(s, integer(s)));
    }

    /** The integer that an offset is, which may be negative. */
    public long integer(Size size) {
        return size.at(this::bound);
    }

    private long bound(String symbol) {
        Integer value = values.get(symbol);
        if (value == null) {
            throw new IllegalArgumentException("the size " + symbol + " has no value; bound are " + values.keySet());
        }
        return value;
    }

    private int checked(Size size, long value) {
        if (value > Integer.MAX_VALUE) {
            // What could never be made is told as what takes too much.
            Budget.current().checkEntries(value);
        }
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an axis has between 0 and 2^31 - 1 entries; " + size + " is " + value
                    + " with " + values);
        }
        return (int) value;
    }

    /** The lengths of the axes. */
    public int[] of(Shape shape) {
        int rank = shape.rank();
        int[] lengths = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            lengths[axis] = of(shape.get(axis));
        }
        return lengths;
    }

    /** Whether every symbol is bound. */
    public boolean binds(Collection<String> symbols) {
        return values.keySet().containsAll(symbols);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Sizes sizes && values.equals(sizes.values));
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** As in {@code m = 2, n = 3}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ").append(name).append(" = ")
                .append(value));
        return text.toString();
    }
}
