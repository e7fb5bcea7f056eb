package org.adjoint.limit;

import java.util.ArrayList;
import java.util.Arrays;
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

    /** Whether the values of two expressions of one shape differ at a point of positive numbers. */
    static boolean differ(Expr a, Expr b) {
        Map<String, Integer> lengths = new HashMap<>();
        Walk.sizeSymbols(List.of(a, b)).forEach(symbol -> lengths.put(symbol, SIZE));
        Sizes sizes = Sizes.of(lengths);
        Map<Variable, NumberTensor<Double>> point = new HashMap<>();
        double next = 0.37;
        for (Variable variable : Walk.variables(List.of(a, b))) {
            int[] shape = sizes.of(variable.shape());
            List<Double> entries = new ArrayList<>();
            for (int k = Arrays.stream(shape).reduce(1, (p, q) -> p * q); k > 0; k--) {
                entries.add(next);
                next = 0.2 + (next * 1.618 + 0.29) % 1;
            }
            point.put(variable, NumberTensor.of(shape, entries));
        }
        List<NumberTensor<Double>> values = new Evaluator<>(new DoubleArithmetic(), sizes)
                .evaluate(List.of(a, b), point);
        for (int k = 0; k < values.get(0).count(); k++) {
            if (values.get(0).isDefined(k) && values.get(1).isDefined(k)) {
                double left = values.get(0).get(k);
                double right = values.get(1).get(k);
                if (Math.abs(left - right) > ROUNDING * (1 + Math.abs(left) + Math.abs(right))) {
                    return true;
                }
            }
        }
        return false;
    }
}
