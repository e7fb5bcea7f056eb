package org.adjoint.eval;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * How tiles of matrices are multiplied: the one place to put a faster product. Matrices that are read and written in whole rows are
 * arrays of rows, as loops over several arrays at the same index are what a compiler makes vector instructions of; it
 * cannot where the rows are parts of one array, since they might overlap.
 */
public interface MatrixKernel {
    /**
     * {@code C += A·B}.
     *
     * @param m            the rows of A and C
     * @param n            the columns of B and C
     * @param k            the columns of A and rows of B
     * @param a            read: entry (i, p) of A at {@code start + i·rowStride + p·columnStride}
     * @param b            read: the first n entries of its first k rows
     * @param c            modified: the first n entries of its first m rows; none of them is a row of B
     */
    void addProduct(int m, int n, int k, double[] a, int start, int rowStride, int columnStride, double[][] b,
            double[][] c);

    /** Loops in Java: four rows of B at a time to every row of C. */
    static MatrixKernel rows() {
        return RowKernel.INSTANCE;
    }

    /** EJML's product. It owns memory that it works in, so it is for one thread at a time. */
    static MatrixKernel ejml() {
        DMatrixRMaj left = new DMatrixRMaj(1, 1);
        DMatrixRMaj right = new DMatrixRMaj(1, 1);
        DMatrixRMaj product = new DMatrixRMaj(1, 1);
        return (m, n, k, a, start, rowStride, columnStride, b, c) -> {
            left.reshape(m, k);
            right.reshape(k, n);
            product.reshape(m, n);
            for (int i = 0; i < m; i++) {
                for (int p = 0; p < k; p++) {
                    left.data[i * k + p] = a[start + i * rowStride + p * columnStride];
                }
                System.arraycopy(c[i], 0, product.data, i * n, n);
            }
            for (int p = 0; p < k; p++) {
                System.arraycopy(b[p], 0, right.data, p * n, n);
            }
            CommonOps_DDRM.multAdd(left, right, product);
            for (int i = 0; i < m; i++) {
                System.arraycopy(product.data, i * n, c[i], 0, n);
            }
        };
    }
}
