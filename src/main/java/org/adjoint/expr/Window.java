package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Affine index access: the linear map that gathers {@code out[o] = in[m(o)]}, where each index of the source is an affine
 * form {@code m_d(o) = Σ_k stride[d][k]·o_k + offset[d]} in the indices of the window; or its transpose, the fold
 * {@code out[i] = Σ_{o : m(o) = i} in[o]}. Sliding windows (stride, padding, dilation), slices, flips, rolls and single
 * entries are gathers; scattering and col2im are folds. Each is the adjoint of the other.
 *
 * <p>An index outside the source reads 0 (and is dropped by the fold), or wraps around when the window is circular.
 */
public final class Window extends Expr {
    /**
     * The affine map from window indices to source indices.
     *
     * @param source   the shape that is read by a gather and produced by a fold
     * @param window   the shape that is produced by a gather and read by a fold
     * @param strides  for each axis of the source, one factor for each axis of the window
     * @param offsets  for each axis of the source, the constant
     * @param circular whether indices wrap around instead of reading zero outside
     */
    public record Access(Shape source, Shape window, List<List<Integer>> strides, List<Size> offsets,
            boolean circular) {
        public Access {
            strides = strides.stream().map(List::copyOf).toList();
            offsets = List.copyOf(offsets);
            if (strides.size() != source.rank() || offsets.size() != source.rank()
                    || strides.stream().anyMatch(row -> row.size() != window.rank())) {
                throw new ShapeError("an affine access needs, for each axis of the source " + source
                        + ", one stride for each axis of the window " + window + " and an offset");
            }
        }

        /** Whether there is nothing but zeros before and behind the axes of the source, for all values of the sizes. */
        private boolean isPadding() {
            if (circular || source.rank() != window.rank()) {
                return false;
            }
            return IntStream.range(0, source.rank()).allMatch(d -> Size.ZERO.minus(offsets.get(d)).isNonNegative()
                    && window.get(d).minus(source.get(d)).plus(offsets.get(d)).isNonNegative()
                    && IntStream.range(0, source.rank()).allMatch(k -> strides.get(d).get(k) == (k == d ? 1 : 0)));
        }

        /** Two paddings, this first. */
        private Access within(Access outer) {
            return new Access(source, outer.window, strides, IntStream.range(0, source.rank())
                    .mapToObj(d -> offsets.get(d).plus(outer.offsets.get(d))).toList(), false);
        }
    }

    private static final long FOLD = Digest.hash("fold");
    private static final long GATHER = Digest.hash("gather");

    private final Access access;
    private final boolean fold;
    private final Expr operand;

    private Window(Access access, boolean fold, Expr operand) {
        super(fold ? access.source : access.window, digest(access, fold, operand));
        this.access = access;
        this.fold = fold;
        this.operand = operand;
    }

    private static Digest digest(Access access, boolean fold, Expr operand) {
        Digest digest = new Digest(fold ? FOLD : GATHER).add(operand).add(access.circular ? 1 : 0);
        access.strides.forEach(row -> digest.add(row.stream().mapToInt(k -> k).toArray()));
        access.offsets.forEach(offset -> digest.add(offset.toString()));
        return digest.add(access.window);
    }

    /** {@code out[o] = in[m(o)]}. */
    public static Expr gather(Expr operand, Access access) {
        if (!operand.shape().equals(access.source)) {
            throw new ShapeError("a gather reads " + access.source, operand);
        }
        if (isIdentity(access)) {
            return operand;
        }
        if (operand instanceof Window inner && !inner.fold && inner.access.isPadding() && access.isPadding()) {
            return gather(inner.operand, inner.access.within(access));
        }
        return Interner.intern(new Window(access, false, operand));
    }

    /** {@code out[i] = Σ_{o : m(o) = i} in[o]}, the transpose of {@link #gather}. */
    public static Expr fold(Expr operand, Access access) {
        if (!operand.shape().equals(access.window)) {
            throw new ShapeError("a fold reads " + access.window, operand);
        }
        if (isIdentity(access)) {
            return operand;
        }
        Expr spread = spread(operand, access);
        Access along = spread == operand ? access
                : new Access(access.source, spread.shape(), diagonal(access), access.offsets, false);
        Optional<Access> inverse = inverse(along);
        return inverse.isPresent() ? gather(spread, inverse.get())
                : Interner.intern(new Window(access, true, operand));
    }

    /** With an axis of length 1 for each axis of the source that is read at one place, if the others are those of the window. */
    private static Expr spread(Expr operand, Access access) {
        int next = 0;
        for (List<Integer> row : access.strides) {
            int own = next;
            boolean apart = IntStream.range(0, row.size()).allMatch(k -> k == own || row.get(k) == 0);
            if (access.circular || !apart) {
                return operand;
            }
            next += own < row.size() && row.get(own) != 0 ? 1 : 0;
        }
        if (next != access.window.rank()) {
            return operand;
        }
        Expr spread = operand;
        for (int d = 0; d < access.strides.size(); d++) {
            spread = access.strides.get(d).stream().allMatch(k -> k == 0) ? Tensors.insertAxis(spread, d) : spread;
        }
        return spread;
    }

