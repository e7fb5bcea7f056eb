package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The operations of tensor algebra as contractions and linear combinations: broadcasting, products, sums, transposes,
 * diagonals. Axes may be counted from the end with negative numbers.
 */
public final class Tensors {
    private static final String BROADCAST_LAW = "shapes must match or broadcast";

    private Tensors() {
    }

    // ---- broadcasting

    /**
     * The shape to which all broadcast: axes aligned at the end; only the literal size 1 stretches.
     *
     * @throws ShapeError when two sizes differ and neither is the literal 1
     */
    public static Shape broadcastShape(List<? extends Expr> operands) {
        Shape common = Shape.SCALAR;
        for (Expr operand : operands) {
            Shape shape = operand.shape();
            if (shape.equals(common)) {
                continue;
            }
            int rank = Math.max(common.rank(), shape.rank());
            List<Size> sizes = new ArrayList<>(rank);
            for (int axis = 0; axis < rank; axis++) {
                int a = axis - (rank - common.rank());
                int b = axis - (rank - shape.rank());
                Size left = a < 0 ? Size.ONE : common.get(a);
                Size right = b < 0 ? Size.ONE : shape.get(b);
                if (!left.equals(right) && !left.isOne() && !right.isOne()) {
                    throw new ShapeError(BROADCAST_LAW, operands);
                }
                sizes.add(left.isOne() ? right : left);
            }
            common = Shape.of(sizes);
        }
        return common;
    }

    /** The operands broadcast to their common shape. */
    public static List<Expr> broadcast(List<? extends Expr> operands) {
        Shape shape = broadcastShape(operands);
        List<Expr> same = new ArrayList<>(operands.size());
        for (Expr operand : operands) {
            same.add(broadcast(operand, shape));
        }
        return same;
    }

    /** The operand broadcast to the shape. */
    public static Expr broadcast(Expr operand, Shape shape) {
        if (operand.shape().equals(shape)) {
            return operand;
        }
        int[] labels = alignedLabels(operand, shape);
        return Contraction.of(List.of(operand), List.of(labels), axes(shape.rank()), shape);
    }

    /** The output index of each axis when aligned at the end; an axis that is stretched gets an index of its own. */
    private static int[] alignedLabels(Expr operand, Shape shape) {
        int shift = shape.rank() - operand.shape().rank();
        if (shift < 0) {
            throw new ShapeError(BROADCAST_LAW + "; the target is " + shape, operand);
        }
        int[] labels = new int[operand.shape().rank()];
        for (int axis = 0; axis < labels.length; axis++) {
            boolean same = operand.shape().get(axis).equals(shape.get(axis + shift));
            if (!same && !operand.shape().get(axis).isOne()) {
                throw new ShapeError(BROADCAST_LAW + "; the target is " + shape, operand);
            }
            labels[axis] = same ? axis + shift : shape.rank() + axis;
        }
        return labels;
    }

    static Shape withoutUnits(Shape shape) {
        return Shape.of(shape.sizes().stream().filter(size -> !size.isOne()).toList());
    }

    /** The operand under a shape that differs in axes of size 1 only. */
    static Expr matchUnits(Expr operand, Shape shape) {
        int[] labels = new int[operand.shape().rank()];
        int out = 0;
        for (int axis = 0; axis < labels.length; axis++) {
            if (operand.shape().get(axis).isOne()) {
                labels[axis] = shape.rank() + axis;
            } else {
                while (shape.get(out).isOne()) {
                    out++;
                }
                labels[axis] = out++;
            }
        }
        return Contraction.of(List.of(operand), List.of(labels), axes(shape.rank()), shape);
    }

    static int[] axes(int rank) {
        int[] axes = new int[rank];
        Arrays.setAll(axes, axis -> axis);
        return axes;
    }

    public static int[] allAxes(Expr x) {
        return axes(x.shape().rank());
    }

    /** Axis numbers counted from 0, sorted, each once. */
    public static int[] normalAxes(Expr x, int... axes) {
        int rank = x.shape().rank();
        TreeSet<Integer> normal = new TreeSet<>();
        for (int axis : axes) {
            if (axis < -rank || axis >= rank || !normal.add(axis < 0 ? axis + rank : axis)) {
                throw new ShapeError("axes must exist and differ, got " + Arrays.toString(axes), x);
            }
        }
        return normal.stream().mapToInt(axis -> axis).toArray();
    }

    // ---- sums and products

    /** The broadcast sum of the terms. */
    public static Expr sum(List<Expr> terms) {
        List<Expr> same = broadcast(terms);
        Shape shape = same.isEmpty() ? Shape.SCALAR : same.get(0).shape();
        return Linear.of(shape, same, Collections.nCopies(same.size(), Rational.ONE));
    }

