package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The functions and operators of Julia that are written, with its types of numbers and its errors outside of domains. */
final class JuliaLibrary {
    /** An index of an array. */
    private record Place(List<Object> at) {
    }

    private JuliaLibrary() {
    }

    // ---- values

    static Double real(Object value) {
        return switch (value) {
            case Double x -> x;
            case Long x -> (double) x;
            case Boolean x -> x ? 1.0 : 0.0;
            default -> throw new IllegalArgumentException("MethodError: no number: " + value);
        };
    }

    private static int whole(Object value) {
        return Math.toIntExact((Long) value);
    }

    private static JuliaArray array(Object value) {
        return (JuliaArray) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> elements(Object value) {
        return switch (value) {
            case JuliaArray array -> Arrays.asList(array.data());
            case Place place -> place.at;
            case List<?> tuple -> (List<Object>) tuple;
            default -> throw new IllegalArgumentException("MethodError: cannot iterate " + value);
        };
    }

    private static int[] dims(List<Object> lengths) {
        List<Object> all = lengths.size() == 1 && lengths.get(0) instanceof List<?> ? elements(lengths.get(0))
                : lengths;
        return all.stream().mapToInt(JuliaLibrary::whole).toArray();
    }

    private static List<Integer> axes(Object dims) {
        return (dims instanceof Long ? List.of(dims) : elements(dims)).stream().map(axis -> whole(axis) - 1).toList();
    }

    private static List<Object> sizes(Object value) {
        return value instanceof JuliaArray array
                ? IntStream.of(array.dims()).mapToObj(length -> (Object) (long) length).toList()
                : List.of();
    }

    static JuliaArray range(Object first, Object step, Object last) {
        List<Object> entries = new ArrayList<>();
        long by = (Long) step;
        for (long k = (Long) first; by > 0 ? k <= (Long) last : k >= (Long) last; k += by) {
            entries.add(k);
        }
        return JuliaArray.vector(entries);
    }

    // ---- operators

    static Object negative(Object value) {
        return value instanceof JuliaArray array ? array.map(JuliaLibrary::negative)
                : value instanceof Long x ? (Object) (-x) : (Object) (-real(value));
    }

    static Object operator(String operator, Object left, Object right) {
        if (operator.startsWith(".")) {
            return JuliaArray.broadcast(List.of(left, right),
                    both -> scalar(operator.substring(1), both.get(0), both.get(1)));
        }
        if (left instanceof JuliaArray a && operator.equals("*")) {
            return right instanceof JuliaArray b ? a.times(b) : a.map(entry -> scalar("*", entry, right));
        }
        if (right instanceof JuliaArray b && operator.equals("*")) {
            return b.map(entry -> scalar("*", left, entry));
        }
        if (left instanceof JuliaArray a && operator.equals("^") && right instanceof Long exponent) {
            return a.power(exponent);
        }
        if (left instanceof String a && operator.equals("*")) {
            return a + right;
        }
        return scalar(operator, left, right);
    }

    private static Object scalar(String operator, Object left, Object right) {
        if (left instanceof List<?> && right instanceof List<?> && operator.equals("==")) {
            return left.equals(right);
        }
        double x = real(left);
        double y = real(right);
        boolean whole = left instanceof Long && right instanceof Long;
        return switch (operator) {
            case "+" -> whole ? (Object) ((Long) left + (Long) right) : (Object) (x + y);
            case "-" -> whole ? (Object) ((Long) left - (Long) right) : (Object) (x - y);
            case "*" -> whole ? (Object) ((Long) left * (Long) right) : (Object) (x * y);
            case "/" -> x / y;
            case "^" -> power(left, right);
            case "<" -> x < y;
            case "<=" -> x <= y;
            case ">" -> x > y;
            case ">=" -> x >= y;
            case "==" -> x == y;
            case "!=" -> x != y;
            default -> throw new IllegalArgumentException("no operator " + operator);
        };
    }

    private static Object power(Object left, Object right) {
        double x = real(left);
        double y = real(right);
        if (left instanceof Long base && right instanceof Long exponent) {
            if (exponent < 0) {
                throw new IllegalArgumentException("DomainError: an integer to a negative power");
            }
            return LongStream.range(0, exponent).map(k -> base).reduce(1, (a, b) -> a * b);
        }
        if (x < 0 && y != Math.rint(y)) {
            throw new IllegalArgumentException("DomainError: " + x + "^" + y);
        }
        return Math.pow(x, y);
    }

    // ---- indices

    private static List<Object> indices(List<Object> at) {
        return at.size() == 1 && at.get(0) instanceof Place place ? place.at : at;
    }

    static Object get(Object value, List<Object> at) {
        if (!(value instanceof JuliaArray array)) {
            return elements(value).get(whole(at.get(0)) - 1);
        }
        List<Object> indices = indices(at);
        if (indices.stream().allMatch(Long.class::isInstance)) {
            return array.data()[place(array, indices)];
        }
        if (indices.size() != array.rank()) {
            throw new IllegalArgumentException("BoundsError: " + indices.size() + " indices");
        }
        List<List<Object>> chosen = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int axis = 0; axis < array.rank(); axis++) {
            Object index = indices.get(axis);
            chosen.add(index instanceof Long ? List.of(index)
                    : index == JuliaScope.COLON ? elements(range(1L, 1L, (long) array.dims()[axis])) : elements(index));
            if (!(index instanceof Long)) {
                kept.add(axis);
            }
        }
        return JuliaArray.of(kept.stream().mapToInt(axis -> chosen.get(axis).size()).toArray(), position -> {
            int[] from = new int[array.rank()];
            for (int axis = 0; axis < from.length; axis++) {
                int k = kept.indexOf(axis);
                from[axis] = whole(chosen.get(axis).get(k < 0 ? 0 : position[k])) - 1;
            }
            return array.at(from);
        });
    }

