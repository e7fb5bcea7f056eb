package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Window;

/**
 * {@code torch.nn.AdaptiveAvgPool1d} to {@code AdaptiveMaxPool3d}: m places along an axis of n entries; place t is the mean, or the
 * maximum, of the entries from {@code ⌊t n/m⌋} to before {@code ⌈(t + 1) n/m⌉}. Output size 1 pools globally.
 *
 * @param sizes m for each axis; empty leaves the axis as it is
 */
public record AdaptivePool(String path, boolean maximum, List<Optional<Size>> sizes) implements Model {
    public AdaptivePool {
        sizes = List.copyOf(sizes);
        sizes.forEach(size -> size.ifPresent(m -> Misfit.requirePositive("output_size", m)));
    }

    @Override
    public String kind() {
        return (maximum ? "AdaptiveMaxPool" : "AdaptiveAvgPool") + sizes.size() + "d";
    }

    @Override
    public AdaptivePool named(String other) {
        return new AdaptivePool(other, maximum, sizes);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Channels.requireImage(this, input, sizes.size());
        Shape output = input;
        int first = input.rank() - sizes.size();
        for (int k = 0; k < sizes.size(); k++) {
            if (sizes.get(k).isPresent()) {
                Size n = input.get(first + k);
                Size m = sizes.get(k).get();
                Misfit.require(n.isInteger() && m.isInteger() || n.divideExact(m).isPresent(), this,
                        "output_size divides a size that is a symbol", input);
                output = output.with(first + k, m);
            }
        }
        return output;
    }

    /** One axis after the other: the mean of means over a rectangle is its mean, and so for maxima. */
    @Override
    public Expr apply(Expr x, Mode mode) {
        Shape output = output(x.shape(), mode);
        int rank = x.shape().rank();
        int first = rank - sizes.size();
        if (output.slice(first, rank).count().isOne()) {
            return pooled(x, Axes.range(first, rank), true);
        }
        Expr y = x;
        for (int axis = rank - 1; axis >= first; axis--) {
            y = along(y, axis, output.get(axis));
        }
        return y;
    }

    private Expr along(Expr x, int axis, Size m) {
        Size n = x.shape().get(axis);
        Optional<Size> each = n.divideExact(m);
        if (each.isPresent()) {
            Shape split = x.shape().slice(0, axis).concat(Shape.of(m, each.get()))
                    .concat(x.shape().slice(axis + 1, x.shape().rank()));
            return each.get().isOne() ? x : pooled(Reshape.of(x, split), new int[] {axis + 1}, false);
        }
        List<Expr> places = new ArrayList<>();
        for (long t = 0; t < m.value(); t++) {
            long from = start(t, n.value(), m.value());
            Expr part = Window.slice(x, axis, Size.of(from), 1, Size.of(end(t, n.value(), m.value()) - from));
            places.add(pooled(part, new int[] {axis}, true));
        }
        return Concatenation.of(places, axis);
    }

    static long start(long t, long n, long m) {
        return Math.floorDiv(t * n, m);
    }

    static long end(long t, long n, long m) {
        return Math.ceilDiv((t + 1) * n, m);
    }

    private Expr pooled(Expr x, int[] axes, boolean keep) {
        return maximum ? Tensors.reduce(Reduction.Operation.MAX, x, axes, keep) : Tensors.mean(x, axes, keep);
    }

    /** A mean adds its entries and divides. */
    @Override
    public Counts counts(Shape input) {
        Shape output = output(input);
        Size outputs = output.count();
        int first = input.rank() - sizes.size();
        Size read = input.slice(0, first).count();
        for (int axis = first; axis < input.rank(); axis++) {
            read = read.times(read(input.get(axis), output.get(axis)));
        }
        return maximum ? Counts.entries(outputs)
                : new Counts(Size.ZERO, outputs, read.minus(outputs), Size.ZERO, outputs);
    }

    /** How many entries all places together read. */
    private static Size read(Size n, Size m) {
        if (n.divideExact(m).isPresent()) {
            return n;
        }
        long read = 0;
        for (long t = 0; t < m.value(); t++) {
            read += end(t, n.value(), m.value()) - start(t, n.value(), m.value());
        }
        return Size.of(read);
    }

    /** @throws ShapeError when some places but not all are left: their fields depend on the size of the input */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        if (sizes.stream().allMatch(size -> size.filter(Size::isOne).isPresent())) {
            return Optional.empty();
        }
        throw new ShapeError(Misfit.place(this) + "receptive fields of adaptive pools depend on the size of the input");
    }

    @Override
    public String toString() {
        return kind() + "(output_size="
                + Print.each(sizes.stream().map(s -> s.map(Size::toString).orElse("None")).toList())
                + ")";
    }
}
