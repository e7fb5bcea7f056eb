package org.adjoint.lang;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Tensors;

/**
 * The functions of textbook text that other dialects do not have, as formulas in those of the table, each with the domain
 * that its formula has.
 *
 * <p>Source: DLMF 4.14 (cosecant, secant, cotangent), 4.23 and 4.37 (inverses, principal values on the reals; arccot x is
 * arctan(1/x), 4.23.9), 4.28 (hyperbolic).
 */
final class MathFunctions {
    /** What {@code |x|} calls. */
    static final String MODULUS = "|x|";
    /** What may be meant entry by entry, or as the function of a matrix. */
    private static final List<ScalarFunction> OF_MATRICES = List.of(Functions.EXP, Functions.LOG, Functions.SQRT,
            Functions.SIN, Functions.COS, Functions.TAN, Functions.SINH, Functions.COSH, Functions.TANH, Functions.ASIN,
            Functions.ACOS, Functions.ATAN);

    private MathFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        trigonometric(table);
        hyperbolic(table);
        roots(table);
        counting(table);
        table.row("diff(f, x, n=1)", MathFunctions::derivative);
        table.also("diff", "derivative", "D");
    }

    /** Whether textbooks have a function of that name, so that it is no number's. One letter may be. */
    static boolean isTextbook(String name) {
        boolean entrywise = Functions.named(name).filter(f -> f.arity() == 1).isPresent();
        return name.length() > 1 && (entrywise || Vocabulary.isOwn(name, Dialect.MATH));
    }

    private static void trigonometric(Vocabulary.Table table) {
        for (ScalarFunction function : OF_MATRICES) {
            unary(table, function.name(), x -> function.apply(x));
        }
        table.also("asin", "arcsin").also("acos", "arccos").also("atan", "arctan");
        unary(table, "csc", x -> inverse(Functions.SIN.apply(x)), "cosec");
        unary(table, "sec", x -> inverse(Functions.COS.apply(x)));
        unary(table, "cot", x -> Functions.COS.apply(x).dividedBy(Functions.SIN.apply(x)), "cotan");
        unary(table, "acsc", x -> Functions.ASIN.apply(inverse(x)), "arccsc", "acosec", "arccosec");
        unary(table, "asec", x -> Functions.ACOS.apply(inverse(x)), "arcsec");
        unary(table, "acot", x -> Functions.ATAN.apply(inverse(x)), "arccot");
        binary(table, "atan2", MathFunctions::angle, "arctan2");
    }

    private static void hyperbolic(Vocabulary.Table table) {
        unary(table, "csch", x -> inverse(Functions.SINH.apply(x)), "cosech");
        unary(table, "sech", x -> inverse(Functions.COSH.apply(x)));
        unary(table, "coth", x -> Functions.COSH.apply(x).dividedBy(Functions.SINH.apply(x)));
        unary(table, "asinh", MathFunctions::asinh, "arcsinh", "arsinh", "argsinh");
        unary(table, "acosh", MathFunctions::acosh, "arccosh", "arcosh", "argcosh");
        unary(table, "atanh", MathFunctions::atanh, "arctanh", "artanh", "argtanh");
        unary(table, "acsch", x -> asinh(inverse(x)), "arccsch", "arcsch");
        unary(table, "asech", x -> acosh(inverse(x)), "arcsech", "arsech");
        unary(table, "acoth", x -> atanh(inverse(x)), "arccoth", "arcoth");
    }

    private static void roots(Vocabulary.Table table) {
        unary(table, "cbrt", x -> oddRoot(x, Rational.of(1, 3)));
        table.row("root(x, n=2)", a -> EntrywiseFunctions.entrywise(
                List.of(a.tensor("x"), a.tensor("n", Rational.TWO)), x -> root(x.get(0), x.get(1))));
        table.also("root", "nthroot");
        table.row("log(x, base=e)", a -> a.has("base")
                ? EntrywiseFunctions.entrywise(List.of(a.tensor("x"), a.tensor("base")),
                        x -> logarithm(x.get(0), x.get(1)))
                : new Value.Tensor(Functions.LOG.apply(notAMatrix(a, a.tensor("x")).expr()), a.tensor("x").axes()));
        unary(table, "ln", x -> Functions.LOG.apply(x));
        unary(table, "lg", x -> EntrywiseFunctions.logarithm(x, 10));
        table.row(MODULUS + "(x)", a -> {
            Value.Tensor x = a.tensor("x");
            if (!x.shape().isScalar()) {
                throw new Undecided(
                        Failures.excerpt(a.call()) + " of " + x.shape() + " may be a norm, a determinant, or "
                                + "entry by entry; write norm(v), det(A) or abs(v)",
                        a.call().span());
            }
            return new Value.Tensor(Functions.ABS.apply(x.expr()), x.axes());
        });
        unary(table, "sgn", x -> Functions.SIGN.apply(x), "signum");
        unary(table, "ceiling", x -> Functions.FLOOR.apply(x.negate()).negate());
    }

    // ---- formulas

    private static Expr inverse(Expr x) {
        return Products.reciprocal(x);
    }

    private static Expr square(Expr x, long plus) {
        return x.pow(2).plus(Tensors.broadcast(Constant.of(plus), x.shape()));
    }

    /** {@code log(x + √(x² + 1))}. */
    private static Expr asinh(Expr x) {
        return Functions.LOG.apply(x.plus(Functions.SQRT.apply(square(x, 1))));
    }

    /** {@code log(x + √(x² − 1))}, from 1 on: below −1 the logarithm has no value. */
    private static Expr acosh(Expr x) {
        return Functions.LOG.apply(x.plus(Functions.SQRT.apply(square(x, -1))));
    }

    /** {@code ½ log((1 + x)/(1 − x))}, between −1 and 1: beyond, the quotient is negative. */
    private static Expr atanh(Expr x) {
        Expr one = Tensors.broadcast(Constant.ONE, x.shape());
        return Functions.LOG.apply(one.plus(x).dividedBy(one.minus(x))).times(Rational.HALF);
    }

    /** The angle of the point (x, y): {@code 2 arctan(y/(√(x² + y²) + x))}, and π on the negative half of the first axis. */
    private static Expr angle(Expr y, Expr x) {
        Expr radius = Functions.SQRT.apply(x.pow(2).plus(y.pow(2)));
        Expr half = Functions.ATAN.apply(y.dividedBy(radius.plus(x)));
        Expr opposite = Tensors.product(List.of(Functions.EQUAL.apply(y, Constant.ZERO),
                Functions.STEP.apply(x.negate())));
        return org.adjoint.expr.Where.of(opposite, Functions.PI.apply(), half.times(2));
    }

    /** {@code sign(x) |x|^q}: the root of odd degree, of negative numbers too. */
    private static Expr oddRoot(Expr x, Rational q) {
        return Functions.SIGN.apply(x).times(Functions.ABS.apply(x).pow(Tensors.broadcast(Constant.of(q), x.shape())));
    }

    private static Expr root(Expr x, Expr n) {
        Optional<Rational> degree = Constant.uniform(n);
        boolean odd = degree.isPresent() && degree.get().isInteger() && degree.get().numerator().testBit(0);
        return odd ? oddRoot(x, degree.get().inverse()) : x.pow(inverse(n));
    }

    /** {@code log x / log b}. */
    static Expr logarithm(Expr x, Expr base) {
        return Functions.LOG.apply(x).dividedBy(Functions.LOG.apply(base));
    }

    // ---- factorials and binomials, of numbers

    private static void counting(Vocabulary.Table table) {
        table.row("factorial(n)", a -> Value.Tensor.of(Constant.of(Rational.of(factorial(a, "n")))));
        table.row("binomial(n, k)", a -> {
            int n = natural(a, "n");
            int k = natural(a, "k");
            return Value.Tensor.of(Constant.of(k > n ? Rational.ZERO
                    : Rational.of(product(n - k + 1, n), product(1, k))));
        });
        table.also("binomial", "binom", "choose");
    }

    private static BigInteger factorial(Arguments a, String parameter) {
        return product(1, natural(a, parameter));
    }

    private static int natural(Arguments a, String parameter) {
        Expr n = a.reader().inline(a.expr(parameter));
        Rational value = Constant.uniform(n).orElseThrow(() -> new Undecided(
                Failures.excerpt(a.call()) + " is computed of given integers only", a.call().span()));
        if (!value.isInteger() || value.signum() < 0) {
            throw Failures.type(a.call(), Failures.excerpt(a.call()) + " needs integers from 0; got " + value);
        }
        if (value.compareTo(Rational.of(MOST)) > 0) {
            throw new Undecided(Failures.excerpt(a.call()) + " is computed up to " + MOST, a.call().span());
        }
        return (int) value.longValueExact();
    }

    private static final int MOST = 2000;

    private static BigInteger product(int from, int to) {
        BigInteger product = BigInteger.ONE;
        for (int k = from; k <= to; k++) {
            product = product.multiply(BigInteger.valueOf(k));
        }
        return product;
    }

    // ---- derivatives

    /** {@code ∂ⁿf/∂xⁿ}, entry by entry of f. */
    private static Value derivative(Arguments a) {
        int order = a.integer("n", 1);
        if (order < 0) {
            throw Failures.type(a.call(), "a derivative has an order from 0; got " + order);
        }
        Wrt x = Wrt.of(a.reader(), a.syntax("x"));
        Expr f = a.expr("f");
        for (int k = 0; k < order; k++) {
            f = x.jacobian(a.reader(), Value.Tensor.of(f), a.syntax("f").span());
        }
        return x.items().isEmpty() ? Value.Tensor.of(f)
                : x.entries(a, Value.Tensor.of(f), f.shape().rank() - x.only().shape().rank());
    }

    // ---- rows

    private static void unary(Vocabulary.Table table, String name, UnaryOperator<Expr> formula, String... others) {
        table.row(name + "(x)", a -> {
            Value.Tensor x = notAMatrix(a, a.tensor("x"));
            return new Value.Tensor(formula.apply(x.expr()), x.axes());
        });
        table.also(name, others);
    }

    private static Value.Tensor notAMatrix(Arguments a, Value.Tensor x) {
        if (x.shape().rank() == 2 && x.shape().get(0).equals(x.shape().get(1))) {
            throw new Undecided(Failures.excerpt(a.call()) + " of a square matrix may be meant entry by entry or as a "
                    + "function of the matrix; write out the entries, or declare each as a number", a.call().span());
        }
        return x;
    }

    private static void binary(Vocabulary.Table table, String name, java.util.function.BinaryOperator<Expr> formula,
            String... others) {
        EntrywiseFunctions.binary(table, name, formula);
        table.also(name, others);
    }
}