    private static int place(JuliaArray array, List<Object> indices) {
        int[] at = indices.stream().mapToInt(index -> whole(index) - 1).toArray();
        if (at.length != 1) {
            return array.place(at);
        }
        return Objects.checkIndex(at[0], array.data().length);
    }

    static void set(JuliaArray array, List<Object> at, Object value) {
        array.data()[place(array, indices(at))] = value;
    }

    // ---- the table

    static Map<String, Object> functions() {
        Map<String, Object> table = new LinkedHashMap<>(Map.of("pi", Math.PI, "NaN", Double.NaN, "true", true, "false",
                false, "I", "the identity", "Int", (JuliaScope.Callable) (x, o) -> exact(x.get(0))));
        numbers(table);
        shapes(table);
        reductions(table);
        matrices(table);
        for (String type : List.of("Vector{Float64}", "Array{Float64, 3}", "Array{Float64, 4}")) {
            table.put(type, type);
        }
        put(table, "convert", x -> {
            JuliaArray array = array(x.get(1));
            int rank = x.get(0) instanceof JuliaScope.Callable ? 2
                    : Map.of("Vector{Float64}", 1, "Array{Float64, 3}", 3, "Array{Float64, 4}", 4).get(x.get(0));
            if (array.rank() != rank) {
                throw new IllegalArgumentException("MethodError: cannot convert");
            }
            return array.map(JuliaLibrary::real);
        });
        put(table, "string", x -> x.get(0).toString());
        put(table, "DimensionMismatch", x -> "DimensionMismatch: " + x.get(0));
        put(table, "throw", x -> {
            throw new IllegalArgumentException((String) x.get(0));
        });
        return table;
    }

    private static void put(Map<String, Object> table, String name, Function<List<Object>, Object> f) {
        table.put(name, (JuliaScope.Callable) (arguments, options) -> {
            if (!options.isEmpty()) {
                throw new IllegalArgumentException("MethodError: " + name + " has no " + options);
            }
            return f.apply(arguments);
        });
    }

    private static long exact(Object value) {
        double x = real(value);
        if (x != Math.rint(x)) {
            throw new IllegalArgumentException("InexactError: " + x);
        }
        return (long) x;
    }

