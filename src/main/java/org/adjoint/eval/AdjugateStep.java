package org.adjoint.eval;

import java.util.Arrays;

/**
 * {@code adj A = det(A) A⁻¹}, which exists for singular A too.
 *
 * <p>With complete pivoting {@code P A Q = L D U}, L and U with ones on their diagonals and no entry above 1, so that both are
 * well conditioned in practice; the size of A and its rank are in D alone. Then {@code adj A = det(P) det(Q) Q U⁻¹ adj(D) L⁻¹
 * P}, where {@code adj(D)} has in place i the product of the others: no division. Source: Stewart, "On the adjugate
 * matrix", Linear Algebra and its Applications 283, 1998; Golub and Van Loan, Matrix Computations, 2013, section 3.4.8.
 */
final class AdjugateStep implements Step {
    private final int source;
    private final int target;
    private final int n;
    private final double[] lu;
    private final int[] rows;
    private final int[] columns;
    private final double[] others;
    private final double[] column;

    AdjugateStep(int source, int target, int n) {
        this.source = source;
        this.target = target;
        this.n = n;
        this.lu = new double[n * n];
        this.rows = new int[n];
        this.columns = new int[n];
        this.others = new double[n];
        this.column = new double[n];
    }

    @Override
    public int[] reads() {
        return new int[] {source};
    }

    @Override
    public int writes() {
        return target;
    }

    @Override
    public void run(double[][] memory) {
        System.arraycopy(memory[source], 0, lu, 0, n * n);
        double sign = decompose();
        leaveOneOut(sign);
        for (int j = 0; j < n; j++) {
            solve(j);
            for (int i = 0; i < n; i++) {
                memory[target][columns[i] * n + rows[j]] = column[i];
            }
        }
    }

    /** L below the diagonal, D on it, U above; gives {@code det(P) det(Q)}. */
    private double decompose() {
        Arrays.setAll(rows, k -> k);
        Arrays.setAll(columns, k -> k);
        double sign = 1;
        for (int k = 0; k < n; k++) {
            int pivot = pivot(k);
            int row = pivot / n;
            int other = pivot % n;
            sign *= row == k ? 1 : -1;
            sign *= other == k ? 1 : -1;
            exchange(k, row, other);
            double d = lu[k * n + k];
            if (d == 0) {
                // All that is left is zero: L and U are the identity from here on.
                break;
            }
            for (int i = k + 1; i < n; i++) {
                double factor = lu[i * n + k] / d;
                for (int j = k + 1; j < n; j++) {
                    lu[i * n + j] -= factor * lu[k * n + j];
                }
                lu[i * n + k] = factor;
            }
            for (int j = k + 1; j < n; j++) {
                lu[k * n + j] /= d;
            }
        }
        return sign;
    }

    /** The place of the largest entry from row and column k on; of one that is not a number, so that it is not lost. */
    private int pivot(int k) {
        int best = k * n + k;
        for (int i = k; i < n; i++) {
            for (int j = k; j < n; j++) {
                if (!(Math.abs(lu[i * n + j]) <= Math.abs(lu[best]))) {
                    best = i * n + j;
                }
            }
        }
        return best;
    }

    private void exchange(int k, int row, int other) {
        for (int j = 0; j < n && row != k; j++) {
            double held = lu[k * n + j];
            lu[k * n + j] = lu[row * n + j];
            lu[row * n + j] = held;
        }
        for (int i = 0; i < n && other != k; i++) {
            double held = lu[i * n + k];
            lu[i * n + k] = lu[i * n + other];
            lu[i * n + other] = held;
        }
        int heldRow = rows[k];
        rows[k] = rows[row];
        rows[row] = heldRow;
        int heldColumn = columns[k];
        columns[k] = columns[other];
        columns[other] = heldColumn;
    }

    /** The diagonal of {@code adj(D)}, with the sign: products of what comes before and after. */
    private void leaveOneOut(double sign) {
        double before = sign;
        for (int i = 0; i < n; i++) {
            others[i] = before;
            before *= lu[i * n + i];
        }
        double after = 1;
        for (int i = n - 1; i >= 0; i--) {
            others[i] *= after;
            after *= lu[i * n + i];
        }
    }

    /** Column j of {@code U⁻¹ adj(D) L⁻¹}. */
    private void solve(int j) {
        Arrays.fill(column, 0);
        column[j] = 1;
        for (int i = j + 1; i < n; i++) {
            double sum = 0;
            for (int k = j; k < i; k++) {
                sum -= lu[i * n + k] * column[k];
            }
            column[i] = sum;
        }
        for (int i = 0; i < n; i++) {
            column[i] *= others[i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                column[i] -= lu[i * n + k] * column[k];
            }
        }
    }
}
