package org.adjoint.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** A look at one point in doubles before a proof is tried: equal expressions do not differ there by more than rounding. */
final class SamplePoint {
    private static final double ROUNDING = 1e-6;
    private static final int SIZE = 3;

    private SamplePoint() {
    }

    /** Whether the values of two scalar expressions differ at a point of positive numbers. */
    static boolean differ(Expr a, Expr b) {
        Map<Variable, NumberTensor<Double>> point = new HashMap<>();
        double next = 0.37;
        for (Variable variable : Walk.variables(List.of(a, b))) {
            if (!variable.shape().isScalar()) {
                return false;
            }
            point.put(variable, NumberTensor.scalar(next));
            next = 0.2 + (next * 1.618 + 0.29) % 1;
        }
        Map<String, Integer> sizes = new HashMap<>();
        Walk.sizeSymbols(List.of(a, b)).forEach(symbol -> sizes.put(symbol, SIZE));
        List<NumberTensor<Double>> values = new Evaluator<>(new DoubleArithmetic(), Sizes.of(sizes))
                .evaluate(List.of(a, b), point);
        if (!values.get(0).isDefined() || !values.get(1).isDefined()) {
            return false;
        }
        double left = values.get(0).value();
        double right = values.get(1).value();
        return Math.abs(left - right) > ROUNDING * (1 + Math.abs(left) + Math.abs(right));
    }
}
