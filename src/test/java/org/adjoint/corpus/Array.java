package org.adjoint.corpus;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers along axes, the first index fastest, so that the entries in order are {@code vec(X)}. Vectors are columns
 * {@code [n, 1]} and scalars {@code [1, 1]}; nothing has fewer than two axes.
 */
final class Array {
    private final int[] shape;
    private final double[] entries;

    private Array(int[] shape, double[] entries) {
        this.shape = shape;
        this.entries = entries;
    }

    static Array zeros(int... shape) {
        return new Array(shape, new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)]);
    }

    static Array scalar(double value) {
        return new Array(new int[] {1, 1}, new double[] {value});
    }

    static Array column(double... entries) {
        return new Array(new int[] {entries.length, 1}, entries);
    }

    /** A matrix whose entry {@code (i, j)} is given by a function. */
    static Array matrix(int rows, int columns, Entry entry) {
        Array result = zeros(rows, columns);
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                result.entries[i + rows * j] = entry.at(i, j);
            }
        }
        return result;
    }

    /** The entry of a matrix at a row and a column, from 0. */
    interface Entry {
        double at(int i, int j);
    }

    int[] shape() {
        return shape.clone();
    }

    int rank() {
        return shape.length;
    }

    int rows() {
        return shape[0];
    }

    int columns() {
        if (shape.length != 2) {
            throw new IllegalArgumentException("a matrix is needed, got " + Arrays.toString(shape));
        }
        return shape[1];
    }

    int size() {
        return entries.length;
    }

    double get(int k) {
        return entries[k];
    }

    double get(int i, int j) {
        return entries[i + shape[0] * j];
    }

    void set(int k, double value) {
        entries[k] = value;
    }

    double[] entries() {
        return entries.clone();
    }

    boolean isScalar() {
        return entries.length == 1 && shape.length == 2;
    }

    double value() {
        if (entries.length != 1) {
            throw new IllegalArgumentException("a scalar is needed, got " + Arrays.toString(shape));
        }
        return entries[0];
    }

    boolean hasShapeOf(Array other) {
        return Arrays.equals(shape, other.shape);
    }

    Array copy() {
        return new Array(shape, entries.clone());
    }

    /** The same entries in the same order along other axes. */
    Array reshaped(int... other) {
        Array result = zeros(other);
        System.arraycopy(entries, 0, result.entries, 0, entries.length);
        return result;
    }

    Array map(DoubleUnaryOperator f) {
        return new Array(shape, Arrays.stream(entries).map(f).toArray());
    }

    /** Entry by entry; a scalar fits every entry of the other side. */
    Array with(Array other, DoubleBinaryOperator f) {
        if (!hasShapeOf(other) && !isScalar() && !other.isScalar()) {
            throw new IllegalArgumentException("shapes " + Arrays.toString(shape) + " and "
                    + Arrays.toString(other.shape) + " differ");
        }
        Array result = zeros(isScalar() ? other.shape : shape);
        for (int k = 0; k < result.entries.length; k++) {
            result.entries[k] = f.applyAsDouble(entries[isScalar() ? 0 : k],
                    other.entries[other.isScalar() ? 0 : k]);
        }
        return result;
    }

    Array transposed() {
        return matrix(columns(), rows(), (i, j) -> get(j, i));
    }

    Array times(Array other) {
        if (isScalar() || other.isScalar()) {
            return with(other, (a, b) -> a * b);
        }
        if (columns() != other.rows()) {
            throw new IllegalArgumentException("*: shapes " + Arrays.toString(shape) + " and "
                    + Arrays.toString(other.shape));
        }
        return matrix(rows(), other.columns(), (i, j) -> {
            double sum = 0;
            for (int k = 0; k < columns(); k++) {
                sum += get(i, k) * other.get(k, j);
            }
            return sum;
        });
    }

    double sum() {
        return Arrays.stream(entries).sum();
    }

    double largest() {
        return Arrays.stream(entries).map(Math::abs).max().orElse(0);
    }

    boolean isFinite() {
        return Arrays.stream(entries).allMatch(Double::isFinite);
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + Arrays.toString(entries);
    }
}
