package org.adjoint.eval;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.mult.MatrixMatrixMult_DDRM;

/**
 * {@code Z_b = α op(A_b) op(B_b)} for every index b of a batch, where op is the identity or the transpose: one product by
 * EJML, many by a loop of our own, since EJML's matrices start at the beginning of their array.
 */
final class MatrixProduct implements Step {
    /**
     * An operand.
     *
     * @param slot       where it is
     * @param transposed whether the factor is its transpose
     */
    record Operand(int slot, boolean transposed) {
    }

    private final int target;
    private final Operand left;
    private final Operand right;
    private final Scale scale;
    private final int batch;
    private final int m;
    private final int n;
    private final int k;
    private final DMatrixRMaj a;
    private final DMatrixRMaj b;
    private final DMatrixRMaj z;
    private final double[] column;

    /** Of op(A) m × k and op(B) k × n. */
    MatrixProduct(int target, Operand left, Operand right, Scale scale, int batch, int m, int n, int k) {
        this.target = target;
        this.left = left;
        this.right = right;
        this.scale = scale;
        this.batch = batch;
        this.m = m;
        this.n = n;
        this.k = k;
        double[] none = new double[0];
        this.a = left.transposed ? DMatrixRMaj.wrap(k, m, none) : DMatrixRMaj.wrap(m, k, none);
        this.b = right.transposed ? DMatrixRMaj.wrap(n, k, none) : DMatrixRMaj.wrap(k, n, none);
        this.z = DMatrixRMaj.wrap(m, n, none);
        this.column = new double[left.transposed && right.transposed ? k : 0];
    }

    @Override
    public int[] reads() {
        return scale.with(new int[] {left.slot, right.slot});
    }

    @Override
    public int writes() {
        return target;
    }

    @Override
    public void run(double[][] memory) {
        double alpha = scale.value(memory);
        if (batch != 1 || m == 0 || n == 0 || k == 0) {
            batched(alpha, memory[left.slot], memory[right.slot], memory[target]);
            return;
        }
        a.data = memory[left.slot];
        b.data = memory[right.slot];
        z.data = memory[target];
        if (left.transposed && right.transposed) {
            MatrixMatrixMult_DDRM.multTransAB_aux(alpha, a, b, z, column);
        } else if (left.transposed) {
            CommonOps_DDRM.multTransA(alpha, a, b, z);
        } else if (right.transposed) {
            CommonOps_DDRM.multTransB(alpha, a, b, z);
        } else {
            CommonOps_DDRM.mult(alpha, a, b, z);
        }
    }

    private void batched(double alpha, double[] x, double[] y, double[] out) {
        int xi = left.transposed ? 1 : k;
        int xk = left.transposed ? m : 1;
        int yk = right.transposed ? 1 : n;
        int yj = right.transposed ? k : 1;
        Arrays.fill(out, 0, batch * m * n, 0);
        for (int t = 0; t < batch; t++) {
            for (int i = 0; i < m; i++) {
                int xo = t * m * k + i * xi;
                int zo = (t * m + i) * n;
                if (right.transposed) {
                    for (int j = 0; j < n; j++) {
                        int yo = t * k * n + j * yj;
                        double sum = 0;
                        for (int s = 0; s < k; s++) {
                            sum += x[xo + s * xk] * y[yo + s];
                        }
                        out[zo + j] = alpha * sum;
                    }
                } else {
                    for (int s = 0; s < k; s++) {
                        double c = alpha * x[xo + s * xk];
                        int yo = t * k * n + s * yk;
                        for (int j = 0; j < n; j++) {
                            out[zo + j] += c * y[yo + j];
                        }
                    }
                }
            }
        }
    }
}
