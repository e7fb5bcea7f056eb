package org.adjoint.expr;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.adjoint.expr.ScalarFunction.Definition;
import org.adjoint.expr.ScalarFunction.Derivative;
import org.adjoint.expr.ScalarFunction.Notation;

/**
 * The table of elementwise functions. A new function is one row here: name, notation, definition, kernel, derivative,
 * domain, value used at a kink, source.
 *
 * <p>Sources: DLMF = NIST Digital Library of Mathematical Functions; GELU = Hendrycks and Gimpel, arXiv:1606.08415; ELU =
 * Clevert, Unterthiner, Hochreiter, arXiv:1511.07289; SiLU = Elfwing, Uchibe, Doya, arXiv:1702.03118; kinks follow PyTorch.
 */
public final class Functions {
    private static final Map<String, ScalarFunction> TABLE = new LinkedHashMap<>();
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final Rational GELU_CUBIC = Rational.of(44715, 1_000_000);

    public static final ScalarFunction PI = row("pi", 0, new Notation("pi", "π", "\\pi"), new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.pi();
        }
    }, (x, y) -> Math.PI, (i, x) -> Linear.zero(Shape.SCALAR), "", "", "DLMF 3.12.1");

    public static final ScalarFunction EXP = unary("exp", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.exp(x.get(0));
        }
    }, Math::exp, x -> call("exp", x), "", "DLMF 4.7.7");

    public static final ScalarFunction LOG = unary("log", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.log(x.get(0));
        }
    }, Math::log, Tensors::reciprocal, "x > 0", "DLMF 4.7.1");

    public static final ScalarFunction LOG1P = unary("log1p", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.log(field.add(one(field), x.get(0)));
        }
    }, Math::log1p, x -> Tensors.reciprocal(plus(x, 1)), "x > -1", "DLMF 4.7.1");

    public static final ScalarFunction EXPM1 = unary("expm1", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.subtract(field.exp(x.get(0)), one(field));
        }
    }, Math::expm1, x -> call("exp", x), "", "DLMF 4.7.7");

    public static final ScalarFunction SQRT = unary("sqrt", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.sqrt(x.get(0));
        }
    }, Math::sqrt, x -> Tensors.reciprocal(call("sqrt", x)).times(Rational.HALF), "x >= 0", "DLMF 4.7.10");

    public static final ScalarFunction POWER = row("power", 2, new Notation("power", "{0}^{1}", "{0}^{{1}}"),
            new Definition() {
                @Override
                public <T> T value(Arithmetic<T> field, List<T> x) {
                    return field.power(x.get(0), x.get(1));
                }
            }, Math::pow, Functions::powerDerivative, "x > 0, or y an integer and x nonzero where y < 0", "",
            "DLMF 4.7.10");

    public static final ScalarFunction ABS = kinked("abs", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.abs(x.get(0));
        }
    }, Math::abs, x -> call("sign", x), "abs at 0: derivative taken as 0", "subgradient of |x|");

    public static final ScalarFunction SIGN = step("sign", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.of(Rational.of(field.signum(x.get(0))));
        }
    }, (x, y) -> Math.signum(x), 1, "sign at 0: derivative taken as 0");

    public static final ScalarFunction SIN = unary("sin", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.sin(x.get(0));
        }
    }, Math::sin, x -> call("cos", x), "", "DLMF 4.20.1");

    public static final ScalarFunction COS = unary("cos", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.cos(x.get(0));
        }
    }, Math::cos, x -> call("sin", x).negate(), "", "DLMF 4.20.2");

    public static final ScalarFunction TAN = unary("tan", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.tan(x.get(0));
        }
    }, Math::tan, x -> plus(call("tan", x).pow(2), 1), "cos(x) nonzero", "DLMF 4.20.3");

    public static final ScalarFunction ASIN = unary("asin", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.asin(x.get(0));
        }
    }, Math::asin, x -> Tensors.reciprocal(call("sqrt", oneMinusSquare(x))), "-1 <= x <= 1", "DLMF 4.24.7");

    public static final ScalarFunction ACOS = unary("acos", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.acos(x.get(0));
        }
    }, Math::acos, x -> Tensors.reciprocal(call("sqrt", oneMinusSquare(x))).negate(), "-1 <= x <= 1", "DLMF 4.24.8");

    public static final ScalarFunction ATAN = unary("atan", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.atan(x.get(0));
        }
    }, Math::atan, x -> Tensors.reciprocal(plus(x.pow(2), 1)), "", "DLMF 4.24.9");

    public static final ScalarFunction SINH = unary("sinh", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.sinh(x.get(0));
        }
    }, Math::sinh, x -> call("cosh", x), "", "DLMF 4.34.1");

    public static final ScalarFunction COSH = unary("cosh", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.cosh(x.get(0));
        }
    }, Math::cosh, x -> call("sinh", x), "", "DLMF 4.34.2");

    public static final ScalarFunction TANH = unary("tanh", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.tanh(x.get(0));
        }
    }, Math::tanh, x -> oneMinusSquare(call("tanh", x)), "", "DLMF 4.34.3");

    public static final ScalarFunction ERF = unary("erf", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.erf(x.get(0));
        }
    }, ErrorFunction::erf, x -> Tensors.product(List.of(call("exp", x.pow(2).negate()).times(2),
            Tensors.reciprocal(call("sqrt", call("pi"))))), "", "DLMF 7.10.1");

    public static final ScalarFunction SIGMOID = unary("sigmoid", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return sigmoid(field, x.get(0));
        }
    }, Functions::sigmoid, x -> {
        Expr s = call("sigmoid", x);
        return s.times(plus(s.negate(), 1));
    }, "", "DLMF 4.34 through tanh: sigmoid(x) = (1 + tanh(x/2))/2");

    public static final ScalarFunction SOFTPLUS = unary("softplus", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.log(field.add(one(field), field.exp(x.get(0))));
        }
    }, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), x -> call("sigmoid", x), "",
            "Dugas et al., NIPS 2000");

    public static final ScalarFunction RELU = kinked("relu", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.signum(x.get(0)) > 0 ? x.get(0) : field.of(Rational.ZERO);
        }
    }, x -> x > 0 || Double.isNaN(x) ? x : 0.0, x -> call("step", x), "relu at 0: derivative taken as 0",
            "PyTorch torch.nn.ReLU");

    public static final ScalarFunction LEAKY_RELU = row("leaky_relu", 2, called("leaky_relu", 2), new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.signum(x.get(0)) > 0 ? x.get(0) : field.multiply(x.get(1), x.get(0));
        }
    }, (x, slope) -> x > 0 ? x : slope * x, (i, x) -> i == 0
            ? Where.of(call("step", x.get(0)), ones(x.get(0)), x.get(1))
            : call("relu", x.get(0).negate()).negate(), "", "leaky_relu at 0: derivative taken as the slope",
            "PyTorch torch.nn.LeakyReLU");

    public static final ScalarFunction ELU = row("elu", 2, called("elu", 2), new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.signum(x.get(0)) > 0 ? x.get(0)
                    : field.multiply(x.get(1), field.subtract(field.exp(x.get(0)), one(field)));
        }
    }, (x, alpha) -> x > 0 ? x : alpha * Math.expm1(x), (i, x) -> {
        Expr active = call("step", x.get(0));
        return i == 0 ? Where.of(active, ones(x.get(0)), x.get(1).times(call("exp", x.get(0))))
                : Where.of(active, Linear.zero(x.get(0).shape()), call("expm1", x.get(0)));
    }, "", "elu at 0: derivative taken as alpha", "ELU, equation 15");

    public static final ScalarFunction GELU = unary("gelu", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            T scaled = field.divide(x.get(0), field.sqrt(field.of(Rational.TWO)));
            T phi = field.multiply(field.of(Rational.HALF), field.add(one(field), field.erf(scaled)));
            return field.multiply(x.get(0), phi);
        }
    }, x -> 0.5 * x * ErrorFunction.erfc(-x * SQRT_HALF), x -> {
        Expr root = call("sqrt", Constant.TWO);
        Expr phi = plus(call("erf", x.dividedBy(root)), 1).times(Rational.HALF);
        Expr density = call("exp", x.pow(2).times(Rational.of(-1, 2)))
                .dividedBy(call("sqrt", call("pi").times(2)));
        return phi.plus(x.times(density));
    }, "", "GELU, equation 1");

    public static final ScalarFunction GELU_TANH = unary("gelu_tanh", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            T cube = field.multiply(x.get(0), field.multiply(x.get(0), x.get(0)));
            T inner = field.multiply(field.sqrt(field.divide(field.of(Rational.TWO), field.pi())),
                    field.add(x.get(0), field.multiply(field.of(GELU_CUBIC), cube)));
            return field.multiply(field.multiply(field.of(Rational.HALF), x.get(0)),
                    field.add(one(field), field.tanh(inner)));
        }
    }, x -> x * sigmoid(2 * SQRT_TWO_OVER_PI * (x + 0.044715 * x * x * x)), x -> {
        Expr root = call("sqrt", Tensors.reciprocal(call("pi")).times(2));
        Expr tanh = call("tanh", root.times(x.plus(x.pow(3).times(GELU_CUBIC))));
        Expr inner = root.times(plus(x.pow(2).times(GELU_CUBIC.times(Rational.of(3))), 1));
        return plus(tanh, 1).times(Rational.HALF)
                .plus(Tensors.product(List.of(x.times(Rational.HALF), oneMinusSquare(tanh), inner)));
    }, "", "GELU, equation 2");

    public static final ScalarFunction SILU = unary("silu", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.multiply(x.get(0), sigmoid(field, x.get(0)));
        }
    }, x -> x * sigmoid(x), x -> {
        Expr s = call("sigmoid", x);
        return s.plus(Tensors.product(List.of(x, s, plus(s.negate(), 1))));
    }, "", "SiLU, equation 3");

    public static final ScalarFunction MAXIMUM = row("maximum", 2, called("maximum", 2), new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.compare(x.get(0), x.get(1)) >= 0 ? x.get(0) : x.get(1);
        }
    }, Math::max, (i, x) -> i == 0 ? call("less_equal", x.get(1), x.get(0)) : call("less", x.get(0), x.get(1)), "",
            "maximum at a tie: the first operand counts", "subgradient of max");

    public static final ScalarFunction MINIMUM = row("minimum", 2, called("minimum", 2), new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.compare(x.get(0), x.get(1)) <= 0 ? x.get(0) : x.get(1);
        }
    }, Math::min, (i, x) -> i == 0 ? call("less_equal", x.get(0), x.get(1)) : call("less", x.get(1), x.get(0)), "",
            "minimum at a tie: the first operand counts", "supergradient of min");

    public static final ScalarFunction STEP = step("step", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return indicator(field, field.signum(x.get(0)) > 0);
        }
    }, (x, y) -> x > 0 ? 1 : 0, 1, "step at 0: value 0, derivative taken as 0");

    public static final ScalarFunction FLOOR = step("floor", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return field.of(floor(field, x.get(0)));
        }
    }, (x, y) -> Math.floor(x), 1, "floor at an integer: derivative taken as 0");

    public static final ScalarFunction LESS = step("less", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return indicator(field, field.compare(x.get(0), x.get(1)) < 0);
        }
    }, (x, y) -> x < y ? 1 : 0, 2, "less at a tie: derivative taken as 0");

    public static final ScalarFunction LESS_EQUAL = step("less_equal", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return indicator(field, field.compare(x.get(0), x.get(1)) <= 0);
        }
    }, (x, y) -> x <= y ? 1 : 0, 2, "less_equal at a tie: derivative taken as 0");

    public static final ScalarFunction EQUAL = step("equal", new Definition() {
        @Override
        public <T> T value(Arithmetic<T> field, List<T> x) {
            return indicator(field, field.compare(x.get(0), x.get(1)) == 0);
        }
    }, (x, y) -> x == y ? 1 : 0, 2, "equal at a tie: derivative taken as 0");

    private Functions() {
    }

    /** The function of that name. */
    public static Optional<ScalarFunction> named(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    /** All rows, in the order of the table. */
    public static Collection<ScalarFunction> all() {
        return List.copyOf(TABLE.values());
    }

    static boolean isLocallyConstant(ScalarFunction f) {
        return f == PI || f == SIGN || f == STEP || f == FLOOR || f == LESS || f == LESS_EQUAL || f == EQUAL;
    }

    // ---- how rows are made

    private static ScalarFunction row(String name, int arity, Notation notation, Definition definition,
            ScalarFunction.Kernel kernel, Derivative derivative, String domain, String kink, String source) {
        ScalarFunction function = new ScalarFunction(name, arity, notation, definition, kernel, derivative, domain,
                kink,
                source);
        TABLE.put(name, function);
        return function;
    }

    private static ScalarFunction unary(String name, Definition definition, DoubleUnaryOperator kernel,
            UnaryOperator<Expr> derivative, String domain, String source) {
        return row(name, 1, called(name, 1), definition, (x, y) -> kernel.applyAsDouble(x),
                (i, x) -> derivative.apply(x.get(0)), domain, "", source);
    }

    private static ScalarFunction kinked(String name, Definition definition, DoubleUnaryOperator kernel,
            UnaryOperator<Expr> derivative, String kink, String source) {
        return row(name, 1, called(name, 1), definition, (x, y) -> kernel.applyAsDouble(x),
                (i, x) -> derivative.apply(x.get(0)), "", kink, source);
    }

    private static ScalarFunction step(String name, Definition definition, DoubleBinaryOperator kernel, int arity,
            String kink) {
        return row(name, arity, called(name, arity), definition, kernel::applyAsDouble,
                (i, x) -> Linear.zero(x.get(0).shape()), "", kink, "locally constant");
    }

    private static Notation called(String name, int arity) {
        String operands = arity == 1 ? "({0})" : "({0}, {1})";
        boolean known = List.of("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh").contains(name);
        return new Notation(name, name + operands,
                (known ? "\\" + name : "\\operatorname{" + name.replace("_", "\\_") + "}") + operands);
    }

    // ---- what definitions and derivatives are written with

    private static Expr call(String name, Expr... operands) {
        return named(name).orElseThrow().apply(operands);
    }

    private static Expr plus(Expr x, long constant) {
        return x.plus(Constant.of(constant));
    }

    private static Expr ones(Expr x) {
        return Contraction.ones(x.shape());
    }

    private static Expr oneMinusSquare(Expr x) {
        return plus(x.pow(2).negate(), 1);
    }

    private static Expr powerDerivative(int i, List<Expr> x) {
        Expr base = x.get(0);
        Expr exponent = x.get(1);
        return i == 0 ? exponent.times(POWER.apply(base, plus(exponent, -1)))
                : call("log", base).times(POWER.apply(base, exponent));
    }

    private static <T> T one(Arithmetic<T> field) {
        return field.of(Rational.ONE);
    }

    private static <T> T indicator(Arithmetic<T> field, boolean holds) {
        return field.of(holds ? Rational.ONE : Rational.ZERO);
    }

    private static <T> T sigmoid(Arithmetic<T> field, T x) {
        return field.divide(one(field), field.add(one(field), field.exp(field.negate(x))));
    }

    private static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** The floor, found from the double estimate and settled by comparison. */
    private static <T> Rational floor(Arithmetic<T> field, T x) {
        double estimate = Math.floor(field.toDouble(x));
        if (!(Math.abs(estimate) < 1L << 52)) {
            throw new Arithmetic.Undecidable("floor of a number beyond 2^52");
        }
        Rational floor = Rational.of((long) estimate);
        while (field.compare(x, field.of(floor)) < 0) {
            floor = floor.minus(Rational.ONE);
        }
        while (field.compare(x, field.of(floor.plus(Rational.ONE))) >= 0) {
            floor = floor.plus(Rational.ONE);
        }
        return floor;
    }
}
