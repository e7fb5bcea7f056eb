package org.adjoint.eval;

import java.util.Optional;
import java.util.function.BiFunction;
import org.adjoint.expr.Rational;

/** Small exact matrices, by which facts are made and checked. */
record RationalMatrix(int rows, int columns, Rational[] entries) {
    static RationalMatrix of(int rows, int columns, BiFunction<Integer, Integer, Rational> entry) {
        Rational[] entries = new Rational[rows * columns];
        for (int k = 0; k < entries.length; k++) {
            entries[k] = entry.apply(k / columns, k % columns);
        }
        return new RationalMatrix(rows, columns, entries);
    }

    static RationalMatrix identity(int n) {
        return of(n, n, (i, j) -> i.equals(j) ? Rational.ONE : Rational.ZERO);
    }

    Rational at(int i, int j) {
        return entries[i * columns + j];
    }

    RationalMatrix transpose() {
        return of(columns, rows, (i, j) -> at(j, i));
    }

    RationalMatrix plus(RationalMatrix other) {
        return of(rows, columns, (i, j) -> at(i, j).plus(other.at(i, j)));
    }

    RationalMatrix negate() {
        return of(rows, columns, (i, j) -> at(i, j).negate());
    }

    RationalMatrix times(RationalMatrix other) {
        return of(rows, other.columns, (i, j) -> {
            Rational sum = Rational.ZERO;
            for (int k = 0; k < columns; k++) {
                sum = sum.plus(at(i, k).times(other.at(k, j)));
            }
            return sum;
        });
    }

    /** The first rows and columns. */
    RationalMatrix corner(int someRows, int someColumns) {
        return of(someRows, someColumns, this::at);
    }

    boolean isIdentity() {
        return rows == columns && java.util.Arrays.equals(entries, identity(rows).entries);
    }

    boolean isSymmetric() {
        return rows == columns && java.util.Arrays.equals(entries, transpose().entries);
    }

    /** Whether it is symmetric and all pivots of the elimination without exchanges are positive. */
    boolean isPositiveDefinite() {
        if (!isSymmetric()) {
            return false;
        }
        Rational[] a = entries.clone();
        for (int k = 0; k < rows; k++) {
            if (a[k * rows + k].signum() <= 0) {
                return false;
            }
            for (int i = k + 1; i < rows; i++) {
                eliminate(a, i, k, a[i * rows + k].dividedBy(a[k * rows + k]));
            }
        }
        return true;
    }

    private void eliminate(Rational[] a, int row, int from, Rational factor) {
        for (int j = 0; j < columns; j++) {
            a[row * columns + j] = a[row * columns + j].minus(factor.times(a[from * columns + j]));
        }
    }

    /** The inverse; empty when there is none. */
    Optional<RationalMatrix> inverse() {
        int n = rows;
        RationalMatrix wide = of(n, 2 * n,
                (i, j) -> j < n ? at(i, j) : j - n == i ? Rational.ONE : Rational.ZERO);
        Rational[] a = wide.entries;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            while (pivot < n && wide.at(pivot, k).isZero()) {
                pivot++;
            }
            if (pivot == n) {
                return Optional.empty();
            }
            if (pivot != k) {
                wide.eliminate(a, k, pivot, Rational.MINUS_ONE);
            }
            Rational scale = wide.at(k, k).inverse();
            for (int j = 0; j < 2 * n; j++) {
                a[k * 2 * n + j] = a[k * 2 * n + j].times(scale);
            }
            for (int i = 0; i < n; i++) {
                if (i != k) {
                    wide.eliminate(a, i, k, wide.at(i, k));
                }
            }
        }
        return Optional.of(of(n, n, (i, j) -> wide.at(i, j + n)));
    }
}
