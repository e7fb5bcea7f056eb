package org.adjoint.eval;

/**
 * {@code C += A·B} with four rows of B at a time: they stay in the first-level cache while every row of C goes by once, so that for
 * each number of C that is read and written there are eight operations.
 */
final class RowKernel implements MatrixKernel {
    static final RowKernel INSTANCE = new RowKernel();

    private RowKernel() {
    }

    @Override
    public void addProduct(int m, int n, int k, double[] a, int start, int rowStride, int columnStride, double[][] b,
            double[][] c) {
        int p = 0;
        for (; p + 3 < k; p += 4) {
            int at = start + p * columnStride;
            for (int i = 0; i < m; i++, at += rowStride) {
                add(a[at], b[p], a[at + columnStride], b[p + 1], a[at + 2 * columnStride], b[p + 2],
                        a[at + 3 * columnStride], b[p + 3], c[i], n);
            }
        }
        for (; p < k; p++) {
            int at = start + p * columnStride;
            for (int i = 0; i < m; i++, at += rowStride) {
                add(a[at], b[p], c[i], n);
            }
        }
    }

    private static void add(double x0, double[] b0, double x1, double[] b1, double x2, double[] b2, double x3,
            double[] b3,
            double[] c, int n) {
        for (int j = 0; j < n; j++) {
            c[j] += x0 * b0[j] + x1 * b1[j] + x2 * b2[j] + x3 * b3[j];
        }
    }

    private static void add(double x, double[] b, double[] c, int n) {
        for (int j = 0; j < n; j++) {
            c[j] += x * b[j];
        }
    }
}
