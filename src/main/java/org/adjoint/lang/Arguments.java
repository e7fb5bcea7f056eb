package org.adjoint.lang;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/** The arguments of a call of a known function, by the names of its signature. */
final class Arguments {
    /** PyTorch's names for NumPy's parameters, and other names in use. */
    private static final Map<String, String> ALIASES = Map.ofEntries(Map.entry("dim", "axis"),
            Map.entry("axes", "axis"), Map.entry("keepdim", "keepdims"), Map.entry("input", "x"), Map.entry("a", "x"),
            Map.entry("p", "ord"), Map.entry("correction", "ddof"), Map.entry("unbiased", "ddof"),
            Map.entry("min", "low"), Map.entry("max", "high"), Map.entry("a_min", "low"), Map.entry("a_max", "high"),
            Map.entry("diagonal", "k"), Map.entry("shifts", "shift"), Map.entry("dims", "axis"),
            Map.entry("num_classes", "n"), Map.entry("newshape", "shape"));

    /** An argument as written; of a method, the first is what stands before the dot, and is read already. */
    private record Given(Syntax syntax, Optional<Value> value) {
    }

    private final Elaborator reader;
    private final String name;
    private final Syntax.Call call;
    private final boolean torch;
    private final Map<String, Given> bound = new LinkedHashMap<>();
    private final Set<String> none = new HashSet<>();
    private final List<Given> rest = new ArrayList<>();
    private final IdentityHashMap<Given, Value.Tensor> read = new IdentityHashMap<>();

    private Arguments(Elaborator reader, String name, Syntax.Call call, boolean torch) {
        this.reader = reader;
        this.name = name;
        this.call = call;
        this.torch = torch;
    }

    /** Gives every argument to its parameter. */
    static Arguments bind(Elaborator reader, Vocabulary.Row row, String name, Syntax.Call call, Optional<Value> self,
            boolean torch) {
        return bind(reader, row, name, call, self, torch, Map.of());
    }

    /** Gives every argument to its parameter, with some settled before. */
    static Arguments bind(Elaborator reader, Vocabulary.Row row, String name, Syntax.Call call, Optional<Value> self,
            boolean torch, Map<String, Value.Criterion.Setting> settled) {
        Arguments arguments = new Arguments(reader, name, call, torch);
        settled.forEach((parameter, setting) -> arguments.bound.put(parameter,
                new Given(setting.syntax(), Optional.of(setting.value()))));
        List<Given> positional = new ArrayList<>();
        self.ifPresent(value -> positional
                .add(new Given(((Syntax.Attribute) call.callee()).base(), Optional.of(value))));
        call.arguments().forEach(argument -> positional.addAll(given(reader, argument)));
        int k = 0;
        for (Vocabulary.Parameter parameter : row.parameters()) {
            if (parameter.variadic()) {
                arguments.rest.addAll(positional.subList(Math.min(k, positional.size()), positional.size()));
                k = positional.size();
            } else if (k < positional.size()) {
                arguments.put(parameter.name(), positional.get(k++));
            }
        }
        if (k < positional.size()) {
            throw arguments.misused(row, "got " + positional.size() + " arguments");
        }
        for (Syntax.Keyword keyword : call.keywords()) {
            arguments.keyword(row, keyword);
        }
        for (Vocabulary.Parameter parameter : row.parameters()) {
            boolean missing = parameter.variadic() ? arguments.rest.isEmpty() && !parameter.optional()
                    : !parameter.optional() && !arguments.bound.containsKey(parameter.name());
            if (missing) {
                throw arguments.misused(row, parameter.name() + " is missing");
            }
        }
        return arguments;
    }

    /** What an argument gives: itself, or the entries of the list that it spreads. */
    private static List<Given> given(Elaborator reader, Syntax argument) {
        if (!(argument instanceof Syntax.Unary spread) || spread.op() != Syntax.Unary.Op.SPREAD) {
            return List.of(new Given(argument, Optional.empty()));
        }
        if (!(reader.value(spread.operand()) instanceof Value.ListValue list)) {
            throw Failures.type(spread.operand(), "only a list is spread among arguments");
        }
        return list.items().stream().map(item -> new Given(spread.operand(), Optional.of(item))).toList();
    }

    private void put(String parameter, Given given) {
        if (given.syntax() instanceof Syntax.NoneLit) {
            none.add(parameter);
        } else {
            bound.put(parameter, given);
        }
    }

    private void keyword(Vocabulary.Row row, Syntax.Keyword keyword) {
        String id = keyword.name().id();
        String known = row.has(id) ? id : ALIASES.getOrDefault(id, id);
        if (!row.has(known)) {
            throw misused(row, "there is no " + id);
        }
        if (bound.containsKey(known)) {
            throw misused(row, known + " is given twice");
        }
        put(known, new Given(keyword.value(), Optional.empty()));
    }

    private IllFormed misused(Vocabulary.Row row, String what) {
        return Failures.type(call, "the function is " + row.signature(name) + "; " + what);
    }

    // ---- reading them

    Elaborator reader() {
        return reader;
    }

    Syntax.Call call() {
        return call;
    }

    /** Whether the call is PyTorch's: {@code torch.var(x)}, {@code x.var()}. */
    boolean isTorch() {
        return torch;
    }

    boolean has(String parameter) {
        return bound.containsKey(parameter);
    }

