package org.adjoint.corpus;

/** Determinant, inverse, powers and the exponential of square matrices, by elimination and by series. */
final class Matrices {
    private Matrices() {
    }

    static Array square(Array x) {
        if (x.rows() != x.columns()) {
            throw new IllegalArgumentException("a square matrix is needed, got " + x.rows() + " x " + x.columns());
        }
        return x;
    }

    static Array eye(int n) {
        return Array.matrix(n, n, (i, j) -> i == j ? 1 : 0);
    }

    static double trace(Array x) {
        double sum = 0;
        for (int i = 0; i < square(x).rows(); i++) {
            sum += x.get(i, i);
        }
        return sum;
    }

    static double determinant(Array x) {
        return eliminate(square(x), new double[x.rows()][0]);
    }

    static Array inverse(Array x) {
        int n = square(x).rows();
        double[][] right = new double[n][n];
        for (int i = 0; i < n; i++) {
            right[i][i] = 1;
        }
        eliminate(x, right);
        return Array.matrix(n, n, (i, j) -> right[i][j]);
    }

    /** Gauss and Jordan with row pivots: the determinant; what stands on the right becomes {@code inv(X)} times it. */
    private static double eliminate(Array x, double[][] right) {
        int n = x.rows();
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = x.get(i, j);
            }
        }
        double determinant = 1;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            determinant *= pivot == k ? a[pivot][k] : -a[pivot][k];
            swap(a, k, pivot);
            swap(right, k, pivot);
            scale(a[k], right[k], a[k][k]);
            for (int i = 0; i < n; i++) {
                if (i != k) {
                    double factor = a[i][k];
                    subtract(a[i], factor, a[k]);
                    subtract(right[i], factor, right[k]);
                }
            }
        }
        return determinant;
    }

    private static void swap(double[][] rows, int i, int j) {
        double[] row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }

    private static void scale(double[] left, double[] right, double pivot) {
        for (int j = 0; j < left.length; j++) {
            left[j] /= pivot;
        }
        for (int j = 0; j < right.length; j++) {
            right[j] /= pivot;
        }
    }

    private static void subtract(double[] row, double factor, double[] other) {
        for (int j = 0; j < row.length; j++) {
            row[j] -= factor * other[j];
        }
    }

    /** {@code X^k} for an integer k; a negative one is a power of the inverse. */
    static Array power(Array x, double exponent) {
        long k = Math.round(exponent);
        if (Math.abs(exponent - k) > 1e-12) {
            throw new IllegalArgumentException("a power of a matrix needs an integer exponent, got " + exponent);
        }
        Array base = k < 0 ? inverse(x) : square(x);
        Array result = eye(x.rows());
        for (long i = 0; i < Math.abs(k); i++) {
            result = result.times(base);
        }
        return result;
    }

    /** {@code Σ Xᵏ/k!}, of {@code X/2ˢ}, squared s times. */
    static Array exponential(Array x) {
        int s = 6 + Math.max(0, Math.getExponent(square(x).largest() * x.rows()) + 1);
        Array scaled = x.map(v -> v / Math.scalb(1.0, s));
        Array sum = eye(x.rows());
        Array term = sum;
        for (int k = 1; k < 18; k++) {
            double factorial = k;
            term = term.times(scaled).map(v -> v / factorial);
            sum = sum.with(term, Double::sum);
        }
        for (int k = 0; k < s; k++) {
            sum = sum.times(sum);
        }
        return sum;
    }

    static Array kronecker(Array a, Array b) {
        int p = b.rows();
        int q = b.columns();
        return Array.matrix(a.rows() * p, a.columns() * q,
                (i, j) -> a.get(i / p, j / q) * b.get(i % p, j % q));
    }

    /** {@code K vec(A) = vec(Aᵀ)} for A of m rows and n columns. */
    static Array commutation(int m, int n) {
        return Array.matrix(m * n, m * n, (row, column) -> row / n == column % m && row % n == column / m ? 1 : 0);
    }
}
