package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A convolution among three tensors with named indices, windows x, kernel w and output y, of which any one may be the contraction of
 * the two others: {@code y[b, g, o, t] = Σ w[g, o, c, j] · x[b, g, c, t, j]}, {@code w = Σ_{b, t} y·x}, and x the fold of
 * {@code Σ_o w·y}. An index of x that y has too belongs to the batch or is a place, one that w has too is a channel or an
 * entry of the window, one that both have is a group; an index of w and y that x does not have is an output.
 *
 * @param geometry the convolution
 * @param kernel   the indices of w in the order of its axes
 * @param output   those of y
 */
record ConvolutionMatch(Geometry geometry, int[] kernel, int[] output) {

    /**
     * The convolution with these indices; empty when they are those of none. Indices of length 1 may be left out of the others.
     *
     * @param windows the index of every axis of the view
     * @param sizes   the length of every index
     */
    static Optional<ConvolutionMatch> of(WindowView view, int[] windows, int[] kernel, int[] output, int[] sizes) {
        int[] long1 = Labels.where(windows, label -> sizes[label] != 1);
        if (Labels.distinct(long1).length < long1.length) {
            return Optional.empty();
        }
        // Leading axes: batch, then groups, then channels.
        List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int reached = 0;
        for (int axis = 0; axis < view.lead(); axis++) {
            int label = windows[axis];
            if (sizes[label] != 1) {
                boolean inKernel = Labels.contains(kernel, label);
                boolean inOutput = Labels.contains(output, label);
                int part = inKernel ? inOutput ? 1 : 2 : 0;
                if (part < reached || !inKernel && !inOutput) {
                    return Optional.empty();
                }
                reached = part;
                parts.get(part).add(label);
            }
        }
        List<WindowView.Slider> turned = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Integer> entries = new ArrayList<>();
        for (WindowView.Slider slider : view.sliders()) {
            boolean straight = is(view, windows, slider.axis(), output, kernel, sizes)
                    && is(view, windows, slider.other(), kernel, output, sizes);
            boolean exchanged = is(view, windows, slider.other(), output, kernel, sizes)
                    && is(view, windows, slider.axis(), kernel, output, sizes);
            if (!straight && !exchanged) {
                return Optional.empty();
            }
            WindowView.Slider one = straight ? slider : slider.exchanged();
            turned.add(one);
            add(places, view, windows, one.axis());
            add(entries, view, windows, one.other());
        }
        int[] outputs = Labels.where(kernel, label -> Labels.contains(output, label) && !Labels.contains(long1, label));
        int[] w = Labels.concat(array(parts.get(1)), outputs, array(parts.get(2)), array(entries));
        int[] y = Labels.concat(array(parts.get(0)), array(parts.get(1)), outputs, array(places));
        if (!sameSet(w, kernel) || !sameSet(y, output)) {
            return Optional.empty();
        }
        return view.slides(turned).map(slides -> new ConvolutionMatch(
                new Geometry(volume(parts.get(0), sizes), volume(parts.get(1), sizes), volume(parts.get(2), sizes),
                        Layout.count(Layout.pick(sizes, outputs)), slides, view.border()),
                w, y));
    }

    /** Whether the index of an axis is in one tensor and not in the other; one of length 1 is of no matter. */
    private static boolean is(WindowView view, int[] windows, int axis, int[] in, int[] notIn, int[] sizes) {
        if (view.slid(axis) == 1) {
            return true;
        }
        int label = windows[view.lead() + axis];
        return sizes[label] == view.slid(axis) && Labels.contains(in, label) && !Labels.contains(notIn, label);
    }

    private static void add(List<Integer> labels, WindowView view, int[] windows, int axis) {
        if (view.slid(axis) != 1) {
            labels.add(windows[view.lead() + axis]);
        }
    }

    private static int[] array(List<Integer> labels) {
        return labels.stream().mapToInt(label -> label).toArray();
    }

    private static boolean sameSet(int[] a, int[] b) {
        return Arrays.equals(IntStream.of(a).sorted().toArray(), IntStream.of(b).sorted().toArray());
    }

    private static int volume(List<Integer> labels, int[] sizes) {
        return Layout.count(Layout.pick(sizes, array(labels)));
    }

    /** Whether the windows are larger than there are places: the other reading, with both exchanged, is the better one. */
    boolean isTurned() {
        return geometry.entries() > geometry.places();
    }

    /** The kernel for it: matrix products pay where an output is one of several that read the same windows. */
    ConvolutionKernel route() {
        return geometry.outputs() >= 3 ? new ColumnConvolution(geometry, MatrixKernel.rows())
                : new DirectConvolution(geometry);
    }
}
