package org.adjoint.eval;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.adjoint.expr.ShapeError;

/**
 * The sizes of a convolution {@code y[b, o, t] = Σ_{c, j} w[o, c, j] · x[b, c, s·t + d·j − p]} with input {@code [B, C, n…]},
 * kernel {@code [O, C/g, k…]} and output {@code [B, O, m…]}, one to three spatial axes or more. An output reads the inputs of its
 * own group among g.
 *
 * @param batch    B ≥ 1
 * @param channels C ≥ 1, a multiple of g
 * @param outputs  O ≥ 1, a multiple of g
 * @param groups   g ≥ 1
 * @param axes     the spatial axes
 * @param border   what stands outside of the input
 */
public record ConvolutionShape(int batch, int channels, int outputs, int groups, List<ConvolutionAxis> axes,
        Border border) {
    /** @throws ShapeError naming the law when the sizes make no convolution */
    public ConvolutionShape {
        axes = List.copyOf(axes);
        require(batch >= 1, "a batch has at least one entry, got " + batch);
        require(!axes.isEmpty(), "a convolution slides along at least one axis");
        require(groups >= 1, "a convolution has at least one group, got " + groups);
        require(channels >= 1 && outputs >= 1 && channels % groups == 0 && outputs % groups == 0,
                "the channels of input and output are divided among the groups; got " + channels + " in, " + outputs
                        + " out and " + groups + " groups");
        for (ConvolutionAxis axis : axes) {
            int most = border.most(axis.input());
            require(axis.before() <= most && axis.after() <= most, "a mirror repeats entries once; at most " + most
                    + " can be padded, got " + Math.max(axis.before(), axis.after()));
        }
        Layout.count(lengths(batch, channels, axes, ConvolutionAxis::input));
        Layout.count(lengths(outputs, channels / groups, axes, ConvolutionAxis::kernel));
        Layout.count(lengths(batch, outputs, axes, ConvolutionAxis::places));
    }

    private static void require(boolean holds, String law) {
        if (!holds) {
            throw new ShapeError(law);
        }
    }

    private static int[] lengths(int first, int second, List<ConvolutionAxis> axes, ToIntFunction<ConvolutionAxis> of) {
        return IntStream.concat(IntStream.of(first, second), axes.stream().mapToInt(of)).toArray();
    }

    /** {@code [B, C, n…]}. */
    public int[] input() {
        return lengths(batch, channels, axes, ConvolutionAxis::input);
    }

    /** {@code [O, C/g, k…]}. */
    public int[] kernel() {
        return lengths(outputs, channels / groups, axes, ConvolutionAxis::kernel);
    }

    /** {@code [B, O, m…]}. */
    public int[] output() {
        return lengths(batch, outputs, axes, ConvolutionAxis::places);
    }

    Geometry geometry() {
        List<Slide> slides = axes.stream()
                .map(axis -> new Slide(axis.input(), axis.kernel(), axis.places(), axis.stride(),
                        axis.dilation(), -axis.before()))
                .toList();
        return new Geometry(batch, groups, channels / groups, outputs / groups, slides, border);
    }

    double[] inputData(Tensor x) {
        return data(x, input(), "the input");
    }

    double[] kernelData(Tensor w) {
        return data(w, kernel(), "the kernel");
    }

    double[] outputData(Tensor yBar) {
        return data(yBar, output(), "the cotangent of the output");
    }

    private static double[] data(Tensor tensor, int[] shape, String what) {
        if (!Arrays.equals(tensor.lengths(), shape)) {
            throw new ShapeError(what + " has the shape " + Arrays.toString(shape) + ", got "
                    + Arrays.toString(tensor.lengths()));
        }
        return tensor.data();
    }
}
