package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Sliding;

/**
 * An input and how windows slide over its last axes: {@code [lead…, place…, kernel…]}; in groups, the channels of each group
 * apart, {@code [B, G, C/G, place…, kernel…]}.
 *
 * @param input       what the windows are of
 * @param lead        how many axes the input has before those along which the windows slide
 * @param convolution the windows, their padding, and the groups
 * @param depthwise   whether each channel is a group of its own, so that both are one axis of the windows
 */
record SlidingWindows(Expr input, int lead, Convolution convolution, boolean depthwise) {
    /** How the node slides over its operand; none when it does something else. */
    static Optional<SlidingWindows> of(Expr node) {
        if (node instanceof Window window && !window.isFold()) {
            return of(window.access()).map(slide -> slide.over(window.operand(0), 1));
        }
        if (node instanceof Reshape split && split.operand(0) instanceof Window window && !window.isFold()) {
            return of(window.access()).flatMap(slide -> slide.groups(window.shape(), split.shape())
                    .map(groups -> slide.over(window.operand(0), groups)));
        }
        return Optional.empty();
    }

    /** The access is {@code [lead…, place…, kernel…]}, with {@code s·t + d·k − p} along each axis behind the lead. */
    static Optional<SlidingWindows> of(Window.Access access) {
        int axes = access.window().rank() - access.source().rank();
        int lead = access.source().rank() - axes;
        if (axes < 1 || axes > 3 || lead < 0 || access.circular()) {
            return Optional.empty();
        }
        List<Sliding> slides = new ArrayList<>();
        for (int d = 0; d < access.source().rank(); d++) {
            List<Integer> strides = access.strides().get(d);
            Size n = access.source().get(d);
            Size offset = access.offsets().get(d);
            int own = d;
            boolean others = IntStream.range(0, strides.size())
                    .allMatch(k -> strides.get(k) == 0 || k == own || own >= lead && k == own + axes);
            if (!others || d < lead && (strides.get(d) != 1 || !offset.equals(Size.ZERO)
                    || !n.equals(access.window().get(d)))) {
                return Optional.empty();
            }
            if (d >= lead) {
                Optional<Sliding> slide = sliding(n, access.window().get(d), access.window().get(d + axes),
                        strides.get(d), strides.get(d + axes), offset);
                if (slide.isEmpty()) {
                    return Optional.empty();
                }
                slides.add(slide.get());
            }
        }
        return Optional.of(new SlidingWindows(Constant.ZERO, lead, new Convolution(slides, Padding.ZERO, 1), false));
    }

    /** With as much padding behind as before, the window must stop at as many places. */
    private static Optional<Sliding> sliding(Size n, Size places, Size kernel, int stride, int dilation, Size offset) {
        Size padding = Size.ZERO.minus(offset);
        if (stride < 1 || dilation < 1 || padding.isInteger() && padding.value() < 0) {
            return Optional.empty();
        }
        Sliding slide = new Sliding(kernel, stride, padding, padding, dilation);
        Size room = n.plus(padding).plus(padding).minus(slide.length());
        boolean same = !(room.isInteger() && room.value() < 0) && slide.output(n).equals(places);
        return same ? Optional.of(slide) : Optional.empty();
    }

    /** Into how many groups the axis before the places is split. */
    private Optional<Integer> groups(Shape windows, Shape split) {
        if (lead < 1 || split.rank() != windows.rank() + 1) {
            return Optional.empty();
        }
        Size groups = split.get(lead - 1);
        boolean apart = groups.isInteger() && split.slice(0, lead - 1).equals(windows.slice(0, lead - 1))
                && split.slice(lead + 1, split.rank()).equals(windows.slice(lead, windows.rank()));
        return apart ? Optional.of(Math.toIntExact(groups.value())) : Optional.empty();
    }

    SlidingWindows over(Expr x, int groups) {
        return new SlidingWindows(x, lead, new Convolution(convolution.axes(), convolution.padding(), groups), false);
    }

