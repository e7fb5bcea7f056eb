package org.adjoint.lang;

import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.nn.Channels;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Mode;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Pooling;
import org.adjoint.nn.Sliding;

/**
 * Convolutions, pools and their windows, with PyTorch's names, arguments and defaults; {@code conv2d} correlates. The axes of
 * batch and channels may be left out: of the input the first, or of input and kernel both.
 */
final class ConvolutionFunctions {
    private ConvolutionFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.row("conv" + rank + "d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, "
                    + "padding_mode='zeros')", a -> convolution(a, axes));
            table.row("conv_transpose" + rank + "d(x, weight, bias=None, stride=1, padding=0, output_padding=0, "
                    + "groups=1, dilation=1)", a -> transposed(a, axes));
            table.row(
                    "conv" + rank + "d_weight(x, weight_size, grad_output, stride=1, padding=0, dilation=1, groups=1, "
                            + "padding_mode='zeros')",
                    a -> adjoint(a, axes, true));
            table.row("conv" + rank + "d_input(input_size, weight, grad_output, stride=1, padding=0, dilation=1, "
                    + "groups=1, padding_mode='zeros')", a -> adjoint(a, axes, false));
            table.row("max_pool" + rank + "d(x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False)",
                    a -> pool(a, axes, true));
            table.row("avg_pool" + rank + "d(x, kernel_size, stride=None, padding=0, ceil_mode=False, "
                    + "count_include_pad=True" + (rank == 1 ? ")" : ", divisor_override=None)"),
                    a -> pool(a, axes, false));
            table.row("max_pool" + rank + "d_input(x, grad_output, kernel_size, stride=None, padding=0, dilation=1, "
                    + "ceil_mode=False)", a -> poolAdjoint(a, axes, true));
            table.row("avg_pool" + rank + "d_input(input_size, grad_output, kernel_size, stride=None, padding=0, "
                    + "ceil_mode=False, count_include_pad=True)", a -> poolAdjoint(a, axes, false));
        }
        table.row("windows(x, kernel_size, stride=1, padding=0, dilation=1, padding_mode='zeros')",
                ConvolutionFunctions::windows);
        table.row("unfold(x, kernel_size, dilation=1, padding=0, stride=1)", ConvolutionFunctions::columns);
        table.also("unfold", "im2col");
        table.row("col2im(x, output_size, kernel_size, dilation=1, padding=0, stride=1)", ConvolutionFunctions::image);
    }

    // ---- convolutions

    private static Value convolution(Arguments a, int rank) {
        Expr x = a.expr("x");
        Expr w = a.reader().under("conv", "flipped") ? Modules.flipped(a.expr("weight"), rank) : a.expr("weight");
        Convolution convolution = new Convolution(new SlidingArguments(a, rank).slides(kernel(a, w, rank)),
                SlidingArguments.mode(a, "padding_mode"), a.integer("groups", 1));
        SlidingArguments.requireFit(a, convolution, x);
        return Value.Tensor.of(biased(a, convolution.of(x, w), rank));
    }

    private static Value transposed(Arguments a, int rank) {
        Expr x = a.expr("x");
        Expr w = a.expr("weight");
        SlidingArguments sliding = new SlidingArguments(a, rank);
        List<Sliding> slides = sliding.slides(kernel(a, w, rank));
        List<Integer> extra = sliding.integers("output_padding", 0);
        for (int k = 0; k < rank; k++) {
            SlidingArguments.require(a,
                    slides.get(k).covered(x.shape().get(x.shape().rank() - rank + k), extra.get(k)).minus(1));
        }
        Convolution convolution = new Convolution(slides, Padding.ZERO, a.integer("groups", 1));
        return Value.Tensor.of(biased(a, convolution.transposed(x, w, extra), rank));
    }

    /** The spatial axes of the kernel, which are its last. */
    private static Shape kernel(Arguments a, Expr w, int rank) {
        int last = w.shape().rank();
        if (last < rank) {
            throw Failures.shape(a.call(), "the kernel has at least " + SlidingArguments.axes(rank), a.operands());
        }
        return w.shape().slice(last - rank, last);
    }

    private static Expr biased(Arguments a, Expr y, int rank) {
        if (!a.has("bias")) {
            return y;
        }
        Expr bias = a.expr("bias");
        int lead = y.shape().rank() - rank;
        if (!bias.shape().isScalar() && (lead == 0 || !bias.shape().equals(Shape.of(y.shape().get(lead - 1))))) {
            throw Failures.shape(a.call(), "the bias has one entry for each output channel", a.operands());
        }
        return y.plus(bias.shape().isScalar() ? bias : Channels.column(bias, rank));
    }

    /** The adjoint of a convolution in its kernel or its input, as in {@code torch.nn.grad}. */
    private static Value adjoint(Arguments a, int rank, boolean byKernel) {
        Expr cotangent = a.expr("grad_output");
        Shape given = a.shape(byKernel ? "weight_size" : "input_size");
        Expr other = a.expr(byKernel ? "x" : "weight");
        Shape kernel = byKernel ? given.rank() < rank ? given : given.slice(given.rank() - rank, given.rank())
                : kernel(a, other, rank);
        if (given.rank() < rank) {
            throw Failures.type(a.call(), "the size has at least " + SlidingArguments.axes(rank) + ", got " + given);
        }
        Convolution convolution = new Convolution(new SlidingArguments(a, rank).slides(kernel),
                SlidingArguments.mode(a, "padding_mode"), a.integer("groups", 1));
        Expr adjoint = byKernel ? convolution.ofKernel(other, cotangent)
                : convolution.ofInput(given.slice(given.rank() - rank, given.rank()), other, cotangent);
        if (!adjoint.shape().equals(given)) {
            throw Failures.shape(a.call(), "the gradient has the size that is given, " + given + "; it is "
                    + adjoint.shape(), a.operands());
        }
        return Value.Tensor.of(adjoint);
    }

    // ---- windows

    /** Windows over the last axes of the input, each of which must hold the kernel. */
    private static Convolution over(Arguments a, Expr x, int rank) {
        SlidingArguments sliding = new SlidingArguments(a, rank);
        Shape kernel = sliding.sizes("kernel_size", Size.ONE);
        if (x.shape().rank() < rank) {
            throw Failures.shape(a.call(), "the input has at least " + SlidingArguments.axes(rank), a.operands());
        }
        Convolution windows = new Convolution(sliding.slides(kernel), SlidingArguments.mode(a, "padding_mode"), 1);
        SlidingArguments.requireFit(a, windows, x);
        return windows;
    }

    /** The maximum or the mean over each window: {@link Pooling}. */
    private static Value pool(Arguments a, int rank, boolean maximum) {
        Value.Tensor x = a.tensor("x");
        return new Value.Tensor(pooling(a, rank, maximum, x.shape()).of(x.expr()), x.axes());
    }

    /** The adjoint of a pool: of a maximum at x, of a mean for any input of the size. */
    private static Value poolAdjoint(Arguments a, int rank, boolean maximum) {
        Expr x = maximum ? a.expr("x") : Variable.of("x", a.shape("input_size"));
        return Value.Tensor.of(pooling(a, rank, maximum, x.shape()).ofInput(x, a.expr("grad_output")));
    }

    private static Pooling pooling(Arguments a, int rank, boolean maximum, Shape input) {
        Pooling pooling = new SlidingArguments(a, rank).pooling(maximum);
        if (input.rank() < rank) {
            throw Failures.shape(a.call(), "the input has at least " + SlidingArguments.axes(rank), a.operands());
        }
        pooling.rooms(input, Mode.EVALUATION).forEach(room -> SlidingArguments.require(a, room));
        for (int k = 0; k < rank; k++) {
            SlidingArguments.requireFit(a, pooling.axes().get(k), input.get(input.rank() - rank + k));
        }
        return pooling;
    }

    /** {@code [lead…, n…]} to {@code [lead…, m…, k…]}: the windows along the last axes, one for each number of the kernel size. */
    private static Value windows(Arguments a) {
        Expr x = a.expr("x");
        return Value.Tensor.of(over(a, x, a.shape("kernel_size").rank()).windows(x));
    }

    /** {@code [B, C, n…]} to {@code [B, C·Πk, Πm]}: a column for each window, its entries channel by channel. */
    private static Value columns(Arguments a) {
        Expr x = a.expr("x");
        int rank = spatial(a, x.shape().rank());
        Expr windows = over(a, x, rank).windows(x);
        int first = x.shape().rank() - rank;
        Shape shape = windows.shape();
        Shape batch = shape.slice(0, Math.max(0, first - 1));
        Size channels = first == 0 ? Size.ONE : shape.get(first - 1);
        return Value.Tensor.of(Reshape.of(exchanged(windows, first, rank), batch.concat(Shape.of(
                channels.times(shape.slice(first + rank, first + 2 * rank).count()),
                shape.slice(first, first + rank).count()))));
    }

    /** The axes of places and those of entries of a window change places; {@code first} axes stand before them. */
    private static Expr exchanged(Expr x, int first, int rank) {
        int[] order = IntStream.concat(IntStream.range(0, first), IntStream
                .concat(IntStream.range(first + rank, first + 2 * rank), IntStream.range(first, first + rank)))
                .toArray();
        return Tensors.permute(x, order);
    }

    /** The transpose of {@link #columns}: {@code [B, C·Πk, Πm]} to {@code [B, C, n…]}, overlapping windows added. */
    private static Value image(Arguments a) {
        Expr x = a.expr("x");
        Shape output = a.shape("output_size");
        int rank = output.rank();
        SlidingArguments sliding = new SlidingArguments(a, rank);
        Shape kernel = sliding.sizes("kernel_size", Size.ONE);
        List<Sliding> slides = sliding.slides(kernel);
        if (x.shape().rank() != 2 && x.shape().rank() != 3) {
            throw Failures.shape(a.call(), "columns are [B, C*k, L] or [C*k, L]", a.operands());
        }
        int batch = x.shape().rank() - 2;
        Size channels = x.shape().get(batch).divideExact(kernel.count()).orElseThrow(
                () -> new ShapeError("the rows of the columns are a multiple of the " + kernel.count()
                        + " entries of a window", x));
        Shape target = x.shape().slice(0, batch).concat(Shape.of(channels)).concat(output);
        Convolution windows = new Convolution(slides, Padding.ZERO, 1);
        Shape places = Shape.of(IntStream.range(0, rank).mapToObj(k -> slides.get(k).output(output.get(k))).toList());
        Expr split = Reshape.of(x, x.shape().slice(0, batch).concat(Shape.of(channels)).concat(kernel).concat(places));
        int first = batch + 1;
        return Value.Tensor.of(windows.folded(exchanged(split, first, rank), target));
    }

    /** How many axes are spatial: two of an image [B, C, h, w] or [C, h, w], one of [B, C, n], all of a bare tensor. */
    private static int spatial(Arguments a, int rank) {
        if (rank == 0) {
            throw Failures.type(a.call(), "windows slide over at least one axis; the input is a scalar");
        }
        return rank == 1 || rank == 3 && !isPair(a) ? 1 : 2;
    }

    private static boolean isPair(Arguments a) {
        return a.shape("kernel_size").rank() == 2;
    }
}
