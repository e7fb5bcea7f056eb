package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Sliding;

/** Convolutions and their adjoints as calls of PyTorch's functions, with the settings that differ from their defaults. */
final class ConvolutionCalls {
    private ConvolutionCalls() {
    }

    /** The windows themselves. */
    static Shown windows(SlidingWindows slide, Expr meaning) {
        List<Size> kernel = slide.convolution().axes().stream().map(Sliding::kernel).toList();
        String sizes = kernel.size() == 1 ? kernel.get(0).toString()
                : kernel.stream().map(Size::toString).collect(Collectors.joining(", ", "(", ")"));
        return new Shown.Call("windows", List.of(Surface.leaf(slide.input()), Surface.verbatim(sizes)),
                options(slide.convolution()), meaning);
    }

    /** The windows weighed with a kernel; where groups are apart in it, they are joined. */
    static Shown convolution(SlidingWindows slide, Expr kernel) {
        Convolution convolution = slide.convolution();
        Expr w = kernel(slide, kernel);
        Expr meaning = convolution.of(slide.input(), w);
        Optional<Expr> turned = slide.lead() == 0 && convolution.rank() <= 2 && isFull(convolution)
                ? turned(w) : Optional.empty();
        if (turned.isPresent()) {
            return Surface.call(convolution.rank() == 1 ? "convolve" : "convolve2d", meaning,
                    Surface.leaf(slide.input()), Surface.leaf(turned.get()));
        }
        return new Shown.Call("conv" + convolution.rank() + "d", List.of(Surface.leaf(slide.input()), Surface.leaf(w)),
                options(convolution), meaning);
    }

    private static boolean isFull(Convolution convolution) {
        return convolution.padding() == Padding.ZERO && convolution.axes().stream()
                .allMatch(s -> s.stride().isOne() && s.dilation().isOne() && s.before().equals(s.kernel().minus(1)));
    }

    /** What w is the reverse of, along all axes; each axis is reversed on its own. */
    private static Optional<Expr> turned(Expr w) {
        Expr base = w;
        for (int axis = 0; axis < w.shape().rank(); axis++) {
            if (!(base instanceof Window window) || window.isFold()) {
                return Optional.empty();
            }
            base = window.operand(0);
        }
        Expr turned = base;
        for (int axis = 0; axis < base.shape().rank(); axis++) {
            turned = Window.flip(turned, axis);
        }
        return turned == w ? Optional.of(base) : Optional.empty();
    }

    /** Along one axis without channels, the adjoint in the kernel slides the cotangent: stride and dilation change places. */
    static Shown swapped(SlidingWindows slide, Expr u) {
        if (slide.lead() > 0 || u.shape().rank() != slide.axes()) {
            throw new ShapeError("only without channels", u);
        }
        List<Sliding> slides = new ArrayList<>();
        for (int k = 0; k < slide.axes(); k++) {
            Sliding s = slide.convolution().axes().get(k);
            slides.add(new Sliding(u.shape().get(k), s.dilation(), s.before(), s.after(), s.stride()));
        }
        return convolution(new SlidingWindows(slide.input(), 0,
                new Convolution(slides, slide.convolution().padding(), 1), false), u);
    }

    /** The adjoint in the kernel, of a cotangent; where groups are apart in it, they are joined. */
    static Shown ofKernel(SlidingWindows slide, Expr cotangent) {
        Expr u = slide.grouped() ? joined(cotangent, slide.lead() - 1, slide.lead() + slide.axes()) : cotangent;
        Expr meaning = slide.convolution().ofKernel(slide.input(), u);
        return new Shown.Call("conv" + slide.axes() + "d_weight", List.of(Surface.leaf(slide.input()),
                Surface.verbatim(meaning.shape().toString()), Surface.leaf(u)), options(slide.convolution()), meaning);
    }

