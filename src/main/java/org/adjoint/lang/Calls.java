package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Application;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;

/** Calls and attributes: {@code f(x)}, {@code np.f(x)}, {@code x.f()}, {@code sigma'(x)}, {@code x.shape}. */
final class Calls {
    /** Layers of PyTorch that are understood but not computed. */
    private static final Set<String> LATER = Set.of("RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell", "Upsample",
            "ZeroPad1d", "ZeroPad2d", "ReflectionPad1d", "ReflectionPad2d", "ReplicationPad2d", "PixelShuffle",
            "Bilinear",
            "LocalResponseNorm", "ModuleList", "Transformer", "TransformerEncoderLayer", "TransformerDecoderLayer");
    private final Elaborator reader;

    Calls(Elaborator reader) {
        this.reader = reader;
    }

    // ---- attributes

    Value attribute(Syntax.Attribute attribute) {
        if (isPrefix(attribute.base())) {
            return switch (attribute.name()) {
                case "pi" -> Value.Tensor.of(Functions.PI.apply());
                case "e" -> Value.Tensor.of(Functions.EXP.apply(Constant.ONE));
                case "inf", "nan" -> throw Failures.type(attribute, attribute.name() + " is not a real number");
                default -> throw Vocabulary.knows(attribute.name())
                        ? Failures.type(attribute,
                                attribute.name() + " is a function; call it: " + Vocabulary.signature(attribute.name()))
                        : unknown(attribute, attribute.name());
            };
        }
        Value base = reader.value(attribute.base());
        if (base instanceof Value.Fields fields && fields.fields().containsKey(attribute.name())) {
            return fields.fields().get(attribute.name());
        }
        if (base instanceof Value.Module module) {
            return new Modules(reader).attribute(attribute, module);
        }
        if (base instanceof Value.Tensor || base instanceof Value.ListValue) {
            Value.Tensor tensor = Values.tensor(base, attribute.base().span());
            switch (attribute.name()) {
                case "shape" -> {
                    return new Value.ShapeValue(tensor.shape());
                }
                case "size" -> {
                    return Value.Tensor.of(Dimension.of(tensor.shape().count()));
                }
                case "ndim" -> {
                    return Value.Tensor.of(Constant.of(tensor.shape().rank()));
                }
                case "real", "data" -> {
                    return tensor;
                }
                case "grad" -> throw Failures.type(attribute, "a gradient is of something: write grad(L, "
                        + Failures.excerpt(attribute.base()) + ")");
                default -> {
                }
            }
        }
        Problem problem = Problem.at(attribute.span(),
                Failures.excerpt(attribute) + ": " + Values.describe(base) + " has no attribute " + attribute.name());
        throw new IllFormed(IllFormed.Kind.UNKNOWN_NAME, Vocabulary.knows(attribute.name())
                ? problem.hint("call it: " + Failures.excerpt(attribute) + "()")
                : problem.hint("attributes are " + (base instanceof Value.Fields fields ? fields.text()
                        : ".T, .shape, .size and .ndim")));
    }

    /** Whether an expression is {@code np}, {@code torch.nn}, … and means nothing else here. */
    private boolean isPrefix(Syntax syntax) {
        Syntax base = syntax;
        while (base instanceof Syntax.Attribute attribute && Vocabulary.PREFIXES.contains(attribute.name())) {
            base = attribute.base();
        }
        return base instanceof Syntax.Name name && Vocabulary.PREFIXES.contains(name.id())
                && !reader.environment.knows(name.id());
    }

    // ---- calls

    Value read(Syntax.Call call) {
        return switch (call.callee()) {
            case Syntax.Name name -> named(call, name);
            case Syntax.Attribute attribute when isPrefix(attribute.base()) -> vocabulary(call, attribute.name(),
                    Optional.empty(), attribute.span().text().startsWith("torch"));
            case Syntax.Attribute method -> method(call, method);
            case Syntax.Prime prime -> prime(call, prime);
            case Syntax.Call inner when inner.callee() instanceof Syntax.Name name && name.id().equals("derivative")
                    && !reader.environment.knows("derivative") ->
                derivative(call, inner);
            default -> callable(call);
        };
    }

    private Value callable(Syntax.Call call) {
        return applied(call, reader.value(call.callee()));
    }

    /** Losses and models are functions. */
    private Value applied(Syntax.Call call, Value value) {
        return switch (value) {
            case Value.Criterion criterion -> apply(call, criterion);
            case Value.Module module -> new Modules(reader).apply(call, module);
            case Value.Sequence sequence -> new Sequences(reader).entry(call, sequence);
            default -> throw Failures.type(call,
                    Failures.excerpt(call.callee()) + " is " + Values.describe(value) + ", not a function");
        };
    }

