package org.adjoint.eval;

import java.util.Arrays;

/**
 * Windows of each channel reduced, or the adjoint of that, times a scale; {@code channels} of the geometry are all the channels of all
 * inputs, and what stands outside of the input reads 0.
 */
final class PoolStep implements Step {
    /** What is computed of windows x[c, s·t + d·j + o] over j. */
    enum Operation {
        /** {@code z[c, t] = Σ_j x}. */
        SUM,
        /** {@code z[c, t] = max_j x}; a NaN counts as maximal. */
        MAX,
        /** The adjoint of the sum: {@code z[c, i] = Σ u[c, t]} over the windows t that hold i. */
        SPREAD,
        /** The adjoint of the maximum at x: {@code u[c, t]} goes to the first maximal entry of its window. */
        MAX_GRADIENT
    }

    private final Operation operation;
    private final Geometry geometry;
    private final WindowRows rows;
    private final int x;
    private final int u;
    private final int target;
    private final Scale scale;
    /** Whether rows run along the entries of windows, which are more than the places. */
    private final boolean turned;
    private final double[] row;
    private final double[] best;
    private final int[] where;

    /**
     * @param x the slot of the input; of a spread, that of u
     * @param u the slot of the cotangent of the pool; the same where there is none
     */
    PoolStep(Operation operation, Geometry geometry, int x, int u, int target, Scale scale) {
        this.operation = operation;
        this.geometry = geometry;
        boolean compares = operation == Operation.MAX || operation == Operation.MAX_GRADIENT;
        this.turned = !compares && geometry.entries() > geometry.places()
                && geometry.slides().stream().allMatch(slide -> slide.dilation() > 0);
        this.rows = new WindowRows(
                turned ? geometry.slides().stream().map(Slide::exchanged).toList() : geometry.slides(),
                geometry.border());
        this.x = x;
        this.u = u;
        this.target = target;
        this.scale = scale;
        this.row = new double[compares || turned ? rows.places : 0];
        this.best = new double[operation == Operation.MAX_GRADIENT ? rows.places : 0];
        this.where = new int[best.length];
    }

    @Override
    public int[] reads() {
        return scale.with(x == u ? new int[] {x} : new int[] {x, u});
    }

    @Override
    public int writes() {
        return target;
    }

    @Override
    public void run(double[][] memory) {
        double[] z = memory[target];
        boolean adjoint = operation == Operation.SPREAD || operation == Operation.MAX_GRADIENT;
        int channels = geometry.channels();
        int inputs = geometry.inputs();
        int places = geometry.places();
        int count = channels * (adjoint ? inputs : places);
        if (operation != Operation.MAX) {
            Arrays.fill(z, 0, count, 0);
        }
        for (int c = 0; c < channels && turned; c++) {
            for (int place = 0; place < places; place++) {
                if (operation == Operation.SUM) {
                    z[c * places + place] = sum(memory[x], c * inputs, place);
                } else {
                    spread(memory[x][c * places + place], place, z, c * inputs);
                }
            }
        }
        for (int c = 0; c < channels && !turned; c++) {
            for (int outer = 0; outer < rows.outerPlaces; outer++) {
                int at = c * places + outer * rows.places;
                switch (operation) {
                    case SUM -> sum(memory[x], c * inputs, outer, z, at);
                    case MAX -> max(memory[x], c * inputs, outer, z, at);
                    case SPREAD -> spread(memory[x], at, outer, z, c * inputs);
                    case MAX_GRADIENT -> gradient(memory[x], c * inputs, outer, memory[u], at, z);
                }
            }
        }
        double alpha = scale.value(memory);
        if (alpha != 1) {
            for (int k = 0; k < count; k++) {
                z[k] *= alpha;
            }
        }
    }

    /** The sum of one window. */
    private double sum(double[] in, int from, int place) {
        Arrays.fill(row, 0);
        for (int u = 0; u < rows.outerPlaces; u++) {
            int base = rows.base(u, place / rows.entries);
            if (base != Positions.OUTSIDE) {
                rows.accumulate(1, in, from + base, place % rows.entries, row, 0);
            }
        }
        double sum = 0;
        for (double each : row) {
            sum += each;
        }
        return sum;
    }

    /** A number added to all that one window reads. */
    private void spread(double number, int place, double[] z, int to) {
        Arrays.fill(row, number);
        for (int u = 0; u < rows.outerPlaces; u++) {
            int base = rows.base(u, place / rows.entries);
            if (base != Positions.OUTSIDE) {
                rows.add(z, to + base, place % rows.entries, 0, rows.places, row, 0);
            }
        }
    }

    private void sum(double[] in, int from, int outer, double[] z, int at) {
        for (int v = 0; v < rows.outerEntries; v++) {
            int base = rows.base(outer, v);
            for (int j = 0; j < rows.entries && base != Positions.OUTSIDE; j++) {
                rows.accumulate(1, in, from + base, j, z, at);
            }
        }
    }

    private void spread(double[] cotangent, int at, int outer, double[] z, int to) {
        for (int v = 0; v < rows.outerEntries; v++) {
            int base = rows.base(outer, v);
            for (int j = 0; j < rows.entries && base != Positions.OUTSIDE; j++) {
                rows.add(z, to + base, j, 0, rows.places, cotangent, at);
            }
        }
    }

    private void max(double[] in, int from, int outer, double[] z, int at) {
        for (int v = 0; v < rows.outerEntries; v++) {
            for (int j = 0; j < rows.entries; j++) {
                boolean first = v == 0 && j == 0;
                double[] to = first ? z : row;
                int offset = first ? at : 0;
                read(in, from, outer, v, j, to, offset);
                for (int t = 0; t < rows.places && !first; t++) {
                    if (exceeds(row[t], z[at + t])) {
                        z[at + t] = row[t];
                    }
                }
            }
        }
    }

    private void read(double[] in, int from, int outer, int v, int j, double[] to, int offset) {
        int base = rows.base(outer, v);
        if (base == Positions.OUTSIDE) {
            Arrays.fill(to, offset, offset + rows.places, 0);
        } else {
            rows.read(in, from + base, j, 0, rows.places, to, offset);
        }
    }

    private static boolean exceeds(double candidate, double largest) {
        return candidate > largest || Double.isNaN(candidate) && !Double.isNaN(largest);
    }

    private void gradient(double[] in, int from, int outer, double[] cotangent, int at, double[] z) {
        for (int v = 0; v < rows.outerEntries; v++) {
            for (int j = 0; j < rows.entries; j++) {
                boolean first = v == 0 && j == 0;
                read(in, from, outer, v, j, first ? best : row, 0);
                int base = rows.base(outer, v);
                for (int t = 0; t < rows.places; t++) {
                    if (first || exceeds(row[t], best[t])) {
                        best[t] = first ? best[t] : row[t];
                        where[t] = rows.position(base, t, j);
                    }
                }
            }
        }
        for (int t = 0; t < rows.places; t++) {
            if (where[t] != Positions.OUTSIDE) {
                z[from + where[t]] += cotangent[at + t];
            }
        }
    }
}
