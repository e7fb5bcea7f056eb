package org.adjoint.lang;

import java.util.Arrays;
import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * A value of dialect matlab, where everything is a matrix: p × q.
 *
 * <p>The graph has no axes of size 1 for it: a 1 × 1 matrix is a scalar, an n × 1 and a 1 × n matrix are of rank 1, and which of
 * the two is told by {@code row}. So {@code x*y'} is the contraction {@code x[i]·y[j]}, and {@code ones(m,1)} the same node
 * as {@code ones(m)}. Tensors of rank 3 and more, which only {@code einsum} multiplies, stay what they are.
 *
 * @param expr a node none of whose axes has size 1 when there are at most two
 * @param row  whether rank 1 means 1 × n
 */
record Matrix(Expr expr, boolean row) {
    Matrix {
        row = row && expr.shape().rank() == 1;
    }

    /** A value as it is written, with axes of size 1 dropped. */
    static Matrix of(Value.Tensor value) {
        return value.shape().rank() == 1 ? oriented(value.expr(), value.row()) : of(value.expr());
    }

    /** A matrix of rank 2, or a column of rank 1, with axes of size 1 dropped. */
    static Matrix of(Expr expr) {
        Shape shape = expr.shape();
        if (shape.rank() != 2) {
            return oriented(expr, false);
        }
        boolean oneRow = shape.get(0).isOne();
        boolean oneColumn = shape.get(1).isOne();
        if (!oneRow && !oneColumn) {
            return new Matrix(expr, false);
        }
        int[] axes = oneRow && oneColumn ? new int[] {0, 1} : new int[] {oneRow ? 0 : 1};
        return new Matrix(Tensors.sum(expr, axes, false), oneRow);
    }

    private static Matrix oriented(Expr expr, boolean row) {
        Shape shape = expr.shape();
        return shape.rank() == 1 && shape.get(0).isOne() ? new Matrix(Tensors.sum(expr, new int[] {0}, false), false)
                : new Matrix(expr, row);
    }

    Value.Tensor value() {
        return new Value.Tensor(expr, List.of(), row);
    }

    int rank() {
        return expr.shape().rank();
    }

    boolean isScalar() {
        return rank() == 0;
    }

    boolean isColumn() {
        return rank() == 1 && !row;
    }

    Size rows() {
        return switch (rank()) {
            case 0 -> Size.ONE;
            case 1 -> row ? Size.ONE : expr.shape().get(0);
            default -> expr.shape().get(0);
        };
    }

    Size columns() {
        return switch (rank()) {
            case 0 -> Size.ONE;
            case 1 -> row ? expr.shape().get(0) : Size.ONE;
            default -> expr.shape().get(1);
        };
    }

    boolean isSquare() {
        return rank() == 0 || (rank() == 2 && rows().equals(columns()));
    }

    /** The shape as it is told: [m, n], [n, 1] of a column, [1, n] of a row, [] of a scalar. */
    Shape shape() {
        return rank() == 1 ? Shape.of(rows(), columns()) : expr.shape();
    }

    Matrix transpose() {
        return switch (rank()) {
            case 0 -> this;
            case 1 -> new Matrix(expr, !row);
            default -> new Matrix(Tensors.transpose(expr), false);
        };
    }

    /** The same entries arranged entry by entry, such as {@code exp(x)}. */
    Matrix with(Expr entries) {
        return new Matrix(entries, row);
    }

    /** The sum of all entries. */
    Expr sum() {
        return Tensors.sum(expr, Tensors.allAxes(expr), false);
    }

    /** The diagonal of a square matrix, as a column. */
    Matrix diagonal() {
        return isScalar() ? this : new Matrix(Tensors.diagonal(expr), false);
    }

    /** All entries, column after column, as one column. */
    Matrix vec() {
        return rank() < 2 ? new Matrix(expr, false)
                : new Matrix(Reshape.of(Tensors.transpose(expr), Shape.of(expr.shape().count())), false);
    }

    /** The node with both of its axes, those of size 1 too. */
    Expr full() {
        Expr full = expr;
        for (int axis = 0; rank() < 2 && axis < 2; axis++) {
            boolean missing = rank() == 0 || (axis == 0) == row;
            full = missing ? Tensors.insertAxis(full, axis) : full;
        }
        return full;
    }

    /** The node with that many axes: what {@code einsum} indexes. */
    Expr ofRank(int axes) {
        return axes == 2 ? full() : axes == 1 && isScalar() ? Tensors.insertAxis(expr, 0) : expr;
    }

    @Override
    public String toString() {
        return Arrays.toString(shape().sizes().toArray());
    }
}
