package org.adjoint.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.Interpretation;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** One directional derivative by central differences to 60 digits, for where doubles cannot tell. */
final class PreciseSlope {
    private static final PreciseArithmetic FIELD = new PreciseArithmetic(60);
    /** The differences are right to {@code h²f‴/6}, far below what is asked for, and so is their rounding. */
    private static final Rational STEP = Rational.of(1, 1_000_000_000_000_000L);
    private static final double RELATIVE = 1e-12;
    private static final double ABSOLUTE = 1e-24;

    /** What 60 digits tell. */
    enum Outcome {
        /** The two are the same number. */
        AGREES,
        /** They differ. */
        DIFFERS,
        /** One of them has no value at the point: it lies outside the domain, or on its edge. */
        NO_VALUE
    }

    private PreciseSlope() {
    }

    /** How {@code gradient · paired} and {@code (f(x + h d) − f(x − h d))/2h} compare. */
    static Outcome compare(Expr f, Map<Variable, Expr> detached, Variable x, Expr gradient, Point point,
            double[] direction, double[] paired, Interpretation model) {
        Evaluator<Precise> evaluator = new Evaluator<>(FIELD, point.sizes(), model);
        Map<Variable, NumberTensor<Precise>> values = new LinkedHashMap<>(point.in(FIELD));
        try {
            List<Precise> analytic = evaluator.evaluate(gradient, values).entries();
            detached.forEach((held, operand) -> values.put(held, evaluator.evaluate(operand, point.in(FIELD))));
            Precise expected = FIELD.of(Rational.ZERO);
            for (int k = 0; k < paired.length; k++) {
                Precise d = FIELD.of(Rational.ofDouble(paired[k]));
                expected = FIELD.add(expected, FIELD.multiply(analytic.get(k), d));
            }
            Precise ahead = valueAt(evaluator, f, values, x, point, direction, STEP);
            Precise behind = valueAt(evaluator, f, values, x, point, direction, STEP.negate());
            Precise slope = FIELD.divide(FIELD.subtract(ahead, behind), FIELD.of(STEP.times(Rational.TWO)));
            double deviation = Math.abs(FIELD.toDouble(FIELD.subtract(expected, slope)));
            return deviation <= ABSOLUTE + RELATIVE * Math.abs(FIELD.toDouble(slope)) ? Outcome.AGREES
                    : Outcome.DIFFERS;
        } catch (ArithmeticException noValue) {
            return Outcome.NO_VALUE;
        }
    }

    private static Precise valueAt(Evaluator<Precise> evaluator, Expr f, Map<Variable, NumberTensor<Precise>> values,
            Variable x, Point point, double[] direction, Rational step) {
        List<Precise> moved = new ArrayList<>();
        for (int k = 0; k < direction.length; k++) {
            moved.add(FIELD.of(point.value(x).get(k).plus(Rational.ofDouble(direction[k]).times(step))));
        }
        Map<Variable, NumberTensor<Precise>> at = new LinkedHashMap<>(values);
        at.put(x, NumberTensor.of(point.value(x).shape(), moved));
        return evaluator.evaluate(f, at).value();
    }
}