    /** The broadcast product of the factors, entry by entry. */
    public static Expr product(List<? extends Expr> factors) {
        if (factors.size() == 1) {
            return factors.get(0);
        }
        Shape shape = broadcastShape(factors);
        Expr scalar = shape.isScalar() ? ScalarProduct.of(factors) : null;
        if (scalar != null) {
            return scalar;
        }
        List<int[]> labels = new ArrayList<>(factors.size());
        int fresh = shape.rank();
        for (Expr factor : factors) {
            int[] aligned = alignedLabels(factor, shape);
            for (int axis = 0; axis < aligned.length; axis++) {
                aligned[axis] = aligned[axis] < shape.rank() ? aligned[axis] : fresh++;
            }
            labels.add(aligned);
        }
        return Contraction.of(factors, labels, axes(shape.rank()), shape);
    }

    /** {@code 1/x} entry by entry. */
    public static Expr reciprocal(Expr x) {
        return Elementwise.of(Functions.POWER, List.of(x, Linear.fill(x.shape(), Rational.MINUS_ONE)));
    }

    /** The sum over the axes, which stay with size 1 when {@code keepAxes}. */
    public static Expr sum(Expr x, int[] axes, boolean keepAxes) {
        int[] summed = normalAxes(x, axes);
        int rank = x.shape().rank();
        int[] labels = new int[rank];
        List<Size> sizes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            boolean gone = Arrays.binarySearch(summed, axis) >= 0;
            labels[axis] = gone ? rank + axis : sizes.size();
            if (keepAxes || !gone) {
                sizes.add(gone ? Size.ONE : x.shape().get(axis));
            }
        }
        Shape shape = Shape.of(sizes);
        return Contraction.of(List.of(x), List.of(labels), axes(shape.rank()), shape);
    }

    /** The arithmetic mean over the axes. */
    public static Expr mean(Expr x, int[] axes, boolean keepAxes) {
        return sum(x, axes, keepAxes).dividedBy(Dimension.of(count(x, axes)));
    }

    /** The number of entries along the axes. */
    public static Size count(Expr x, int[] axes) {
        Size count = Size.ONE;
        for (int axis : normalAxes(x, axes)) {
            count = count.times(x.shape().get(axis));
        }
        return count;
    }

    /** A reduction over the axes, which stay with size 1 when {@code keepAxes}. */
    public static Expr reduce(Reduction.Operation operation, Expr x, int[] axes, boolean keepAxes) {
        int[] normal = normalAxes(x, axes);
        Expr reduced = Reduction.of(operation, x, normal);
        if (!keepAxes || operation.keepsShape()) {
            return reduced;
        }
        Shape shape = x.shape();
        for (int axis : normal) {
            shape = shape.with(axis, Size.ONE);
        }
        // Reshape.of would refuse when a kept axis has size 1 as well; insert the axes one by one.
        Expr kept = reduced;
        for (int axis : normal) {
            kept = insertAxis(kept, axis);
        }
        return kept;
    }

    /** {@code exp(x − logsumexp(x))} along the axis. */
    public static Expr softmax(Expr x, int axis) {
        return Functions.EXP.apply(logSoftmax(x, axis));
    }

    /** {@code x − logsumexp(x)} along the axis. */
    public static Expr logSoftmax(Expr x, int axis) {
        return x.minus(reduce(Reduction.Operation.LOG_SUM_EXP, x, new int[] {axis}, true));
    }

    // ---- products of linear algebra

    /**
     * The matrix product of NumPy's {@code @}: the last axis of {@code a} with the second-last of {@code b} (its only one,
     * for a vector); leading axes broadcast.
     *
     * @throws ShapeError when an operand is a scalar, or the inner sizes differ
     */
    public static Expr matmul(Expr a, Expr b) {
        int ra = a.shape().rank();
        int rb = b.shape().rank();
        if (ra == 0 || rb == 0) {
            throw new ShapeError("a matrix product takes vectors and matrices, not scalars", a, b);
        }
        Size inner = a.shape().get(ra - 1);
        if (!inner.equals(b.shape().get(Math.max(rb - 2, 0)))) {
            throw new ShapeError("the last axis on the left must match the "
                    + (rb == 1 ? "only axis" : "second-last axis") + " on the right", a, b);
        }
        Shape batchA = a.shape().slice(0, Math.max(ra - 2, 0));
        Shape batchB = b.shape().slice(0, Math.max(rb - 2, 0));
        Shape batch = broadcastShape(List.of(Contraction.ones(batchA), Contraction.ones(batchB)));
        List<Size> out = new ArrayList<>(batch.sizes());
        int row = ra >= 2 ? out.size() : -1;
        if (ra >= 2) {
            out.add(a.shape().get(ra - 2));
        }
        int column = rb >= 2 ? out.size() : -1;
        if (rb >= 2) {
            out.add(b.shape().get(rb - 1));
        }
        int contracted = out.size();
        int[] fresh = {contracted + 1};
        int[] la = batchLabels(batchA, batch, ra, fresh);
        int[] lb = batchLabels(batchB, batch, rb, fresh);
        la[ra - 1] = contracted;
        if (ra >= 2) {
            la[ra - 2] = row;
        }
        lb[Math.max(rb - 2, 0)] = contracted;
        if (rb >= 2) {
            lb[rb - 1] = column;
        }
        return Contraction.of(List.of(a, b), List.of(la, lb), axes(out.size()), Shape.of(out));
    }

    private static int[] batchLabels(Shape own, Shape batch, int rank, int[] fresh) {
        int[] labels = new int[rank];
        int shift = batch.rank() - own.rank();
        for (int axis = 0; axis < own.rank(); axis++) {
            labels[axis] = own.get(axis).equals(batch.get(axis + shift)) ? axis + shift : fresh[0]++;
        }
        return labels;
    }

    /** The outer product: the axes of {@code a}, then those of {@code b}. */
    public static Expr outer(Expr a, Expr b) {
        Shape shape = a.shape().concat(b.shape());
        int ra = a.shape().rank();
        return Contraction.of(List.of(a, b),
                List.of(axes(ra), IntStream.range(ra, shape.rank()).toArray()), axes(shape.rank()), shape);
    }

    /** The sum of products of corresponding entries of two equally shaped tensors. */
    public static Expr inner(Expr a, Expr b) {
        if (!a.shape().equals(b.shape())) {
            throw new ShapeError("an inner product takes equal shapes", a, b);
        }
        int[] labels = allAxes(a);
        return Contraction.of(List.of(a, b), List.of(labels, labels), new int[0], Shape.SCALAR);
    }

    /**
     * A cotangent contracted, over all its axes, with the leading axes of a Jacobian.
     *
     * @throws ShapeError when the Jacobian does not begin with the shape of the cotangent
     */
    public static Expr pull(Expr cotangent, Expr jacobian) {
        int rank = cotangent.shape().rank();
        if (rank > jacobian.shape().rank() || !jacobian.shape().slice(0, rank).equals(cotangent.shape())) {
            throw new ShapeError("a Jacobian begins with the shape of its cotangent", cotangent, jacobian);
        }
        int total = jacobian.shape().rank();
        return Contraction.of(List.of(cotangent, jacobian), List.of(axes(rank), axes(total)),
                IntStream.range(rank, total).toArray(), jacobian.shape().slice(rank, total));
    }

    /** Axes reversed. */
    public static Expr transpose(Expr x) {
        int rank = x.shape().rank();
        return permute(x, IntStream.range(0, rank).map(k -> rank - 1 - k).toArray());
    }

    /** The tensor whose axis k is axis {@code order[k]} of the operand. */
    public static Expr permute(Expr x, int... order) {
        int rank = x.shape().rank();
        List<Size> sizes = new ArrayList<>(rank);
        int[] labels = new int[rank];
        if (!Arrays.equals(Arrays.stream(order).sorted().toArray(), axes(rank))) {
            throw new ShapeError("a permutation names every axis once, got " + Arrays.toString(order), x);
        }
        for (int k = 0; k < rank; k++) {
            sizes.add(x.shape().get(order[k]));
            labels[order[k]] = k;
        }
        return Contraction.of(List.of(x), List.of(labels), axes(rank), Shape.of(sizes));
    }

    /** The sum of the diagonal of a square matrix. */
    public static Expr trace(Expr x) {
        requireSquare("trace", x);
        return Contraction.of(List.of(x), List.of(new int[] {0, 0}), new int[0], Shape.SCALAR);
    }

    /** The diagonal of a square matrix, as a vector. */
    public static Expr diagonal(Expr x) {
        requireSquare("the diagonal", x);
        return Contraction.of(List.of(x), List.of(new int[] {0, 0}), new int[] {0}, Shape.of(x.shape().get(0)));
    }

    /** The diagonal matrix of a vector. */
    public static Expr diag(Expr v) {
        if (v.shape().rank() != 1) {
            throw new ShapeError("diag takes a vector", v);
        }
        Size n = v.shape().get(0);
        return Contraction.of(List.of(v, Delta.of(n)), List.of(new int[] {0}, new int[] {0, 1}), new int[] {0, 1},
                Shape.of(n, n));
    }

    private static void requireSquare(String what, Expr x) {
        if (x.shape().rank() != 2 || !x.shape().get(0).equals(x.shape().get(1))) {
            throw new ShapeError(what + " needs a square matrix", x);
        }
    }

    // ---- layout

    /** A new axis of size 1 at the position. */
    public static Expr insertAxis(Expr x, int position) {
        if (position < 0 || position > x.shape().rank()) {
            throw new ShapeError("a new axis goes to one of the positions 0 to " + x.shape().rank() + ", got "
                    + position, x);
        }
        List<Size> sizes = new ArrayList<>(x.shape().sizes());
        sizes.add(position, Size.ONE);
        int[] labels = IntStream.range(0, x.shape().rank()).map(axis -> axis < position ? axis : axis + 1).toArray();
        Shape shape = Shape.of(sizes);
        return Contraction.of(List.of(x), List.of(labels), axes(shape.rank()), shape);
    }

    /** The operands, broadcast to one shape, along a new first axis. */
    public static Expr stack(List<? extends Expr> operands) {
        List<Expr> rows = new ArrayList<>(operands.size());
        for (Expr operand : broadcast(operands)) {
            rows.add(operand instanceof Constant constant && !constant.isData()
                    ? Constant.of(Shape.of(Size.ONE).concat(constant.shape()), constant.values())
                    : insertAxis(operand, 0));
        }
        return Concatenation.of(rows, 0);
    }
}