    private Value method(Syntax.Call call, Syntax.Attribute method) {
        Value base = reader.value(method.base());
        if (base instanceof Value.Module module) {
            return new Modules(reader).method(call, method, module);
        }
        if (method.name().equals("size") && call.arguments().isEmpty()) {
            return new Value.ShapeValue(Values.tensor(base, method.base().span()).shape());
        }
        if (method.name().equals("item") || method.name().equals("float") || method.name().equals("double")) {
            return base;
        }
        if (!Vocabulary.knows(method.name())) {
            Problem problem = Problem.at(method.span(), "unknown method " + method.name());
            throw new IllFormed(IllFormed.Kind.UNKNOWN_NAME, Nearest.to(method.name(), Vocabulary.names())
                    .map(n -> problem.hint("did you mean " + n + "?")).orElse(problem));
        }
        return vocabulary(call, method.name(), Optional.of(base), true);
    }

    private Value named(Syntax.Call call, Syntax.Name name) {
        Optional<Binding> binding = reader.environment.lookup(name.id());
        if (binding.isEmpty()) {
            return vocabulary(call, name.id(), Optional.empty(), false);
        }
        return switch (binding.get()) {
            case Binding.Function function -> apply(call, name, function);
            case Binding.Unknown unknown -> apply(call, unknown.function(), new int[0]);
            case Binding.Opaque opaque -> throw new Undecided(opaque.reason(), call.span());
            case Binding.Broken broken -> throw Expressions.broken(name, broken);
            case Binding.Valued valued -> applied(call, valued.value());
            case Binding.Sized sized -> throw Failures.type(call, name.id() + " is a size, not a function");
            case Binding.Index index -> throw Failures.type(call, name.id() + " is an index, not a function");
            case Binding.Members members -> throw Failures.type(call,
                    name.id() + " is a family; its members are written " + name.id() + "[k]");
        };
    }

    private Value vocabulary(Syntax.Call call, String name, Optional<Value> self, boolean torch) {
        Optional<Vocabulary.Row> row = Vocabulary.row(name, reader.dialect);
        if (row.isEmpty()) {
            if (LATER.contains(name)) {
                throw new Undecided("this layer is not computed by this version: " + name, call.span());
            }
            throw unknown(call.callee(), name);
        }
        return built(row.get(), Arguments.bind(reader, row.get(), name, call, self, torch));
    }

    /** A loss of its input and target. */
    private Value apply(Syntax.Call call, Value.Criterion criterion) {
        Vocabulary.Row row = Vocabulary.row(criterion.function()).orElseThrow();
        return built(row, Arguments.bind(reader, row, criterion.function(), call, Optional.empty(), true,
                criterion.settings()));
    }

    private static Value built(Vocabulary.Row row, Arguments arguments) {
        try {
            return row.builder().build(arguments);
        } catch (ShapeError error) {
            throw Failures.shape(arguments.call(), error, arguments.operands());
        }
    }

    private IllFormed unknown(Syntax at, String name) {
        Problem problem = Problem.at(at.span(), "unknown function " + name);
        return new IllFormed(IllFormed.Kind.UNKNOWN_NAME, Nearest.to(name, reader.known())
                .map(n -> problem.hint("did you mean " + n + "?"))
                .orElse(problem.hint("define it, as in `" + name + "(x) = ..`, or declare it, as in `" + name
                        + " : R -> R`")));
    }

    // ---- defined functions

    private Value apply(Syntax.Call call, Syntax.Name name, Binding.Function function) {
        List<Value> values = new ArrayList<>();
        call.arguments().forEach(argument -> values.add(reader.value(argument)));
        String signature = name.id() + "("
                + String.join(", ", function.parameters().stream().map(Syntax.Name::id).toList()) + ")";
        Elaborator inside = function.home().inside(reader);
        int positional = values.size();
        if (positional + call.keywords().size() != function.parameters().size()) {
            throw Failures.type(call, "the function is " + signature + "; got " + positional + " argument"
                    + (positional == 1 ? "" : "s"));
        }
        for (int k = 0; k < function.parameters().size(); k++) {
            Syntax.Name parameter = function.parameters().get(k);
            Value value = k < positional ? values.get(k)
                    : call.keywords().stream().filter(w -> w.name().id().equals(parameter.id())).findFirst()
                            .map(w -> reader.value(w.value()))
                            .orElseThrow(() -> Failures.type(call, "the function is " + signature + "; "
                                    + parameter.id() + " is missing"));
            inside.environment.rebind(parameter.id(), new Binding.Valued(value, "parameter", parameter.span()));
            indices(inside, value);
        }
        return reader.call(call, () -> inside.value(function.body()));
    }

    /** Indices that an argument carries mean the same inside the function. */
    private void indices(Elaborator inside, Value value) {
        if (value instanceof Value.Tensor tensor) {
            for (String axis : tensor.axes()) {
                reader.environment.axis(axis).ifPresent(index -> inside.environment.addAxis(axis, index));
            }
        }
    }

    // ---- unknown functions and derivatives by a prime

