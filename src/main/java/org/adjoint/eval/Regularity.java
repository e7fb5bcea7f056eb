package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Walk;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * Whether the matrices that a graph inverts, or takes the log-determinant of, are well away from singular at a point:
 * {@code rcond(A) = 1/(‖A‖₁ ‖A⁻¹‖₁)} (Golub and Van Loan, Matrix Computations, 2013, section 2.6.2). A value computed in doubles
 * where that is as small as rounding is noise.
 */
public final class Regularity {
    private static final double LEAST = 1e-9;

    private final List<Plan> matrices = new ArrayList<>();

    private Regularity() {
    }

    /** For the graphs at given sizes. */
    public static Regularity of(Collection<? extends Expr> roots, Sizes sizes, Interpretation interpretation) {
        Regularity regularity = new Regularity();
        List<Expr> inverted = new ArrayList<>();
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof MatrixFunction f && f.needsInvertible()) {
                inverted.add(f.operand(0));
            }
        }
        if (!inverted.isEmpty()) {
            regularity.matrices.add(Plan.compile(inverted.stream().distinct().toList(), sizes, interpretation));
        }
        return regularity;
    }

    /** Whether every one of the matrices has a reciprocal condition number that doubles can tell from zero. */
    public boolean holds(Values values) {
        for (Plan plan : matrices) {
            for (Tensor matrix : plan.evaluate(values)) {
                if (!(reciprocalCondition(matrix) >= LEAST)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** 1 for the identity, 0 for a singular matrix, NaN where the matrix has no value. */
    static double reciprocalCondition(Tensor tensor) {
        DMatrixRMaj matrix = new DMatrixRMaj(tensor.shape()[0], tensor.shape()[1], true, tensor.data().clone());
        double norm = NormOps_DDRM.inducedP1(matrix);
        DMatrixRMaj inverse = matrix.copy();
        if (tensor.count() == 0) {
            return 1;
        }
        if (!Double.isFinite(norm)) {
            return Double.NaN;
        }
        if (norm == 0 || !CommonOps_DDRM.invert(inverse)) {
            return 0;
        }
        double reciprocal = 1 / (norm * NormOps_DDRM.inducedP1(inverse));
        return Double.isNaN(reciprocal) ? 0 : reciprocal;
    }
}
