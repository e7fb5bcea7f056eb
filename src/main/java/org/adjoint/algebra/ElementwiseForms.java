package org.adjoint.algebra;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;

/**
 * Elementwise functions in normal forms: by powers, exponentials, logarithms, sines and cosines, and indicators as far as
 * they are made of these.
 */
final class ElementwiseForms {
    private final NormalForm forms;
    private final ExpLog expLog;
    private final Powers powers;
    private final Indicators indicators;
    private final Trigonometry trigonometry;

    ElementwiseForms(NormalForm forms, ExpLog expLog, Powers powers) {
        this.forms = forms;
        this.expLog = expLog;
        this.powers = powers;
        this.indicators = new Indicators(forms);
        this.trigonometry = new Trigonometry(forms);
    }

    Expr of(Elementwise node, List<Expr> operands) {
        ScalarFunction f = node.function();
        Shape shape = node.shape();
        if (operands.isEmpty()) {
            return node;
        }
        Expr x = operands.get(0);
        if (f == Functions.POWER) {
            return power(node.operand(0), x, operands.get(1), shape);
        }
        if (f == Functions.SQRT) {
            return powers.power(x, Rational.HALF, shape);
        }
        if (f == Functions.EXP) {
            return expLog.exp(x, shape);
        }
        if (f == Functions.LOG) {
            boolean absolute = node.operand(0) instanceof Elementwise abs && abs.function() == Functions.ABS;
            return absolute ? expLog.logOfAbsolute(forms.of(node.operand(0).operand(0)), shape) : expLog.log(x, shape);
        }
        if (f == Functions.LOG1P) {
            return expLog.log(Powers.onePlus(x), shape);
        }
        if (f == Functions.EXPM1) {
            return minus(expLog.exp(x, shape), Contraction.ones(shape));
        }
        if (f == Functions.SIGMOID) {
            return sigmoid(x, shape);
        }
        if (f == Functions.TANH) {
            return minus(twice(sigmoid(twice(x), shape)), Contraction.ones(shape));
        }
        if (f == Functions.SOFTPLUS) {
            return expLog.log(Powers.onePlus(expLog.exp(x, shape)), shape);
        }
        if (f == Functions.SILU) {
            return forms.times(List.of(x, sigmoid(x, shape)), shape);
        }
        if (f == Functions.SINH || f == Functions.COSH) {
            Expr up = expLog.exp(x, shape);
            Expr down = expLog.exp(negative(x), shape);
            Expr sum = f == Functions.COSH ? Terms.sum(up, down) : minus(up, down);
            return Terms.scaled(sum, Rational.HALF);
        }
        if (f == Functions.ERF) {
            return Terms.isNegative(x) ? negative(f.apply(negative(x)))
                    : Linear.isZero(x) ? x : f.apply(x);
        }
        if (f == Functions.GELU) {
            Expr y = node.operand(0);
            Expr erf = Functions.ERF.apply(y.dividedBy(Functions.SQRT.apply(Constant.TWO)));
            return forms.of(y.times(erf.plus(Constant.ONE)).times(Rational.HALF));
        }
        if (f == Functions.LEAKY_RELU) {
            Expr slope = operands.get(1);
            Expr bend = forms.times(List.of(x, indicators.step(x), minus(Contraction.ones(shape), slope)), shape);
            return Terms.sum(forms.times(List.of(x, slope), shape), bend);
        }
        if (f == Functions.ELU) {
            Expr below = forms.times(List.of(operands.get(1), minus(expLog.exp(x, shape), Contraction.ones(shape))),
                    shape);
            return Terms.sum(below, forms.times(List.of(indicators.step(x), minus(x, below)), shape));
        }
        if (f == Functions.RELU) {
            return relu(x, shape);
        }
        if (f == Functions.MAXIMUM) {
            return Terms.sum(operands.get(1), relu(minus(x, operands.get(1)), shape));
        }
        if (f == Functions.MINIMUM) {
            return minus(x, relu(minus(x, operands.get(1)), shape));
        }
        if (f == Functions.ABS) {
            return forms.times(List.of(x, indicators.sign(x)), shape);
        }
        if (f == Functions.SIGN) {
            return indicators.sign(x);
        }
        if (f == Functions.STEP) {
            return indicators.step(x);
        }
        if (f == Functions.LESS) {
            return indicators.step(minus(operands.get(1), x));
        }
        if (f == Functions.LESS_EQUAL) {
            return minus(Contraction.ones(shape), indicators.step(minus(x, operands.get(1))));
        }
        if (f == Functions.EQUAL) {
            return indicators.isZero(minus(x, operands.get(1)));
        }
        return trigonometry.of(f, x, shape).orElseGet(() -> Elementwise.of(f, operands));
    }

    private Expr power(Expr plain, Expr base, Expr exponent, Shape shape) {
        Rational number = Constant.uniform(exponent).orElse(null);
        boolean absolute = plain instanceof Elementwise f && f.function() == Functions.ABS;
        if (number != null && absolute && number.isInteger() && number.signum() < 0) {
            // |x|⁻ᵏ = x⁻ᵏ (sign x)ᵏ, as x is not zero
            Expr x = forms.of(plain.operand(0));
            Expr power = powers.power(x, number, shape);
            return number.numerator().testBit(0) ? forms.times(List.of(power, indicators.sign(x)), shape) : power;
        }
        if (number != null) {
            return powers.power(base, number, shape);
        }
        return Signs.isPositive(base)
                ? expLog.exp(forms.times(List.of(exponent, expLog.log(base, shape)), shape), shape)
                : Functions.POWER.apply(base, exponent);
    }

    /** {@code sigmoid x = (1 + e⁻ˣ)⁻¹}. */
    private Expr sigmoid(Expr x, Shape shape) {
        return powers.reciprocal(Powers.onePlus(expLog.exp(negative(x), shape)));
    }

    /** {@code relu x = x·[x > 0]}. */
    private Expr relu(Expr x, Shape shape) {
        return forms.times(List.of(x, indicators.step(x)), shape);
    }

    private static Expr negative(Expr x) {
        return Terms.scaled(x, Rational.MINUS_ONE);
    }

    private static Expr twice(Expr x) {
        return Terms.scaled(x, Rational.TWO);
    }

    static Expr minus(Expr a, Expr b) {
        return Terms.sum(a, negative(b));
    }
}