    /** The strides of the axes one by one, 1 for those that are read at one place. */
    private static List<List<Integer>> diagonal(Access access) {
        int rank = access.source.rank();
        List<List<Integer>> rows = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            Integer[] row = new Integer[rank];
            Arrays.fill(row, 0);
            row[d] = access.strides.get(d).stream().filter(k -> k != 0).findFirst().orElse(1);
            rows.add(List.of(row));
        }
        return rows;
    }

    /**
     * The access that undoes one that only slices, pads, reverses and rolls axes, each entry meeting one at most: its transpose is
     * a gather as well.
     */
    private static Optional<Access> inverse(Access access) {
        int rank = access.source.rank();
        if (access.window.rank() != rank || access.circular && !access.source.equals(access.window)) {
            return Optional.empty();
        }
        List<Size> offsets = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            int own = d;
            List<Integer> row = access.strides.get(d);
            int stride = row.get(d);
            if (Math.abs(stride) != 1 || IntStream.range(0, rank).anyMatch(k -> k != own && row.get(k) != 0)) {
                return Optional.empty();
            }
            Size offset = access.offsets.get(d);
            offsets.add(stride == 1 ? Size.ZERO.minus(offset) : offset);
        }
        return Optional.of(new Access(access.window, access.source, access.strides, offsets, access.circular));
    }

    private static boolean isIdentity(Access access) {
        if (!access.source.equals(access.window)) {
            return false;
        }
        for (int d = 0; d < access.source.rank(); d++) {
            for (int k = 0; k < access.window.rank(); k++) {
                if (access.strides.get(d).get(k) != (d == k ? 1 : 0)) {
                    return false;
                }
            }
            if (!access.offsets.get(d).equals(Size.ZERO)) {
                return false;
            }
        }
        return true;
    }

    public Access access() {
        return access;
    }

    /** Whether this is a fold; else a gather. */
    public boolean isFold() {
        return fold;
    }

    Set<String> symbols() {
        Set<String> symbols = new TreeSet<>(access.source.symbols());
        symbols.addAll(access.window.symbols());
        access.offsets.forEach(offset -> symbols.addAll(offset.symbols()));
        return symbols;
    }

    private static void requireAxis(Expr operand, int axis) {
        if (axis < 0 || axis >= operand.shape().rank()) {
            throw new ShapeError("axis " + axis + " does not exist", operand);
        }
    }

    /** {@code start, start + step, …}: {@code count} entries along one axis, the others whole. */
    public static Expr slice(Expr operand, int axis, Size start, int step, Size count) {
        requireAxis(operand, axis);
        int rank = operand.shape().rank();
        List<List<Integer>> strides = new ArrayList<>();
        List<Size> offsets = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            Integer[] row = new Integer[rank];
            Arrays.fill(row, 0);
            row[d] = d == axis ? step : 1;
            strides.add(List.of(row));
            offsets.add(d == axis ? start : Size.ZERO);
        }
        return gather(operand, new Access(operand.shape(), operand.shape().with(axis, count), strides, offsets, false));
    }

    /** The entries of one axis in reverse order. */
    public static Expr flip(Expr operand, int axis) {
        requireAxis(operand, axis);
        Size n = operand.shape().get(axis);
        return slice(operand, axis, n.minus(1), -1, n);
    }

    /** The entries at one position of an axis, which disappears. */
    public static Expr entry(Expr operand, int axis, Size position) {
        requireAxis(operand, axis);
        int rank = operand.shape().rank();
        List<List<Integer>> strides = new ArrayList<>();
        List<Size> offsets = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            Integer[] row = new Integer[rank - 1];
            Arrays.fill(row, 0);
            if (d != axis) {
                row[d < axis ? d : d - 1] = 1;
            }
            strides.add(List.of(row));
            offsets.add(d == axis ? position : Size.ZERO);
        }
        return gather(operand, new Access(operand.shape(), operand.shape().without(axis), strides, offsets, false));
    }

    /** The same access, wrapping around instead of reading zero outside. */
    public Expr wrapped() {
        Access wrapped = new Access(access.source, access.window, access.strides, access.offsets, true);
        return fold ? fold(operand, wrapped) : gather(operand, wrapped);
    }

    /** The entries moved forward by {@code shift} along the axis, wrapping around, as {@code roll} in NumPy. */
    public static Expr roll(Expr operand, int axis, Size shift) {
        requireAxis(operand, axis);
        Expr moved = slice(operand, axis, Size.ZERO.minus(shift), 1, operand.shape().get(axis));
        return moved instanceof Window window && window.operand == operand ? window.wrapped() : moved;
    }

    @Override
    public int operandCount() {
        return 1;
    }

    @Override
    public Expr operand(int k) {
        return operand;
    }

    @Override
    public Expr withOperands(List<Expr> operands) {
        return fold ? fold(operands.get(0), access) : gather(operands.get(0), access);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Window window && fold == window.fold && operand == window.operand
                && access.equals(window.access);
    }
}
