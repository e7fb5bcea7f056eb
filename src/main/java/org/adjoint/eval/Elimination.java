package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;

/**
 * Inverse and determinant of a square matrix by Gauss–Jordan elimination with pivoting: the largest pivot where numbers are
 * rounded, the first nonzero one where they are exact.
 */
final class Elimination<T> {
    private final Arithmetic<T> field;
    private final T zero;
    private final T one;
    private final int n;
    private final Object[] a;
    private final Object[] inverse;
    private T determinant;

    private Elimination(Entries<T> entries, Object[] matrix, int n) {
        this.field = entries.field;
        this.zero = entries.zero;
        this.one = entries.one;
        this.n = n;
        this.a = matrix.clone();
        this.inverse = new Object[n * n];
        Arrays.fill(inverse, zero);
        for (int i = 0; i < n; i++) {
            inverse[i * n + i] = one;
        }
        this.determinant = one;
    }

    /** @throws Arithmetic.OutsideDomain when the matrix is singular */
    static <T> Object[] inverse(Entries<T> entries, Object[] matrix, int n) {
        Elimination<T> elimination = new Elimination<>(entries, matrix, n);
        if (!elimination.run(true)) {
            throw new Arithmetic.OutsideDomain("inv needs an invertible matrix; its determinant is 0");
        }
        return elimination.inverse;
    }

    static <T> T determinant(Entries<T> entries, Object[] matrix, int n) {
        Elimination<T> elimination = new Elimination<>(entries, matrix, n);
        return elimination.run(false) ? elimination.determinant : entries.zero;
    }

    /** Whether the matrix is invertible. */
    private boolean run(boolean full) {
        for (int column = 0; column < n; column++) {
            int pivotRow = pivot(column);
            if (pivotRow < 0) {
                return false;
            }
            if (pivotRow != column) {
                swap(a, pivotRow, column);
                swap(inverse, pivotRow, column);
                determinant = field.negate(determinant);
            }
            T pivot = at(a, column, column);
            determinant = field.multiply(determinant, pivot);
            if (full) {
                scale(a, column, pivot);
                scale(inverse, column, pivot);
            }
            for (int row = full ? 0 : column + 1; row < n; row++) {
                T factor = full ? at(a, row, column) : field.divide(at(a, row, column), pivot);
                if (row != column && !isZero(factor)) {
                    subtract(a, row, column, factor, column);
                    if (full) {
                        subtract(inverse, row, column, factor, 0);
                    }
                }
            }
        }
        return true;
    }

    private int pivot(int column) {
        int best = -1;
        T largest = zero;
        for (int row = column; row < n; row++) {
            T size = field.abs(at(a, row, column));
            if (field.exact() ? field.signum(size) != 0
                    : best < 0 || field.toDouble(size) > field.toDouble(largest)) {
                best = row;
                largest = size;
                if (field.exact()) {
                    break;
                }
            }
        }
        // Where the largest cannot be told from zero the arithmetic says so.
        return best >= 0 && field.signum(largest) != 0 ? best : -1;
    }

    private boolean isZero(T x) {
        return field.exact() && field.signum(x) == 0;
    }

    private void scale(Object[] m, int row, T pivot) {
        for (int j = 0; j < n; j++) {
            m[row * n + j] = field.divide(at(m, row, j), pivot);
        }
    }

    private void subtract(Object[] m, int row, int from, T factor, int start) {
        Budget.current().poll();
        for (int j = start; j < n; j++) {
            m[row * n + j] = field.subtract(at(m, row, j), field.multiply(factor, at(m, from, j)));
        }
    }

    private void swap(Object[] m, int i, int j) {
        for (int k = 0; k < n; k++) {
            Object held = m[i * n + k];
            m[i * n + k] = m[j * n + k];
            m[j * n + k] = held;
        }
    }

    @SuppressWarnings("unchecked")
    private T at(Object[] m, int i, int j) {
        return (T) m[i * n + j];
    }
}
