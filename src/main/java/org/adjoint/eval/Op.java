package org.adjoint.eval;

import java.util.Map;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;

/** Codes of the operations on doubles, so that inner loops switch on a number instead of calling through an interface. */
final class Op {
    static final int EXP = 0;
    static final int LOG = 1;
    static final int LOG1P = 2;
    static final int EXPM1 = 3;
    static final int SQRT = 4;
    static final int ABS = 5;
    static final int SIN = 6;
    static final int COS = 7;
    static final int TANH = 8;
    static final int SIGMOID = 9;
    static final int RELU = 10;
    static final int STEP = 11;
    /** x², x³, 1/x, 1/x², 1/√x: powers that need no logarithm. */
    static final int SQUARE = 12;
    static final int CUBE = 13;
    static final int RECIPROCAL = 14;
    static final int RECIPROCAL_SQUARE = 15;
    static final int RECIPROCAL_SQRT = 16;
    /** Any other function of the table with one operand, or none. */
    static final int UNARY = 17;
    static final int POWER = 18;
    static final int MAXIMUM = 19;
    static final int MINIMUM = 20;
    static final int LESS = 21;
    static final int LESS_EQUAL = 22;
    static final int EQUAL = 23;
    /** Any other function of the table with two operands. */
    static final int BINARY = 24;
    /** {@code b + Σ cₖ xₖ}. */
    static final int LINEAR = 25;
    /** {@code Π xₖ}. */
    static final int PRODUCT = 26;
    /** The second operand where the first is nonzero, else the third. */
    static final int SELECT = 27;
    /** {@code a + b}. */
    static final int ADD = 28;
    /** {@code a − b}. */
    static final int SUBTRACT = 29;
    /** {@code c·a + b}. */
    static final int AFFINE = 30;
    /** {@code c·a² + b}, as it comes from the derivative of tanh. */
    static final int AFFINE_SQUARE = 31;
    /** {@code c·a + d·b + e}. */
    static final int COMBINE = 32;
    static final int MULTIPLY = 33;
    static final int MULTIPLY3 = 34;
    static final int MULTIPLY4 = 35;
    static final int COPY = 36;
    /** Reads a view that is not contiguous. */
    static final int LOAD = 37;

    private static final Map<ScalarFunction, Integer> CODES = Map.ofEntries(Map.entry(Functions.EXP, EXP),
            Map.entry(Functions.LOG, LOG), Map.entry(Functions.LOG1P, LOG1P), Map.entry(Functions.EXPM1, EXPM1),
            Map.entry(Functions.SQRT, SQRT), Map.entry(Functions.ABS, ABS), Map.entry(Functions.SIN, SIN),
            Map.entry(Functions.COS, COS), Map.entry(Functions.TANH, TANH), Map.entry(Functions.SIGMOID, SIGMOID),
            Map.entry(Functions.RELU, RELU), Map.entry(Functions.STEP, STEP), Map.entry(Functions.POWER, POWER),
            Map.entry(Functions.MAXIMUM, MAXIMUM), Map.entry(Functions.MINIMUM, MINIMUM),
            Map.entry(Functions.LESS, LESS), Map.entry(Functions.LESS_EQUAL, LESS_EQUAL),
            Map.entry(Functions.EQUAL, EQUAL));

    /** Powers by a constant that have a code of their own. */
    private static final Map<Rational, Integer> POWERS = Map.of(Rational.TWO, SQUARE, Rational.of(3), CUBE,
            Rational.MINUS_ONE, RECIPROCAL, Rational.of(-2), RECIPROCAL_SQUARE, Rational.of(-1, 2), RECIPROCAL_SQRT);

    private Op() {
    }

    static int of(ScalarFunction f) {
        Integer code = CODES.get(f);
        return code != null ? code : f.arity() < 2 ? UNARY : BINARY;
    }

    /** The code of the power by that constant; {@link #POWER} when it has none of its own. */
    static int power(Rational exponent) {
        Integer code = POWERS.get(exponent);
        return code != null ? code : POWER;
    }

    /** {@code 1/(1 + e⁻ˣ)} without overflow. */
    static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    static double relu(double x) {
        return x > 0 || Double.isNaN(x) ? x : 0;
    }
}
