package org.adjoint.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.adjoint.eval.Interpretation;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.Values;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Walk;

/**
 * Whether a point lies on a kink or a jump of some part of a graph: an indicator's argument is zero, a maximum is met twice. What
 * is said almost everywhere is not contradicted there: {@code relu(x²)} has slope {@code 2x·[x² > 0]}, of which the
 * slope at 0 by the convention is 0, not 2.
 */
final class Kinks {
    private static final double ZERO = 1e-12;

    private Kinks() {
    }

    static boolean isMet(Collection<? extends Expr> roots, Sizes sizes, Interpretation model, Values values) {
        List<Expr> arguments = new ArrayList<>();
        List<Expr> maxima = new ArrayList<>();
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof Elementwise f && f.operandCount() > 0
                    && (f.function().kink().isPresent() || f.function().isLocallyConstant())) {
                arguments.add(f.operandCount() == 1 ? f.operand(0) : f.operand(0).minus(f.operand(1)));
            } else
                if (node instanceof Reduction r && (r.operation() == Reduction.Operation.MAX
                        || r.operation() == Reduction.Operation.FIRST_MAX)) {
                            maxima.add(r.operand(0));
                        }
        }
        return (!arguments.isEmpty() && Plan.compile(arguments, sizes, model).evaluate(values).stream()
                .anyMatch(Kinks::holdsZero))
                || (!maxima.isEmpty() && Plan.compile(maxima, sizes, model).evaluate(values).stream()
                        .anyMatch(Kinks::holdsTie));
    }

    private static boolean holdsZero(Tensor tensor) {
        for (int k = 0; k < tensor.count(); k++) {
            if (Math.abs(tensor.data()[k]) <= ZERO) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsTie(Tensor tensor) {
        double[] sorted = Arrays.copyOf(tensor.data(), tensor.count());
        Arrays.sort(sorted);
        for (int k = 1; k < sorted.length; k++) {
            if (sorted[k] - sorted[k - 1] <= ZERO) {
                return true;
            }
        }
        return false;
    }
}
