package org.adjoint.diff;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;

/**
 * Whether two square matrices commute, as far as their form says: both are polynomials, inverses, exponentials or powers of
 * one matrix with scalar coefficients, or one is a multiple of the identity.
 */
final class Commuting {
    private static final int LIMIT = 200;

    private Commuting() {
    }

    /** Sound, not complete: false says nothing. */
    static boolean with(Expr x, Expr e) {
        return e.shape().rank() == 2 && (isFunctionOf(e, x) || isFunctionOf(x, e)
                || base(x) == base(e));
    }

    /** The matrix of which x is a scalar multiple; x itself otherwise. */
    private static Expr base(Expr x) {
        Expr inner = x instanceof Linear scaled && scaled.termCount() == 1 ? scaled.term(0) : x;
        if (inner instanceof Contraction product && product.summedCount() == 0) {
            List<Expr> matrices = new ArrayList<>();
            for (int k = 0; k < product.operandCount(); k++) {
                Expr factor = product.operand(k);
                if (!factor.shape().isScalar()) {
                    // A transposed matrix is told by its node and order of axes.
                    matrices.add(product.index(k, 0) == 0 ? factor : factor.transpose());
                    if (factor.shape().rank() != 2 || product.index(k, 0) == product.index(k, 1)) {
                        return inner;
                    }
                }
            }
            return matrices.size() == 1 ? matrices.get(0) : inner;
        }
        return inner;
    }

    /** Whether e is built from the matrix z, the identity and scalars by sums, products and functions of matrices. */
    private static boolean isFunctionOf(Expr e, Expr z) {
        Expr root = base(z);
        List<Expr> open = new ArrayList<>(List.of(e));
        int seen = 0;
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            if (++seen > LIMIT) {
                return false;
            }
            if (node == z || node == root || node instanceof Delta || Linear.isZero(node)) {
                continue;
            }
            switch (node) {
                case Linear sum -> open.addAll(sum.operands());
                case MatrixFunction f -> {
                    if (f.operation().hasDirection() || f.shape().isScalar()) {
                        return false;
                    }
                    open.add(f.operand(0));
                }
                case Contraction product -> {
                    if (!addFactors(product, root, open)) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    /** The factors of a chain of matrix products, scaled by scalars; false when it is anything else. */
    private static boolean addFactors(Contraction product, Expr root, List<Expr> open) {
        if (base(product) == root) {
            return true;
        }
        int position = 0;
        List<Integer> left = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            Expr factor = product.operand(k);
            if (factor.shape().rank() == 2) {
                left.add(k);
            } else if (!factor.shape().isScalar()) {
                return false;
            }
        }
        int count = left.size();
        if (count == 0 || product.summedCount() != count - 1) {
            return count == 0 && Constant.uniform(product).isPresent();
        }
        // Follow the chain 0 → … → 1 of indices through factors that are not transposed.
        for (int step = 0; step < count; step++) {
            int from = position;
            int found = -1;
            for (int k : left) {
                if (product.index(k, 0) == from) {
                    found = k;
                }
            }
            if (found < 0) {
                return false;
            }
            left.remove(Integer.valueOf(found));
            open.add(product.operand(found));
            position = product.index(found, 1);
        }
        return position == 1;
    }
}
