package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Window;

/**
 * Windows that need not be made: leading axes that are the source's own, then axes of places and of entries of windows that slide
 * along the other axes of the source.
 *
 * @param lengths the lengths of all axes
 * @param lead    how many of them lead
 * @param sliders the axes of the source that windows slide along
 * @param border  what is read outside
 */
record WindowView(int[] lengths, int lead, List<Slider> sliders, Border border) {
    /** That a window has no second axis along this axis of the source. */
    static final int NONE = -1;

    /**
     * An axis of the source, read at {@code stride·i + otherStride·j + offset} by the entries at i and j along two axes.
     *
     * @param input  its length
     * @param axis   the first of the two axes, counted from the first that does not lead
     * @param other  the second, or {@link #NONE}
     */
    record Slider(int input, int offset, int axis, int stride, int other, int otherStride) {
        /** The same with the two axes exchanged. */
        Slider exchanged() {
            return new Slider(input, offset, /* axis= */ other, /* stride= */ otherStride, /* other= */ axis,
                    /* otherStride= */ stride);
        }
    }

    /** The view of an access; empty when its windows are of another kind. */
    static Optional<WindowView> of(Window.Access access, Sizes sizes) {
        int[] source = sizes.of(access.source());
        int[] window = sizes.of(access.window());
        if (Labels.contains(source, 0) || Labels.contains(window, 0)) {
            return Optional.empty();
        }
        int[] uses = new int[window.length];
        List<List<Integer>> reading = new ArrayList<>();
        for (List<Integer> row : access.strides()) {
            List<Integer> axes = new ArrayList<>();
            for (int k = 0; k < window.length; k++) {
                if (row.get(k) != 0) {
                    axes.add(k);
                    uses[k]++;
                }
            }
            reading.add(axes);
        }
        for (int k = 0; k < window.length; k++) {
            if (uses[k] > 1 || uses[k] == 0 && window[k] != 1) {
                return Optional.empty();
            }
        }
        int lead = 0;
        while (lead < source.length && reading.get(lead).equals(List.of(lead)) && source[lead] == window[lead]
                && access.strides().get(lead).get(lead) == 1 && sizes.integer(access.offsets().get(lead)) == 0) {
            lead++;
        }
        List<Slider> sliders = new ArrayList<>();
        for (int d = lead; d < source.length; d++) {
            List<Integer> axes = reading.get(d);
            long offset = sizes.integer(access.offsets().get(d));
            if (axes.size() > 2 || Math.abs(offset) > Integer.MAX_VALUE / 2) {
                return Optional.empty();
            }
            List<Integer> strides = access.strides().get(d);
            int first = axes.isEmpty() ? NONE : axes.get(0);
            int second = axes.size() < 2 ? NONE : axes.get(1);
            sliders.add(new Slider(source[d], (int) offset, first == NONE ? NONE : first - lead,
                    first == NONE ? 1 : strides.get(first), second == NONE ? NONE : second - lead,
                    second == NONE ? 1 : strides.get(second)));
        }
        return sliders.isEmpty() ? Optional.empty() : Optional.of(new WindowView(window, lead, sliders,
                access.circular() ? Border.CIRCULAR : Border.ZERO));
    }

    /** The same numbers under another shape, where only leading axes are split or merged. */
    Optional<WindowView> reshaped(int[] shape) {
        int slid = lengths.length - lead;
        int first = shape.length - slid;
        boolean fits = first >= 0 && Arrays.equals(Arrays.copyOfRange(shape, first, shape.length),
                Arrays.copyOfRange(lengths, lead, lengths.length));
        return fits ? Optional.of(new WindowView(shape, first, sliders, border)) : Optional.empty();
    }

    /** The length of an axis that does not lead, counted from the first of those. */
    int slid(int axis) {
        return axis == NONE ? 1 : lengths[lead + axis];
    }

    /** The product of the lengths of leading axes. */
    int leading() {
        return Layout.count(Arrays.copyOf(lengths, lead));
    }

    /**
     * The windows of which the first axis of every slider is that of the places.
     *
     * @return empty when the places do not go forward
     */
    Optional<List<Slide>> slides(List<Slider> turned) {
        List<Slide> slides = new ArrayList<>();
        for (Slider slider : turned) {
            int places = slid(slider.axis);
            if (places > 1 && slider.stride < 1) {
                return Optional.empty();
            }
            slides.add(new Slide(slider.input, slid(slider.other), places, Math.max(1, slider.stride),
                    slider.otherStride, slider.offset));
        }
        return Optional.of(slides);
    }
}
