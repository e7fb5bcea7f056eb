package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.Interpretation;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Walk;

/**
 * How far apart in size the numbers of a computation are: {@code 1 + exp(−1000)} agrees with 1 to 434 digits, so that
 * agreement to 120 says nothing. An estimate in doubles, of the exponents of the numbers that functions are applied to.
 */
final class Magnitudes {
    private static final double BITS_OF_E = 1 / Math.log(2);
    /** Functions that differ from a simple one by about exp(−2x), or grow so. */
    private static final List<ScalarFunction> EXPONENTIAL = List.of(Functions.EXP, Functions.EXPM1, Functions.SINH,
            Functions.COSH, Functions.TANH, Functions.SIGMOID, Functions.SOFTPLUS, Functions.SILU, Functions.ELU);
    /** Functions that differ from a simple one by about exp(−x²). */
    private static final List<ScalarFunction> GAUSSIAN = List.of(Functions.ERF, Functions.GELU, Functions.GELU_TANH);

    private final List<Elementwise> functions = new ArrayList<>();
    private final List<Expr> operands = new ArrayList<>();
    private final double ofConstants;

    private Magnitudes(List<Expr> roots) {
        double bits = 0;
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof Elementwise f && f.operandCount() > 0 && !f.function().isLocallyConstant()) {
                functions.add(f);
                operands.addAll(f.operands());
            } else if (node instanceof Constant constant) {
                for (Rational value : constant.values()) {
                    bits = Math.max(bits, bits(value));
                }
            } else if (node instanceof Linear linear) {
                for (int k = 0; k < linear.termCount(); k++) {
                    bits = Math.max(bits, bits(linear.coefficient(k)));
                }
            }
        }
        this.ofConstants = bits;
    }

    static Magnitudes of(List<Expr> roots) {
        return new Magnitudes(roots);
    }

    private static double bits(Rational value) {
        return value.isZero() ? 0
                : Math.abs((double) value.numerator().abs().bitLength() - value.denominator().bitLength());
    }

    /** About how many bits the largest number at the point is above 1, or the smallest below; infinite when beyond doubles. */
    double bitsAt(Point point, Interpretation interpretation) {
        double bits = ofConstants;
        for (NumberTensor<Rational> value : point.values().values()) {
            for (Rational entry : value.entries()) {
                bits = Math.max(bits, bits(entry));
            }
        }
        if (functions.isEmpty()) {
            return bits;
        }
        DoubleArithmetic field = new DoubleArithmetic();
        Map<org.adjoint.expr.Variable, NumberTensor<Double>> values = point.in(field);
        List<NumberTensor<Double>> found = new Evaluator<>(field, point.sizes(), interpretation).evaluate(operands,
                values);
        int at = 0;
        for (Elementwise f : functions) {
            NumberTensor<Double> x = found.get(at);
            NumberTensor<Double> y = found.get(at + f.operandCount() - 1);
            at += f.operandCount();
            for (int k = 0; k < x.count(); k++) {
                if (x.isDefined(k) && y.isDefined(k)) {
                    bits = Math.max(bits, bits(f.function(), x.get(k), y.get(k)));
                }
            }
        }
        return bits;
    }

    private static double bits(ScalarFunction function, double x, double y) {
        double size = x == 0 || Double.isNaN(x) ? 0 : Math.abs(Math.log(Math.abs(x))) * BITS_OF_E;
        if (function == Functions.POWER) {
            return x == 0 || Double.isNaN(y) ? 0 : Math.max(1, Math.abs(y)) * size;
        }
        return EXPONENTIAL.contains(function) ? Math.max(size, 2 * Math.abs(x) * BITS_OF_E)
                : GAUSSIAN.contains(function) ? Math.max(size, x * x * BITS_OF_E) : size;
    }
}
