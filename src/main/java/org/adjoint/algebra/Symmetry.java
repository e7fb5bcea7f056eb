package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;

/** {@code Sᵢⱼ = Sⱼᵢ} for matrices that are declared symmetric, and for what inherits it. */
final class Symmetry {
    /** A term with more symmetric factors than this stays as it is written. */
    private static final int FACTOR_LIMIT = 6;
    /** A longer product stays as it is written as well. */
    private static final int PRODUCT_LIMIT = 40;

    private final NodeMap<Boolean> known = new NodeMap<>();

    /** The term with the last two indices of each symmetric factor in the order that makes its digest smallest. */
    Expr oriented(Expr term) {
        if (term instanceof Linear scaled && scaled.termCount() == 1) {
            return Linear.scale(scaled.coefficient(0), oriented(scaled.term(0)));
        }
        if (!(term instanceof Contraction product)) {
            return term;
        }
        if (product.operandCount() > PRODUCT_LIMIT) {
            return term;
        }
        int[] symmetric = IntStream.range(0, product.operandCount()).filter(k -> isSymmetric(product.operand(k)))
                .toArray();
        Expr best = term;
        int[] output = IntStream.range(0, product.shape().rank()).toArray();
        for (int choice = 1; symmetric.length <= FACTOR_LIMIT && choice < 1 << symmetric.length; choice++) {
            List<int[]> labels = new ArrayList<>();
            for (int k = 0; k < product.operandCount(); k++) {
                labels.add(product.indices(k));
            }
            for (int k = 0; k < symmetric.length; k++) {
                int[] label = labels.get(symmetric[k]);
                int last = label.length - 1;
                if ((choice >> k & 1) == 1) {
                    int held = label[last];
                    label[last] = label[last - 1];
                    label[last - 1] = held;
                }
            }
            Expr other = Contraction.flattened(product.operands(), labels, output, product.shape());
            best = isBefore(other, best) ? other : best;
        }
        return best;
    }

    private static boolean isBefore(Expr a, Expr b) {
        if (a instanceof Contraction != b instanceof Contraction) {
            // A symmetric matrix itself stands for its transpose.
            return b instanceof Contraction;
        }
        return a.digestHigh() < b.digestHigh()
                || (a.digestHigh() == b.digestHigh() && a.digestLow() < b.digestLow());
    }

    /** Whether the last two axes may be exchanged. */
    boolean isSymmetric(Expr expr) {
        Shape shape = expr.shape();
        int rank = shape.rank();
        if (rank < 2 || !shape.get(rank - 1).equals(shape.get(rank - 2))) {
            return false;
        }
        Boolean symmetric = known.get(expr);
        if (symmetric == null) {
            symmetric = rank == 2 ? MatrixProperties.isSymmetric(expr) : isSymmetricStack(expr);
            known.put(expr, symmetric);
        }
        return symmetric;
    }

    /** Whether every matrix of a stack is symmetric, by what is declared of its variables. */
    private static boolean isSymmetricStack(Expr expr) {
        List<Expr> open = new ArrayList<>(List.of(expr));
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            if (node instanceof Variable variable) {
                if (!variable.is(Fact.Named.SYMMETRIC) && !variable.is(Fact.Named.POSITIVE_DEFINITE)) {
                    return false;
                }
            } else if (node instanceof Elementwise || node instanceof Linear) {
                open.addAll(node.operands());
            } else if (Constant.uniform(node).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
