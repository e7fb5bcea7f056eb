package org.adjoint.algebra;

import java.util.OptionalInt;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/**
 * Matrices that repeat along their diagonals: {@code A[i + 1, j + s] = A[i, j]}. With s = 1 such a matrix is a Toeplitz matrix; a
 * convolution of stride s has such a matrix along each of its axes (Goodfellow, Bengio, Courville, Deep Learning, section 9.1).
 */
public final class Toeplitz {
    private static final int MOST = 4;

    private Toeplitz() {
    }

    /** The smallest s for which it is proved that a step along the row axis repeats s further along the column axis. */
    public static OptionalInt step(Expr matrix, int row, int column) {
        Size rows = matrix.shape().get(row);
        Size columns = matrix.shape().get(column);
        for (int s = 1; s <= MOST && isLonger(rows, 1) && isLonger(columns, s); s++) {
            if (Equality.prove(part(matrix, row, 1, 1, column, s, s), part(matrix, row, 0, 1, column, 0, s))
                    .isPresent()) {
                return OptionalInt.of(s);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isLonger(Size size, int than) {
        return !size.isInteger() || size.value() > than;
    }

    /** The matrix without so many rows and columns, from these positions on. */
    private static Expr part(Expr matrix, int row, int firstRow, int lessRows, int column, int firstColumn,
            int lessColumns) {
        Expr rows = Window.slice(matrix, row, Size.of(firstRow), 1, matrix.shape().get(row).minus(lessRows));
        return Window.slice(rows, column, Size.of(firstColumn), 1, matrix.shape().get(column).minus(lessColumns));
    }
}