    private Value apply(Syntax.Call call, UnknownFunction function, int[] derivatives) {
        List<Value.Tensor> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(reader.tensorOf(argument)));
        if (Sequences.isSequence(function)) {
            if (derivatives.length > 0) {
                throw Failures.type(call, function.name() + " is a sequence, and sequences have no derivatives");
            }
            new Sequences(reader).requirePlaces(call, arguments);
        }
        try {
            if (function.isElementwise()) {
                return Indices.align(arguments).join(x -> Application.of(function, derivatives, x));
            }
            for (int k = 0; k < arguments.size(); k++) {
                if (!arguments.get(k).axes().isEmpty()) {
                    throw new Undecided(function.name() + " of entries named by an index is not computed",
                            call.arguments().get(k).span());
                }
            }
            return Value.Tensor.of(Application.of(function, derivatives,
                    arguments.stream().map(Value.Tensor::expr).toList()));
        } catch (ShapeError error) {
            throw Failures.shape(call, error, Failures.operands(call.arguments(), arguments));
        }
    }

    /** {@code derivative(f, 0, 1)(x, y)}: an unknown function differentiated by the arguments at these positions. */
    private Value derivative(Syntax.Call call, Syntax.Call which) {
        if (which.arguments().isEmpty() || !(which.arguments().get(0) instanceof Syntax.Name name)
                || !(reader.environment.lookup(name.id()).orElse(null) instanceof Binding.Unknown unknown)) {
            throw Failures.type(which, "derivative(f, 0, 1) takes a declared function and positions of its arguments");
        }
        int[] positions = which.arguments().stream().skip(1).mapToInt(reader::integer).toArray();
        for (int position : positions) {
            if (position < 0 || position >= unknown.function().parameters().size()) {
                throw Failures.type(which, name.id() + " has no argument " + position);
            }
        }
        return apply(call, unknown.function(), positions);
    }

    private Value prime(Syntax.Call call, Syntax.Prime prime) {
        if (!(prime.operand() instanceof Syntax.Name name)) {
            throw Failures.type(prime, "a prime follows the name of a function of one argument");
        }
        Optional<Binding> binding = reader.environment.lookup(name.id());
        if (binding.orElse(null) instanceof Binding.Unknown unknown) {
            int[] derivatives = new int[prime.order()];
            Arrays.fill(derivatives, 0);
            if (unknown.function().parameters().size() != 1) {
                throw Failures.type(prime, "a prime needs a function of one argument; " + name.id() + " takes "
                        + unknown.function().parameters().size());
            }
            return apply(call, unknown.function(), derivatives);
        }
        if (call.arguments().size() != 1) {
            throw Failures.type(call, Failures.excerpt(prime) + " takes one argument");
        }
        Value.Tensor x = reader.tensorOf(call.arguments().get(0));
        if (binding.orElse(null) instanceof Binding.Function function) {
            return primeOfDefined(call, prime, function, x);
        }
        if (binding.isPresent()) {
            throw Failures.type(prime, name.id() + " is not a function");
        }
        Optional<ScalarFunction> known = Functions.named(name.id()).filter(f -> f.arity() == 1);
        if (known.isEmpty()) {
            throw Vocabulary.knows(name.id())
                    ? new Undecided("the derivative " + Failures.excerpt(prime) + " is not computed", prime.span())
                    : unknown(name, name.id());
        }
        if (prime.order() > 1) {
            return primeBySlope(call, prime, x, v -> known.get().apply(v));
        }
        return new Value.Tensor(known.get().derivative(0, List.of(x.expr())), x.axes());
    }

    private Value primeOfDefined(Syntax.Call call, Syntax.Prime prime, Binding.Function function, Value.Tensor x) {
        if (function.parameters().size() != 1) {
            throw Failures.type(prime, "a prime needs a function of one argument");
        }
        return primeBySlope(call, prime, x, v -> {
            Elaborator inside = function.home().inside(reader);
            inside.environment.rebind(function.parameters().get(0).id(),
                    new Binding.Valued(Value.Tensor.of(v), "parameter", call.span()));
            return Values.tensor(inside.value(function.body()), call.span()).expr();
        });
    }

    /** The derivative of a scalar function at a scalar, by differentiating it at a variable of its own. */
    private Value primeBySlope(Syntax.Call call, Syntax.Prime prime, Value.Tensor x,
            UnaryOperator<Expr> function) {
        if (!x.expr().shape().isScalar()) {
            throw new Undecided("the derivative " + Failures.excerpt(prime) + " is computed at scalars only",
                    call.span());
        }
        Variable v = Variable.scalar(Failures.excerpt(prime) + " argument");
        Expr slope = function.apply(v);
        for (int k = 0; k < prime.order(); k++) {
            slope = reader.operators.gradient(slope, v, reader.environment.definitions());
        }
        return Value.Tensor.of(Substitution.of(Map.of(v, x.expr())).apply(slope));
    }
}
