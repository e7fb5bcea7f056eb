package org.adjoint.eval;

import java.util.Arrays;

/**
 * Windows of an input as a matrix, a tile of places at a time: {@code cols[(c, j), q] = x[b, c, s·t + d·j − p]} for the channels of
 * one group and the places {@code q = b·m + t} from … to − 1 of the whole batch (im2col); or its transpose; or the adjoint, which adds
 * up what windows share (col2im).
 */
final class Columns {
    private final Geometry shape;
    private final WindowRows rows;
    private final int inputs;
    private final int places;

    Columns(Geometry shape) {
        this.shape = shape;
        this.rows = new WindowRows(shape.slides(), shape.border());
        this.inputs = shape.inputs();
        this.places = shape.places();
    }

    /** The rows of the matrix: the entries of a window in all channels of a group. */
    int rows() {
        return shape.channels() * shape.entries();
    }

    void read(double[] x, int group, int from, int to, double[][] matrix) {
        each(x, group, from, to, matrix, false);
    }

    /** {@code x̄[b, c, s·t + d·j − p] += cols[(c, j), q]}. */
    void add(double[][] matrix, int group, int from, int to, double[] x) {
        each(x, group, from, to, matrix, true);
    }

    /** Row by row of the matrix, and in each by the rows of places that the tile cuts through. */
    private void each(double[] x, int group, int from, int to, double[][] matrix, boolean adds) {
        int channels = shape.channels();
        for (int c = 0, row = 0; c < channels; c++) {
            for (int v = 0; v < rows.outerEntries; v++) {
                for (int j = 0; j < rows.entries; j++, row++) {
                    for (int q = from; q < to;) {
                        int t = q % places;
                        int start = t % rows.places;
                        int end = Math.min(rows.places, start + to - q);
                        int base = rows.base(t / rows.places, v);
                        int channel = ((q / places * shape.groups() + group) * channels + c) * inputs;
                        if (base == Positions.OUTSIDE) {
                            clear(matrix[row], q - from, end - start, adds);
                        } else if (adds) {
                            rows.add(x, channel + base, j, start, end, matrix[row], q - from);
                        } else {
                            rows.read(x, channel + base, j, start, end, matrix[row], q - from);
                        }
                        q += end - start;
                    }
                }
            }
        }
    }

    /** Zeros are read outside; what would be added there is dropped. */
    private static void clear(double[] row, int at, int count, boolean adds) {
        if (!adds) {
            Arrays.fill(row, at, at + count, 0);
        }
    }

    /** A row for each place: {@code rows[q, (c, j)]}. */
    void readTransposed(double[] x, int group, int from, int to, double[][] matrix) {
        int channels = shape.channels();
        for (int q = from; q < to; q++) {
            double[] row = matrix[q - from];
            int t = q % places;
            int u = t / rows.places;
            int first = (q / places * shape.groups() + group) * channels * inputs;
            int at = 0;
            for (int c = 0; c < channels; c++) {
                for (int v = 0; v < rows.outerEntries; v++, at += rows.entries) {
                    int base = rows.base(u, v);
                    if (base == Positions.OUTSIDE) {
                        Arrays.fill(row, at, at + rows.entries, 0);
                    } else {
                        rows.readWindow(x, first + c * inputs + base, t % rows.places, row, at);
                    }
                }
            }
        }
    }
}
