package org.adjoint.algebra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;

/**
 * Functions of functions, entry by entry: {@code log eᵘ = u}, {@code e^(log u) = u}, {@code log(1 + eᵘ) = softplus u}, even and
 * odd functions of {@code −u}, functions of what is known to be positive, {@code [0 < u]} as a step.
 */
final class EntrywiseLaws {
    private static final List<ScalarFunction> EVEN = List.of(Functions.COS, Functions.COSH, Functions.ABS);
    private static final List<ScalarFunction> ODD = List.of(Functions.SIN, Functions.TAN, Functions.SINH,
            Functions.TANH, Functions.ATAN, Functions.ASIN, Functions.SIGN, Functions.ERF);

    private static final Map<ScalarFunction, String> LAWS = Map.of(Functions.LOG, "logarithm of an exponential",
            Functions.EXP, "exponential of a logarithm", Functions.COS, "cosine of a negative", Functions.SIN,
            "sine of a negative", Functions.TANH, "tanh of a negative", Functions.ATAN, "arc tangent of a negative",
            Functions.ERF, "error function of a negative");

    private EntrywiseLaws() {
    }

    static Optional<Expr> shorter(Elementwise f) {
        ScalarFunction function = f.function();
        if (function == Functions.LESS && Constant.uniform(f.operand(0)).filter(Rational.ZERO::equals).isPresent()) {
            return Optional.of(Functions.STEP.apply(f.operand(1)));
        }
        if (function.arity() != 1) {
            return Optional.empty();
        }
        Expr x = f.operand(0);
        if (function == Functions.LOG) {
            return logarithm(x).or(() -> Softmaxes.logSumExp(f));
        }
        if (function == Functions.EXP) {
            return exponential(x);
        }
        if (isNegative(x) && EVEN.contains(function)) {
            return Optional.of(function.apply(x.negate()));
        }
        if (isNegative(x) && ODD.contains(function)) {
            return Optional.of(function.apply(x.negate()).negate());
        }
        if ((function == Functions.ABS || function == Functions.RELU) && Signs.isPositive(x)) {
            return Optional.of(x);
        }
        if ((function == Functions.SIGN || function == Functions.STEP) && Signs.isPositive(x)) {
            return Optional.of(Contraction.ones(x.shape()));
        }
        return function == Functions.RELU && Pairs.is(x, Functions.RELU) ? Optional.of(x) : Optional.empty();
    }

    /** The law by which a function of a function becomes shorter. */
    static String law(ScalarFunction function) {
        return LAWS.getOrDefault(function, FunctionLaws.of(function));
    }

    private static Optional<Expr> logarithm(Expr x) {
        if (Pairs.is(x, Functions.EXP)) {
            return Optional.of(x.operand(0));
        }
        if (x instanceof Linear sum && sum.termCount() == 2 && sum.coefficient(0).isOne()
                && sum.coefficient(1).isOne()) {
            for (int k = 0; k < 2; k++) {
                boolean one = Constant.uniform(sum.term(k)).filter(Rational.ONE::equals).isPresent();
                if (one && Pairs.is(sum.term(1 - k), Functions.EXP)) {
                    return Optional.of(Functions.SOFTPLUS.apply(sum.term(1 - k).operand(0)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Expr> exponential(Expr x) {
        if (Pairs.is(x, Functions.LOG)) {
            return Optional.of(x.operand(0));
        }
        return x instanceof Linear scaled && scaled.termCount() == 1 && Pairs.is(scaled.term(0), Functions.LOG)
                ? Optional.of(Functions.POWER.apply(scaled.term(0).operand(0), Constant.of(scaled.coefficient(0))))
                : Optional.empty();
    }

    /** Whether every term has a minus in front. */
    static boolean isNegative(Expr x) {
        if (!(x instanceof Linear sum) || sum.termCount() == 0) {
            return false;
        }
        for (int k = 0; k < sum.termCount(); k++) {
            if (sum.coefficient(k).signum() > 0) {
                return false;
            }
        }
        return true;
    }
}
