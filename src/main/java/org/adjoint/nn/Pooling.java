package org.adjoint.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Window;

/**
 * The maximum or the mean over sliding windows of the last axes, with the arguments of {@code F.max_pool2d} and
 * {@code F.avg_pool2d}. Padding stands for −∞ in a maximum, and for zeros in a mean.
 *
 * @param axes         how the window slides along each axis; a mean has no dilation
 * @param ceil         whether a last window may reach beyond the padding behind; it begins before it
 * @param countPadding whether a mean divides by the entries of the padding too, though never by those beyond it
 * @param divisor      by what a mean is divided instead
 */
public record Pooling(boolean maximum, List<Sliding> axes, boolean ceil, boolean countPadding,
        Optional<Size> divisor) {
    /** @throws ShapeError when a padding is longer than half of the window, or a divisor is zero */
    public Pooling {
        axes = List.copyOf(axes);
        for (Sliding axis : axes) {
            Size half = axis.length().floorDivide(Size.of(2));
            Size beyond = half.minus(axis.before());
            if (beyond.isInteger() && beyond.value() < 0) {
                throw new ShapeError("the padding of a pool is at most half of its window; the window is "
                        + axis.length() + " long, and the padding " + axis.before());
            }
        }
        if (divisor.isPresent() && divisor.get().equals(Size.ZERO)) {
            throw new ShapeError("the divisor of a mean is not zero");
        }
    }

    /** How many axes the window slides along. */
    public int rank() {
        return axes.size();
    }

    /**
     * How many places the window stops at along one axis; rounded up, when what is left has a window that begins before the
     * padding behind.
     */
    Size places(int k, Size n) {
        Sliding axis = axes.get(k);
        Size room = axis.room(n);
        if (!ceil || axis.stride().isOne()) {
            return axis.output(n);
        }
        Size up = room.plus(axis.stride()).minus(1).floorDivide(axis.stride()).plus(1);
        if (axis.length().minus(axis.before()).minus(axis.stride()).isNonNegative()) {
            return up;
        }
        Size beyond = up.minus(1).times(axis.stride()).minus(n.plus(axis.before()));
        if (!beyond.isInteger()) {
            throw new ShapeError("with ceil_mode a stride longer than the window is for sizes that are numbers, got "
                    + n);
        }
        return beyond.value() >= 0 ? up.minus(1) : up;
    }

    /**
     * The pool of {@code [B, C, n…]} or any tensor whose last axes are these.
     *
     * @throws ShapeError when a window does not fit
     */
    public Expr of(Expr x) {
        int first = x.shape().rank() - rank();
        if (first < 0) {
            throw new ShapeError("the input has at least " + rank() + (rank() == 1 ? " axis" : " axes"), x);
        }
        int[] window = IntStream.range(first + rank(), first + 2 * rank()).toArray();
        List<Sliding> slides = new ArrayList<>();
        Expr padded = x;
        for (int k = 0; k < rank(); k++) {
            Size n = x.shape().get(first + k);
            Sliding reaching = reaching(k, n);
            slides.add(maximum ? reaching.unpadded() : reaching);
            padded = maximum ? extended(padded, first + k, reaching) : padded;
        }
        Expr windows = new Convolution(slides, Padding.ZERO, 1).windows(padded);
        if (maximum) {
            return Tensors.reduce(Reduction.Operation.MAX, windows, window, false);
        }
        return mean(windows, window, x.shape().slice(first, first + rank()));
    }

    /**
     * The adjoint of {@link #of} at x, applied to a cotangent: to the first of the greatest entries of each window, or to all of
     * them evenly.
     *
     * @throws ShapeError when the cotangent has not the shape of the pool, or a maximum with dilation is padded
     */
    public Expr ofInput(Expr x, Expr cotangent) {
        if (!of(x).shape().equals(cotangent.shape())) {
            throw new ShapeError("the cotangent has the shape of what the pool gives", of(x), cotangent);
        }
        int first = x.shape().rank() - rank();
        List<Sliding> slides = IntStream.range(0, rank()).mapToObj(k -> reaching(k, x.shape().get(first + k))).toList();
        boolean dilated = slides.stream()
                .anyMatch(s -> !s.dilation().isOne() && !s.before().plus(s.after()).equals(Size.ZERO));
        if (maximum && dilated) {
            throw new ShapeError("the gradient of a padded maximum is for windows without dilation");
        }
        boolean padded = slides.stream().anyMatch(s -> !s.before().equals(Size.ZERO) || !s.after().equals(Size.ZERO));
        Convolution windows = new Convolution(slides, maximum && padded ? Padding.REPLICATE : Padding.ZERO, 1);
        Expr entries = windows.windows(x);
        Expr spread = maximum ? cotangent : cotangent.times(share(x.shape().slice(first, first + rank())));
        for (int k = 0; k < rank(); k++) {
            spread = Tensors.insertAxis(spread, cotangent.shape().rank() + k);
        }
        int[] window = IntStream.range(first + rank(), first + 2 * rank()).toArray();
        return windows
                .folded(maximum ? spread.times(Tensors.reduce(Reduction.Operation.FIRST_MAX, entries, window, false))
                        : Tensors.broadcast(spread, entries.shape()), x.shape());
    }

    /** By what each entry counts in the mean of its window. */
    private Expr share(Shape input) {
        if (divisor.isPresent()) {
            return Tensors.reciprocal(Dimension.of(divisor.get()));
        }
        Expr weights = weights(input);
        return weights.shape().isScalar() ? Tensors.reciprocal(Dimension.of(entries())) : weights;
    }

    /** The same window with as much padding behind as its last place reaches, so that rounding down finds all places. */
    private Sliding reaching(int k, Size n) {
        Sliding axis = axes.get(k);
        if (!ceil || axis.stride().isOne()) {
            return axis;
        }
        Size after = places(k, n).minus(1).times(axis.stride()).plus(axis.length()).minus(n).minus(axis.before());
        if (!after.isInteger() && !after.isNonNegative()) {
            throw new ShapeError("with ceil_mode the graph of a pool is built for sizes that are numbers, got " + n);
        }
        return new Sliding(axis.kernel(), axis.stride(), axis.before(),
                after.isInteger() && after.value() < 0 ? Size.ZERO : after, axis.dilation());
    }

    /**
     * What stands outside of the axis, for a maximum: not −∞, but entries that are in the same windows anyway. A window with
     * dilation d that reads at j &lt; 0 reads at {@code j mod d} as well, since it is longer than the padding; and behind as
     * before.
     */
    private static Expr extended(Expr x, int axis, Sliding slide) {
        if (slide.before().equals(Size.ZERO) && slide.after().equals(Size.ZERO)) {
            return x;
        }
        if (slide.dilation().isOne()) {
            return Padding.REPLICATE.pad(x, axis, slide.before(), slide.after());
        }
        Size n = x.shape().get(axis);
        int d = slide.gap();
        if (n.isInteger() && n.value() < d) {
            throw new ShapeError(
                    "the dilation of a padded maximum is at most the length of the input, so that no window is"
                            + " all padding; it is " + d + ", and the input " + n + " long");
        }
        List<Expr> parts = new ArrayList<>();
        int before = number(slide.before());
        for (int j = -before; j < 0; j++) {
            parts.add(Window.slice(x, axis, Size.of(Math.floorMod(j, d)), 1, Size.ONE));
        }
        parts.add(x);
        for (int j = 0; j < number(slide.after()); j++) {
            parts.add(Window.slice(x, axis, n.minus(d - j % d), 1, Size.ONE));
        }
        return Concatenation.of(parts, axis);
    }

    private static int number(Size padding) {
        if (!padding.isInteger()) {
            throw new ShapeError("a maximum with dilation is padded by a number of entries, got " + padding);
        }
        return Math.toIntExact(padding.value());
    }

    private Expr mean(Expr windows, int[] window, Shape input) {
        if (divisor.isPresent()) {
            return Tensors.sum(windows, window, false).dividedBy(Dimension.of(divisor.get()));
        }
        Expr weights = weights(input);
        return weights.shape().isScalar() ? Tensors.mean(windows, window, false)
                : Tensors.sum(windows, window, false).times(weights);
    }

    /** One over the entries that count at each place; a scalar where all of the window counts everywhere. */
    private Expr weights(Shape input) {
        boolean all = axes.stream().allMatch(axis -> countPadding || axis.before().equals(Size.ZERO)) && !ceil;
        if (all) {
            return Constant.ONE;
        }
        Expr weights = Constant.ONE;
        for (int k = 0; k < rank(); k++) {
            Sliding axis = reaching(k, input.get(k));
            Size p = axes.get(k).before();
            Size counted = countPadding ? input.get(k).plus(p).plus(axes.get(k).after()) : input.get(k);
            Sliding counting = countPadding ? new Sliding(axis.kernel(), axis.stride(), Size.ZERO,
                    nonNegative(axis.after().minus(axes.get(k).after())), axis.dilation()) : axis;
            weights = weights.times(Channels.column(shares(counting, counted), rank() - 1 - k));
        }
        return weights;
    }

    /** One over the entries of an axis that each window holds: numbers where the sizes are. */
    private static Expr shares(Sliding window, Size n) {
        Expr ones = new Convolution(List.of(window), Padding.ZERO, 1).windows(Contraction.ones(Shape.of(n)));
        Shape places = ones.shape().slice(0, 1);
        if (!n.isInteger() || !ones.shape().isConcrete()) {
            return Tensors.reciprocal(Tensors.sum(ones, new int[] {1}, false));
        }
        List<Rational> shares = new ArrayList<>();
        for (long t = 0; t < places.get(0).value(); t++) {
            long start = t * window.step() - window.before().value();
            long inside = 0;
            for (long i = 0; i < window.kernel().value(); i++) {
                inside += start + i >= 0 && start + i < n.value() ? 1 : 0;
            }
            shares.add(Rational.of(1, inside));
        }
        return Constant.of(places, shares);
    }

    private static Size nonNegative(Size size) {
        return size.isInteger() && size.value() < 0 ? Size.ZERO : size;
    }

    /** As many entries as a window has. */
    Size entries() {
        return Size.product(axes.stream().map(Sliding::kernel).toList());
    }

    /** How far each window can move, and by how much the padding is less than half of it: not negative, where it fits. */
    public List<Size> rooms(Shape input, Mode mode) {
        List<Size> rooms = new ArrayList<>(Windows.rooms(axes, input, mode));
        axes.forEach(axis -> rooms.add(axis.length().floorDivide(Size.of(2)).minus(axis.before())));
        return Collections.unmodifiableList(rooms);
    }
}
