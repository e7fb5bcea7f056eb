package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An array of Julia: column-major, indices from 1.
 *
 * @param row whether it is the adjoint of a vector, whose product with a vector is a number
 */
record JuliaArray(int[] dims, Object[] data, boolean row) {
    static JuliaArray of(int[] dims, List<?> entries) {
        if (count(dims) != entries.size()) {
            throw new IllegalArgumentException("DimensionMismatch: " + Arrays.toString(dims));
        }
        return new JuliaArray(dims, entries.toArray(), false);
    }

    static JuliaArray vector(List<?> entries) {
        return of(new int[] {entries.size()}, entries);
    }

    /** The array of what a function gives at each position from 0. */
    static JuliaArray of(int[] dims, Function<int[], Object> entry) {
        List<Object> entries = new ArrayList<>();
        for (int k = 0; k < count(dims); k++) {
            entries.add(entry.apply(position(dims, k)));
        }
        return of(dims, entries);
    }

    static int count(int[] dims) {
        return IntStream.of(dims).reduce(1, (a, b) -> a * b);
    }

    static int[] position(int[] dims, int place) {
        int[] position = new int[dims.length];
        int rest = place;
        for (int axis = 0; axis < dims.length; axis++) {
            position[axis] = rest % dims[axis];
            rest /= dims[axis];
        }
        return position;
    }

    int rank() {
        return dims.length;
    }

    int dim(int axis) {
        return axis < dims.length ? dims[axis] : 1;
    }

    /** The place in memory of a position from 0, which must lie inside. */
    int place(int... position) {
        int place = 0;
        int step = 1;
        if (position.length != dims.length) {
            throw new IllegalArgumentException("BoundsError: " + position.length + " indices of " + dims.length);
        }
        for (int axis = 0; axis < dims.length; axis++) {
            if (position[axis] < 0 || position[axis] >= dims[axis]) {
                throw new IllegalArgumentException("BoundsError: " + Arrays.toString(position));
            }
            place += step * position[axis];
            step *= dims[axis];
        }
        return place;
    }

    Object at(int... position) {
        return data[place(position)];
    }

    double number(int... position) {
        return JuliaLibrary.real(at(position));
    }

    JuliaArray map(Function<Object, Object> f) {
        return of(dims.clone(), Arrays.stream(data).map(f).toList());
    }

    JuliaArray reshaped(int[] lengths) {
        return of(lengths, Arrays.asList(data));
    }

    /** Axis k of the result is axis {@code order[k]} from 0. */
    JuliaArray permuted(int[] order) {
        if (order.length != rank()) {
            throw new IllegalArgumentException("no valid permutation of dimensions");
        }
        int[] lengths = IntStream.of(order).map(axis -> dims[axis]).toArray();
        return of(lengths, at -> {
            int[] from = new int[order.length];
            for (int k = 0; k < order.length; k++) {
                from[order[k]] = at[k];
            }
            return at(from);
        });
    }

    JuliaArray adjoint() {
        return rank() == 1 ? new JuliaArray(new int[] {1, dims[0]}, data.clone(), true) : permuted(new int[] {1, 0});
    }

    /** Entry by entry, lining up the first axes; axes of length 1 are stretched. */
    static Object broadcast(List<Object> arguments, Function<List<Object>, Object> f) {
        int rank = -1;
        for (Object argument : arguments) {
            rank = argument instanceof JuliaArray array ? Math.max(rank, array.rank()) : rank;
        }
        if (rank < 0) {
            return f.apply(arguments);
        }
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        for (Object argument : arguments) {
            for (int axis = 0; argument instanceof JuliaArray array && axis < array.rank(); axis++) {
                int length = array.dims[axis];
                if (dims[axis] != length && dims[axis] != 1 && length != 1) {
                    throw new IllegalArgumentException("DimensionMismatch: arrays could not be broadcast");
                }
                dims[axis] = dims[axis] == 1 ? length : dims[axis];
            }
        }
        return of(dims, at -> f.apply(arguments.stream().map(argument -> argument instanceof JuliaArray array
                ? array.at(IntStream.range(0, array.rank()).map(k -> array.dims[k] == 1 ? 0 : at[k]).toArray())
                : argument).toList()));
    }