    private static void real(Map<String, Object> table, String name, DoubleUnaryOperator f, DoublePredicate domain) {
        put(table, name, x -> {
            double argument = real(x.get(0));
            if (!domain.test(argument)) {
                throw new IllegalArgumentException("DomainError: " + name + "(" + argument + ")");
            }
            return f.applyAsDouble(argument);
        });
    }

    private static void numbers(Map<String, Object> table) {
        Map<String, DoubleUnaryOperator> everywhere = Map.of("expm1", Math::expm1, "abs", Math::abs, "sign",
                Math::signum, "atan", Math::atan, "sinh", Math::sinh, "cosh", Math::cosh, "tanh", Math::tanh, "floor",
                Math::floor, "float", x -> x, "Float64", x -> x);
        everywhere.forEach((name, f) -> real(table, name, f, x -> true));
        real(table, "log", Math::log, x -> !(x < 0));
        real(table, "log1p", Math::log1p, x -> !(x < -1));
        real(table, "sqrt", Math::sqrt, x -> !(x < 0));
        real(table, "asin", Math::asin, x -> !(Math.abs(x) > 1));
        real(table, "acos", Math::acos, x -> !(Math.abs(x) > 1));
        real(table, "sin", Math::sin, x -> !Double.isInfinite(x));
        real(table, "cos", Math::cos, x -> !Double.isInfinite(x));
        real(table, "tan", Math::tan, x -> !Double.isInfinite(x));
        put(table, "exp", x -> x.get(0) instanceof JuliaArray a ? a.exponential() : (Object) Math.exp(real(x.get(0))));
        put(table, "isfinite", x -> Double.isFinite(real(x.get(0))));
        put(table, "max", x -> Math.max(real(x.get(0)), real(x.get(1))));
        put(table, "min", x -> {
            if (!(x.get(0) instanceof Place a) || !(x.get(1) instanceof Place b)) {
                return Math.min(real(x.get(0)), real(x.get(1)));
            }
            return new Place(IntStream.range(0, a.at.size())
                    .mapToObj(k -> (Object) Math.min((Long) a.at.get(k), (Long) b.at.get(k))).toList());
        });
        put(table, "ifelse", x -> (Boolean) x.get(0) ? x.get(1) : x.get(2));
        put(table, "fld", x -> Math.floorDiv((Long) x.get(0), (Long) x.get(1)));
        put(table, "mod", x -> Math.floorMod((Long) x.get(0), (Long) x.get(1)));
        put(table, "div", x -> (Long) x.get(0) / (Long) x.get(1));
    }

    private static void shapes(Map<String, Object> table) {
        put(table, "size", x -> x.size() == 1 ? sizes(x.get(0)) : (Object) (long) array(x.get(0)).dim(
                whole(x.get(1)) - 1));
        put(table, "length", x -> (long) elements(x.get(0)).size());
        put(table, "ndims", x -> (long) array(x.get(0)).rank());
        put(table, "vec", x -> array(x.get(0)).reshaped(new int[] {array(x.get(0)).data().length}));
        put(table, "reshape", x -> {
            List<Object> lengths = new ArrayList<>(x.subList(1, x.size()));
            int free = lengths.indexOf(JuliaScope.COLON);
            if (free >= 0) {
                lengths.set(free, 1L);
                lengths.set(free, (long) array(x.get(0)).data().length / JuliaArray.count(dims(lengths)));
            }
            return array(x.get(0)).reshaped(dims(lengths));
        });
        put(table, "permutedims", x -> array(x.get(0))
                .permuted(elements(x.get(1)).stream().mapToInt(axis -> whole(axis) - 1).toArray()));
        put(table, "reverse", x -> {
            List<Object> reversed = new ArrayList<>(elements(x.get(0)));
            Collections.reverse(reversed);
            return reversed;
        });
        put(table, "fill", x -> JuliaArray.of(dims(x.subList(1, x.size())), at -> x.get(0)));
        put(table, "zeros", x -> JuliaArray.of(dims(x), at -> 0.0));
        put(table, "ones", x -> JuliaArray.of(dims(x), at -> 1.0));
        put(table, "copy", x -> array(x.get(0)).map(entry -> entry));
        put(table, "only", x -> {
            if (elements(x.get(0)).size() != 1) {
                throw new IllegalArgumentException("ArgumentError: not one entry");
            }
            return elements(x.get(0)).get(0);
        });
        put(table, "Tuple", x -> List.copyOf(elements(x.get(0))));
        put(table, "CartesianIndex", x -> new Place(elements(x.get(0))));
        put(table, "CartesianIndices", x -> JuliaArray.of(dims(x),
                at -> new Place(IntStream.of(at).mapToObj(k -> (Object) (k + 1L)).toList())));
        put(table, "vcat", x -> JuliaArray.cat(x.stream().map(JuliaLibrary::array).toList(), 0));
        put(table, "hcat", x -> JuliaArray.cat(x.stream().map(JuliaLibrary::array).toList(), 1));
        table.put("cat", (JuliaScope.Callable) (x, options) -> JuliaArray.cat(
                x.stream().map(JuliaLibrary::array).toList(),
                whole(Objects.requireNonNull(options.get("dims"))) - 1));
        table.put("dropdims", (JuliaScope.Callable) (x, options) -> {
            List<Integer> gone = axes(Objects.requireNonNull(options.get("dims")));
            JuliaArray array = array(x.get(0));
            return array.reshaped(IntStream.range(0, array.rank()).filter(axis -> !gone.contains(axis))
                    .map(axis -> array.dims()[axis]).toArray());
        });
    }

