package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Window;

/** Index maps that depend on shapes only. */
final class Positions {
    static final int OUTSIDE = -1;

    private Positions() {
    }

    /** For each entry of the window the position in the source that it reads, or {@link #OUTSIDE}. */
    static int[] window(Window.Access access, Sizes sizes) {
        int[] source = sizes.of(access.source());
        int[] window = sizes.of(access.window());
        int[] sourceStrides = Layout.strides(source);
        Layout.count(source);
        int[] positions = new int[Layout.count(window)];
        int[] index = new int[window.length];
        int[] still = new int[window.length];
        long[] offsets = access.offsets().stream().mapToLong(sizes::integer).toArray();
        int[][] strides = access.strides().stream()
                .map(row -> row.stream().mapToInt(k -> k).toArray()).toArray(int[][]::new);
        for (int o = 0; o < positions.length; o++) {
            int position = 0;
            for (int d = 0; d < source.length && position != OUTSIDE; d++) {
                long at = offsets[d];
                for (int k = 0; k < index.length; k++) {
                    at += (long) strides[d][k] * index[k];
                }
                if (access.circular() && source[d] > 0) {
                    at = Math.floorMod(at, (long) source[d]);
                }
                position = at < 0 || at >= source[d] ? OUTSIDE : position + (int) at * sourceStrides[d];
            }
            positions[o] = position;
            Layout.advance(index, window, still);
        }
        return positions;
    }

    /** For each entry along the axes that stay, its position with the others at 0. */
    static int[] kept(int[] lengths, int[] reducedAxes) {
        int[] axes = java.util.stream.IntStream.range(0, lengths.length)
                .filter(axis -> Arrays.binarySearch(reducedAxes, axis) < 0).toArray();
        return Layout.offsets(Layout.pick(lengths, axes), Layout.pick(Layout.strides(lengths), axes));
    }

    /** For each entry along the reduced axes, its distance from the first. */
    static int[] reduced(int[] lengths, int[] reducedAxes) {
        return Layout.offsets(Layout.pick(lengths, reducedAxes), Layout.pick(Layout.strides(lengths), reducedAxes));
    }

    /** The number of entries of one row along the axis: the product of its length and those of the axes after it. */
    static int rowLength(Shape shape, int axis, Sizes sizes) {
        return Layout.count(sizes.of(shape.slice(axis, shape.rank())));
    }
}
