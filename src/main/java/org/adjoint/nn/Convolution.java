package org.adjoint.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/**
 * Convolutions as networks compute them, over any number of spatial axes: the kernel contracted with the windows of the input.
 *
 * <p>{@code y[b, o, t] = Σ_{c, k} w[o, c, k] · x[b, c, s·t + d·k − p]}, a cross-correlation, for input {@code [B, C, n…]},
 * kernel {@code [O, C/g, k…]} and output {@code [B, O, m…]}; with g groups, outputs of a group read the inputs of that group.
 * Shapes and defaults are PyTorch's ({@code torch.nn.functional.conv2d}).
 *
 * @param axes    how the kernel slides along each spatial axis
 * @param padding what stands outside of the input
 * @param groups  g, of which the channels of input and output are multiples
 */
public record Convolution(List<Sliding> axes, Padding padding, int groups) {
    private static final int BATCH = 0;
    private static final int GROUP = 1;
    private static final int OUTPUT = 2;
    private static final int CHANNEL = 3;
    private static final int PLACE = 4;
    private static final int KERNEL = 5;

    /** @throws ShapeError when there is no axis, or no group */
    public Convolution {
        axes = List.copyOf(axes);
        if (axes.isEmpty() || groups < 1) {
            throw new ShapeError(axes.isEmpty() ? "a convolution slides along at least one axis"
                    : "a convolution has at least one group, got " + groups);
        }
    }

    /** How many axes the kernel slides along. */
    public int rank() {
        return axes.size();
    }

    /**
     * The windows of the input: {@code [B, C, n…]} to {@code [B, C, m…, k…]}, any axes before the spatial ones kept.
     *
     * @throws ShapeError when a window does not fit
     */
    public Expr windows(Expr x) {
        int first = x.shape().rank() - rank();
        if (first < 0) {
            throw new ShapeError("the input has at least " + rank() + " axes", x);
        }
        Expr padded = x;
        List<Sliding> slides = axes;
        if (padding != Padding.ZERO) {
            for (int k = 0; k < rank(); k++) {
                padded = padding.pad(padded, first + k, axes.get(k).before(), axes.get(k).after());
            }
            slides = axes.stream().map(Sliding::unpadded).toList();
        }
        List<Size> places = new ArrayList<>();
        List<Sliding> moved = new ArrayList<>();
        for (int k = 0; k < rank(); k++) {
            Size stops = slides.get(k).output(padded.shape().get(first + k));
            places.add(stops);
            moved.add(stops.isOne() ? slides.get(k).resting() : slides.get(k));
        }
        return Window.gather(padded, access(moved, padded.shape(), Shape.of(places)));
    }

    /** The transpose of {@link #windows}: what stands in the windows is added up where they overlap. */
    public Expr folded(Expr windows, Shape input) {
        int first = input.rank() - rank();
        boolean zeros = padding == Padding.ZERO;
        Shape padded = input;
        for (int k = 0; k < rank() && !zeros; k++) {
            Sliding s = axes.get(k);
            padded = padded.with(first + k, input.get(first + k).plus(s.before()).plus(s.after()));
        }
        List<Sliding> slides = zeros ? axes : axes.stream().map(Sliding::unpadded).toList();
        Expr sum = Window.fold(windows, access(slides, padded, windows.shape().slice(first, first + rank())));
        for (int k = rank() - 1; k >= 0 && !zeros; k--) {
            Sliding s = axes.get(k);
            sum = padding.unpad(sum, first + k, input.get(first + k), s.before(), s.after());
        }
        return sum;
    }

    /** Which entry of the input stands at entry k of the window at place t: {@code s·t + d·k − p}. */
    private static Window.Access access(List<Sliding> slides, Shape input, Shape places) {
        int rank = slides.size();
        int first = input.rank() - rank;
        Shape kernel = Shape.of(slides.stream().map(Sliding::kernel).toList());
        Shape window = input.slice(0, first).concat(places).concat(kernel);
        List<List<Integer>> strides = new ArrayList<>();
        List<Size> offsets = new ArrayList<>();
        for (int axis = 0; axis < first + rank; axis++) {
            Integer[] row = new Integer[window.rank()];
            Arrays.fill(row, 0);
            row[axis] = axis < first ? 1 : slides.get(axis - first).step();
            if (axis >= first) {
                row[axis + rank] = slides.get(axis - first).gap();
            }
            strides.add(List.of(row));
            offsets.add(axis < first ? Size.ZERO : Size.ZERO.minus(slides.get(axis - first).before()));
        }
        return new Window.Access(input, window, strides, offsets, false);
    }

