package org.adjoint.eval;

import java.util.Arrays;
import java.util.List;

/**
 * The windows of one channel, row by row along the last axis: entry j of the window at place t lies at
 * {@code base(u, v) + entry(t, j)}, with u the place and v the entry along all axes but the last, flattened. Rows that lie inside
 * are read at equal distances; what stands outside is looked up.
 */
final class WindowRows {
    /** Places and entries along the last axis. */
    final int places;
    final int entries;
    /** Places and entries along the axes before it. */
    final int outerPlaces;
    final int outerEntries;

    private final int stride;
    private final int dilation;
    /** For each entry of the last axis, where the window at place 0 reads it, were there no border. */
    private final int[] start;
    /** For each entry, the places from which and up to which it lies inside. */
    private final int[] inside;
    private final int[] outside;
    /** From which place and up to which all entries lie inside. */
    private final int whole;
    private final int wholeEnd;
    private final int[] last;
    private final int[] outer;

    WindowRows(List<Slide> axes, Border border) {
        Slide axis = axes.getLast();
        this.places = axis.places();
        this.entries = axis.kernel();
        this.stride = axis.stride();
        this.dilation = axis.dilation();
        this.last = table(axis, border);
        this.start = new int[entries];
        this.inside = new int[entries];
        this.outside = new int[entries];
        for (int j = 0; j < entries; j++) {
            int position = axis.position(0, j);
            start[j] = position;
            inside[j] = Math.clamp(Math.ceilDiv(-position, stride), 0, places);
            outside[j] = Math.clamp(Math.floorDiv(axis.input() - 1 - position, stride) + 1, inside[j], places);
        }
        this.whole = Arrays.stream(inside).max().orElseThrow();
        this.wholeEnd = Arrays.stream(outside).min().orElseThrow();
        int count = 1;
        int width = 1;
        int[] bases = {0};
        for (Slide each : axes.subList(0, axes.size() - 1)) {
            bases = extended(bases, count, width, each, table(each, border));
            count *= each.places();
            width *= each.kernel();
        }
        this.outerPlaces = count;
        this.outerEntries = width;
        this.outer = bases;
        for (int k = 0; k < outer.length; k++) {
            outer[k] = outer[k] < 0 ? Positions.OUTSIDE : outer[k] * axis.input();
        }
    }

    private static int[] table(Slide axis, Border border) {
        int[] table = new int[axis.places() * axis.kernel()];
        for (int t = 0; t < axis.places(); t++) {
            for (int j = 0; j < axis.kernel(); j++) {
                table[t * axis.kernel() + j] = border.entry(axis.position(t, j), axis.input());
            }
        }
        return table;
    }

    /** The bases along one axis more. */
    private static int[] extended(int[] bases, int count, int width, Slide axis, int[] table) {
        int kernel = axis.kernel();
        int places = axis.places();
        int[] more = new int[Layout.count(new int[] {bases.length, table.length})];
        for (int u = 0; u < count * places; u++) {
            for (int v = 0; v < width * kernel; v++) {
                int base = bases[u / places * width + v / kernel];
                int entry = table[u % places * kernel + v % kernel];
                more[u * width * kernel + v] = base < 0 || entry < 0 ? Positions.OUTSIDE : base * axis.input() + entry;
            }
        }
        return more;
    }

    /** Where the row begins that entries v of the windows at places u read; {@link Positions#OUTSIDE} where all is zero. */
    int base(int u, int v) {
        return outer[u * outerEntries + v];
    }

    /** {@code base + entry(t, j)}, or {@link Positions#OUTSIDE}. */
    int position(int base, int t, int j) {
        int entry = last[t * entries + j];
        return base < 0 || entry < 0 ? Positions.OUTSIDE : base + entry;
    }

