package org.adjoint.eval;

/** {@code C += A·Bᵀ} for few, long rows: sixteen sums at a time, each number read for four of them. */
final class DotProducts {
    private DotProducts() {
    }

    /**
     * @param a      read: row i of A, its k entries side by side, begins at {@code start + i·stride}
     * @param b      read: the first k entries of its first n rows
     * @param c      modified: the first n entries of its first m rows
     */
    static void add(int m, int n, int k, double[] a, int start, int stride, double[][] b, double[][] c) {
        for (int i = 0; i < m; i += 4) {
            int at = start + i * stride;
            if (i + 4 > m) {
                for (; i < m; i++, at += stride) {
                    for (int j = 0; j < n; j++) {
                        c[i][j] += one(k, a, at, b[j]);
                    }
                }
                return;
            }
            int j = 0;
            for (; j + 4 <= n; j += 4) {
                sixteen(k, a, at, stride, b[j], b[j + 1], b[j + 2], b[j + 3], c, i, j);
            }
            for (; j < n; j++) {
                four(k, a, at, stride, b[j], c, i, j);
            }
        }
    }

    private static double one(int k, double[] a, int at, double[] b) {
        double even = 0;
        double odd = 0;
        int p = 0;
        for (; p + 1 < k; p += 2) {
            even += a[at + p] * b[p];
            odd += a[at + p + 1] * b[p + 1];
        }
        return p < k ? even + odd + a[at + p] * b[p] : even + odd;
    }

    private static void four(int k, double[] a, int at, int stride, double[] b, double[][] c, int i, int j) {
        double c0 = 0;
        double c1 = 0;
        double c2 = 0;
        double c3 = 0;
        for (int p = 0, q = at; p < k; p++, q++) {
            double y = b[p];
            c0 += a[q] * y;
            c1 += a[q + stride] * y;
            c2 += a[q + 2 * stride] * y;
            c3 += a[q + 3 * stride] * y;
        }
        c[i][j] += c0;
        c[i + 1][j] += c1;
        c[i + 2][j] += c2;
        c[i + 3][j] += c3;
    }

    private static void sixteen(int k, double[] a, int at, int stride, double[] b0, double[] b1, double[] b2,
            double[] b3,
            double[][] c, int i, int j) {
        double c00 = 0;
        double c01 = 0;
        double c02 = 0;
        double c03 = 0;
        double c10 = 0;
        double c11 = 0;
        double c12 = 0;
        double c13 = 0;
        double c20 = 0;
        double c21 = 0;
        double c22 = 0;
        double c23 = 0;
        double c30 = 0;
        double c31 = 0;
        double c32 = 0;
        double c33 = 0;
        for (int p = 0, q = at; p < k; p++, q++) {
            double x0 = a[q];
            double x1 = a[q + stride];
            double x2 = a[q + 2 * stride];
            double x3 = a[q + 3 * stride];
            double y = b0[p];
            c00 += x0 * y;
            c10 += x1 * y;
            c20 += x2 * y;
            c30 += x3 * y;
            y = b1[p];
            c01 += x0 * y;
            c11 += x1 * y;
            c21 += x2 * y;
            c31 += x3 * y;
            y = b2[p];
            c02 += x0 * y;
            c12 += x1 * y;
            c22 += x2 * y;
            c32 += x3 * y;
            y = b3[p];
            c03 += x0 * y;
            c13 += x1 * y;
            c23 += x2 * y;
            c33 += x3 * y;
        }
        add(c[i], j, c00, c01, c02, c03);
        add(c[i + 1], j, c10, c11, c12, c13);
        add(c[i + 2], j, c20, c21, c22, c23);
        add(c[i + 3], j, c30, c31, c32, c33);
    }

    private static void add(double[] row, int j, double x0, double x1, double x2, double x3) {
        row[j] += x0;
        row[j + 1] += x1;
        row[j + 2] += x2;
        row[j + 3] += x3;
    }
}
