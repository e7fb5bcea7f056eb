package org.adjoint.eval;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Doubles in row-major order under a shape. Not a copy: the numbers belong to whoever made the array, and change with it.
 * Up to rank 2 the same numbers are a {@link DMatrixRMaj}: a scalar 1 × 1, a vector of n entries n × 1.
 */
public final class Tensor {
    private final int[] shape;
    private final DMatrixRMaj matrix;

    private Tensor(int[] shape, DMatrixRMaj matrix) {
        this.shape = shape;
        this.matrix = matrix;
    }

    /**
     * The array under the shape.
     *
     * @throws IllegalArgumentException when the shape has another number of entries
     */
    public static Tensor of(int[] shape, double... data) {
        int count = Layout.count(shape);
        if (data.length != count) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " has " + count
                    + " entries, got " + data.length);
        }
        return view(shape, data);
    }

    /** The first entries of the array under the shape. */
    static Tensor view(int[] shape, double[] data) {
        int rows = shape.length == 0 ? 1 : shape[0];
        int columns = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            columns *= shape[axis];
        }
        return new Tensor(shape.clone(), DMatrixRMaj.wrap(rows, columns, data));
    }

    /** The matrix as a tensor of rank 2, without copying. */
    public static Tensor wrap(DMatrixRMaj matrix) {
        return new Tensor(new int[] {matrix.numRows, matrix.numCols}, matrix);
    }

    public static Tensor scalar(double value) {
        return of(new int[0], value);
    }

    /** The lengths of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    int[] lengths() {
        return shape;
    }

    /** The number of entries. */
    public int count() {
        return matrix.numRows * matrix.numCols;
    }

    /** The array itself; entries beyond {@link #count()} mean nothing. */
    public double[] data() {
        return matrix.data;
    }

    /** A copy of the entries. */
    public double[] toArray() {
        return Arrays.copyOf(matrix.data, count());
    }

    /** The same numbers as a matrix, without copying; above rank 2 all axes but the first are merged. */
    public DMatrixRMaj matrix() {
        return matrix;
    }

    /** The only entry of a tensor that has one. */
    public double value() {
        if (count() != 1) {
            throw new IllegalStateException("a tensor of shape " + Arrays.toString(shape) + " is not one number");
        }
        return matrix.data[0];
    }

    /** The entry at the index. */
    public double get(int... index) {
        int position = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            position = position * shape[axis] + index[axis];
        }
        return matrix.data[position];
    }

    /** Whether these numbers can be read as a tensor of that shape: the same, or a matrix that is a vector or a number. */
    boolean fits(int[] wanted) {
        if (Arrays.equals(shape, wanted)) {
            return true;
        }
        int count = 1;
        for (int length : wanted) {
            count *= length;
        }
        boolean line = shape.length == 2 && (shape[0] == 1 || shape[1] == 1);
        return line && wanted.length < 2 && count == count();
    }

    @Override
    public String toString() {
        return new NumberTensor<>(shape, Arrays.stream(toArray()).boxed().toArray()).toString();
    }
}
