package org.adjoint.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** The value of a term, by recursion, as its words say; nothing is made stable, fused or shared. */
final class Naive {
    private static final Map<String, DoubleUnaryOperator> ENTRYWISE = Map.ofEntries(
            Map.entry("exp", Math::exp), Map.entry("log", Math::log), Map.entry("sin", Math::sin),
            Map.entry("cos", Math::cos), Map.entry("tan", Math::tan), Map.entry("tanh", Math::tanh),
            Map.entry("cosh", Math::cosh), Map.entry("sinh", Math::sinh), Map.entry("sqrt", Math::sqrt),
            Map.entry("abs", Math::abs), Map.entry("sign", Math::signum), Map.entry("arctan", Math::atan),
            Map.entry("relu", t -> Math.max(t, 0)), Map.entry("step", t -> t > 0 ? 1 : 0),
            Map.entry("sigmoid", t -> 1 / (1 + Math.exp(-t))),
            Map.entry("softplus", t -> Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)))));

    private static final Map<String, Function<List<Array>, Array>> FUNCTIONS = Map.ofEntries(
            Map.entry("inv", of(Matrices::inverse)), Map.entry("expm", of(Matrices::exponential)),
            Map.entry("tr", number(Matrices::trace)), Map.entry("det", number(Matrices::determinant)),
            Map.entry("logdet", number(x -> Math.log(Math.abs(Matrices.determinant(x))))),
            Map.entry("sum", number(Array::sum)),
            Map.entry("prod", number(x -> Arrays.stream(x.entries()).reduce(1, (a, b) -> a * b))),
            Map.entry("norm1", number(x -> x.map(Math::abs).sum())),
            Map.entry("norm2", number(x -> Math.sqrt(x.map(t -> t * t).sum()))),
            Map.entry("diag", of(x -> Array.matrix(Filters.column(x).rows(), x.rows(),
                    (i, j) -> i == j ? x.get(i) : 0))),
            Map.entry("diagvec", of(x -> Array.matrix(Matrices.square(x).rows(), 1, (i, j) -> x.get(i, i)))),
            Map.entry("rowsum", of(x -> x.times(ones(x.columns(), 1)))),
            Map.entry("colsum", of(x -> x.transposed().times(ones(x.rows(), 1)))),
            Map.entry("vec", of(x -> x.reshaped(x.size(), 1))),
            Map.entry("softmax", of(x -> softmaxRows(Filters.column(x).transposed()).transposed())),
            Map.entry("softmaxrows", of(Naive::softmaxRows)),
            Map.entry("logsumexp", number(x -> {
                double top = Arrays.stream(Filters.column(x).entries()).max().orElseThrow();
                return top + Math.log(x.map(t -> Math.exp(t - top)).sum());
            })),
            Map.entry("kron", both(Matrices::kronecker)), Map.entry("conv", both(Filters::convolution)),
            Map.entry("corr", both(Filters::correlation)), Map.entry("conv2", both(Filters::conv2)),
            Map.entry("corr2", both(Filters::corr2)), Map.entry("flip", of(Filters::flipped)),
            Map.entry("rot180", of(Filters::turned)),
            Map.entry("toep", both((w, n) -> Filters.toeplitz(w, integer(n)))),
            Map.entry("im2col", both((x, k) -> Filters.windows(x, integer(k)))),
            Map.entry("comm", both((m, n) -> Matrices.commutation(integer(m), integer(n)))),
            Map.entry("eye", of(n -> Matrices.eye(integer(n)))),
            Map.entry("ones", arguments -> sized(arguments).map(t -> 1)),
            Map.entry("zeros", Naive::sized));

    private final Map<String, Array> values;

    Naive(Map<String, Array> values) {
        this.values = values;
    }

    /** The value of the term where the names mean the given values. */
    static Array value(Term term, Map<String, Array> values) {
        return new Naive(values).of(term);
    }

    private Array of(Term term) {
        return switch (term) {
            case Term.Literal number -> Array.scalar(number.value());
            case Term.Text text -> throw new IllegalArgumentException("a text has no value: " + text.value());
            case Term.Name name -> named(name.id());
            case Term.Negated negated -> of(negated.operand()).map(t -> -t);
            case Term.Transposed transposed -> of(transposed.operand()).transposed();
            case Term.Call call -> call(call);
            case Term.Binary binary -> binary(binary.operator(), of(binary.left()), of(binary.right()));
        };
    }

    private Array named(String name) {
        Array value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("unknown name " + name);
        }
        return value;
    }

    private Array call(Term.Call call) {
        if (call.function().equals("einsum") && call.arguments().get(0) instanceof Term.Text pattern) {
            return Einsum.of(pattern.value(),
                    call.arguments().subList(1, call.arguments().size()).stream().map(this::of).toList());
        }
        List<Array> arguments = call.arguments().stream().map(this::of).toList();
        DoubleUnaryOperator entrywise = ENTRYWISE.get(call.function());
        if (entrywise != null) {
            return single(arguments).map(entrywise);
        }
        Function<List<Array>, Array> function = FUNCTIONS.get(call.function());
        if (function == null) {
            throw new IllegalArgumentException("unknown function " + call.function());
        }
        return function.apply(arguments);
    }

    private static Array binary(String operator, Array a, Array b) {
        return switch (operator) {
            case "+" -> same(a, b).with(b, Double::sum);
            case "-" -> same(a, b).with(b, (s, t) -> s - t);
            case "*" -> a.times(b);
            case "/" -> a.with(Array.scalar(b.value()), (s, t) -> s / t);
            case ".*" -> a.with(b, (s, t) -> s * t);
            case "./" -> a.with(b, (s, t) -> s / t);
            case ".^" -> a.with(b, Math::pow);
            case "^" -> a.isScalar() ? Array.scalar(Math.pow(a.value(), b.value())) : Matrices.power(a, b.value());
            default -> throw new IllegalArgumentException("unknown operator " + operator);
        };
    }

    /** Sums never broadcast. */
    private static Array same(Array a, Array b) {
        if (!a.hasShapeOf(b)) {
            throw new IllegalArgumentException("+: shapes " + Arrays.toString(a.shape()) + " and "
                    + Arrays.toString(b.shape()) + " differ");
        }
        return a;
    }

    private static Array softmaxRows(Array x) {
        return Array.matrix(x.rows(), x.columns(), (i, j) -> {
            double sum = 0;
            for (int k = 0; k < x.columns(); k++) {
                sum += Math.exp(x.get(i, k) - x.get(i, j));
            }
            return 1 / sum;
        });
    }

    private static Array ones(int rows, int columns) {
        return Array.matrix(rows, columns, (i, j) -> 1);
    }

    private static Array sized(List<Array> sizes) {
        return sizes.size() == 1 ? Array.zeros(integer(sizes.get(0)), 1)
                : Array.zeros(sizes.stream().mapToInt(Naive::integer).toArray());
    }

    private static int integer(Array size) {
        return Math.toIntExact(Math.round(size.value()));
    }

    private static Array single(List<Array> arguments) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("one argument is needed, got " + arguments.size());
        }
        return arguments.get(0);
    }

    private static Function<List<Array>, Array> of(Function<Array, Array> f) {
        return arguments -> f.apply(single(arguments));
    }

    private static Function<List<Array>, Array> number(Function<Array, Double> f) {
        return arguments -> Array.scalar(f.apply(single(arguments)));
    }

    private static Function<List<Array>, Array> both(java.util.function.BinaryOperator<Array> f) {
        return arguments -> {
            if (arguments.size() != 2) {
                throw new IllegalArgumentException("two arguments are needed, got " + arguments.size());
            }
            return f.apply(arguments.get(0), arguments.get(1));
        };
    }
}
