package org.adjoint.eval;

import java.util.Arrays;

/**
 * The convolution as matrix products (im2col): {@code Y = W·cols(X)}, {@code X̄ = cols*(Wᵀ·Ȳ)} with the adjoint of cols (col2im),
 * {@code W̄ = Ȳ·cols(X)ᵀ}. The columns exist for a tile of places only, so the memory depends on the kernel and not on the
 * batch or the image.
 */
final class ColumnConvolution implements ConvolutionKernel {
    /** Entries of a tile of columns: what a second-level cache holds. */
    static final int TILE = 1 << 17;
    /** Fewer places than this in a tile make products that are mostly overhead, however large the kernel. */
    static final int LEAST_PLACES = 48;

    /** With no more outputs, standing the columns on end takes longer than multiplying them as they lie. */
    static final int MOST_DOTS = 16;

    private final Geometry shape;
    private final MatrixKernel kernel;
    private final Columns columns;
    private final int all;
    private final int places;
    /** A row for each entry of a window, as long as the tile; or, for the gradient by the kernel, one for each place. */
    private double[][] tile = {};
    /** A row for each output, as long as the tile. */
    private final double[][] outputs;
    /** The gradient by the kernel in one group, a row for each output. */
    private double[][] weights = {};

    ColumnConvolution(Geometry shape, MatrixKernel kernel) {
        this.shape = shape;
        this.kernel = kernel;
        this.columns = new Columns(shape);
        this.all = shape.batch() * shape.places();
        this.places = Math.min(all, Math.max(LEAST_PLACES, TILE / columns.rows()));
        this.outputs = new double[shape.outputs()][places];
    }

    /** The doubles that the maps work in, one at a time. */
    int memory() {
        return columns.rows() * places + shape.outputs() * (places + columns.rows());
    }

    @Override
    public void forward(double[] x, double[] w, double[] y) {
        resize(columns.rows(), places);
        for (int group = 0; group < shape.groups(); group++) {
            for (int from = 0; from < all; from += places) {
                int to = Math.min(all, from + places);
                columns.read(x, group, from, to, tile);
                clear(outputs, to - from);
                kernel.addProduct(shape.outputs(), to - from, columns.rows(), w, weight(group), columns.rows(), 1, tile,
                        outputs);
                exchange(y, group, from, to, true);
            }
        }
    }

    @Override
    public void inputGradient(double[] w, double[] yBar, double[] xBar) {
        resize(columns.rows(), places);
        Arrays.fill(xBar, 0, shape.inputCount(), 0);
        for (int group = 0; group < shape.groups(); group++) {
            for (int from = 0; from < all; from += places) {
                int to = Math.min(all, from + places);
                exchange(yBar, group, from, to, false);
                clear(tile, to - from);
                kernel.addProduct(columns.rows(), to - from, shape.outputs(), w, weight(group), 1, columns.rows(),
                        outputs,
                        tile);
                columns.add(tile, group, from, to, xBar);
            }
        }
    }

    @Override
    public void kernelGradient(double[] x, double[] yBar, double[] wBar) {
        boolean dots = shape.outputs() <= MOST_DOTS;
        resize(dots ? columns.rows() : places, dots ? places : columns.rows());
        if (weights.length == 0) {
            weights = new double[shape.outputs()][columns.rows()];
        }
        for (int group = 0; group < shape.groups(); group++) {
            clear(weights, columns.rows());
            for (int from = 0; from < all;) {
                // Places of one image, in which those of an output lie side by side.
                int to = Math.min(from + places, (from / shape.places() + 1) * shape.places());
                int output = (from / shape.places() * shape.groups() + group) * shape.outputs();
                int start = output * shape.places() + from % shape.places();
                if (dots) {
                    columns.read(x, group, from, to, tile);
                    DotProducts.add(shape.outputs(), columns.rows(), to - from, yBar, start, shape.places(), tile,
                            weights);
                } else {
                    columns.readTransposed(x, group, from, to, tile);
                    kernel.addProduct(shape.outputs(), columns.rows(), to - from, yBar, start, shape.places(), 1, tile,
                            weights);
                }
                from = to;
            }
            for (int o = 0; o < shape.outputs(); o++) {
                System.arraycopy(weights[o], 0, wBar, weight(group) + o * columns.rows(), columns.rows());
            }
        }
    }

    /** Where the weights of a group begin. */
    private int weight(int group) {
        return group * shape.outputs() * columns.rows();
    }

    private void resize(int rows, int width) {
        if (tile.length != rows || tile[0].length != width) {
            Layout.count(new int[] {rows, width});
            tile = new double[rows][width];
        }
    }

    private static void clear(double[][] rows, int width) {
        for (double[] row : rows) {
            Arrays.fill(row, 0, width, 0);
        }
    }

    /** Copies between a tile of outputs and the whole of them. */
    private void exchange(double[] y, int group, int from, int to, boolean write) {
        int each = shape.places();
        for (int o = 0; o < shape.outputs(); o++) {
            for (int q = from; q < to;) {
                int t = q % each;
                int run = Math.min(each - t, to - q);
                int at = ((q / each * shape.groups() + group) * shape.outputs() + o) * each + t;
                if (write) {
                    System.arraycopy(outputs[o], q - from, y, at, run);
                } else {
                    System.arraycopy(y, at, outputs[o], q - from, run);
                }
                q += run;
            }
        }
    }
}
