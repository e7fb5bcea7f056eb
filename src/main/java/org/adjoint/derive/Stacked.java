package org.adjoint.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/**
 * A derivative with the axes of F and those of X each stacked to one: from {@code J[i…, j…] = ∂F_i/∂X_j} to
 * {@code ∂ vec(F) / ∂ vec(X)ᵀ}, the first axis running fastest, which is a permutation of axes and a reshape.
 *
 * <p>The reshape is pushed into sums and past scalar factors, so that each term stays a contraction by itself: in
 * {@code A_ik B_jl} the Kronecker product is seen, in a reshaped sum it is not.
 */
final class Stacked {
    private final int[] order;
    private final Shape shape;

    private Stacked(int[] order, Shape shape) {
        this.order = order;
        this.shape = shape;
    }

    /** The derivative as a matrix; the axes before {@code split} are those of F. */
    static Expr of(Expr derivative, int split) {
        int rank = derivative.shape().rank();
        int[] order = IntStream.range(0, rank).map(k -> k < split ? split - 1 - k : rank - 1 - (k - split)).toArray();
        Shape shape = Shape.of(derivative.shape().slice(0, split).count(),
                derivative.shape().slice(split, rank).count());
        return new Stacked(order, shape).stack(derivative);
    }

    /** A tensor as one vector. */
    static Expr vec(Expr x) {
        return Reshape.of(Tensors.transpose(x), Shape.of(x.shape().count()));
    }

    /** The tensor of the shape whose {@link #vec} is given. */
    static Expr unvec(Expr vector, Shape shape) {
        return Tensors.transpose(Reshape.of(vector, Shape.of(shape.sizes().reversed())));
    }

    private Expr stack(Expr whole) {
        List<Expr> open = new ArrayList<>(List.of(whole));
        List<Rational> scales = new ArrayList<>(List.of(Rational.ONE));
        List<Expr> factors = new ArrayList<>(List.of(Constant.ONE));
        List<Expr> terms = new ArrayList<>();
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            Rational coefficient = scales.removeLast();
            Expr factor = factors.removeLast();
            if (node instanceof Linear sum) {
                for (int k = 0; k < sum.termCount(); k++) {
                    open.add(sum.term(k));
                    scales.add(coefficient.times(sum.coefficient(k)));
                    factors.add(factor);
                }
            } else if (scaled(node) >= 0) {
                int inner = scaled(node);
                List<Expr> scalars = new ArrayList<>(node.operands());
                Expr rest = scalars.remove(inner);
                scalars.add(factor);
                open.add(Tensors.permute(rest, inverse(((Contraction) node).indices(inner))));
                scales.add(coefficient);
                factors.add(Tensors.product(scalars));
            } else {
                Expr stacked = Reshape.of(Tensors.permute(node, order), shape);
                terms.add(stacked.times(factor).times(coefficient));
            }
        }
        return terms.isEmpty() ? Linear.zero(shape) : Tensors.sum(terms);
    }

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int k = 0; k < inverse.length; k++) {
            inverse[permutation[k]] = k;
        }
        return inverse;
    }

    /** The factor that is a sum and has every axis, when all others are scalars; else −1. */
    private static int scaled(Expr node) {
        if (!(node instanceof Contraction product) || product.summedCount() > 0) {
            return -1;
        }
        int found = -1;
        for (int k = 0; k < product.operandCount(); k++) {
            if (product.operand(k) instanceof Linear && isPermutation(product.indices(k), product.shape().rank())) {
                found = k;
            } else if (!product.operand(k).shape().isScalar()) {
                return -1;
            }
        }
        return found;
    }

    private static boolean isPermutation(int[] indices, int rank) {
        return indices.length == rank && rank > 0 && Arrays.stream(indices).distinct().count() == rank;
    }
}
