package org.adjoint.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.IntegerSum;
import org.adjoint.expr.Leaf;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * The adjoint rule of every kind of node: given {@code y = node(x₁, …)} and the cotangent {@code ȳ}, the contribution
 * {@code x̄ₖ = Σ ȳ · ∂y/∂xₖ}.
 *
 * <p>A cotangent may carry leading axes of its own, {@code shape(ȳ) = B + shape(y)}; then so does the result,
 * {@code shape(x̄) = B + shape(x)}. With the identity as {@code ȳ} that is the Jacobian, so one table serves both.
 *
 * <p>Source: Laue, Mitterreiter, Giesen, AAAI 2020 (contractions); those of functions of matrices are in {@link MatrixAdjoint}.
 */
final class Pullback {
    private Pullback() {
    }

    /**
     * The contribution of the node's cotangent to its operand {@code k}. A cotangent that a {@code where} cuts off stays cut
     * off: {@code where(c, ȳ, 0) · ∂y/∂x = where(c, ȳ · ∂y/∂x, 0)}, so that a derivative without a value in a branch that is
     * not selected does no harm.
     */
    static Expr of(Expr node, int k, Expr cotangent) {
        Rational scale = cotangent instanceof Linear sum && sum.termCount() == 1 ? sum.coefficient(0) : Rational.ONE;
        Expr bare = cotangent instanceof Linear sum && sum.termCount() == 1 ? sum.term(0) : cotangent;
        if (bare instanceof Where guard && isEntrywise(node, k)) {
            if (Linear.isZero(guard.ifFalse())) {
                return Where.of(guard.condition(), local(node, k, guard.ifTrue().times(scale)), Constant.ZERO);
            }
            if (Linear.isZero(guard.ifTrue())) {
                return Where.of(guard.condition(), Constant.ZERO, local(node, k, guard.ifFalse().times(scale)));
            }
        }
        return local(node, k, cotangent);
    }

    /** Whether every entry of the contribution depends on the same entry of the cotangent only. */
    private static boolean isEntrywise(Expr node, int k) {
        if (node instanceof Contraction product) {
            int rank = product.shape().rank();
            return product.summedCount() == 0
                    && Arrays.equals(product.indices(k), IntStream.range(0, rank).toArray());
        }
        return node instanceof Elementwise || node instanceof Linear
                || (node instanceof Application f && f.function().isElementwise());
    }

    private static Expr local(Expr node, int k, Expr cotangent) {
        int batch = cotangent.shape().rank() - node.shape().rank();
        return switch (node) {
            case Elementwise f -> f.function().isLocallyConstant() ? zero(node, k, cotangent, batch)
                    : cotangent.times(f.function().derivative(k, f.operands()));
            case Linear sum -> cotangent.times(sum.coefficient(k));
            case Contraction product -> contraction(product, k, cotangent, batch);
            case Window window -> window.isFold() ? Window.gather(cotangent, batched(window.access(), cotangent, batch))
                    : Window.fold(cotangent, batched(window.access(), cotangent, batch));
            case Reduction reduction -> reduction(reduction, cotangent, batch);
            case Where where -> k == 0 ? zero(node, k, cotangent, batch)
                    : Where.of(where.condition(), k == 1 ? cotangent : Constant.ZERO,
                            k == 1 ? Constant.ZERO : cotangent);
            case MatrixFunction f -> MatrixAdjoint.of(f, k, cotangent);
            case Reshape reshape ->
                Reshape.of(cotangent, batchShape(cotangent, batch).concat(reshape.operand(0).shape()));
            case Concatenation all -> part(all, k, cotangent, batch);
            case Application f -> application(f, k, cotangent, batch);
            case Detach detach -> zero(detach, k, cotangent, batch);
            case Leaf leaf -> throw new IllegalArgumentException("a leaf has no operands: " + leaf);
        };
    }

    private static Shape batchShape(Expr cotangent, int batch) {
        return cotangent.shape().slice(0, batch);
    }

    private static Expr zero(Expr node, int k, Expr cotangent, int batch) {
        return Linear.zero(batchShape(cotangent, batch).concat(node.operand(k).shape()));
    }

    /** Drop the factor; contract what is left with the cotangent. A repeated index of the factor becomes a delta. */
    private static Expr contraction(Contraction node, int k, Expr cotangent, int batch) {
        if (node.indexCount() == 0) {
            return cotangent.times(productWithout(node, k));
        }
        int fresh = node.indexCount() + batch;
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        factors.add(cotangent);
        // Batch axes are labelled after all indices of the node.
        labels.add(IntStream.range(0, cotangent.shape().rank())
                .map(axis -> axis < batch ? node.indexCount() + axis : axis - batch).toArray());
        for (int f = 0; f < node.operandCount(); f++) {
            if (f != k) {
                factors.add(node.operand(f));
                labels.add(node.indices(f));
            }
        }
        int[] own = node.indices(k);
        int[] output = new int[batch + own.length];
        Shape shape = batchShape(cotangent, batch).concat(node.operand(k).shape());
        for (int axis = 0; axis < output.length; axis++) {
            int label = axis < batch ? node.indexCount() + axis : own[axis - batch];
            int seen = indexOf(output, axis, label);
            if (seen >= 0) {
                factors.add(Delta.of(shape.get(axis)));
                labels.add(new int[] {label, fresh});
                label = fresh++;
            }
            output[axis] = label;
        }
        return MatrixAdjoint.moved(Contraction.of(factors, labels, output, shape));
    }

