package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.adjoint.nn.Padding;

/**
 * Finds convolutions among the factors of a contraction: windows of an input with a kernel (the convolution itself), windows
 * with a cotangent (its adjoint in the kernel), and the fold of a cotangent with a kernel (its adjoint in the input). A form
 * is taken when reading it gives back the node.
 */
final class ConvolutionFold {
    /**
     * A factor with an index for each axis.
     *
     * @param shared those of the indices that other factors or the result have, or that are longer than 1
     */
    private record Factor(Expr node, int[] labels, int[] shared) {
        /** A factor of a contraction. */
        static Factor of(Contraction node, int f) {
            int[] labels = node.indices(f);
            return new Factor(node.operand(f), labels, Arrays.stream(labels)
                    .filter(label -> !node.indexSizes().get(label).isOne() || label < node.shape().rank()
                            || IntStream.range(0, node.operandCount())
                                    .anyMatch(g -> g != f && contains(node.indices(g), label)))
                    .toArray());
        }
    }

    private final Fold fold;

    ConvolutionFold(Fold fold) {
        this.fold = fold;
    }

    /** A convolution of a convolution is a product of a product; it is the node when both are the same multiplied out. */
    static Optional<Shown> same(Expr node, Supplier<Shown> form) {
        try {
            Shown candidate = form.get();
            Expr meaning = candidate.meaning();
            if (flattened(meaning) == flattened(node)) {
                return Optional.of(candidate);
            }
            // The functions join the groups that the node has apart.
            Expr apart = meaning instanceof Reshape ? Reshape.of(meaning, node.shape()) : meaning;
            return node instanceof Contraction && apart != meaning && flattened(apart) == flattened(node)
                    ? Optional.of(Surface.call("reshape", apart, candidate,
                            Surface.verbatim(node.shape().toString())))
                    : Optional.empty();
        } catch (ShapeError e) {
            return Optional.empty();
        }
    }

    private static Expr flattened(Expr node) {
        if (node instanceof Window window && window.isFold()) {
            return window.withOperands(List.of(flattened(window.operand(0))));
        }
        if (node instanceof Reshape reshape) {
            return Reshape.of(flattened(reshape.operand(0)), reshape.shape());
        }
        if (node instanceof Linear linear && linear.termCount() == 1) {
            return flattened(linear.term(0)).times(Constant.of(linear.coefficient(0)));
        }
        return ChainFold.flattened(node);
    }

    // ---- the convolution and its adjoint in the kernel

    Optional<Shown> of(Contraction node) {
        List<Factor> factors = new ArrayList<>();
        for (int f = 0; f < node.operandCount(); f++) {
            factors.add(Factor.of(node, f));
        }
        boolean joined = true;
        while (factors.size() > 2 && joined) {
            joined = join(factors, node, ConvolutionFold::forward) || join(factors, node, ConvolutionFold::backward);
        }
        for (Factor windows : factors) {
            for (SlidingWindows slide : slides(windows)) {
                Optional<Shown> form = rest(windows, slide, factors, node)
                        .flatMap(rest -> slide.unpadded().flatMap(inner -> form(node, inner, rest))
                                .or(() -> form(node, slide, rest)))
                        .or(() -> summed(windows, slide, factors, node));
                if (form.isPresent()) {
                    return form;
                }
            }
        }
        return Optional.empty();
    }

    /** The sum of a convolution over some of its axes, as in a mean over the batch. */
    private Optional<Shown> summed(Factor windows, SlidingWindows slide, List<Factor> factors, Contraction node) {
        int rank = node.shape().rank();
        Optional<Factor> kernel = factors.stream().filter(f -> f != windows).findFirst();
        return kernel.filter(w -> factors.size() == 2)
                .flatMap(w -> read(windows, w, slide, node, ConvolutionFold::forward)
                        .filter(kept -> isClosed(windows, w, kept, factors, node))
                        .filter(kept -> Arrays.equals(Arrays.stream(kept).filter(label -> label < rank).toArray(),
                                IntStream.range(0, rank).toArray()))
                        .flatMap(kept -> same(node, () -> Surface.total(fold.of(pair(windows, w, kept, node)),
                                IntStream.range(0, kept.length).filter(axis -> kept[axis] >= rank).toArray()))));
    }

