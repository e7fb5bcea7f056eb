package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Sliding;

/**
 * Finds convolutions among the factors of a contraction: windows of an input with a kernel (the convolution itself), windows
 * with a cotangent (its adjoint in the kernel), and the fold of a cotangent with a kernel (its adjoint in the input). A form
 * is taken when reading it gives back the node.
 */
final class ConvolutionFold {
    /** A factor with an index for each axis. */
    private record Factor(Expr node, int[] labels) {
        int rank() {
            return labels.length;
        }
    }

    private final Fold fold;

    ConvolutionFold(Fold fold) {
        this.fold = fold;
    }

    /** A convolution of a convolution is a product of a product; it is the node when both are the same multiplied out. */
    private static Optional<Shown> same(Expr node, Supplier<Shown> form) {
        try {
            Shown candidate = form.get();
            return flattened(candidate.meaning()) == flattened(node) ? Optional.of(candidate) : Optional.empty();
        } catch (ShapeError e) {
            return Optional.empty();
        }
    }

    private static Expr flattened(Expr node) {
        if (node instanceof Window window && window.isFold()) {
            return window.withOperands(List.of(flattened(window.operand(0))));
        }
        if (node instanceof Linear linear && linear.termCount() == 1) {
            return flattened(linear.term(0)).times(Constant.of(linear.coefficient(0)));
        }
        return ChainFold.flattened(node);
    }

    // ---- windows as they slide

    /** The input of a gather and how its windows slide over its last axes; none when it does something else. */
    record Slide(Expr input, int lead, Convolution convolution) {
        static Optional<Slide> of(Window node) {
            return of(node.access()).map(slide -> new Slide(node.operand(0), slide.lead, slide.convolution));
        }

        /** The access is {@code [lead…, place…, kernel…]}, with {@code s·t + d·k − p} along each axis behind the lead. */
        private static Optional<Slide> of(Window.Access access) {
            int axes = access.window().rank() - access.source().rank();
            int lead = access.source().rank() - axes;
            if (axes < 1 || lead < 0 || access.circular()) {
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
            return Optional.of(new Slide(Constant.ZERO, lead,
                    new Convolution(slides, Padding.ZERO, 1)));
        }

        /** With as much padding behind as before, the window must stop at as many places. */
        private static Optional<Sliding> sliding(Size n, Size places, Size kernel, int stride, int dilation,
                Size offset) {
            Size padding = Size.ZERO.minus(offset);
            if (stride < 1 || dilation < 1 || padding.isInteger() && padding.value() < 0) {
                return Optional.empty();
            }
            Sliding slide = new Sliding(kernel, stride, padding, padding, dilation);
            Size room = n.plus(padding).plus(padding).minus(slide.length());
            boolean same = !(room.isInteger() && room.value() < 0) && slide.output(n).equals(places);
            return same ? Optional.of(slide) : Optional.empty();
        }

        int axes() {
            return convolution.rank();
        }
    }

    // ---- the convolution and its adjoint in the kernel

    Optional<Shown> of(Contraction node) {
        List<Factor> factors = new ArrayList<>();
        for (int f = 0; f < node.operandCount(); f++) {
            factors.add(new Factor(node.operand(f), node.indices(f)));
        }
        boolean joined = true;
        while (factors.size() > 2 && joined) {
            joined = join(factors, node);
        }
        for (Factor windows : factors) {
            Optional<Slide> slide = slide(windows);
            Optional<Expr> rest = slide.flatMap(s -> rest(windows, s, factors, node));
            if (rest.isPresent()) {
                Expr other = rest.get();
                Optional<Shown> form = same(node, () -> convolution(slide.get(), other))
                        .or(() -> same(node, () -> swapped(slide.get(), other)))
                        .or(() -> same(node, () -> ofKernel(slide.get(), other)));
                if (form.isPresent()) {
                    return form;
                }
            }
        }
        return Optional.empty();
    }

    /** The other factors as one: itself when there is one, else their product as a cotangent {@code [B, O, t…]}. */
    private static Optional<Expr> rest(Factor windows, Slide slide, List<Factor> factors, Contraction node) {
        List<Factor> others = factors.stream().filter(f -> f != windows).toList();
        if (others.size() == 1) {
            return Optional.of(others.get(0).node);
        }
        int[] kept = Arrays.copyOf(windows.labels, slide.lead + slide.axes());
        if (slide.lead > 0) {
            int[] outputs = others.stream().flatMapToInt(f -> Arrays.stream(f.labels)).distinct()
                    .filter(label -> !contains(windows.labels, label)).toArray();
            if (outputs.length != 1) {
                return Optional.empty();
            }
            kept[slide.lead - 1] = outputs[0];
        }
        boolean fits = others.size() > 1
                && others.stream().allMatch(f -> Arrays.stream(f.labels).allMatch(label -> contains(kept, label)));
        return fits ? Optional.of(Contraction.of(others.stream().map(Factor::node).toList(),
                others.stream().map(Factor::labels).toList(), kept, shape(kept, node))) : Optional.empty();
    }