    /** The same windows over an input of this shape that is padded in this mode to another, as much before as behind. */
    Optional<SlidingWindows> over(Shape input, Padding mode, Shape padded) {
        List<Sliding> slides = new ArrayList<>();
        for (int k = 0; k < axes(); k++) {
            Sliding s = convolution.axes().get(k);
            Optional<Size> half = padded.get(lead + k).minus(input.get(lead + k)).divideExact(Size.of(2));
            if (half.isEmpty() || !half.get().isNonNegative() || !s.before().equals(Size.ZERO)) {
                return Optional.empty();
            }
            slides.add(new Sliding(s.kernel(), s.stride(), half.get(), half.get(), s.dilation()));
        }
        return Optional.of(new SlidingWindows(Variable.of("x", input), lead,
                new Convolution(slides, mode, convolution.groups()), depthwise));
    }

    /** The same windows, with a group for each channel. */
    Optional<SlidingWindows> byChannel() {
        boolean several = !grouped() && lead > 0 && input.shape().get(lead - 1).isInteger()
                && input.shape().get(lead - 1).value() > 1;
        return several ? Optional.of(new SlidingWindows(input, lead, new Convolution(convolution.axes(),
                convolution.padding(), Math.toIntExact(input.shape().get(lead - 1).value())), true)) : Optional.empty();
    }

    int axes() {
        return convolution.rank();
    }

    boolean grouped() {
        return convolution.groups() > 1;
    }

    /** How many axes of the windows, with the groups apart, come before the places. */
    int leading() {
        return grouped() && !depthwise ? lead + 1 : lead;
    }

    /** How many of these the output has as well: all but that of the channels which are summed. */
    int kept() {
        return leading() - channels();
    }

    /** How many axes of channels there are, besides those of the groups. */
    int channels() {
        return lead == 0 || depthwise ? 0 : 1;
    }

    /** How many axes of groups there are. */
    int groups() {
        return grouped() ? 1 : 0;
    }

    /** The same windows over what their input pads, by anything but zeros. */
    Optional<SlidingWindows> unpadded() {
        if (convolution.axes().stream().anyMatch(s -> !s.before().equals(Size.ZERO))) {
            return Optional.empty();
        }
        for (Padding mode : List.of(Padding.CIRCULAR, Padding.REFLECT, Padding.SYMMETRIC, Padding.REPLICATE)) {
            Expr x = input;
            List<Sliding> slides = new ArrayList<>(convolution.axes());
            for (int k = axes() - 1; k >= 0; k--) {
                Inner inner = Inner.of(mode, x, lead + k);
                Sliding s = slides.get(k);
                slides.set(k, new Sliding(s.kernel(), s.stride(), inner.before, inner.after, s.dilation()));
                x = inner.x;
            }
            if (x != input) {
                return Optional.of(new SlidingWindows(x, lead, new Convolution(slides, mode, convolution.groups()),
                        depthwise));
            }
        }
        return Optional.empty();
    }

    /** What a tensor is padded from along an axis: itself, when it is not padded in this mode. */
    private record Inner(Expr x, Size before, Size after) {
        static Inner of(Padding mode, Expr padded, int axis) {
            Inner none = new Inner(padded, Size.ZERO, Size.ZERO);
            Inner inner = none;
            if (padded instanceof Window wrapped && !wrapped.isFold() && wrapped.access().circular()) {
                Size before = Size.ZERO.minus(wrapped.access().offsets().get(axis));
                Size n = wrapped.operand(0).shape().get(axis);
                inner = new Inner(wrapped.operand(0), before, padded.shape().get(axis).minus(n).minus(before));
            } else if (padded instanceof Concatenation joined && joined.axis() == axis && joined.operandCount() == 3) {
                inner = new Inner(joined.operand(1), joined.operand(0).shape().get(axis),
                        joined.operand(2).shape().get(axis));
            }
            boolean positive = inner.before.isPositive() && inner.after.isPositive();
            return positive && mode.pad(inner.x, axis, inner.before, inner.after) == padded ? inner : none;
        }
    }
}
