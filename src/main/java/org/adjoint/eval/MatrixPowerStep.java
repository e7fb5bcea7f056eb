package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.MatrixFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Exponential, power, or one of their Fréchet derivatives, which is the upper right block of the function of
 * {@code [[X, E], [0, X]]}, once for each matrix that the direction holds. Unlike other steps it allocates when run.
 */
record MatrixPowerStep(MatrixFunction.Operation operation, int[] reads, int writes, int n, int count) implements Step {
    @Override
    public void run(double[][] memory) {
        DMatrixRMaj x = new DMatrixRMaj(n, n, true, Arrays.copyOf(memory[reads[0]], n * n));
        double exponent = operation.hasExponent() ? memory[reads[1]][0] : 0;
        if (!operation.hasDirection()) {
            System.arraycopy(function(x, exponent).data, 0, memory[writes], 0, n * n);
            return;
        }
        double[] direction = memory[reads[reads.length - 1]];
        for (int start = 0; start < count; start += n * n) {
            DMatrixRMaj block = new DMatrixRMaj(2 * n, 2 * n);
            CommonOps_DDRM.insert(x, block, 0, 0);
            CommonOps_DDRM.insert(x, block, n, n);
            CommonOps_DDRM.insert(new DMatrixRMaj(n, n, true, Arrays.copyOfRange(direction, start, start + n * n)),
                    block, 0, n);
            DMatrixRMaj value = function(block, exponent);
            for (int i = 0; i < n; i++) {
                System.arraycopy(value.data, i * 2 * n + n, memory[writes], start + i * n, n);
            }
        }
    }

    private DMatrixRMaj function(DMatrixRMaj x, double exponent) {
        return operation.hasExponent() ? power(x, exponent) : MatrixExponential.of(x);
    }

    /** By repeated squaring; NaN for an exponent that is no integer, and for a negative one of a singular matrix. */
    private static DMatrixRMaj power(DMatrixRMaj x, double exponent) {
        DMatrixRMaj base = x.copy();
        DMatrixRMaj result = CommonOps_DDRM.identity(x.numRows);
        if (exponent != Math.rint(exponent) || Math.abs(exponent) > 1e6
                || (exponent < 0 && !CommonOps_DDRM.invert(base))) {
            CommonOps_DDRM.fill(result, Double.NaN);
            return result;
        }
        for (long rest = (long) Math.abs(exponent); rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = MatrixExponential.product(result, base);
            }
            base = rest > 1 ? MatrixExponential.product(base, base) : base;
        }
        return result;
    }
}