    /** The adjoint in an input with these spatial axes; where groups are apart in kernel and cotangent, they are joined. */
    static Shown ofInput(SlidingWindows slide, Shape spatial, Expr kernel, Expr cotangent) {
        Convolution convolution = slide.convolution();
        Expr w = kernel(slide, kernel);
        Expr u = slide.grouped() ? joined(cotangent, slide.lead() - 1, slide.lead() + slide.axes()) : cotangent;
        Expr meaning = convolution.ofInput(spatial, w, u);
        List<Integer> extra = new ArrayList<>();
        for (int k = 0; k < slide.axes(); k++) {
            Size left = spatial.get(k).minus(convolution.axes().get(k).covered(u.shape().get(slide.lead() + k), 0));
            extra.add(left.isInteger() ? Math.toIntExact(left.value()) : -1);
        }
        List<Shown.Option> options = new ArrayList<>(options(convolution));
        if (extra.contains(-1) || convolution.padding() != Padding.ZERO) {
            return new Shown.Call("conv" + slide.axes() + "d_input",
                    List.of(Surface.verbatim(meaning.shape().toString()),
                            Surface.leaf(w), Surface.leaf(u)),
                    options, meaning);
        }
        if (extra.stream().anyMatch(e -> e != 0)) {
            options.add(new Shown.Option("output_padding", each(extra)));
        }
        return new Shown.Call("conv_transpose" + slide.axes() + "d", List.of(Surface.leaf(u), Surface.leaf(w)),
                options, meaning);
    }

    /** A kernel {@code [O, C/G, k…]} from one with its groups apart; without channels where each is a group. */
    private static Expr kernel(SlidingWindows slide, Expr apart) {
        if (!slide.depthwise()) {
            return slide.grouped() ? joined(apart, 0, slide.axes() + 2) : apart;
        }
        Shape shape = apart.shape();
        int outputs = shape.rank() - slide.axes();
        if (outputs < 1) {
            throw new ShapeError("a kernel has an axis of groups", apart);
        }
        return Reshape.of(apart, Shape.of(Size.product(shape.slice(0, outputs).sizes()), Size.ONE)
                .concat(shape.slice(outputs, shape.rank())));
    }

    /** The groups and what is in each as one axis, which leaves this rank; a single entry in each is no axis. */
    private static Expr joined(Expr x, int axis, int rank) {
        Shape shape = x.shape();
        if (shape.rank() == rank) {
            return x;
        }
        if (shape.rank() != rank + 1) {
            throw new ShapeError("groups are an axis of their own", x);
        }
        return Reshape.of(x, shape.slice(0, axis).concat(Shape.of(shape.get(axis).times(shape.get(axis + 1))))
                .concat(shape.slice(axis + 2, shape.rank())));
    }

    static List<Shown.Option> options(Convolution convolution) {
        List<Shown.Option> options = new ArrayList<>();
        List<Sliding> axes = convolution.axes();
        if (axes.stream().anyMatch(s -> !s.stride().isOne())) {
            options.add(new Shown.Option("stride", each(axes.stream().map(Sliding::stride).toList())));
        }
        if (axes.stream().anyMatch(s -> !s.before().equals(Size.ZERO))) {
            options.add(new Shown.Option("padding", each(axes.stream().map(Sliding::before).toList())));
        }
        if (axes.stream().anyMatch(s -> !s.dilation().isOne())) {
            options.add(new Shown.Option("dilation", each(axes.stream().map(Sliding::dilation).toList())));
        }
        if (convolution.groups() > 1) {
            options.add(new Shown.Option("groups", Integer.toString(convolution.groups())));
        }
        if (convolution.padding() != Padding.ZERO) {
            options.add(new Shown.Option("padding_mode", "'" + convolution.padding().mode() + "'"));
        }
        return options;
    }

    /** One number for all axes, or one for each. */
    static String each(List<?> values) {
        return values.stream().distinct().count() == 1 ? values.get(0).toString()
                : values.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
