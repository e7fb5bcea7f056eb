package org.adjoint.show;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** Whether two expressions have the same entries at random sizes and points, axes of size 1 left aside. */
final class Agreement {
    private static final double TOLERANCE = 1e-8;
    private static final long SEED = 7;

    private Agreement() {
    }

    static boolean of(Expr a, Expr b) {
        Set<Variable> variables = new LinkedHashSet<>(Walk.variables(List.of(a, b)));
        Sampler sampler = new Sampler(SEED);
        for (Sizes sizes : sampler.sizes(List.of(a, b), 2)) {
            Point point = sampler.point(variables, sizes);
            Evaluator<Double> evaluator = new Evaluator<>(new DoubleArithmetic(), sizes);
            List<NumberTensor<Double>> values = evaluator.evaluate(List.of(a, b), point.in(evaluator.field()));
            if (!agree(values.get(0), values.get(1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean agree(NumberTensor<Double> a, NumberTensor<Double> b) {
        if (a.count() != b.count()) {
            return false;
        }
        for (int k = 0; k < a.count(); k++) {
            if (a.isDefined(k) && b.isDefined(k)) {
                double x = a.get(k);
                double y = b.get(k);
                if (Double.isFinite(x) && Double.isFinite(y)
                        && Math.abs(x - y) > TOLERANCE * Math.max(1, Math.max(Math.abs(x), Math.abs(y)))) {
                    return false;
                }
            }
        }
        return true;
    }
}