    Syntax syntax(String parameter) {
        return given(parameter).syntax();
    }

    private Given given(String parameter) {
        Given given = bound.get(parameter);
        if (given == null) {
            throw new IllegalStateException(name + " has no argument " + parameter);
        }
        return given;
    }

    Value value(String parameter) {
        return value(given(parameter));
    }

    private Value value(Given given) {
        return given.value().orElseGet(() -> reader.value(given.syntax()));
    }

    Value.Tensor tensor(String parameter) {
        return tensor(given(parameter));
    }

    private Value.Tensor tensor(Given given) {
        Value.Tensor known = read.get(given);
        if (known != null) {
            return known;
        }
        Value.Tensor tensor = Values.tensor(value(given), given.syntax().span());
        read.put(given, tensor);
        return tensor;
    }

    /** A tensor without named axes. */
    Expr expr(String parameter) {
        return plain(tensor(parameter));
    }

    Expr plain(Value.Tensor tensor) {
        if (!tensor.axes().isEmpty()) {
            throw new Undecided(name + " of entries named by an index is not computed", call.span());
        }
        return tensor.expr();
    }

    List<Value.Tensor> tensors() {
        return rest.stream().map(this::tensor).toList();
    }

    List<Syntax> rest() {
        return rest.stream().map(Given::syntax).toList();
    }

    List<Value> values() {
        return rest.stream().map(this::value).toList();
    }

    /** The argument or, when it is not given, a number. */
    Value.Tensor tensor(String parameter, Rational otherwise) {
        return has(parameter) ? tensor(parameter) : Value.Tensor.of(Constant.of(otherwise));
    }

    int integer(String parameter, int otherwise) {
        return has(parameter) ? reader.integer(syntax(parameter)) : otherwise;
    }

    Size size(String parameter) {
        return reader.size(syntax(parameter));
    }

    boolean flag(String parameter) {
        return has(parameter) && switch (value(parameter)) {
            case Value.Truth truth -> truth.holds();
            case Value.Tensor tensor -> !tensor.expr().equals(Constant.ZERO);
            default -> throw Failures.type(syntax(parameter), parameter + " is true or false");
        };
    }

    /** A flag, which has this value where it is not given. */
    boolean flag(String parameter, boolean otherwise) {
        return has(parameter) ? flag(parameter) : otherwise;
    }

    /** Whether {@code None} is said. */
    boolean isNone(String parameter) {
        return none.contains(parameter);
    }

    Optional<String> text(String parameter) {
        return has(parameter) && value(parameter) instanceof Value.Text text ? Optional.of(text.text())
                : Optional.empty();
    }

    /** The items of an argument that is a list or a tuple; of any other, itself. */
    List<Syntax> items(String parameter) {
        Syntax given = syntax(parameter);
        return given instanceof Syntax.TupleLit tuple ? tuple.items()
                : given instanceof Syntax.ListLit list ? list.items() : List.of(given);
    }

    /** The axes of a tensor's node that {@code axis} names; all trailing ones when it is not given. */
    int[] axes(Value.Tensor x) {
        int named = x.axes().size();
        int rank = x.shape().rank();
        if (!has("axis")) {
            int[] all = new int[rank];
            for (int k = 0; k < rank; k++) {
                all[k] = named + k;
            }
            return all;
        }
        return items("axis").stream().mapToInt(item -> named + axis(item, reader.integer(item), rank)).toArray();
    }

    /** One axis of the node, the given one when {@code axis} is not named. */
    int axis(Value.Tensor x, int otherwise) {
        int rank = x.shape().rank();
        Syntax at = has("axis") ? syntax("axis") : call;
        int axis = axis(at, has("axis") ? reader.integer(at) : otherwise, rank);
        return x.axes().size() + axis;
    }

    private int axis(Syntax at, int given, int rank) {
        int first = reader.dialect == Dialect.MATLAB ? 1 : 0;
        int axis = given < 0 ? given + rank : given - first;
        if (axis < 0 || axis >= rank) {
            throw new IllFormed(IllFormed.Kind.SHAPE, at.span(), Failures.excerpt(call) + ": axis " + given
                    + " does not exist; the argument has " + rank + (rank == 1 ? " axis" : " axes"));
        }
        return axis;
    }

    /** A shape: one size, a list of sizes, or the remaining arguments. */
    Shape shape(String parameter) {
        List<Value> values = has(parameter) ? List.of(value(parameter)) : values();
        Value value = values.size() == 1 ? values.get(0) : new Value.ListValue(values);
        for (Value size : values) {
            if (size instanceof Value.Tensor tensor && !tensor.axes().isEmpty()) {
                throw new NeedsInteger(Elaborator.indexName(call, tensor));
            }
        }
        return Values.shape(value, reader.environment).orElseThrow(() -> Failures.type(call,
                Failures.excerpt(call) + ": a shape is a list of sizes, such as (2, n)"));
    }

    /** What was read so far, for messages. */
    List<Failures.Operand> operands() {
        List<Failures.Operand> operands = new ArrayList<>();
        List<Given> all = new ArrayList<>(bound.values());
        all.addAll(rest);
        for (Given given : all) {
            Value.Tensor tensor = read.get(given);
            if (tensor != null) {
                operands.add(new Failures.Operand(Failures.excerpt(given.syntax()), tensor.shape()));
            }
        }
        return operands;
    }
}
