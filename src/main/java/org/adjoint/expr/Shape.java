package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The sizes of the axes of a tensor, outermost first; {@code []} is the shape of a scalar, and differs from {@code [1]}. */
public final class Shape implements Iterable<Size> {
    public static final Shape SCALAR = new Shape(List.of());

    private final List<Size> sizes;

    private Shape(List<Size> sizes) {
        this.sizes = sizes;
    }

    public static Shape of(List<Size> sizes) {
        return sizes.isEmpty() ? SCALAR : new Shape(List.copyOf(sizes));
    }

    public static Shape of(Size... sizes) {
        return of(List.of(sizes));
    }

    /** A shape of integers. */
    public static Shape of(long... sizes) {
        List<Size> list = new ArrayList<>();
        for (long size : sizes) {
            list.add(Size.of(size));
        }
        return of(list);
    }

    /** A shape of size symbols: {@code Shape.of("m", "n")}. */
    public static Shape of(String first, String... rest) {
        List<Size> list = new ArrayList<>();
        list.add(Size.symbol(first));
        for (String name : rest) {
            list.add(Size.symbol(name));
        }
        return of(list);
    }

    public int rank() {
        return sizes.size();
    }

    public boolean isScalar() {
        return sizes.isEmpty();
    }

    public Size get(int axis) {
        return sizes.get(axis);
    }

    public List<Size> sizes() {
        return sizes;
    }

    /** The number of entries. */
    public Size count() {
        return Size.product(sizes);
    }

    /** This shape followed by the axes of the other. */
    public Shape concat(Shape other) {
        List<Size> all = new ArrayList<>(sizes);
        all.addAll(other.sizes);
        return of(all);
    }

    /** The axes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Shape slice(int from, int to) {
        return of(sizes.subList(from, to));
    }

    /** This shape with the size of one axis replaced. */
    public Shape with(int axis, Size size) {
        List<Size> all = new ArrayList<>(sizes);
        all.set(axis, size);
        return of(all);
    }

    /** This shape without one axis. */
    public Shape without(int axis) {
        List<Size> all = new ArrayList<>(sizes);
        all.remove(axis);
        return of(all);
    }

    public boolean isConcrete() {
        for (Size size : sizes) {
            if (!size.isInteger()) {
                return false;
            }
        }
        return true;
    }

    /** The symbols in any of the sizes. */
    public Set<String> symbols() {
        if (isConcrete()) {
            return Set.of();
        }
        TreeSet<String> symbols = new TreeSet<>();
        sizes.forEach(size -> size.addSymbols(symbols));
        return symbols;
    }

    @Override
    public Iterator<Size> iterator() {
        return sizes.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Shape shape && sizes.equals(shape.sizes));
    }

    @Override
    public int hashCode() {
        return sizes.hashCode();
    }

    @Override
    public String toString() {
        return sizes.stream().map(Size::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