    /** The other factors of a product of scalars. */
    private static Expr productWithout(Contraction node, int k) {
        if (node.operandCount() == 2) {
            return node.operand(1 - k);
        }
        List<Expr> others = new ArrayList<>(node.operands());
        others.remove(k);
        return Tensors.product(others);
    }

    private static int indexOf(int[] labels, int end, int label) {
        for (int axis = 0; axis < end; axis++) {
            if (labels[axis] == label) {
                return axis;
            }
        }
        return -1;
    }

    /** The access with the batch axes carried along unchanged. */
    private static Window.Access batched(Window.Access access, Expr cotangent, int batch) {
        if (batch == 0) {
            return access;
        }
        Shape extra = batchShape(cotangent, batch);
        int width = batch + access.window().rank();
        List<List<Integer>> strides = new ArrayList<>();
        List<Size> offsets = new ArrayList<>(Collections.nCopies(batch, Size.ZERO));
        for (int d = 0; d < batch; d++) {
            Integer[] row = new Integer[width];
            Arrays.fill(row, 0);
            row[d] = 1;
            strides.add(List.of(row));
        }
        for (List<Integer> row : access.strides()) {
            List<Integer> wide = new ArrayList<>(Collections.nCopies(batch, 0));
            wide.addAll(row);
            strides.add(wide);
        }
        offsets.addAll(access.offsets());
        return new Window.Access(extra.concat(access.source()), extra.concat(access.window()), strides, offsets,
                access.circular());
    }

    private static Expr reduction(Reduction node, Expr cotangent, int batch) {
        Expr x = node.operand(0);
        return switch (node.operation()) {
            case MAX -> spread(cotangent, node, batch)
                    .times(Reduction.of(Reduction.Operation.FIRST_MAX, x, node.axes()));
            case LOG_SUM_EXP -> spread(cotangent, node, batch)
                    .times(Functions.EXP.apply(x.minus(spread(node, node, 0))));
            case PRODUCT -> spread(cotangent, node, batch).times(LeaveOneOut.of(x, node.axes()));
            case FIRST_MAX -> zero(node, 0, cotangent, batch);
        };
    }

    /** A value of the reduction's shape repeated along the axes that were reduced. */
    private static Expr spread(Expr value, Reduction node, int batch) {
        Shape full = batchShape(value, batch).concat(node.operand(0).shape());
        int[] axes = node.axes();
        int[] kept = IntStream.range(0, full.rank())
                .filter(axis -> axis < batch || Arrays.binarySearch(axes, axis - batch) < 0).toArray();
        return Contraction.of(List.of(value), List.of(kept), IntStream.range(0, full.rank()).toArray(), full);
    }

    private static Expr part(Concatenation node, int k, Expr cotangent, int batch) {
        Size start = Size.ZERO;
        for (int j = 0; j < k; j++) {
            start = start.plus(node.operand(j).shape().get(node.axis()));
        }
        return Window.slice(cotangent, batch + node.axis(), start, 1, node.operand(k).shape().get(node.axis()));
    }

    /** Elementwise: times the derivative. Otherwise the cotangent contracted with the derivative's leading axes. */
    private static Expr application(Application node, int k, Expr cotangent, int batch) {
        if (IntegerSum.of(node).isPresent()) {
            throw new Underivable(node, "a sum over all integers without a closed form is not differentiated");
        }
        Expr derivative = node.derivative(k);
        if (node.function().isElementwise()) {
            return cotangent.times(derivative);
        }
        // The axes of argument k come after those of earlier derivatives by arguments up to k.
        int rank = node.shape().rank();
        int own = node.operand(k).shape().rank();
        int start = node.function().result().rank();
        for (int earlier : node.derivatives()) {
            start += earlier <= k ? node.function().parameters().get(earlier).rank() : 0;
        }
        int[] labels = new int[rank + own];
        for (int axis = 0, next = 0; axis < labels.length; axis++) {
            labels[axis] = axis >= start && axis < start + own ? rank + axis - start : next++;
        }
        int[] cotangentLabels = IntStream.range(0, batch + rank)
                .map(axis -> axis < batch ? rank + own + axis : axis - batch).toArray();
        int[] output = IntStream.range(0, batch + own)
                .map(axis -> axis < batch ? rank + own + axis : rank + axis - batch).toArray();
        return Contraction.of(List.of(cotangent, derivative), List.of(cotangentLabels, labels), output,
                batchShape(cotangent, batch).concat(node.operand(k).shape()));
    }
}