    private static void reductions(Map<String, Object> table) {
        Map<String, BinaryOperator<Object>> folds = Map.of("sum", (a, b) -> scalar("+", a, b), "prod",
                (a, b) -> scalar("*", a, b), "maximum",
                (a, b) -> a instanceof Long x && b instanceof Long y ? (Object) Math.max(x, y)
                        : (Object) Math.max(real(a), real(b)));
        folds.forEach((name, fold) -> table.put(name, (JuliaScope.Callable) (x, options) -> {
            Function<List<Object>, Object> all = entries -> entries.stream().reduce(fold).orElseThrow();
            return options.containsKey("dims")
                    ? array(x.get(0)).reduced(axes(Objects.requireNonNull(options.get("dims"))), all)
                    : x.get(0) instanceof Double ? x.get(0) : all.apply(elements(x.get(0)));
        }));
    }

    private static void matrices(Map<String, Object> table) {
        put(table, "dot", x -> {
            JuliaArray a = array(x.get(0));
            JuliaArray b = array(x.get(1));
            if (!Arrays.equals(a.dims(), b.dims())) {
                throw new IllegalArgumentException("DimensionMismatch: dot");
            }
            return IntStream.range(0, a.data().length).mapToDouble(k -> real(a.data()[k]) * real(b.data()[k])).sum();
        });
        put(table, "det", x -> array(x.get(0)).eliminated().determinant());
        put(table, "inv", x -> array(x.get(0)).eliminated().inverse());
        put(table, "logabsdet", x -> {
            double determinant = array(x.get(0)).eliminated().determinant();
            return List.of(Math.log(Math.abs(determinant)), Math.signum(determinant));
        });
        put(table, "diagm", x -> {
            JuliaArray v = array(x.get(0));
            return JuliaArray.of(new int[] {v.dims()[0], v.dims()[0]}, at -> at[0] == at[1] ? v.at(at[0]) : 0.0);
        });
        put(table, "Matrix{Float64}", x -> {
            if (!x.get(0).equals(table.get("I")) || !x.get(1).equals(x.get(2))) {
                throw new IllegalArgumentException("MethodError: Matrix{Float64}");
            }
            return JuliaArray.eye(whole(x.get(1)));
        });
    }

    /** A value as the tests print it: lengths, a bar, entries in row-major order. */
    static String line(Object value) {
        if (!(value instanceof JuliaArray array)) {
            return "|" + (Double) value;
        }
        int[] backward = IntStream.range(0, array.rank()).map(k -> array.rank() - 1 - k).toArray();
        return IntStream.of(array.dims()).mapToObj(Integer::toString).collect(Collectors.joining(" ")) + "|"
                + Arrays.stream(array.permuted(backward).data()).map(entry -> ((Double) entry).toString())
                        .collect(Collectors.joining(" "));
    }
}