    /** Folds the axes (from 0), which keep length 1. */
    JuliaArray reduced(List<Integer> axes, Function<List<Object>, Object> fold) {
        int[] lengths = IntStream.range(0, rank()).map(k -> axes.contains(k) ? 1 : dims[k]).toArray();
        return of(lengths, at -> {
            List<Object> entries = new ArrayList<>();
            for (int k = 0; k < data.length; k++) {
                int[] here = position(dims, k);
                if (IntStream.range(0, rank()).allMatch(axis -> axes.contains(axis) || here[axis] == at[axis])) {
                    entries.add(data[k]);
                }
            }
            return fold.apply(entries);
        });
    }

    static JuliaArray cat(List<JuliaArray> parts, int axis) {
        int rank = Math.max(axis + 1, parts.get(0).rank());
        int[] dims = IntStream.range(0, rank).map(k -> parts.get(0).dim(k)).toArray();
        for (JuliaArray part : parts) {
            for (int k = 0; k < rank; k++) {
                if (k != axis && part.dim(k) != dims[k]) {
                    throw new IllegalArgumentException("DimensionMismatch: cat");
                }
            }
        }
        dims[axis] = parts.stream().mapToInt(part -> part.dim(axis)).sum();
        return of(dims, at -> {
            int rest = at[axis];
            for (JuliaArray part : parts) {
                if (rest < part.dim(axis)) {
                    int[] from = Arrays.copyOf(at, part.rank());
                    if (axis < part.rank()) {
                        from[axis] = rest;
                    }
                    return part.at(from);
                }
                rest -= part.dim(axis);
            }
            throw new AssertionError("past the end");
        });
    }

    // ---- matrices

    JuliaArray times(JuliaArray b) {
        if (row && b.rank() == 1) {
            throw new IllegalArgumentException("the product of an adjoint vector with a vector is a number");
        }
        if (rank() == 1 && b.rank() == 2 && b.dims[0] == 1) {
            return reshaped(new int[] {dims[0], 1}).times(b);
        }
        if (rank() != 2 || b.rank() > 2 || b.rank() == 0 || dims[1] != b.dims[0]) {
            throw new IllegalArgumentException("DimensionMismatch: " + Arrays.toString(dims) + " * "
                    + Arrays.toString(b.dims));
        }
        int[] result = b.rank() == 1 ? new int[] {dims[0]} : new int[] {dims[0], b.dims[1]};
        return of(result, at -> {
            double sum = 0;
            for (int k = 0; k < dims[1]; k++) {
                sum += number(at[0], k) * (b.rank() == 1 ? b.number(k) : b.number(k, at[1]));
            }
            return sum;
        });
    }

    static JuliaArray eye(int n) {
        return of(new int[] {n, n}, at -> at[0] == at[1] ? 1.0 : 0.0);
    }

    /** The inverse, and the determinant, by elimination with pivots. */
    Eliminated eliminated() {
        int n = dims[0];
        double[][] a = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = number(i, j);
            }
            a[i][n + i] = 1;
        }
        double determinant = 1;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            determinant *= pivot == k ? a[k][k] : -a[pivot][k];
            double[] swap = a[k];
            a[k] = a[pivot];
            a[pivot] = swap;
            double head = a[k][k];
            for (int j = 0; j < 2 * n; j++) {
                a[k][j] /= head;
            }
            for (int i = 0; i < n; i++) {
                double factor = a[i][k];
                for (int j = 0; i != k && j < 2 * n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        return new Eliminated(determinant, of(new int[] {n, n}, at -> a[at[0]][n + at[1]]));
    }

    /** What elimination tells; the inverse is not finite when the determinant is 0. */
    record Eliminated(double determinant, JuliaArray inverse) {
    }

    JuliaArray power(long exponent) {
        JuliaArray base = exponent < 0 ? eliminated().inverse() : this;
        JuliaArray product = eye(dims[0]);
        for (long k = 0; k < Math.abs(exponent); k++) {
            product = product.times(base);
        }
        return product;
    }

    /** The power series of this / 2^s, squared s times. */
    JuliaArray exponential() {
        double norm = Arrays.stream(data).mapToDouble(entry -> Math.abs(JuliaLibrary.real(entry))).sum();
        int halvings = Math.max(0, Math.getExponent(Math.max(norm, 1e-300)) + 4);
        JuliaArray term = eye(dims[0]);
        JuliaArray sum = term;
        for (int r = 1; r < 20; r++) {
            double factor = 1 / (r * Math.pow(2, halvings));
            term = term.times(this).map(entry -> JuliaLibrary.real(entry) * factor);
            JuliaArray next = term;
            JuliaArray before = sum;
            sum = of(dims, at -> before.number(at) + next.number(at));
        }
        for (int k = 0; k < halvings; k++) {
            sum = sum.times(sum);
        }
        return sum;
    }
}
