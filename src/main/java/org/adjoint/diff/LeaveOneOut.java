package org.adjoint.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/**
 * For every entry of a tensor the product of the others along some axes, {@code p_i = ∏_{j≠i} x_j}: the derivative of a
 * product, right at zeros too. Where no entry is zero it is the quotient {@code ∏ x / x_i}, which is shorter.
 */
public final class LeaveOneOut {
    private LeaveOneOut() {
    }

    /** The product of the others for every entry, shaped like {@code x}. */
    static Expr of(Expr x, int[] axes) {
        int[] order = positions(x.shape().rank(), axes);
        int[] inverse = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            inverse[order[k]] = k;
        }
        return Tensors.permute(others(x, axes), inverse);
    }

    /** The axes of {@link #others}: those that are kept, then the own position along those that are multiplied over. */
    private static int[] positions(int rank, int[] axes) {
        return IntStream.concat(IntStream.range(0, rank).filter(axis -> Arrays.binarySearch(axes, axis) < 0),
                Arrays.stream(axes)).toArray();
    }

    private static Expr others(Expr x, int[] axes) {
        int rank = x.shape().rank();
        Shape wide = x.shape();
        List<Expr> deltas = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int j = 0; j < axes.length; j++) {
            Size size = x.shape().get(axes[j]);
            wide = wide.concat(Shape.of(size));
            deltas.add(Delta.of(size));
            labels.add(new int[] {axes[j], rank + j});
        }
        int[] all = IntStream.range(0, wide.rank()).toArray();
        Expr same = Contraction.of(deltas, labels, all, wide);
        Expr entry = Contraction.of(List.of(x), List.of(IntStream.range(0, rank).toArray()), all, wide);
        return Reduction.of(Reduction.Operation.PRODUCT, Where.of(same, Constant.ONE, entry), axes);
    }

    /**
     * The expression with every product of the others of smooth entries written as a quotient: equal where no entry is zero.
     */
    public static Expr asQuotients(Expr expr) {
        Map<Expr, Expr> quotients = new LinkedHashMap<>();
        for (Expr node : Walk.postorder(expr)) {
            if (node instanceof Reduction r && r.operation() == Reduction.Operation.PRODUCT
                    && r.operand(0) instanceof Where where && where.ifFalse() instanceof Contraction view
                    && view.operandCount() == 1 && isSmooth(view.operand(0))) {
                Expr x = view.operand(0);
                int[] axes = r.axes();
                if (axes[axes.length - 1] < x.shape().rank() && others(x, axes) == r) {
                    quotients.put(r, quotient(x, axes));
                }
            }
        }
        return quotients.isEmpty() ? expr : Substitution.of(quotients).apply(expr);
    }

    private static Expr quotient(Expr x, int[] axes) {
        Expr product = Reduction.of(Reduction.Operation.PRODUCT, x, axes);
        int rank = x.shape().rank();
        int[] order = positions(rank, axes);
        int[] kept = Arrays.copyOf(order, rank - axes.length);
        Expr spread = Contraction.of(List.of(product), List.of(kept), IntStream.range(0, rank).toArray(), x.shape());
        return Tensors.permute(spread.dividedBy(x), order);
    }

    /** What is zero on a whole region, as {@code relu(x)} is, must not be divided by. */
    private static boolean isSmooth(Expr x) {
        // |u| is zero where u is, and nowhere else
        Expr inner = x instanceof Elementwise f && f.function() == Functions.ABS ? f.operand(0) : x;
        return Walk.postorder(inner).stream().noneMatch(node -> node instanceof Where
                || (node instanceof Elementwise f && f.operandCount() > 0
                        && (f.function().kink().isPresent() || f.function().isLocallyConstant())));
    }
}
