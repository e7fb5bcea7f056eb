package org.adjoint.eval;

import org.ejml.data.DGrowArray;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.sparse.csc.CommonOps_DSCC;

/**
 * The convolution as one matrix T, dense or sparse, with a row of X and Y for each entry of the batch: {@code Y = X Tᵀ},
 * {@code X̄ = Ȳ T}, {@code T̄ = Ȳᵀ X}, of which each weight collects the entries of T that it is in.
 */
final class ToeplitzConvolution implements ConvolutionKernel {
    private final Geometry shape;
    private final ToeplitzMatrix matrix;
    private final boolean sparse;
    private final DMatrixRMaj dense;
    private final DGrowArray work = new DGrowArray();

    ToeplitzConvolution(Geometry shape, boolean sparse) {
        this.shape = shape;
        this.sparse = sparse;
        this.matrix = new ToeplitzMatrix(shape);
        if (!sparse) {
            Layout.count(new int[] {matrix.rows(), matrix.columns()});
        }
        this.dense = sparse ? new DMatrixRMaj(0, 0) : new DMatrixRMaj(matrix.rows(), matrix.columns());
    }

    private DMatrixRMaj batch(double[] data, int columns) {
        return DMatrixRMaj.wrap(shape.batch(), columns, data);
    }

    @Override
    public void forward(double[] x, double[] w, double[] y) {
        if (sparse) {
            // Yᵀ = T Xᵀ, with the batch along the columns.
            DMatrixRMaj image = new DMatrixRMaj(matrix.rows(), shape.batch());
            CommonOps_DSCC.multTransB(matrix.sparse(w), batch(x, matrix.columns()), image, work);
            CommonOps_DDRM.transpose(image, batch(y, matrix.rows()));
        } else {
            matrix.dense(w, dense);
            CommonOps_DDRM.multTransB(batch(x, matrix.columns()), dense, batch(y, matrix.rows()));
        }
    }

    @Override
    public void inputGradient(double[] w, double[] yBar, double[] xBar) {
        if (sparse) {
            DMatrixRMaj image = new DMatrixRMaj(matrix.columns(), shape.batch());
            CommonOps_DSCC.multTransAB(matrix.sparse(w), batch(yBar, matrix.rows()), image);
            CommonOps_DDRM.transpose(image, batch(xBar, matrix.columns()));
        } else {
            matrix.dense(w, dense);
            CommonOps_DDRM.mult(batch(yBar, matrix.rows()), dense, batch(xBar, matrix.columns()));
        }
    }

    @Override
    public void kernelGradient(double[] x, double[] yBar, double[] wBar) {
        if (sparse) {
            matrix.weights(shape.batch(), x, yBar, wBar);
        } else {
            CommonOps_DDRM.multTransA(batch(yBar, matrix.rows()), batch(x, matrix.columns()), dense);
            matrix.weights(dense, wBar);
        }
    }
}
