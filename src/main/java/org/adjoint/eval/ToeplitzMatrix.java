package org.adjoint.eval;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;

/**
 * The matrix T of a convolution, {@code vec y = T vec x} for each entry of the batch: {@code [O·m, C·n]}, a block for each pair of
 * channels. Along one axis with stride 1 a block is Toeplitz, {@code T[t, i] = w[i − t + p]}; along two it is doubly block Toeplitz;
 * a stride leaves out rows. T depends linearly on w: entry e of the list says that the sparse value {@code slot[e]} has the weight
 * {@code weight[e]} among its terms (several where a border repeats entries).
 */
final class ToeplitzMatrix {
    private final DMatrixSparseCSC pattern;
    private final int[] slot;
    private final int[] weight;

    ToeplitzMatrix(Geometry shape) {
        Layout.count(new int[] {shape.groups() * shape.outputs(), shape.places(), shape.channels(), shape.entries()});
        int rows = Layout.count(new int[] {shape.groups() * shape.outputs(), shape.places()});
        int columns = Layout.count(new int[] {shape.groups() * shape.channels(), shape.inputs()});
        int[] reads = reads(shape);
        long[] terms = terms(shape, reads, rows);
        // Sorted by column, then row, then weight: what falls on one place is side by side.
        Arrays.sort(terms);
        this.slot = new int[terms.length];
        this.weight = new int[terms.length];
        int weights = shape.groups() * shape.outputs() * shape.channels() * shape.entries();
        int[] places = new int[terms.length];
        int count = 0;
        long before = -1;
        pattern = new DMatrixSparseCSC(rows, columns, terms.length);
        for (int e = 0; e < terms.length; e++) {
            long place = terms[e] / weights;
            weight[e] = (int) (terms[e] % weights);
            if (place != before) {
                places[count] = (int) (place % rows);
                pattern.col_idx[(int) (place / rows) + 1]++;
                count++;
                before = place;
            }
            slot[e] = count - 1;
        }
        for (int column = 0; column < columns; column++) {
            pattern.col_idx[column + 1] += pattern.col_idx[column];
        }
        System.arraycopy(places, 0, pattern.nz_rows, 0, count);
        pattern.nz_length = count;
        pattern.indicesSorted = true;
    }

    /** For each place and each entry of a window, the entry of the channel that it reads, from the definition alone. */
    private static int[] reads(Geometry shape) {
        int[] reads = new int[shape.places() * shape.entries()];
        int rank = shape.slides().size();
        int[] places = new int[rank];
        int[] entries = new int[rank];
        Arrays.setAll(places, axis -> shape.slides().get(axis).places());
        Arrays.setAll(entries, axis -> shape.slides().get(axis).kernel());
        for (int t = 0; t < shape.places(); t++) {
            int[] place = Layout.index(t, places);
            for (int j = 0; j < shape.entries(); j++) {
                int[] entry = Layout.index(j, entries);
                int at = 0;
                for (int axis = 0; axis < rank && at >= 0; axis++) {
                    Slide each = shape.slides().get(axis);
                    int read = shape.border().entry(each.position(place[axis], entry[axis]), each.input());
                    at = read < 0 ? Positions.OUTSIDE : at * each.input() + read;
                }
                reads[t * shape.entries() + j] = at;
            }
        }
        return reads;
    }

    /** All terms of all entries as numbers {@code (column·rows + row)·weights + weight}. */
    private static long[] terms(Geometry shape, int[] reads, int rows) {
        int entries = shape.entries();
        int channels = shape.channels();
        long weights = (long) shape.groups() * shape.outputs() * channels * entries;
        Math.multiplyExact(Math.multiplyExact((long) rows, (long) shape.groups() * shape.channels() * shape.inputs()),
                weights);
        int inside = (int) Arrays.stream(reads).filter(read -> read >= 0).count();
        long[] terms = new long[inside * channels * shape.groups() * shape.outputs()];
        int count = 0;
        for (int o = 0; o < shape.groups() * shape.outputs(); o++) {
            for (int c = 0; c < channels; c++) {
                int channel = o / shape.outputs() * channels + c;
                for (int k = 0; k < reads.length; k++) {
                    if (reads[k] >= 0) {
                        long column = (long) channel * shape.inputs() + reads[k];
                        long row = (long) o * shape.places() + k / entries;
                        terms[count++] = (column * rows + row) * weights + ((long) o * channels + c) * entries
                                + k % entries;
                    }
                }
            }
        }
        return terms;
    }

    /** T for these weights; the same object every time. */
    DMatrixSparseCSC sparse(double[] w) {
        Arrays.fill(pattern.nz_values, 0, pattern.nz_length, 0);
        for (int e = 0; e < slot.length; e++) {
            pattern.nz_values[slot[e]] += w[weight[e]];
        }
        return pattern;
    }

    /** T for these weights, written to a matrix of its size. */
    void dense(double[] w, DMatrixRMaj matrix) {
        sparse(w);
        matrix.zero();
        for (int column = 0; column < pattern.numCols; column++) {
            for (int k = pattern.col_idx[column]; k < pattern.col_idx[column + 1]; k++) {
                matrix.data[pattern.nz_rows[k] * pattern.numCols + column] = pattern.nz_values[k];
            }
        }
    }

    int rows() {
        return pattern.numRows;
    }

    int columns() {
        return pattern.numCols;
    }

    /** {@code w̄ = Σ T̄ · ∂T/∂w}, the adjoint of {@link #dense}. */
    void weights(DMatrixRMaj tBar, double[] wBar) {
        for (int column = 0; column < pattern.numCols; column++) {
            for (int k = pattern.col_idx[column]; k < pattern.col_idx[column + 1]; k++) {
                pattern.nz_values[k] = tBar.data[pattern.nz_rows[k] * pattern.numCols + column];
            }
        }
        collect(wBar);
    }

    /** The same for {@code T̄ = Ȳᵀ X}, only where T has entries: {@code T̄[r, c] = Σ_b yBar[b, r] · x[b, c]}. */
    void weights(int batch, double[] x, double[] yBar, double[] wBar) {
        for (int column = 0; column < pattern.numCols; column++) {
            for (int k = pattern.col_idx[column]; k < pattern.col_idx[column + 1]; k++) {
                double sum = 0;
                for (int b = 0; b < batch; b++) {
                    sum += yBar[b * pattern.numRows + pattern.nz_rows[k]] * x[b * pattern.numCols + column];
                }
                pattern.nz_values[k] = sum;
            }
        }
        collect(wBar);
    }

    private void collect(double[] wBar) {
        Arrays.fill(wBar, 0);
        for (int e = 0; e < slot.length; e++) {
            wBar[weight[e]] += pattern.nz_values[slot[e]];
        }
    }
}