    private static Optional<Shown> form(Contraction node, SlidingWindows slide, Expr other) {
        return same(node, () -> ConvolutionCalls.convolution(slide, other))
                .or(() -> same(node, () -> ConvolutionCalls.swapped(slide, other)))
                .or(() -> same(node, () -> ConvolutionCalls.ofKernel(slide, other)));
    }

    /** A grouped convolution with its groups joined, as the functions give it. */
    Optional<Shown> of(Reshape node) {
        return node.operand(0) instanceof Contraction apart && !fold.isNamed(apart)
                ? of(apart).filter(Shown.Call.class::isInstance).map(Shown.Call.class::cast)
                        .filter(call -> call.function().equals("reshape"))
                        .map(call -> fold.resolve(call.arguments().get(0)))
                        .flatMap(form -> form.meaning() == node ? Optional.of(form) : same(node, () -> form))
                : Optional.empty();
    }

    /** The other factors as one: a kernel is itself, anything else their product as a cotangent {@code [B, O, t…]}. */
    private static Optional<Expr> rest(Factor windows, SlidingWindows slide, List<Factor> factors, Contraction node) {
        List<Factor> others = factors.stream().filter(f -> f != windows).toList();
        int[] outputs = others.stream().flatMapToInt(f -> Arrays.stream(f.labels)).distinct()
                .filter(label -> !contains(windows.labels, label)).toArray();
        int[] kept = IntStream.concat(IntStream.concat(Arrays.stream(windows.labels, 0, slide.kept()),
                slide.lead() > 0 ? Arrays.stream(outputs) : IntStream.empty()),
                places(windows, slide)).toArray();
        boolean cotangent = (slide.lead() == 0 || outputs.length == 1 || slide.grouped() && outputs.length == 0)
                && others.stream().allMatch(f -> Arrays.stream(f.labels).allMatch(label -> contains(kept, label)));
        if (others.size() == 1 && (!cotangent || others.get(0).labels.length == kept.length)) {
            return Optional.of(others.get(0).node);
        }
        return cotangent ? Optional.of(Contraction.of(others.stream().map(Factor::node).toList(),
                others.stream().map(Factor::labels).toList(), kept, shape(kept, node))) : Optional.empty();
    }

    private static Shape shape(int[] labels, Contraction node) {
        return Shape.of(Arrays.stream(labels).mapToObj(node.indexSizes()::get).toList());
    }

    /** The windows that a factor is, if any, and those with a group for each channel. */
    private List<SlidingWindows> slides(Factor factor) {
        return fold.isNamed(factor.node) ? List.of() : SlidingWindows.of(factor.node).stream()
                .flatMap(slide -> Stream.concat(Stream.of(slide), slide.byChannel().stream())).toList();
    }

    private static IntStream places(Factor windows, SlidingWindows slide) {
        return Arrays.stream(windows.labels, slide.leading(), slide.leading() + slide.axes());
    }

    /** How windows and a factor with these indices are read: as a convolution, or its adjoint in the kernel; the indices left. */
    @FunctionalInterface
    private interface Reading {
        Optional<int[]> of(Factor windows, int[] other, SlidingWindows slide, Contraction node);
    }

