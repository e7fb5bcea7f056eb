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

    /** What is done with the row of a matrix along part of a row of places. */
    private interface Piece {
        void at(int base, int j, int from, int to, int column);
    }

    void read(double[] x, int group, int from, int to, double[] columns) {
        each(group, from, to, (base, j, start, end, at) -> {
            if (base == Positions.OUTSIDE) {
                Arrays.fill(columns, at, at + end - start, 0);
            } else {
                rows.read(x, base, j, start, end, columns, at);
            }
        });
    }

    /** {@code x̄[b, c, s·t + d·j − p] += cols[(c, j), q]}. */
    void add(double[] columns, int group, int from, int to, double[] x) {
        each(group, from, to, (base, j, start, end, at) -> {
            if (base != Positions.OUTSIDE) {
                rows.add(x, base, j, start, end, columns, at);
            }
        });
    }

    private void each(int group, int from, int to, Piece piece) {
        int width = to - from;
        int channels = shape.channels();
        for (int c = 0, row = 0; c < channels; c++) {
            for (int v = 0; v < rows.outerEntries; v++) {
                for (int j = 0; j < rows.entries; j++, row++) {
                    for (int q = from; q < to;) {
                        int t = q % places;
                        int start = t % rows.places;
                        int end = Math.min(rows.places, start + to - q);
                        int base = rows.base(t / rows.places, v);
                        int channel = q / places * shape.groups() * shape.channels() + group * channels + c;
                        piece.at(base == Positions.OUTSIDE ? base : channel * inputs + base, j, start, end,
                                row * width + q - from);
                        q += end - start;
                    }
                }
            }
        }
    }

    /** A row for each place: {@code rows[q, (c, j)]}. */
    void readTransposed(double[] x, int group, int from, int to, double[] matrix) {
        int channels = shape.channels();
        int at = 0;
        for (int q = from; q < to; q++) {
            int t = q % places;
            int u = t / rows.places;
            int first = (q / places * shape.groups() * shape.channels() + group * channels) * inputs;
            for (int c = 0; c < channels; c++) {
                for (int v = 0; v < rows.outerEntries; v++, at += rows.entries) {
                    int base = rows.base(u, v);
                    if (base == Positions.OUTSIDE) {
                        Arrays.fill(matrix, at, at + rows.entries, 0);
                    } else {
                        rows.readWindow(x, first + c * inputs + base, t % rows.places, matrix, at);
                    }
                }
            }
        }
    }
}
