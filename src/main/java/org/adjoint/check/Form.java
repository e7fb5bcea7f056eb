package org.adjoint.check;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The Java types that values of a function have, each to and from one row of numbers. */
enum Form {
    NUMBER, DOUBLES, FLOATS, MATRIX, ARRAYS, MATRICES, ND_ARRAY, ND_ARRAYS;

    /** The form of a value; nothing if it is null, holds null or is of another type. */
    static @Nullable Form of(@Nullable Object value) {
        return switch (value) {
            case Number number -> NUMBER;
            case double[] array -> DOUBLES;
            case float[] array -> FLOATS;
            case DMatrixRMaj matrix -> MATRIX;
            case double[][] arrays -> Arrays.stream(arrays).allMatch(a -> a != null) ? ARRAYS : null;
            case DMatrixRMaj[] matrices -> Arrays.stream(matrices).allMatch(a -> a != null) ? MATRICES : null;
            case NDArray array -> ND_ARRAY;
            case NDArray[] arrays -> Arrays.stream(arrays).allMatch(a -> a != null) ? ND_ARRAYS : null;
            case null, default -> null;
        };
    }

    /** All entries of a value of this form, in a row of its own. */
    double[] flat(Object value) {
        return switch (this) {
            case NUMBER -> new double[] {((Number) value).doubleValue()};
            case DOUBLES -> ((double[]) value).clone();
            case FLOATS -> {
                var floats = (float[]) value;
                yield IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
            }
            case MATRIX -> entries((DMatrixRMaj) value);
            case ARRAYS -> Arrays.stream((double[][]) value).flatMapToDouble(Arrays::stream).toArray();
            case MATRICES ->
                Arrays.stream((DMatrixRMaj[]) value).flatMapToDouble(a -> Arrays.stream(entries(a))).toArray();
            case ND_ARRAY -> ((NDArray) value).entries().clone();
            case ND_ARRAYS ->
                Arrays.stream((NDArray[]) value).flatMapToDouble(a -> Arrays.stream(a.entries())).toArray();
        };
    }

    private static double[] entries(DMatrixRMaj matrix) {
        return Arrays.copyOf(matrix.data, matrix.numRows * matrix.numCols);
    }

    /** The sizes of a value of this form. */
    Layout layout(Object value, String name) {
        return switch (this) {
            case NUMBER -> Layout.of(new Slot(name));
            case DOUBLES -> Layout.of(new Slot(name, ((double[]) value).length));
            case FLOATS -> Layout.of(new Slot(name, ((float[]) value).length));
            case MATRIX -> Layout.of(slot(name, (DMatrixRMaj) value));
            case ARRAYS -> {
                var arrays = (double[][]) value;
                yield Layout.of(IntStream.range(0, arrays.length)
                        .mapToObj(i -> new Slot(name + i, arrays[i].length)).toArray(Slot[]::new));
            }
            case MATRICES -> {
                var matrices = (DMatrixRMaj[]) value;
                yield Layout.of(IntStream.range(0, matrices.length).mapToObj(i -> slot(name + i, matrices[i]))
                        .toArray(Slot[]::new));
            }
            case ND_ARRAY -> Layout.of(new Slot(name, ((NDArray) value).sizes()));
            case ND_ARRAYS -> {
                var arrays = (NDArray[]) value;
                yield Layout.of(IntStream.range(0, arrays.length)
                        .mapToObj(i -> new Slot(name + i, arrays[i].sizes())).toArray(Slot[]::new));
            }
        };
    }

    private static Slot slot(String name, DMatrixRMaj matrix) {
        return new Slot(name, matrix.numRows, matrix.numCols);
    }

    /** A fresh value of this form with these entries. */
    Object build(double[] row, Layout layout) {
        return switch (this) {
            case NUMBER -> row[0];
            case DOUBLES -> row.clone();
            case FLOATS -> {
                var floats = new float[row.length];
                for (int i = 0; i < row.length; i++) {
                    floats[i] = (float) row[i];
                }
                yield floats;
            }
            case MATRIX -> matrix(row, 0, layout.slots().get(0));
            case ARRAYS -> IntStream.range(0, layout.slots().size()).mapToObj(i -> {
                int from = layout.offset(i);
                return Arrays.copyOfRange(row, from, from + layout.slots().get(i).count());
            }).toArray(double[][]::new);
            case MATRICES -> IntStream.range(0, layout.slots().size())
                    .mapToObj(i -> matrix(row, layout.offset(i), layout.slots().get(i))).toArray(DMatrixRMaj[]::new);
            case ND_ARRAY -> array(row, 0, layout.slots().get(0));
            case ND_ARRAYS -> IntStream.range(0, layout.slots().size())
                    .mapToObj(i -> array(row, layout.offset(i), layout.slots().get(i))).toArray(NDArray[]::new);
        };
    }

    private static NDArray array(double[] row, int from, Slot slot) {
        return new NDArray(Arrays.copyOfRange(row, from, from + slot.count()), slot.sizes());
    }

    private static DMatrixRMaj matrix(double[] row, int from, Slot slot) {
        var sizes = slot.sizes();
        int rows = sizes.length > 1 ? sizes[0] : slot.count();
        var matrix = new DMatrixRMaj(rows, rows == 0 ? 0 : slot.count() / rows);
        System.arraycopy(row, from, matrix.data, 0, slot.count());
        return matrix;
    }

    boolean isOneArray() { return this == DOUBLES || this == FLOATS; }
}