    /** {@code z[at + t − from] = x[base + entry(t, j)]} for the places from … to − 1. */
    void read(double[] x, int base, int j, int from, int to, double[] z, int at) {
        int in = Math.clamp(inside[j], from, to);
        int out = Math.clamp(outside[j], in, to);
        border(x, base, j, from, in, z, at);
        int first = base + start[j] + stride * in;
        if (in == out) {
            // Nothing lies inside; the first position may not exist.
        } else if (stride == 1) {
            System.arraycopy(x, first, z, at + in - from, out - in);
        } else {
            for (int t = 0; t < out - in; t++) {
                z[at + in - from + t] = x[first + stride * t];
            }
        }
        border(x, base, j, out, to, z, at + out - from);
    }

    private void border(double[] x, int base, int j, int from, int to, double[] z, int at) {
        for (int t = from; t < to; t++) {
            int entry = last[t * entries + j];
            z[at + t - from] = entry < 0 ? 0 : x[base + entry];
        }
    }

    /** {@code z[at + j] = x[base + entry(t, j)]} for all entries of the window at place t. */
    void readWindow(double[] x, int base, int t, double[] z, int at) {
        if (t >= whole && t < wholeEnd) {
            int first = base + start[0] + stride * t;
            for (int j = 0; j < entries; j++) {
                z[at + j] = x[first + dilation * j];
            }
            return;
        }
        for (int j = 0, k = t * entries; j < entries; j++, k++) {
            z[at + j] = last[k] < 0 ? 0 : x[base + last[k]];
        }
    }

    /** {@code x[base + entry(t, j)] += z[at + t − from]}, the adjoint of {@link #read}. */
    void add(double[] x, int base, int j, int from, int to, double[] z, int at) {
        addScaled(x, base, j, from, to, 1, z, at);
    }

    /** {@code x[base + entry(t, j)] += c · z[at + t − from]} for the places from … to − 1. */
    void addScaled(double[] x, int base, int j, int from, int to, double c, double[] z, int at) {
        int in = Math.clamp(inside[j], from, to);
        int out = Math.clamp(outside[j], in, to);
        addBorder(x, base, j, from, in, c, z, at);
        int first = base + start[j] + stride * in;
        int source = at + in - from;
        if (stride == 1) {
            Kernels.addScaled(c, z, source, x, first, out - in);
        } else {
            for (int t = 0; t < out - in; t++) {
                x[first + stride * t] += c * z[source + t];
            }
        }
        addBorder(x, base, j, out, to, c, z, at + out - from);
    }

    private void addBorder(double[] x, int base, int j, int from, int to, double c, double[] z, int at) {
        for (int t = from; t < to; t++) {
            int entry = last[t * entries + j];
            if (entry >= 0) {
                x[base + entry] += c * z[at + t - from];
            }
        }
    }

    /** {@code y[at + t] += c · x[base + entry(t, j)]} for all places. */
    void accumulate(double c, double[] x, int base, int j, double[] y, int at) {
        int in = inside[j];
        int out = outside[j];
        accumulateBorder(c, x, base, j, 0, in, y, at);
        int first = base + start[j] + stride * in;
        if (stride == 1) {
            Kernels.addScaled(c, x, first, y, at + in, out - in);
        } else {
            for (int t = 0; t < out - in; t++) {
                y[at + in + t] += c * x[first + stride * t];
            }
        }
        accumulateBorder(c, x, base, j, out, places, y, at);
    }

    private void accumulateBorder(double c, double[] x, int base, int j, int from, int to, double[] y, int at) {
        for (int t = from; t < to; t++) {
            int entry = last[t * entries + j];
            y[at + t] += entry < 0 ? 0 : c * x[base + entry];
        }
    }

    /** {@code Σ_t y[at + t] · x[base + entry(t, j)]} over all places. */
    double dot(double[] x, int base, int j, double[] y, int at) {
        double sum = 0;
        int in = inside[j];
        int out = outside[j];
        int first = base + start[j] + stride * in;
        for (int t = 0; t < out - in; t++) {
            sum += y[at + in + t] * x[first + stride * t];
        }
        return sum + dotBorder(x, base, j, 0, in, y, at) + dotBorder(x, base, j, out, places, y, at);
    }

    private double dotBorder(double[] x, int base, int j, int from, int to, double[] y, int at) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            int entry = last[t * entries + j];
            sum += entry < 0 ? 0 : y[at + t] * x[base + entry];
        }
        return sum;
    }
}
