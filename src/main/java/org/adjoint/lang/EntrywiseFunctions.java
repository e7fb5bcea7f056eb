package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;
import org.adjoint.nn.ActivationKind;

/** Functions entry by entry. */
final class EntrywiseFunctions {
    private EntrywiseFunctions() {
    }

    /** Of quotients of sizes a size: {@code floor((n + 1)/s)} is {@code (n + 1)//s}. */
    private static Expr floor(Expr x) {
        Expr floor = Functions.FLOOR.apply(x);
        return SizeArithmetic.of(floor).<Expr>map(Dimension::of).orElse(floor);
    }

    static void addTo(Vocabulary.Table table) {
        for (ScalarFunction function : Functions.all()) {
            if (function.arity() == 1) {
                unary(table, function.name(), x -> function.apply(x));
            } else if (function.arity() == 2) {
                binary(table, function.name(), (x, y) -> function.apply(x, y));
            }
        }
        table.also("asin", "arcsin").also("acos", "arccos").also("atan", "arctan")
                .also("abs", "absolute", "fabs").also("power", "pow").also("log", "ln");
        unary(table, "square", x -> x.pow(2));
        unary(table, "reciprocal", Products::reciprocal);
        unary(table, "negative", Expr::negate);
        unary(table, "log2", x -> logarithm(x, 2));
        unary(table, "log10", x -> logarithm(x, 10));
        unary(table, "exp2", x -> Constant.TWO.pow(x));
        unary(table, "floor", EntrywiseFunctions::floor);
        unary(table, "ceil", x -> floor(x.negate()).negate());
        unary(table, "detach", Detach::of);
        table.also("detach", "stop_gradient");
        binary(table, "add", Expr::plus);
        binary(table, "subtract", Expr::minus);
        binary(table, "multiply", Expr::times);
        table.also("multiply", "mul");
        binary(table, "divide", Expr::dividedBy);
        table.also("divide", "true_divide", "div").also("subtract", "sub");
        binary(table, "greater", (x, y) -> Functions.LESS.apply(y, x));
        binary(table, "greater_equal", (x, y) -> Functions.LESS_EQUAL.apply(y, x));
        binary(table, "not_equal", (x, y) -> Constant.ONE.minus(Functions.EQUAL.apply(x, y)));
        binary(table, "heaviside", (x, h) -> Where.of(Functions.STEP.apply(x), Constant.ONE,
                Where.of(Functions.EQUAL.apply(x, Constant.ZERO), h, Constant.ZERO)));
        for (ActivationKind kind : ActivationKind.values()) {
            if (kind != ActivationKind.GELU && kind != ActivationKind.GELU_TANH) {
                activation(table, kind);
            }
        }
        table.also("logsigmoid", "log_sigmoid").also("silu", "swish").also("sigmoid", "expit");
        parametric(table);
    }

    /** What is an elementwise layer as well, with the arguments and defaults of {@code torch.nn.functional}. */
    private static void activation(Vocabulary.Table table, ActivationKind kind) {
        StringBuilder signature = new StringBuilder(kind.function() + "(x");
        kind.defaults().forEach((name, otherwise) -> signature.append(", ").append(name)
                .append(otherwise.isEmpty() ? "" : "=" + otherwise));
        table.row(signature + ")", a -> {
            List<Value.Tensor> operands = new ArrayList<>(List.of(a.tensor("x")));
            kind.defaults().forEach((name, otherwise) -> operands.add(otherwise.isEmpty() ? a.tensor(name)
                    : a.tensor(name, Rational.parse(otherwise))));
            return entrywise(operands, x -> kind.of(x.get(0), x.subList(1, x.size())));
        });
    }

    private static void parametric(Vocabulary.Table table) {
        table.row("where(condition, x, y)",
                a -> entrywise(List.of(a.tensor("condition"), a.tensor("x"), a.tensor("y")),
                        x -> Where.of(x.get(0), x.get(1), x.get(2))));
        table.row("gelu(x, approximate='none')", a -> entrywise(List.of(a.tensor("x")),
                x -> a.text("approximate").filter("tanh"::equals).isPresent() ? Functions.GELU_TANH.apply(x.get(0))
                        : Functions.GELU.apply(x.get(0))));
        table.row("clip(x, low=None, high=None)", EntrywiseFunctions::clip);
        table.also("clip", "clamp");
        table.row("isclose(x, y)", a -> {
            throw new Undecided("write `x ~= y within 1e-6` for a comparison with a tolerance", a.call().span());
        });
    }

    /** {@code min(max(x, low), high)}. */
    private static Value clip(Arguments a) {
        List<Value.Tensor> operands = new ArrayList<>(List.of(a.tensor("x")));
        boolean low = a.has("low");
        boolean high = a.has("high");
        if (low) {
            operands.add(a.tensor("low"));
        }
        if (high) {
            operands.add(a.tensor("high"));
        }
        return entrywise(operands, x -> {
            Expr raised = low ? Functions.MAXIMUM.apply(x.get(0), x.get(1)) : x.get(0);
            return high ? Functions.MINIMUM.apply(raised, x.get(x.size() - 1)) : raised;
        });
    }

    static Value.Tensor entrywise(List<Value.Tensor> operands, Function<List<Expr>, Expr> builder) {
        return Indices.align(operands).join(builder);
    }

    private static void unary(Vocabulary.Table table, String name, UnaryOperator<Expr> function) {
        table.row(name + "(x)", a -> {
            Value.Tensor x = a.tensor("x");
            return new Value.Tensor(function.apply(x.expr()), x.axes());
        });
    }

    static void binary(Vocabulary.Table table, String name, BinaryOperator<Expr> function) {
        table.row(name + "(x, y)", a -> entrywise(List.of(a.tensor("x"), a.tensor("y")),
                x -> function.apply(x.get(0), x.get(1))));
    }

    /** {@code log x / log base}. */
    static Expr logarithm(Expr x, long base) {
        return Tensors.product(List.of(Functions.LOG.apply(x),
                Tensors.reciprocal(Functions.LOG.apply(Constant.of(base)))));
    }
}