    /**
     * The convolution.
     *
     * @param x the input, {@code [B, C, n…]} or {@code [C, n…]}; or {@code [n…]} with a kernel {@code [k…]}
     * @param w the kernel, {@code [O, C/g, k…]}
     * @return {@code [B, O, m…]}, with the leading axes of the input
     * @throws ShapeError when the channels do not match, or the kernel does not fit
     */
    public Expr of(Expr x, Expr w) {
        int lead = lead(x, w);
        if (lead > 0 && !w.shape().get(1).times(groups).equals(x.shape().get(lead - 1))) {
            throw new ShapeError("the channels of the input are those of the kernel" + times(), x, w);
        }
        Axes axes = new Axes(lead);
        Expr windows = split(windows(x), lead - 1);
        Expr kernel = lead == 0 ? w : split(w, 0);
        int[] output = axes.of(BATCH, GROUP, OUTPUT, PLACE);
        return merged(contracted(windows, axes.of(BATCH, GROUP, CHANNEL, PLACE, KERNEL), kernel,
                axes.of(GROUP, OUTPUT, CHANNEL, KERNEL), output), lead);
    }

    /**
     * The transposed convolution, adjoint of {@link #of} in its input:
     * {@code y[b, o, s·t + d·k − p] += w[c, o, k] · x[b, c, t]}.
     *
     * @param x     {@code [B, C, n…]} or {@code [C, n…]}; or {@code [n…]} with a kernel {@code [k…]}
     * @param w     {@code [C, O/g, k…]}
     * @param extra for each axis, how many entries the output has beyond those that a window must reach
     * @return {@code [B, O, m…]}, {@code m = (n − 1)s − p − q + d(k − 1) + extra + 1}, with the leading axes of the input
     * @throws ShapeError when the channels do not match, the output would be empty, or the padding is not by zeros
     */
    public Expr transposed(Expr x, Expr w, List<Integer> extra) {
        if (padding != Padding.ZERO) {
            throw new ShapeError("a transposed convolution is padded by zeros, not " + padding);
        }
        int lead = lead(x, w);
        List<Size> covered = new ArrayList<>();
        for (int k = 0; k < rank(); k++) {
            covered.add(axes.get(k).covered(x.shape().get(lead + k), extra.get(k)));
        }
        return ofInput(Shape.of(covered), w, x);
    }

    /**
     * The adjoint of {@link #of} in its input, applied to a cotangent of the output: the input has these spatial axes.
     *
     * @throws ShapeError when the channels do not match
     */
    public Expr ofInput(Shape spatial, Expr w, Expr cotangent) {
        int lead = lead(cotangent, w);
        if (lead > 0 && !cotangent.shape().get(lead - 1).equals(w.shape().get(0))) {
            throw new ShapeError("the channels of what is spread are the first axis of the kernel", cotangent, w);
        }
        Axes axes = new Axes(lead);
        Expr spread = contracted(split(cotangent, lead - 1), axes.of(BATCH, GROUP, OUTPUT, PLACE),
                lead == 0 ? w : split(w, 0), axes.of(GROUP, OUTPUT, CHANNEL, KERNEL),
                axes.of(BATCH, GROUP, CHANNEL, PLACE, KERNEL));
        Expr windows = merged(spread, lead);
        return folded(windows, windows.shape().slice(0, lead).concat(spatial));
    }