    /** Two factors that can be read so become one; whether there were such. */
    private boolean join(List<Factor> factors, Contraction node, Reading reading) {
        for (Factor windows : factors) {
            for (SlidingWindows slide : slides(windows)) {
                for (Factor other : factors) {
                    Optional<int[]> kept = other == windows ? Optional.empty()
                            : read(windows, other, slide, node, reading);
                    if (kept.isPresent() && isClosed(windows, other, kept.get(), factors, node)) {
                        factors.remove(windows);
                        factors.remove(other);
                        factors.add(new Factor(pair(windows, other, kept.get(), node), kept.get(), kept.get()));
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Optional<int[]> read(Factor windows, Factor other, SlidingWindows slide, Contraction node,
            Reading reading) {
        return Stream.of(other.labels, other.shared)
                .flatMap(labels -> reading.of(windows, labels, slide, node).stream()).findFirst();
    }

    /**
     * {@code [B, C, t…, k…]} with {@code [O, C, k…]} to {@code [B, O, t…]}; with groups {@code [B, G, C, t…, k…]} with
     * {@code [G, O, C, k…]}, of which O is missing when each group has one output.
     */
    private static Optional<int[]> forward(Factor windows, int[] w, SlidingWindows slide, Contraction node) {
        int[] x = windows.labels;
        int axes = slide.axes();
        int before = w.length - axes;
        int least = slide.groups() + slide.channels();
        boolean single = isSingle(slide, before);
        boolean fits = (single || before == (slide.lead() == 0 ? 0 : least + 1))
                && isSame(tail(w, axes), tail(x, axes), node)
                && (slide.channels() == 0 || w[before - 1] == x[slide.leading() - 1])
                && (!slide.grouped() || w[0] == x[slide.kept() - 1]);
        if (!fits) {
            return Optional.empty();
        }
        IntStream output = slide.lead() == 0 || single ? IntStream.empty() : IntStream.of(w[slide.groups()]);
        return Optional.of(IntStream.concat(IntStream.concat(Arrays.stream(x, 0, slide.kept()), output),
                places(windows, slide)).toArray());
    }

    /** Whether a kernel with so many axes before its own has no axis of outputs, as each group has one. */
    private static boolean isSingle(SlidingWindows slide, int before) {
        return slide.grouped() && before == slide.groups() + slide.channels();
    }

    /** {@code [B, C, t…, k…]} with {@code [B, O, t…]} to {@code [O, C, k…]}; a group before channels and outputs stays. */
    private static Optional<int[]> backward(Factor windows, int[] u, SlidingWindows slide, Contraction node) {
        int[] x = windows.labels;
        int axes = slide.axes();
        int kept = slide.kept();
        boolean single = slide.grouped() && u.length == axes + kept;
        boolean fits = (single || u.length == axes + kept + (slide.lead() == 0 ? 0 : 1))
                && isSame(tail(u, axes), places(windows, slide).toArray(), node)
                && Arrays.equals(u, 0, kept, x, 0, kept);
        if (!fits) {
            return Optional.empty();
        }
        IntStream group = slide.grouped() ? IntStream.of(x[kept - 1]) : IntStream.empty();
        IntStream output = slide.lead() == 0 || single ? IntStream.empty() : IntStream.of(u[kept]);
        IntStream channel = slide.channels() == 0 ? IntStream.empty() : IntStream.of(x[slide.leading() - 1]);
        return Optional.of(IntStream.concat(IntStream.concat(group, output),
                IntStream.concat(channel, Arrays.stream(tail(x, axes)))).toArray());
    }

    /** Whether these are the same indices, any two of size 1 among them. */
    private static boolean isSame(int[] a, int[] b, Contraction node) {
        return a.length == b.length && IntStream.range(0, a.length).allMatch(k -> a[k] == b[k]
                || node.indexSizes().get(a[k]).isOne() && node.indexSizes().get(b[k]).isOne());
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

    // ---- the adjoint in the input

    Optional<Shown> of(Window node) {
        if (!node.isFold()) {
            return Optional.empty();
        }
        // Padding that is no zeros is undone behind the fold of the windows.
        Window fold = node;
        while (fold.access().circular() && fold.operand(0) instanceof Window inner && inner.isFold()) {
            fold = inner;
        }
        Window windows = fold;
        return SlidingWindows.of(fold.access()).map(slide -> slide.over(padded(node, windows), 1))
                .flatMap(slide -> ofInput(node, windows, slide.unpadded().orElse(slide)));
    }

    /** @param slide how windows slide over the input, of which {@code fold} adds them up */
    private Optional<Shown> ofInput(Expr node, Window fold, SlidingWindows slide) {
        Multiple whole = Multiple.of(fold.operand(0));
        SlidingWindows form = slide;
        if (whole.term() instanceof Reshape joined && joined.operand(0) instanceof Contraction products) {
            Shape shape = joined.shape();
            int group = slide.lead() - 1;
            if (slide.lead() > 0 && products.shape().rank() == shape.rank() + 1
                    && products.shape().get(group).isInteger()) {
                form = slide.over(slide.input(), Math.toIntExact(products.shape().get(group).value()));
                whole = new Multiple(whole.number(), products);
            } else if (shape.equals(products.shape().concat(ones(slide.axes())))) {
                whole = new Multiple(whole.number(), products);
            }
        }
        if (!(whole.term() instanceof Contraction products)) {
            return Optional.empty();
        }
        Multiple product = whole;
        return Stream.concat(Stream.of(form), form.byChannel().stream())
                .flatMap(windows -> IntStream.range(0, products.operandCount())
                        .boxed().flatMap(at -> Stream.of(products.indices(at), Factor.of(products, at).shared)
                                .map(w -> same(node, () -> ofInput(windows, node.shape(), product, at, w)))))
                .flatMap(Optional::stream).findFirst();
    }

    /** The adjoint in an input that is padded by its own entries, which are added back in a sum of slices. */
    Optional<Shown> of(Linear node) {
        return folded(node).filter(fold -> fold.shape().rank() == node.shape().rank()).flatMap(
                fold -> Stream.of(Padding.REFLECT, Padding.SYMMETRIC, Padding.REPLICATE)
                        .flatMap(mode -> SlidingWindows.of(fold.access())
                                .flatMap(slide -> slide.over(node.shape(), mode, fold.shape()))
                                .flatMap(slide -> ofInput(node, fold, slide)).stream())
                        .findFirst());
    }

    /** The fold of windows inside of what undoes a padding: slices of it, their folds, and their sum. */
    static Optional<Window> folded(Linear node) {
        Expr inside = node;
        while (!(inside instanceof Window fold && fold.isFold() && SlidingWindows.of(fold.access()).isPresent())) {
            if (inside instanceof Window || inside instanceof Linear sum && sum.termCount() > 1
                    || inside instanceof Contraction repeated && repeated.operandCount() == 1) {
                inside = inside.operand(0);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of((Window) inside);
    }

    private static Shape ones(int axes) {
        return Shape.of(Collections.nCopies(axes, Size.ONE));
    }

    /** A tensor of the shape of the node, padded as the folds around {@code windows} undo it. */
    private static Expr padded(Window node, Window windows) {
        Expr x = Variable.of("x", node.shape());
        for (Window undone = node; undone != windows; undone = (Window) undone.operand(0)) {
            x = Window.gather(x, undone.access());
        }
        return x;
    }

    /** Factor {@code at} is the kernel, {@code [O, C, k…]}, with the indices w; what is left is the cotangent, {@code [B, O, t…]}. */
    private static Shown ofInput(SlidingWindows slide, Shape input, Multiple product, int at, int[] w) {
        Contraction products = (Contraction) product.term();
        int lead = slide.leading();
        int axes = slide.axes();
        boolean single = isSingle(slide, w.length - axes);
        if (!single && w.length != axes + (lead == 0 ? 0 : slide.groups() + slide.channels() + 1)) {
            throw new ShapeError("not a kernel");
        }
        IntStream output = lead == 0 || single ? IntStream.empty() : IntStream.of(w[slide.groups()]);
        int[] kept = IntStream.concat(IntStream.concat(IntStream.range(0, slide.kept()), output),
                IntStream.range(lead, lead + axes)).toArray();
        return ConvolutionCalls.ofInput(slide, input.slice(input.rank() - axes, input.rank()), products.operand(at),
                product.without(at, kept));
    }
}
