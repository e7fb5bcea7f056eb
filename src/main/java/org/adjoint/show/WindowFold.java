package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/** Slices, entries, rolls and sliding windows; any other window names its affine map: strides, offsets and the other shape. */
final class WindowFold {
    private WindowFold() {
    }

    static Shown fold(Window node) {
        Window.Access access = node.access();
        if (!node.isFold() && access.circular()) {
            int axis = rolled(access);
            if (axis >= 0) {
                Size shift = Size.ZERO.minus(access.offsets().get(axis));
                return new Shown.Call("roll", List.of(Surface.leaf(node.operand(0)), Surface.extent(shift)),
                        List.of(new Shown.Option("axis", Integer.toString(axis))), node);
            }
        }
        if (!node.isFold() && !access.circular()) {
            List<Shown.Item> items = items(access);
            if (!items.isEmpty()) {
                return new Shown.Index(Surface.leaf(node.operand(0)), items, node);
            }
        }
        Optional<Shown> padded = padded(node);
        if (padded.isPresent()) {
            return padded.get();
        }
        Optional<SlidingWindows> slide = node.isFold() ? Optional.empty() : SlidingWindows.of(node);
        if (slide.isPresent()) {
            return ConvolutionCalls.windows(slide.get().unpadded()
                    .filter(inner -> inner.convolution().windows(inner.input()) == node).orElse(slide.get()), node);
        }
        List<Shown.Option> options = new ArrayList<>();
        options.add(new Shown.Option("strides", access.strides().toString()));
        options.add(new Shown.Option("offsets", access.offsets().toString()));
        options.add(new Shown.Option(node.isFold() ? "source" : "window", node.shape().toString()));
        if (access.circular()) {
            options.add(new Shown.Option("circular", "true"));
        }
        return new Shown.Call(node.isFold() ? "fold" : "gather", List.of(Surface.leaf(node.operand(0))), options,
                node);
    }

    /** Zeros around a tensor. */
    private static Optional<Shown> padded(Window node) {
        Window.Access access = node.access();
        if (node.isFold() || access.circular() || access.source().rank() != access.window().rank()) {
            return Optional.empty();
        }
        List<String> widths = new ArrayList<>();
        for (int d = 0; d < access.source().rank(); d++) {
            Size before = Size.ZERO.minus(access.offsets().get(d));
            Size after = access.window().get(d).minus(access.source().get(d)).minus(before);
            if (axisOf(access, d) != d || access.strides().get(d).get(d) != 1 || !isAtLeast(before, 0)
                    || !isAtLeast(after, 0)) {
                return Optional.empty();
            }
            widths.add("(" + before + ", " + after + ")");
        }
        String text = widths.size() == 1 ? widths.get(0) : "(" + String.join(", ", widths) + ")";
        return Optional.of(Surface.call("pad", node, Surface.leaf(node.operand(0)), Surface.verbatim(text)));
    }

    /** The one axis along which the access is shifted, if it is nothing but a shift along one axis; else −1. */
    private static int rolled(Window.Access access) {
        int found = -1;
        for (int d = 0; d < access.source().rank(); d++) {
            if (!access.source().equals(access.window()) || axisOf(access, d) != d
                    || access.strides().get(d).get(d) != 1) {
                return -1;
            }
            if (!access.offsets().get(d).equals(Size.ZERO)) {
                if (found >= 0) {
                    return -1;
                }
                found = d;
            }
        }
        return found;
    }

    /** The only axis of the window on which an axis of the source depends; −1 for none, −2 for several. */
    private static int axisOf(Window.Access access, int d) {
        int found = -1;
        for (int k = 0; k < access.window().rank(); k++) {
            if (access.strides().get(d).get(k) != 0) {
                if (found >= 0) {
                    return -2;
                }
                found = k;
            }
        }
        return found;
    }

    /** The items of {@code x[..]}, trailing whole axes left out; empty when the access is no slice. */
    private static List<Shown.Item> items(Window.Access access) {
        List<Shown.Item> items = new ArrayList<>();
        int next = 0;
        int last = 0;
        for (int d = 0; d < access.source().rank(); d++) {
            int k = axisOf(access, d);
            Size offset = access.offsets().get(d);
            Size axis = access.source().get(d);
            if (k == -1 && inside(offset, Size.ONE, 1, axis)) {
                items.add(new Shown.Item.At(offset));
                last = d + 1;
            } else if (k == next) {
                Size count = access.window().get(next);
                int step = access.strides().get(d).get(k);
                next++;
                boolean whole = step == 1 && offset.equals(Size.ZERO) && count.equals(axis);
                if (!whole && !inside(offset, count, step, axis)) {
                    return List.of();
                }
                items.add(whole ? Shown.WHOLE : new Shown.Item.Slice(offset, step, count, axis));
                last = whole ? last : d + 1;
            } else {
                return List.of();
            }
        }
        return next == access.window().rank() ? List.copyOf(items.subList(0, last)) : List.of();
    }

    /** Whether start and end lie in the axis, as far as integers tell; a slice that reads padding is none. */
    private static boolean inside(Size start, Size count, int step, Size axis) {
        Size end = start.plus(count.minus(1).times(step));
        return isAtLeast(start, 0) && isAtLeast(end, 0) && isAtLeast(axis.minus(1).minus(start), 0)
                && isAtLeast(axis.minus(1).minus(end), 0);
    }

    private static boolean isAtLeast(Size size, long bound) {
        return !size.isInteger() || size.value() >= bound;
    }
}
