package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.Application;
import org.adjoint.expr.MatrixFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;

/** Steps on tensors as a whole: matrix functions, concatenation, unknown functions, adding a multiple of the identity. */
final class WholeSteps {
    private WholeSteps() {
    }

    /** Inverse, determinant or log-determinant by an LU decomposition; the inverse of a singular matrix is NaN. */
    record MatrixStep(int source, int writes, MatrixFunction.Operation operation, DMatrixRMaj matrix,
            DMatrixRMaj inverse,
            LUDecompositionAlt_DDRM decomposition, LinearSolverLu_DDRM solver) implements Step {
        static MatrixStep of(int source, int target, MatrixFunction.Operation operation, int n) {
            LUDecompositionAlt_DDRM decomposition = new LUDecompositionAlt_DDRM();
            return new MatrixStep(source, target, operation, DMatrixRMaj.wrap(n, n, new double[0]),
                    DMatrixRMaj.wrap(n, n, new double[0]), decomposition, new LinearSolverLu_DDRM(decomposition));
        }

        @Override
        public int[] reads() {
            return new int[] {source};
        }

        @Override
        public void run(double[][] memory) {
            int n = matrix.numRows;
            matrix.data = memory[source];
            if (n == 0) {
                Arrays.fill(memory[writes], operation == MatrixFunction.Operation.DETERMINANT ? 1 : 0);
                return;
            }
            boolean regular = operation == MatrixFunction.Operation.INVERSE ? solver.setA(matrix)
                    : decomposition.decompose(matrix);
            switch (operation) {
                case DETERMINANT -> memory[writes][0] = decomposition.computeDeterminant().real;
                case LOG_DETERMINANT -> {
                    double[] lu = decomposition.getLU().data;
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += Math.log(Math.abs(lu[i * n + i]));
                    }
                    memory[writes][0] = sum;
                }
                case EXPONENTIAL, POWER, EXPONENTIAL_SLOPE, POWER_SLOPE -> throw new IllegalStateException();
                case INVERSE -> {
                    inverse.data = memory[writes];
                    if (regular && !decomposition.isSingular()) {
                        solver.invert(inverse);
                    } else {
                        Arrays.fill(inverse.data, 0, n * n, Double.NaN);
                    }
                }
            }
        }
    }

    /** Operands end to end: of each, {@code rows} runs of its own length. */
    record ConcatenationStep(int[] reads, int writes, int rows, int[] runs, int row) implements Step {
        @Override
        public void run(double[][] memory) {
            int before = 0;
            for (int k = 0; k < reads.length; k++) {
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(memory[reads[k]], r * runs[k], memory[writes], r * row + before, runs[k]);
                }
                before += runs[k];
            }
        }
    }

    /** {@code z += c·I}, on what an earlier step has written. */
    record DiagonalStep(int writes, int n, double c) implements Step {
        @Override
        public int[] reads() {
            return new int[] {writes};
        }

        @Override
        public void run(double[][] memory) {
            for (int i = 0; i < n; i++) {
                memory[writes][i * (n + 1)] += c;
            }
        }
    }

    /** An unknown function, as it is interpreted. */
    record ApplicationStep(Application application, Sizes sizes, Interpretation interpretation, int[] reads, int writes,
            int count, double[][] arguments, double[] single) implements Step {
        static ApplicationStep of(Application application, Sizes sizes, Interpretation interpretation, int[] reads,
                int target, int count) {
            boolean elementwise = application.function().isElementwise();
            double[][] arguments = new double[reads.length][elementwise ? 1 : 0];
            return new ApplicationStep(application, sizes, interpretation, reads, target, count, arguments,
                    new double[elementwise ? 1 : 0]);
        }

        @Override
        public void run(double[][] memory) {
            if (single.length == 0) {
                for (int k = 0; k < reads.length; k++) {
                    arguments[k] = memory[reads[k]];
                }
                interpretation.value(application, sizes, arguments, memory[writes]);
                return;
            }
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < reads.length; k++) {
                    arguments[k][0] = memory[reads[k]][i];
                }
                interpretation.value(application, sizes, arguments, single);
                memory[writes][i] = single[0];
            }
        }
    }
}
