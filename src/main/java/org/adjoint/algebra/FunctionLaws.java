package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.f;
import static org.adjoint.algebra.LawSymbols.law;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Walk;

/**
 * Functions by others, which a proof tells as a step of its own: {@code sigmoid x = 1/(1 + e⁻ˣ)}; and the law by which the
 * prover takes each function apart. Sources: DLMF 4.28, 4.35, 7.2; Hendrycks and Gimpel, Gaussian Error Linear Units, 2016;
 * Clevert, Unterthiner and Hochreiter, Exponential Linear Units, 2015.
 */
final class FunctionLaws {
    /** {@code f(x, …) = value(x, …)}. */
    private record Definition(String law, Function<List<Expr>, Expr> value) {
    }

    private static final Map<ScalarFunction, Definition> DEFINITIONS = new LinkedHashMap<>();
    private static final Map<ScalarFunction, String> OTHERS = new LinkedHashMap<>();

    static {
        define(Functions.SIGMOID, "sigmoid by exponentials",
                x -> Tensors.reciprocal(one(x).plus(Functions.EXP.apply(x.get(0).negate()))));
        define(Functions.TANH, "tanh by sigmoid",
                x -> Functions.SIGMOID.apply(x.get(0).times(2)).times(2).minus(one(x)));
        define(Functions.SOFTPLUS, "softplus by exponentials",
                x -> Functions.LOG.apply(one(x).plus(Functions.EXP.apply(x.get(0)))));
        define(Functions.SILU, "silu", x -> x.get(0).times(Functions.SIGMOID.apply(x.get(0))));
        define(Functions.SINH, "hyperbolic sine by exponentials", x -> Functions.EXP.apply(x.get(0))
                .minus(Functions.EXP.apply(x.get(0).negate())).times(Rational.HALF));
        define(Functions.COSH, "hyperbolic cosine by exponentials", x -> Functions.EXP.apply(x.get(0))
                .plus(Functions.EXP.apply(x.get(0).negate())).times(Rational.HALF));
        define(Functions.LOG1P, "log1p", x -> Functions.LOG.apply(one(x).plus(x.get(0))));
        define(Functions.EXPM1, "expm1", x -> Functions.EXP.apply(x.get(0)).minus(one(x)));
        define(Functions.GELU, "gelu by the error function", x -> x.get(0)
                .times(Functions.ERF.apply(x.get(0).dividedBy(Functions.SQRT.apply(Constant.TWO))).plus(Constant.ONE))
                .times(Rational.HALF));
        define(Functions.RELU, "relu", x -> x.get(0).times(Functions.STEP.apply(x.get(0))));
        define(Functions.LEAKY_RELU, "leaky relu", x -> x.get(0).times(x.get(1)).plus(x.get(0)
                .times(Functions.STEP.apply(x.get(0))).times(one(x).minus(x.get(1)))));
        define(Functions.ELU, "exponential linear unit", FunctionLaws::elu);
        define(Functions.MAXIMUM, "maximum by relu",
                x -> x.get(1).plus(Functions.RELU.apply(x.get(0).minus(x.get(1)))));
        define(Functions.MINIMUM, "minimum by relu",
                x -> x.get(0).minus(Functions.RELU.apply(x.get(0).minus(x.get(1)))));
        define(Functions.ABS, "absolute value", x -> x.get(0).times(Functions.SIGN.apply(x.get(0))));
        define(Functions.SIGN, "sign by indicators",
                x -> Functions.STEP.apply(x.get(0)).minus(Functions.STEP.apply(x.get(0).negate())));
        define(Functions.LESS, "less", x -> Functions.STEP.apply(x.get(1).minus(x.get(0))));
        define(Functions.LESS_EQUAL, "less or equal",
                x -> one(x).minus(Functions.STEP.apply(x.get(0).minus(x.get(1)))));
        define(Functions.EQUAL, "equal by indicators",
                x -> one(x).minus(Functions.STEP.apply(x.get(0).minus(x.get(1))))
                        .minus(Functions.STEP.apply(x.get(1).minus(x.get(0)))));
        define(Functions.TAN, "tangent", x -> Functions.SIN.apply(x.get(0)).dividedBy(Functions.COS.apply(x.get(0))));
        OTHERS.put(Functions.POWER, "power of a product");
        OTHERS.put(Functions.SQRT, "power of a product");
        OTHERS.put(Functions.EXP, "exponential of a sum");
        OTHERS.put(Functions.LOG, "logarithm of a product");
        OTHERS.put(Functions.ERF, "error function of a negative");
        OTHERS.put(Functions.STEP, "indicator of a positive multiple");
        OTHERS.put(Functions.SIN, "sine of a sum");
        OTHERS.put(Functions.COS, "cosine of a difference");
        OTHERS.put(Functions.ASIN, "sum of arc sine and arc cosine");
        OTHERS.put(Functions.ACOS, "sum of arc sine and arc cosine");
        OTHERS.put(Functions.ATAN, "arc tangent of a negative");
    }

    private FunctionLaws() {
    }

    private static void define(ScalarFunction function, String law, Function<List<Expr>, Expr> value) {
        DEFINITIONS.put(function, new Definition(law, value));
    }

    private static Expr one(List<Expr> x) {
        return Contraction.ones(x.get(0).shape());
    }

