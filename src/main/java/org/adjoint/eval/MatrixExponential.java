package org.adjoint.eval;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * The exponential of a matrix of doubles by scaling and squaring with the Padé approximant of order 13 (Higham, "The Scaling
 * and Squaring Method for the Matrix Exponential Revisited", SIAM J. Matrix Anal. Appl. 26, 2005, algorithm 2.3), after
 * balancing (Parlett and Reinsch, "Balancing a Matrix for Calculation of Eigenvalues and Eigenvectors", Numer. Math. 13,
 * 1969): the blocks of which Fréchet derivatives are made may be of very different size.
 */
final class MatrixExponential {
    private static final int PASSES = 30;
    private static final double THETA = 5.371920351148152;
    private static final double[] B = {64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0,
            129060195264000.0, 10559470521600.0, 670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0,
            16380.0, 182.0, 1.0};

    private MatrixExponential() {
    }

    /** {@code eˣ}; all NaN where the matrix is not finite. */
    static DMatrixRMaj of(DMatrixRMaj x) {
        if (!Double.isFinite(x.numRows == 0 ? 0 : NormOps_DDRM.inducedP1(x))) {
            DMatrixRMaj undefined = new DMatrixRMaj(x.numRows, x.numRows);
            CommonOps_DDRM.fill(undefined, Double.NaN);
            return undefined;
        }
        DMatrixRMaj balanced = x.copy();
        int[] exponents = balance(balanced);
        DMatrixRMaj result = ofBalanced(balanced);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                result.set(i, j, Math.scalb(result.get(i, j), exponents[i] - exponents[j]));
            }
        }
        return result;
    }

    /**
     * Makes {@code D⁻¹ X D} of X, with D of powers of two {@code 2^dᵢ}, so that rows and columns are about as large as each
     * other.
     *
     * @return d
     */
    private static int[] balance(DMatrixRMaj x) {
        int n = x.numRows;
        int[] exponents = new int[n];
        boolean changed = true;
        for (int pass = 0; pass < PASSES && changed; pass++) {
            changed = false;
            for (int i = 0; i < n; i++) {
                int shift = shift(x, i);
                if (shift != 0) {
                    changed = true;
                    exponents[i] += shift;
                    for (int j = 0; j < n; j++) {
                        if (j != i) {
                            x.set(j, i, Math.scalb(x.get(j, i), shift));
                            x.set(i, j, Math.scalb(x.get(i, j), -shift));
                        }
                    }
                }
            }
        }
        return exponents;
    }

    /** The power of two by which column i is multiplied and row i divided; 0 where that gains little. */
    private static int shift(DMatrixRMaj x, int i) {
        double column = 0;
        double row = 0;
        for (int j = 0; j < x.numRows; j++) {
            if (j != i) {
                column += Math.abs(x.get(j, i));
                row += Math.abs(x.get(i, j));
            }
        }
        if (column == 0 || row == 0) {
            // whichever is not zero can be made small at will
            return row > 1 ? Math.getExponent(row) : column > 1 ? -Math.getExponent(column) : 0;
        }
        int shift = (Math.getExponent(row) - Math.getExponent(column)) / 2;
        return Math.scalb(column, shift) + Math.scalb(row, -shift) < 0.95 * (column + row) ? shift : 0;
    }

    private static DMatrixRMaj ofBalanced(DMatrixRMaj x) {
        int n = x.numRows;
        double norm = n == 0 ? 0 : NormOps_DDRM.inducedP1(x);
        int squarings = norm <= THETA ? 0 : (int) Math.ceil(Math.log(norm / THETA) / Math.log(2));
        DMatrixRMaj a = x.copy();
        CommonOps_DDRM.scale(Math.pow(2, -squarings), a);
        DMatrixRMaj a2 = product(a, a);
        DMatrixRMaj a4 = product(a2, a2);
        DMatrixRMaj a6 = product(a2, a4);
        DMatrixRMaj odd = product(a6, combination(a2, a4, a6, 0, B[9], B[11], B[13]));
        CommonOps_DDRM.addEquals(odd, combination(a2, a4, a6, B[1], B[3], B[5], B[7]));
        DMatrixRMaj u = product(a, odd);
        DMatrixRMaj v = product(a6, combination(a2, a4, a6, 0, B[8], B[10], B[12]));
        CommonOps_DDRM.addEquals(v, combination(a2, a4, a6, B[0], B[2], B[4], B[6]));
        DMatrixRMaj below = v.copy();
        CommonOps_DDRM.subtractEquals(below, u);
        CommonOps_DDRM.addEquals(v, u);
        DMatrixRMaj result = new DMatrixRMaj(n, n);
        if (n > 0 && !CommonOps_DDRM.solve(below, v, result)) {
            CommonOps_DDRM.fill(result, Double.NaN);
        }
        for (int s = 0; s < squarings; s++) {
            result = product(result, result);
        }
        return result;
    }

    static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    /** {@code c₀ I + c₂ A² + c₄ A⁴ + c₆ A⁶}. */
    private static DMatrixRMaj combination(DMatrixRMaj a2, DMatrixRMaj a4, DMatrixRMaj a6, double c0, double c2,
            double c4, double c6) {
        DMatrixRMaj sum = new DMatrixRMaj(a2.numRows, a2.numCols);
        for (int i = 0; i < sum.numRows; i++) {
            sum.set(i, i, c0);
        }
        CommonOps_DDRM.addEquals(sum, c2, a2);
        CommonOps_DDRM.addEquals(sum, c4, a4);
        CommonOps_DDRM.addEquals(sum, c6, a6);
        return sum;
    }
}