    /**
     * The adjoint of {@link #of} in its kernel, applied to a cotangent of the output: the kernel of this convolution by which
     * every window of the input is weighed with the cotangent.
     *
     * @throws ShapeError when the cotangent has not the shape of the output
     */
    public Expr ofKernel(Expr x, Expr cotangent) {
        int lead = x.shape().rank() - rank();
        Expr windows = windows(x);
        boolean fits = lead >= 0 && lead <= 2 && cotangent.shape().rank() == x.shape().rank()
                && cotangent.shape().slice(lead, lead + rank()).equals(windows.shape().slice(lead, lead + rank()))
                && (lead < 2 || cotangent.shape().get(0).equals(x.shape().get(0)));
        if (!fits) {
            throw new ShapeError("the cotangent has the shape of the output of the convolution", x, cotangent);
        }
        Axes axes = new Axes(lead);
        Expr sum = contracted(split(windows, lead - 1), axes.of(BATCH, GROUP, CHANNEL, PLACE, KERNEL),
                split(cotangent, lead - 1), axes.of(BATCH, GROUP, OUTPUT, PLACE),
                axes.of(GROUP, OUTPUT, CHANNEL, KERNEL));
        return lead == 0 ? sum : merged(sum, 1);
    }

    /** How many axes the input has before the spatial ones: batch and channels, channels, or none. */
    private int lead(Expr x, Expr w) {
        int lead = x.shape().rank() - rank();
        if (lead < 0 || lead > 2 || w.shape().rank() != rank() + (lead == 0 ? 0 : 2)) {
            throw new ShapeError("a convolution along " + rank() + (rank() == 1 ? " axis" : " axes")
                    + " takes an input [B, C, n…] or [C, n…] and a kernel [O, C/groups, k…], or both without B and C",
                    x,
                    w);
        }
        return lead;
    }

    private String times() {
        return groups == 1 ? "" : " times the " + groups + " groups";
    }

    /** The axis as groups and what is in each; with one group there is nothing to split. */
    private Expr split(Expr x, int axis) {
        if (groups == 1 || axis < 0) {
            return x;
        }
        Shape shape = x.shape();
        Size each = shape.get(axis).divideExact(Size.of(groups))
                .orElseThrow(() -> new ShapeError("channels are divided among " + groups + " groups", x));
        return Reshape.of(x, shape.slice(0, axis).concat(Shape.of(Size.of(groups), each))
                .concat(shape.slice(axis + 1, shape.rank())));
    }

    /** Groups and what is in each as one axis again, the last of the leading ones. */
    private Expr merged(Expr x, int lead) {
        if (groups == 1 || lead == 0) {
            return x;
        }
        Shape shape = x.shape();
        int axis = lead - 1;
        return Reshape.of(x, shape.slice(0, axis).concat(Shape.of(shape.get(axis).times(shape.get(axis + 1))))
                .concat(shape.slice(axis + 2, shape.rank())));
    }

    /** Which indices there are: those of batch, groups and channels only where the input has such axes. */
    private final class Axes {
        private final int lead;

        Axes(int lead) {
            this.lead = lead;
        }

        int[] of(int... kinds) {
            List<Integer> labels = new ArrayList<>();
            for (int kind : kinds) {
                if (kind >= PLACE) {
                    for (int k = 0; k < rank(); k++) {
                        labels.add(PLACE + 2 * k + kind - PLACE);
                    }
                } else if (kind == BATCH ? lead == 2 : kind == GROUP ? lead > 0 && groups > 1 : lead > 0) {
                    labels.add(kind);
                }
            }
            return labels.stream().mapToInt(label -> label).toArray();
        }
    }

    private static Expr contracted(Expr a, int[] of, Expr b, int[] with, int[] output) {
        List<Size> sizes = new ArrayList<>();
        for (int label : output) {
            sizes.add(size(label, a, of).or(() -> size(label, b, with)).orElseThrow());
        }
        return Contraction.of(List.of(a, b), List.of(of, with), output, Shape.of(sizes));
    }

    private static Optional<Size> size(int label, Expr x, int[] labels) {
        for (int axis = 0; axis < labels.length; axis++) {
            if (labels[axis] == label) {
                return Optional.of(x.shape().get(axis));
            }
        }
        return Optional.empty();
    }
}