    /** {@code elu(x, a) = a(eˣ − 1) + [x > 0](x − a(eˣ − 1))}. */
    private static Expr elu(List<Expr> x) {
        Expr below = x.get(1).times(Functions.EXP.apply(x.get(0)).minus(one(x)));
        return below.plus(Functions.STEP.apply(x.get(0)).times(x.get(0).minus(below)));
    }

    /** The laws that no other theme has. */
    static List<Law> all() {
        List<Law> all = new ArrayList<>();
        all.add(defined(Functions.SIGMOID, "sigmoid x = 1/(1 + e⁻ˣ)"));
        all.add(defined(Functions.SOFTPLUS, "softplus x = log(1 + eˣ)"));
        all.add(defined(Functions.SINH, "sinh x = (eˣ − e⁻ˣ)/2"));
        all.add(defined(Functions.COSH, "cosh x = (eˣ + e⁻ˣ)/2"));
        all.add(defined(Functions.GELU, "gelu x = x(1 + erf(x/√2))/2"));
        all.add(defined(Functions.LEAKY_RELU, "leaky relu(x, a) = ax + (1 − a)x[x > 0]"));
        all.add(defined(Functions.ELU, "elu(x, a) = a(eˣ − 1) + (x − a(eˣ − 1))[x > 0]"));
        all.add(defined(Functions.MAXIMUM, "max(x, y) = y + relu(x − y)"));
        all.add(defined(Functions.MINIMUM, "min(x, y) = x − relu(x − y)"));
        all.add(defined(Functions.SIGN, "sign x = [x > 0] − [−x > 0]"));
        all.add(defined(Functions.EQUAL, "[x = y] = 1 − [x > y] − [y > x]"));
        return all;
    }

    private static Law defined(ScalarFunction function, String statement) {
        Expr[] x = function.arity() == 1 ? new Expr[] {A} : new Expr[] {A, B};
        Expr left = f(function, x);
        return law(of(function), statement, left, definition((Elementwise) left).orElseThrow());
    }

    /** The node by simpler functions, where there are any. */
    static Optional<Expr> definition(Elementwise node) {
        Definition definition = DEFINITIONS.get(node.function());
        return definition == null ? Optional.empty() : Optional.of(definition.value.apply(node.operands()));
    }

    /** {@code logsumexp x = log Σ eˣ}. */
    static Expr definition(Reduction logSumExp) {
        return Functions.LOG.apply(Tensors.sum(Functions.EXP.apply(logSumExp.operand(0)), logSumExp.axes(), false));
    }

    /** The law by which the prover takes the node apart, by what it is applied to. */
    static String of(Elementwise node) {
        ScalarFunction function = node.function();
        if (function.arity() == 0) {
            return StructureLaws.COLLECTED;
        }
        Expr x = node.operand(0);
        if (function == Functions.POWER) {
            return Constant.uniform(node.operand(1)).isEmpty() ? "symbolic power by exponentials"
                    : "power of a product";
        }
        if (function == Functions.LOG) {
            return Constant.uniform(x).isPresent() ? "logarithm of a number"
                    : Pairs.is(x, Functions.EXP) ? "logarithm of an exponential" : "logarithm of a product";
        }
        if (function == Functions.EXP) {
            return Pairs.is(x, Functions.LOG) ? "exponential of a logarithm" : "exponential of a sum";
        }
        return function == Functions.SIN ? sine(x) : function == Functions.COS ? cosine(x) : of(function);
    }

    private static String sine(Expr x) {
        return isArc(x) ? "sine of an arc sine"
                : Walk.variables(x).isEmpty() ? "sine of a multiple of π"
                        : Terms.of(x).size() > 1 ? "sine of a sum"
                                : isMinus(x) ? "sine of a negative" : "sine of a multiple";
    }

    private static String cosine(Expr x) {
        return isArc(x) ? Pairs.is(x, Functions.ATAN) ? "cosine of an arc tangent" : "cosine of an arc sine"
                : Walk.variables(x).isEmpty() ? "sine of a multiple of π"
                        : Terms.of(x).size() > 1 ? "cosine of a difference"
                                : isMinus(x) ? "cosine of a negative" : "cosine of a multiple";
    }

    private static boolean isArc(Expr x) {
        return Pairs.is(x, Functions.ASIN) || Pairs.is(x, Functions.ACOS) || Pairs.is(x, Functions.ATAN);
    }

    private static boolean isMinus(Expr x) {
        return x instanceof Linear sum && sum.termCount() == 1 && sum.coefficient(0).equals(Rational.MINUS_ONE);
    }

    /** The law by which the prover takes the function apart. */
    static String of(ScalarFunction function) {
        Definition definition = DEFINITIONS.get(function);
        return definition != null ? definition.law : OTHERS.getOrDefault(function, StructureLaws.COLLECTED);
    }

    /** The law by which the prover takes a function of a matrix apart. */
    static String of(MatrixFunction.Operation operation) {
        return switch (operation) {
            case INVERSE -> "inverse of a product";
            case DETERMINANT -> "determinant of a product";
            case LOG_DETERMINANT -> "log-determinant of a product";
            case EXPONENTIAL -> MatrixFunctionLaws.EXPONENTIAL_TRANSPOSE;
            case POWER -> MatrixFunctionLaws.POWER_TRANSPOSE;
            case EXPONENTIAL_SLOPE, POWER_SLOPE -> StructureLaws.COLLECTED;
        };
    }
}
