package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Pooling;
import org.adjoint.nn.Sliding;

/** Finds pools: the maximum or the sum over windows, and the adjoints of both. A form is taken when reading it gives back the node. */
final class PoolFold {
    private PoolFold() {
    }

    /** {@code max_pool2d}: the maximum over windows of an input that is padded by its own entries, if at all. */
    static Optional<Shown> maximum(Reduction node) {
        if (node.operation() != Reduction.Operation.MAX) {
            return Optional.empty();
        }
        return SlidingWindows.of(node.operand(0)).filter(slide -> !slide.grouped() && isLast(slide, node.axes()))
                .flatMap(slide -> {
                    SlidingWindows inner = unpadded(slide);
                    return Fold.verified(node, () -> {
                        Pooling pooling = pooling(true, inner);
                        return new Shown.Call("max_pool" + inner.axes() + "d",
                                List.of(Surface.leaf(inner.input()), kernel(inner)), options(inner),
                                pooling.of(inner.input()));
                    });
                });
    }

    /** {@code avg_pool2d} as many times as a window has entries: the sum over windows. */
    static Optional<Shown> sum(Contraction node) {
        if (node.operandCount() != 1) {
            return Optional.empty();
        }
        return SlidingWindows.of(node.operand(0)).filter(slide -> !slide.grouped()).flatMap(slide -> {
            Optional<Rational> entries = entries(slide);
            return entries.flatMap(count -> Fold.verified(node, () -> {
                Expr mean = pooling(false, slide).of(slide.input());
                Shown call = new Shown.Call("avg_pool" + slide.axes() + "d",
                        List.of(Surface.leaf(slide.input()), kernel(slide)), options(slide), mean);
                return new Shown.Product(Fraction.ONE.times(count), List.of(call), List.of(),
                        mean.times(Constant.of(count)));
            }));
        });
    }

    /** {@code max_pool2d_input} and {@code avg_pool2d_input}. */
    static Optional<Shown> ofInput(Window node) {
        return node.isFold() ? ofInput(node, node) : Optional.empty();
    }

    /** {@code max_pool2d_input} where the input is padded. */
    static Optional<Shown> ofInput(Linear node) {
        return ConvolutionFold.folded(node).flatMap(fold -> ofInput(node, fold));
    }

    /** @param fold what adds up the windows: the node, or inside of it, where padding is undone */
    private static Optional<Shown> ofInput(Expr node, Window fold) {
        Optional<SlidingWindows> slide = SlidingWindows.of(fold.access());
        if (slide.isEmpty()) {
            return Optional.empty();
        }
        Multiple whole = Multiple.of(fold.operand(0));
        if (whole.term() instanceof Reduction first) {
            return ofMaximum(node, fold, first,
                    Contraction.ones(Shape.of(places(fold, slide.get()))).times(Constant.of(whole.number())));
        }
        if (!(whole.term() instanceof Contraction products)) {
            return Optional.empty();
        }
        for (int f = 0; f < products.operandCount(); f++) {
            if (products.operand(f) instanceof Reduction first && isInOrder(products.indices(f))) {
                return cotangent(whole, f, slide.get()).flatMap(u -> ofMaximum(node, fold, first, u));
            }
        }
        return cotangent(whole, -1, slide.get()).flatMap(u -> ofMean(node, slide.get(), u));
    }

    private static Optional<Shown> ofMaximum(Expr node, Window fold, Reduction first, Expr u) {
        if (first.operation() != Reduction.Operation.FIRST_MAX || !(first.operand(0) instanceof Window gather)
                || gather.isFold() || !gather.access().equals(fold.access())) {
            return Optional.empty();
        }
        return SlidingWindows.of(gather).filter(slide -> isLast(slide, first.axes())).map(PoolFold::unpadded)
                .flatMap(slide -> ConvolutionFold.same(node, () -> new Shown.Call("max_pool" + slide.axes() + "d_input",
                        List.of(Surface.leaf(slide.input()), Surface.leaf(u), kernel(slide)), options(slide),
                        pooling(true, slide).ofInput(slide.input(), u))));
    }

    /** The same windows over what their input pads by entries on its edges. */
    private static SlidingWindows unpadded(SlidingWindows slide) {
        return slide.unpadded().filter(inner -> inner.convolution().padding() == Padding.REPLICATE).orElse(slide);
    }

    private static Optional<Shown> ofMean(Expr node, SlidingWindows slide, Expr sum) {
        return entries(slide).flatMap(count -> {
            Expr u = sum.times(Constant.of(count));
            return ConvolutionFold.same(node, () -> new Shown.Call("avg_pool" + slide.axes() + "d_input",
                    List.of(Surface.verbatim(node.shape().toString()), Surface.leaf(u), kernel(slide)), options(slide),
                    pooling(false, slide).ofInput(Variable.of("x", node.shape()), u)));
        });
    }

    /** The factors but {@code except}, which do not depend on the place in the window: {@code [lead…, place…]}. */
    private static Optional<Expr> cotangent(Multiple product, int except, SlidingWindows slide) {
        Contraction products = (Contraction) product.term();
        int kept = slide.lead() + slide.axes();
        boolean inside = IntStream.range(0, products.operandCount()).filter(f -> f != except)
                .flatMap(f -> Arrays.stream(products.indices(f)))
                .noneMatch(label -> label >= kept && label < products.shape().rank());
        return inside ? Optional.of(product.without(except, IntStream.range(0, kept).toArray())) : Optional.empty();
    }

    private static List<Size> places(Window fold, SlidingWindows slide) {
        return fold.operand(0).shape().slice(0, slide.lead() + slide.axes()).sizes();
    }

    private static boolean isInOrder(int[] labels) {
        return IntStream.range(0, labels.length).allMatch(k -> labels[k] == k);
    }

    /** Whether the axes are those of the entries of the windows. */
    private static boolean isLast(SlidingWindows slide, int[] axes) {
        int first = slide.lead() + slide.axes();
        return Arrays.equals(axes, IntStream.range(first, first + slide.axes()).toArray());
    }

    private static Optional<Rational> entries(SlidingWindows slide) {
        Size count = Size.product(slide.convolution().axes().stream().map(Sliding::kernel).toList());
        return count.isInteger() ? Optional.of(Rational.of(count.value())) : Optional.empty();
    }

    private static Pooling pooling(boolean maximum, SlidingWindows slide) {
        return new Pooling(maximum, slide.convolution().axes(), false, true, Optional.empty());
    }

    private static Shown kernel(SlidingWindows slide) {
        return Surface
                .verbatim(ConvolutionCalls.each(slide.convolution().axes().stream().map(Sliding::kernel).toList()));
    }

    /** The settings; a pool moves by its kernel unless it is told otherwise. */
    private static List<Shown.Option> options(SlidingWindows slide) {
        List<Sliding> axes = slide.convolution().axes();
        List<Shown.Option> options = new ArrayList<>();
        if (axes.stream().anyMatch(s -> !s.stride().equals(s.kernel()))) {
            options.add(new Shown.Option("stride", ConvolutionCalls.each(axes.stream().map(Sliding::stride).toList())));
        }
        ConvolutionCalls.options(slide.convolution()).stream()
                .filter(option -> option.key().equals("padding") || option.key().equals("dilation"))
                .forEach(options::add);
        return options;
    }
}
