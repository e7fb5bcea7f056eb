package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;

/** The identity matrix over pairs of indices: {@code δ_(ij)(kl) = δᵢₖ·δⱼₗ}. */
final class Deltas {
    private Deltas() {
    }

    /** The identity over {@code [a·b, a·b]} seen as {@code [a, b, a, b]}. */
    static Optional<Expr> split(Reshape reshape) {
        if (reshape.operand(0) instanceof Linear scaled && scaled.termCount() == 1) {
            return Optional.of(Linear.scale(scaled.coefficient(0), Reshape.of(scaled.term(0), reshape.shape())));
        }
        if (reshape.operand(0) instanceof Linear sum && sum.shape().rank() > 2 && sum.termCount() > 1) {
            List<Expr> terms = new ArrayList<>();
            List<Rational> coefficients = new ArrayList<>();
            for (int k = 0; k < sum.termCount(); k++) {
                terms.add(Reshape.of(sum.term(k), reshape.shape()));
                coefficients.add(sum.coefficient(k));
            }
            return Optional.of(Linear.of(reshape.shape(), terms, coefficients));
        }
        int half = reshape.shape().rank() / 2;
        Shape rows = reshape.shape().slice(0, half);
        boolean square = reshape.operand(0) instanceof Delta && reshape.shape().rank() == 2 * half
                && rows.equals(reshape.shape().slice(half, 2 * half))
                && rows.count().equals(reshape.operand(0).shape().get(0));
        if (!square) {
            return Optional.empty();
        }
        List<Expr> deltas = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int axis = 0; axis < half; axis++) {
            deltas.add(Delta.of(rows.get(axis)));
            labels.add(new int[] {axis, half + axis});
        }
        return Optional.of(Contraction.of(deltas, labels, Product.output(reshape.shape()), reshape.shape()));
    }
}