    private static Shape shape(int[] labels, Contraction node) {
        return Shape.of(Arrays.stream(labels).mapToObj(node.indexSizes()::get).toList());
    }

    private Optional<Slide> slide(Factor factor) {
        return factor.node instanceof Window window && !window.isFold() && !fold.isNamed(window)
                ? Slide.of(window).filter(slide -> slide.axes() <= 3)
                : Optional.empty();
    }

    /** Two factors that are a convolution, or its adjoint in the kernel, become one; whether there were such. */
    private boolean join(List<Factor> factors, Contraction node) {
        for (Factor windows : factors) {
            Optional<Slide> slide = slide(windows);
            if (slide.isEmpty()) {
                continue;
            }
            int lead = slide.get().lead;
            int axes = slide.get().axes();
            for (Factor other : factors) {
                Optional<int[]> kept = other == windows ? Optional.empty()
                        : forward(windows, other, lead, axes).or(() -> backward(windows, other, lead, axes));
                if (kept.isPresent() && isClosed(windows, other, kept.get(), factors, node)) {
                    factors.remove(windows);
                    factors.remove(other);
                    factors.add(new Factor(pair(windows, other, kept.get(), node), kept.get()));
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code [B, C, t…, k…]} with {@code [O, C, k…]} to {@code [B, O, t…]}. */
    private static Optional<int[]> forward(Factor windows, Factor kernel, int lead, int axes) {
        int[] x = windows.labels;
        int[] w = kernel.labels;
        if (kernel.rank() != axes + (lead == 0 ? 0 : 2)
                || !Arrays.equals(tail(w, axes), tail(x, axes)) || lead > 0 && w[1] != x[lead - 1]) {
            return Optional.empty();
        }
        int[] kept = Arrays.copyOf(x, lead + axes);
        if (lead > 0) {
            kept[lead - 1] = w[0];
        }
        return Optional.of(kept);
    }

    /** {@code [B, C, t…, k…]} with {@code [B, O, t…]} to {@code [O, C, k…]}. */
    private static Optional<int[]> backward(Factor windows, Factor cotangent, int lead, int axes) {
        int[] x = windows.labels;
        int[] u = cotangent.labels;
        if (cotangent.rank() != axes + lead || !Arrays.equals(tail(u, axes), Arrays.copyOfRange(x, lead, lead + axes))
                || lead > 1 && u[0] != x[0]) {
            return Optional.empty();
        }
        return Optional.of(lead == 0 ? tail(x, axes)
                : IntStream.concat(IntStream.of(u[lead - 1], x[lead - 1]), Arrays.stream(tail(x, axes))).toArray());
    }

    private static int[] tail(int[] labels, int count) {
        return Arrays.copyOfRange(labels, labels.length - count, labels.length);
    }

    /** Whether the indices that the pair sums are in no other factor and not in the result, and the kept ones differ. */
    private static boolean isClosed(Factor a, Factor b, int[] kept, List<Factor> factors, Contraction node) {
        return Arrays.stream(kept).distinct().count() == kept.length
                && IntStream.concat(Arrays.stream(a.labels), Arrays.stream(b.labels))
                        .filter(label -> !contains(kept, label))
                        .allMatch(label -> label >= node.shape().rank() && factors.stream()
                                .allMatch(f -> f == a || f == b || !contains(f.labels, label)));
    }

    private static boolean contains(int[] labels, int label) {
        return Arrays.stream(labels).anyMatch(k -> k == label);
    }

    private static Expr pair(Factor a, Factor b, int[] kept, Contraction node) {
        return Contraction.of(List.of(a.node, b.node), List.of(a.labels, b.labels), kept,
                shape(kept, node));
    }

    private static Shown convolution(Slide slide, Expr w) {
        Convolution convolution = slide.convolution;
        Expr meaning = convolution.of(slide.input, w);
        Optional<Expr> turned = slide.lead == 0 && convolution.rank() <= 2 && isFull(convolution)
                ? turned(w) : Optional.empty();
        if (turned.isPresent()) {
            return Surface.call(convolution.rank() == 1 ? "convolve" : "convolve2d", meaning,
                    Surface.leaf(slide.input), Surface.leaf(turned.get()));
        }
        return new Shown.Call("conv" + convolution.rank() + "d", List.of(Surface.leaf(slide.input), Surface.leaf(w)),
                options(convolution), meaning);
    }

    private static boolean isFull(Convolution convolution) {
        return convolution.axes().stream()
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
    private static Shown swapped(Slide slide, Expr u) {
        if (slide.lead > 0) {
            throw new ShapeError("only without channels");
        }
        List<Sliding> slides = new ArrayList<>();
        for (int k = 0; k < slide.axes(); k++) {
            Sliding s = slide.convolution.axes().get(k);
            slides.add(new Sliding(u.shape().get(k), s.dilation(), s.before(), s.after(), s.stride()));
        }
        return convolution(new Slide(slide.input, 0, new Convolution(slides, Padding.ZERO, 1)), u);
    }

    private static Shown ofKernel(Slide slide, Expr u) {
        Expr meaning = slide.convolution.ofKernel(slide.input, u);
        return new Shown.Call("conv" + slide.axes() + "d_weight", List.of(Surface.leaf(slide.input),
                Surface.verbatim(meaning.shape().toString()), Surface.leaf(u)), options(slide.convolution), meaning);
    }

    // ---- the adjoint in the input

    Optional<Shown> of(Window node) {
        if (!node.isFold()) {
            return Optional.empty();
        }
        Rational number = Rational.ONE;
        Expr operand = node.operand(0);
        if (operand instanceof Linear linear && linear.termCount() == 1) {
            number = linear.coefficient(0);
            operand = linear.term(0);
        }
        Optional<Slide> slide = Slide.of(node.access()).filter(s -> s.axes() <= 3);
        if (slide.isEmpty() || !(operand instanceof Contraction products)) {
            return Optional.empty();
        }
        for (int f = 0; f < products.operandCount(); f++) {
            int at = f;
            Rational scale = number;
            Optional<Shown> form = same(node, () -> ofInput(node, slide.get(), products, at, scale));
            if (form.isPresent()) {
                return form;
            }
        }
        return Optional.empty();
    }

    /** Factor {@code at} is the kernel, {@code [O, C, k…]}; what is left is the cotangent, {@code [B, O, t…]}. */
    private static Shown ofInput(Window node, Slide slide, Contraction products, int at, Rational scale) {
        int lead = slide.lead;
        int axes = slide.axes();
        int[] w = products.indices(at);
        if (w.length != axes + (lead == 0 ? 0 : 2)) {
            throw new ShapeError("not a kernel");
        }
        List<Expr> rest = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int f = 0; f < products.operandCount(); f++) {
            if (f != at) {
                rest.add(products.operand(f));
                labels.add(products.indices(f));
            }
        }
        int[] kept = IntStream.range(0, lead + axes).toArray();
        if (lead > 0) {
            kept[lead - 1] = w[0];
        }
        Expr cotangent = Contraction
                .of(rest, labels, kept, shape(kept, products))
                .times(Constant.of(scale));
        Expr kernel = products.operand(at);
        Shape spatial = node.shape().slice(lead, lead + axes);
        Expr meaning = slide.convolution.ofInput(spatial, kernel, cotangent);
        List<Integer> extra = new ArrayList<>();
        for (int k = 0; k < axes; k++) {
            Size left = spatial.get(k)
                    .minus(slide.convolution.axes().get(k).covered(cotangent.shape().get(lead + k), 0));
            extra.add(left.isInteger() ? Math.toIntExact(left.value()) : -1);
        }
        List<Shown.Option> options = new ArrayList<>(options(slide.convolution));
        if (extra.contains(-1)) {
            return new Shown.Call("conv" + axes + "d_input", List.of(Surface.verbatim(node.shape().toString()),
                    Surface.leaf(kernel), Surface.leaf(cotangent)), options, meaning);
        }
        if (extra.stream().anyMatch(e -> e != 0)) {
            options.add(new Shown.Option("output_padding", each(extra)));
        }
        return new Shown.Call("conv_transpose" + axes + "d", List.of(Surface.leaf(cotangent), Surface.leaf(kernel)),
                options, meaning);
    }

    // ---- settings

    private static List<Shown.Option> options(Convolution convolution) {
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
        return options;
    }

    /** One number for all axes, or one for each. */
    private static String each(List<?> values) {
        return values.stream().distinct().count() == 1 ? values.get(0).toString()
                : values.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
