package org.adjoint.eval;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The convolution as matrix products (im2col): {@code Y = W·cols(X)}, {@code X̄ = cols*(Wᵀ·Ȳ)} with the adjoint of cols (col2im),
 * {@code W̄ = Ȳ·cols(X)ᵀ}. The columns exist for a tile of places only, so the memory depends on the kernel and not on the
 * batch or the image.
 */
final class ColumnConvolution implements ConvolutionKernel {
    /** Entries of a tile of columns: what a second-level cache holds. */
    static final int TILE = 1 << 16;
    /** Fewer places than this in a tile make products that are mostly overhead, however large the kernel. */
    static final int LEAST_PLACES = 48;

    private final Geometry shape;
    private final Columns columns;
    private final int places;
    private final DMatrixRMaj tile;
    private final DMatrixRMaj weights;
    private final DMatrixRMaj product;

    ColumnConvolution(Geometry shape) {
        this.shape = shape;
        this.columns = new Columns(shape);
        int all = shape.batch() * shape.places();
        this.places = Math.min(all, Math.max(LEAST_PLACES, TILE / columns.rows()));
        Layout.count(new int[] {columns.rows(), places});
        this.tile = new DMatrixRMaj(columns.rows(), places);
        this.weights = new DMatrixRMaj(shape.outputs(), columns.rows());
        this.product = new DMatrixRMaj(shape.outputs(), places);
    }

    /** The doubles that this route works in. */
    int memory() {
        return tile.data.length + weights.data.length + product.data.length;
    }

    @Override
    public void forward(double[] x, double[] w, double[] y) {
        for (int group = 0; group < shape.groups(); group++) {
            System.arraycopy(w, group * weights.getNumElements(), weights.data, 0, weights.getNumElements());
            for (int from = 0, to; from < shape.batch() * shape.places(); from = to) {
                to = resize(from);
                columns.read(x, group, from, to, tile.data);
                CommonOps_DDRM.mult(weights, tile, product);
                exchange(y, group, from, to, true);
            }
        }
    }

    @Override
    public void inputGradient(double[] w, double[] yBar, double[] xBar) {
        Arrays.fill(xBar, 0, shape.inputCount(), 0);
        for (int group = 0; group < shape.groups(); group++) {
            System.arraycopy(w, group * weights.getNumElements(), weights.data, 0, weights.getNumElements());
            for (int from = 0, to; from < shape.batch() * shape.places(); from = to) {
                to = resize(from);
                exchange(yBar, group, from, to, false);
                CommonOps_DDRM.multTransA(weights, product, tile);
                columns.add(tile.data, group, from, to, xBar);
            }
        }
    }

    @Override
    public void kernelGradient(double[] x, double[] yBar, double[] wBar) {
        for (int group = 0; group < shape.groups(); group++) {
            weights.zero();
            for (int from = 0, to; from < shape.batch() * shape.places(); from = to) {
                to = resize(from);
                exchange(yBar, group, from, to, false);
                tile.reshape(to - from, columns.rows());
                columns.readTransposed(x, group, from, to, tile.data);
                CommonOps_DDRM.multAdd(product, tile, weights);
            }
            System.arraycopy(weights.data, 0, wBar, group * weights.getNumElements(), weights.getNumElements());
        }
    }

    /** Makes the matrices as wide as the tile that starts there, and gives where it ends. */
    private int resize(int from) {
        int to = Math.min(from + places, shape.batch() * shape.places());
        tile.reshape(columns.rows(), to - from);
        product.reshape(shape.outputs(), to - from);
        return to;
    }

    /** Copies between a tile of outputs and the whole of them. */
    private void exchange(double[] y, int group, int from, int to, boolean write) {
        int width = to - from;
        int all = shape.places();
        for (int o = 0; o < shape.outputs(); o++) {
            for (int q = from; q < to;) {
                int t = q % all;
                int run = Math.min(all - t, to - q);
                int at = (q / all * shape.groups() * shape.outputs() + group * shape.outputs() + o) * all + t;
                if (write) {
                    System.arraycopy(product.data, o * width + q - from, y, at, run);
                } else {
                    System.arraycopy(y, at, product.data, o * width + q - from, run);
                }
                q += run;
            }
        }
    }
}
