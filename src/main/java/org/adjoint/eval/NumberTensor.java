package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Arithmetic;

/**
 * An immutable dense tensor of numbers in row-major order. An entry may be undefined, with its reason.
 *
 * @param <T> the type of its numbers
 */
public final class NumberTensor<T> {
    private final int[] shape;
    /** Each a T or an {@link Undefined}. */
    private final Object[] entries;

    /** Takes the arrays as its own. */
    NumberTensor(int[] shape, Object[] entries) {
        this.shape = shape;
        this.entries = entries;
    }

    /**
     * The tensor of these entries.
     *
     * @throws IllegalArgumentException when the shape does not hold that many
     */
    public static <T> NumberTensor<T> of(int[] shape, List<? extends T> entries) {
        if (Layout.count(shape) != entries.size()) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " has "
                    + Layout.count(shape) + " entries, got " + entries.size());
        }
        return new NumberTensor<>(shape.clone(), entries.toArray());
    }

    public static <T> NumberTensor<T> scalar(T value) {
        return new NumberTensor<>(new int[0], new Object[] {value});
    }

    /** The lengths of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    int[] lengths() {
        return shape;
    }

    public int rank() {
        return shape.length;
    }

    /** The number of entries. */
    public int count() {
        return entries.length;
    }

    /** The T or {@link Undefined} at the position. */
    Object entry(int position) {
        return entries[position];
    }

    /**
     * The entry at the position in row-major order.
     *
     * @throws ArithmeticException (one of {@link Arithmetic}'s) when it is undefined
     */
    @SuppressWarnings("unchecked")
    public T get(int position) {
        if (entries[position] instanceof Undefined undefined) {
            throw undefined.exception();
        }
        return (T) entries[position];
    }

    /** The entry at the index. */
    public T get(int... index) {
        int position = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            position = position * shape[axis] + index[axis];
        }
        return get(position);
    }

    /** The only entry of a tensor that has one. */
    public T value() {
        if (entries.length != 1) {
            throw new IllegalStateException("a tensor of shape " + Arrays.toString(shape) + " is not one number");
        }
        return get(0);
    }

    /** All entries; throws when one is undefined. */
    public List<T> entries() {
        List<T> all = new ArrayList<>(entries.length);
        for (int k = 0; k < entries.length; k++) {
            all.add(get(k));
        }
        return all;
    }

    public boolean isDefined(int position) {
        return !(entries[position] instanceof Undefined);
    }

    /** Whether every entry is defined. */
    public boolean isDefined() {
        return firstUndefined().isEmpty();
    }

    /** Why the entry is undefined; empty when it is defined. */
    public Optional<Undefined> undefined(int position) {
        return entries[position] instanceof Undefined undefined ? Optional.of(undefined) : Optional.empty();
    }

    /** The first undefined entry in row-major order; empty when all are defined. */
    public Optional<Undefined> firstUndefined() {
        for (Object entry : entries) {
            if (entry instanceof Undefined undefined) {
                return Optional.of(undefined);
            }
        }
        return Optional.empty();
    }

    /** The image of every defined entry; undefined ones stay. */
    @SuppressWarnings("unchecked")
    public <U> NumberTensor<U> map(Function<? super T, ? extends U> image) {
        Object[] images = new Object[entries.length];
        for (int k = 0; k < images.length; k++) {
            images[k] = entries[k] instanceof Undefined ? entries[k] : image.apply((T) entries[k]);
        }
        return new NumberTensor<>(shape, images);
    }

    /** The nearest doubles; NaN where undefined. */
    @SuppressWarnings("unchecked")
    public double[] toDoubles(Arithmetic<T> field) {
        double[] doubles = new double[entries.length];
        for (int k = 0; k < doubles.length; k++) {
            doubles[k] = entries[k] instanceof Undefined ? Double.NaN : field.toDouble((T) entries[k]);
        }
        return doubles;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof NumberTensor<?> tensor && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(entries, tensor.entries));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(entries);
    }

    /** Nested lists, as in {@code [[1, 2], [3, 4]]}; an undefined entry is {@code undefined}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int[] strides = Layout.strides(shape);
        for (int k = 0; k < entries.length; k++) {
            for (int axis = 0; axis < shape.length; axis++) {
                text.append(k % (strides[axis] * shape[axis]) == 0 ? "[" : "");
            }
            text.append(entries[k] instanceof Undefined ? "undefined" : entries[k]);
            int closed = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                closed += (k + 1) % (strides[axis] * shape[axis]) == 0 ? 1 : 0;
            }
            text.append("]".repeat(closed)).append(k + 1 < entries.length ? ", " : "");
        }
        return entries.length == 0 ? "[]" : text.toString();
    }
}
