package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * Losses over classes, with the shapes, names and defaults of {@code torch.nn.functional}: the input is {@code [N, C]},
 * {@code [N, C, d…]} or {@code [C]}; the target says which class, {@code [N]}, {@code [N, d…]} or {@code []}, or how
 * probable each is, shaped like the input.
 *
 * <p>Numbers are checked by {@link ClassIndices}; of an index that is no number yet, {@code x[y]} is 0 where it is out
 * of range.
 */
public final class ClassLosses {
    private ClassLosses() {
    }

    /**
     * Cross-entropy of logits: {@code logsumexp(x) − x[y]} for a class y, {@code −Σ t log softmax(x)} for
     * probabilities t.
     *
     * <p>Under weights w of the classes a loss counts w[y] times, and a mean is by Σ w[y] (of probabilities by N).
     * Smoothing ε mixes the target with the uniform distribution: {@code (1 − ε) t + ε/C} (Szegedy et al.,
     * arXiv:1512.00567, section 7).
     *
     * @throws ShapeError when the target is shaped neither like the input nor like the input without its classes
     */
    public static Expr crossEntropy(Expr input, Expr target, Optional<Expr> weight, Optional<Expr> smoothing,
            LossReduction reduction) {
        int axis = axis(input);
        Expr logs = Tensors.logSoftmax(input, axis);
        boolean probable = target.shape().equals(input.shape());
        if (!probable && weight.isEmpty() && smoothing.isEmpty()) {
            Expr lse = Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, input, new int[] {axis}, false);
            return reduction.of(lse.minus(picked(input, target, axis)));
        }
        Expr certain = probable ? target : oneHot(input, target, axis);
        Expr mixed = smoothing.map(e -> certain.times(Constant.ONE.minus(e))
                .plus(e.dividedBy(Dimension.of(input.shape().get(axis))))).orElse(certain);
        Expr each = weight.map(w -> Tensors.product(List.of(column(w, input, axis), mixed, logs)))
                .orElseGet(() -> Tensors.product(List.of(mixed, logs)));
        Expr losses = Tensors.sum(each, new int[] {axis}, false).negate();
        if (!probable) {
            return reduction.weighted(losses, weights(input, target, weight, axis));
        }
        // the mean of probabilities is over the examples, whatever they weigh
        return reduction.of(losses);
    }

    /** {@code −w[y] x[y]} of logarithms x of probabilities; a mean is by Σ w[y]. */
    public static Expr negativeLogLikelihood(Expr input, Expr target, Optional<Expr> weight, LossReduction reduction) {
        int axis = axis(input);
        Expr losses = picked(weight.map(w -> input.times(column(w, input, axis))).orElse(input), target, axis).negate();
        return reduction.weighted(losses, weights(input, target, weight, axis));
    }

    /**
     * {@code Σ_{j ≠ y} w[y] relu(margin − x[y] + x[j])ᵖ / C}.
     *
     * <p>Source: Weston and Watkins, Support Vector Machines for Multi-Class Pattern Recognition (1999).
     */
    public static Expr multiMargin(Expr input, Expr target, int p, Expr margin, Optional<Expr> weight,
            LossReduction reduction) {
        if (input.shape().rank() > 2) {
            throw new ShapeError("the multi-class margin loss is of an input [N, C] or [C]", input);
        }
        int axis = axis(input);
        Expr own = Tensors.insertAxis(picked(input, target, axis), axis);
        Expr over = Functions.RELU.apply(input.minus(own).plus(Tensors.broadcast(margin, input.shape())));
        Expr powers = p == 1 ? over : over.pow(p);
        Expr others = Constant.ONE.minus(oneHot(input, target, axis));
        Expr sum = Tensors.sum(powers.times(others), new int[] {axis}, false)
                .dividedBy(Dimension.of(input.shape().get(axis)));
        Expr weighted = weight
                .map(w -> sum.times(picked(Tensors.broadcast(column(w, input, axis), input.shape()), target, axis)))
                .orElse(sum);
        return reduction.of(weighted);
    }

    /**
     * 1 where the greatest score is not that of the class, else 0; of labels, shaped like the target, where they
     * differ.
     *
     * <p>It is constant between jumps: where it is differentiable its gradient is 0, so that it trains nothing.
     */
    public static Expr zeroOne(Expr input, Expr target, LossReduction reduction) {
        if (input.shape().equals(target.shape())) {
            return reduction.of(Constant.ONE.minus(Functions.EQUAL.apply(Losses.present(input), target)));
        }
        int axis = axis(input);
        Expr best = Tensors.reduce(Reduction.Operation.FIRST_MAX, input, new int[] {axis}, false);
        return reduction.of(Constant.ONE.minus(picked(best, target, axis)));
    }

    /** Which axis holds the classes: the second, of a single example the only one. */
    static int axis(Expr input) {
        if (Losses.present(input).shape().isScalar()) {
            throw new ShapeError("the input of a loss over classes is [C], [N, C] or [N, C, d…]", input);
        }
        return input.shape().rank() == 1 ? 0 : 1;
    }

    /** {@code [c = y]}, shaped like the input. */
    private static Expr oneHot(Expr input, Expr target, int axis) {
        Shape shape = input.shape();
        Shape labels = shape.slice(0, axis).concat(shape.slice(axis + 1, shape.rank()));
        if (!target.shape().equals(labels)) {
            throw new ShapeError("the target has a class for each example, " + labels + ", or probabilities, " + shape,
                    input, target);
        }
        return ClassIndices.oneHot(target, axis, shape);
    }

    /** {@code x[y]}. */
    private static Expr picked(Expr x, Expr target, int axis) {
        return Tensors.sum(x.times(oneHot(x, target, axis)), new int[] {axis}, false);
    }

    /** A weight for each class along the axis of the classes. */
    private static Expr column(Expr weight, Expr input, int axis) {
        Size classes = input.shape().get(axis);
        if (!weight.shape().equals(Shape.of(classes))) {
            throw new ShapeError("there is one weight for each of the " + classes + " classes", weight);
        }
        Expr column = weight;
        for (int k = axis + 1; k < input.shape().rank(); k++) {
            column = Tensors.insertAxis(column, column.shape().rank());
        }
        return column;
    }

    private static Expr weights(Expr input, Expr target, Optional<Expr> weight, int axis) {
        return weight.map(w -> picked(Tensors.broadcast(column(w, input, axis), input.shape()), target, axis))
                .orElseGet(() -> Contraction.ones(target.shape()));
    }
}
