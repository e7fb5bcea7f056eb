package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Sequences on all integers: declared ({@code x : Z -> R}), defined by cases ({@code h(n) = 2**-n if n >= 0 else 0}), and their
 * convolutions and correlations
 *
 * <pre>conv(x, h)(n) = Σ_{i ∈ ℤ} x(n − i)·h(i),   correlate(x, h)(n) = Σ_{i ∈ ℤ} x(n + i)·h(i)</pre>
 *
 * of one or more arguments (Oppenheim and Schafer, Discrete-Time Signal Processing, section 2.3).
 */
final class Sequences {
    private final Elaborator reader;

    Sequences(Elaborator reader) {
        this.reader = reader;
    }

    static void addTo(Vocabulary.Table table) {
        table.row("conv(x, h)", a -> new Sequences(a.reader()).pair(a, "x", "h", true).orElseThrow(() -> Failures.type(
                a.call(), "conv(x, h) is of two sequences on the integers; of finite ones it is convolve(x, h)")));
    }

    /** The convolution, or correlation, of two arguments that are sequences; nothing when neither is one. */
    Optional<Value> pair(Arguments a, String first, String second, boolean flipped) {
        Optional<Value.Sequence> x = of(a.syntax(first));
        Optional<Value.Sequence> h = of(a.syntax(second));
        if (x.isEmpty() && h.isEmpty()) {
            return Optional.empty();
        }
        if (x.isEmpty() || h.isEmpty() || x.get().arity() != h.get().arity()) {
            throw Failures.type(a.call(), "both are sequences of equally many integers; "
                    + Failures.excerpt(a.syntax(first)) + " has " + x.map(s -> s.arity() + "").orElse("none") + ", "
                    + Failures.excerpt(a.syntax(second)) + " has " + h.map(s -> s.arity() + "").orElse("none"));
        }
        return Optional.of(new Value.Sequence(Failures.excerpt(a.call()), x.get().arity(), (where, places) -> {
            List<Variable> indices = new ArrayList<>();
            List<Expr> moved = new ArrayList<>();
            for (Expr place : places) {
                Variable index = where.freshIndex();
                indices.add(index);
                moved.add(flipped ? place.minus(index) : place.plus(index));
            }
            return where.sum(indices,
                    x.get().at().of(where, moved).times(h.get().at().of(where, List.copyOf(indices))));
        }));
    }

    /** The sequence that an expression is. */
    private Optional<Value.Sequence> of(Syntax syntax) {
        if (!(syntax instanceof Syntax.Name name)) {
            return syntax instanceof Syntax.Call && reader.value(syntax) instanceof Value.Sequence sequence
                    ? Optional.of(sequence)
                    : Optional.empty();
        }
        return switch (reader.environment.lookup(name.id()).orElse(null)) {
            case Binding.Function function -> Optional.of(new Value.Sequence(name.id(), function.parameters().size(),
                    (where, places) -> inserted(where, name, function, places)));
            case Binding.Unknown unknown when isSequence(unknown.function()) ->
                Optional.of(new Value.Sequence(name.id(),
                        unknown.function().parameters().size(), (where, places) -> unknown.function().apply(places)));
            case Binding.Valued valued when valued.value() instanceof Value.Sequence sequence -> Optional.of(sequence);
            case null, default -> Optional.empty();
        };
    }

    private static Expr inserted(Elaborator where, Syntax.Name name, Binding.Function function, List<Expr> places) {
        Elaborator inside = function.home().inside(where);
        for (int k = 0; k < places.size(); k++) {
            Syntax.Name parameter = function.parameters().get(k);
            inside.environment.rebind(parameter.id(),
                    new Binding.Valued(Value.Tensor.of(places.get(k)), "parameter", parameter.span()));
        }
        Value.Tensor value = Values.tensor(where.call(name, () -> inside.value(function.body())), name.span());
        if (!value.expr().shape().isScalar()) {
            throw Failures.shape(name, "the entries of a sequence are numbers",
                    List.of(new Failures.Operand(name.id(), value.shape())));
        }
        return value.expr();
    }

    /** A declared function whose arguments are integers. */
    static boolean isSequence(UnknownFunction function) {
        return function.facts().contains(Fact.Named.INTEGER);
    }

    // ---- entries

    /** {@code conv(x, h)(n)}. */
    Value entry(Syntax.Call call, Value.Sequence sequence) {
        if (call.arguments().size() != sequence.arity()) {
            throw Failures.type(call, sequence.text() + " is a sequence of " + sequence.arity() + " integers; got "
                    + call.arguments().size());
        }
        List<Value.Tensor> places = call.arguments().stream().map(reader::tensorOf).toList();
        requirePlaces(call, places);
        return Value.Tensor.of(sequence.at().of(reader, places.stream().map(Value.Tensor::expr).toList()));
    }

    /** The arguments of a sequence are integers. */
    void requirePlaces(Syntax.Call call, List<Value.Tensor> places) {
        for (int k = 0; k < places.size(); k++) {
            Value.Tensor place = places.get(k);
            if (!place.axes().isEmpty()) {
                throw new NeedsInteger(Elaborator.indexName(call.arguments().get(k), place));
            }
            Expr value = reader.inline(place.expr());
            boolean integer = value.shape().isScalar()
                    && Walk.postorder(value).stream().allMatch(node -> switch (node) {
                        case Constant constant -> constant.shape().isScalar() && constant.value().isInteger();
                        case Variable variable -> isInteger(variable);
                        default -> true;
                    });
            if (!integer) {
                throw Failures.type(call.arguments().get(k),
                        "the arguments of a sequence are integers, such as n - 1 of `n : Z`; got "
                                + Failures.excerpt(call.arguments().get(k)));
            }
        }
    }

    // ---- sums

    /**
     * {@code Σ_{i ∈ ℤ} e}, and sums over ranges that end at infinity or at integer variables; nothing for other sums.
     */
    Optional<Value> sum(Syntax.Comprehension comprehension) {
        if (comprehension.binders().stream().noneMatch(this::isOverIntegers)) {
            return Optional.empty();
        }
        Elaborator inside = reader.inner();
        List<Variable> indices = new ArrayList<>();
        List<Expr> factors = new ArrayList<>();
        for (Syntax.Binder binder : comprehension.binders()) {
            Optional<Binding> known = reader.environment.lookup(binder.name().id());
            if (known.isPresent()) {
                throw Environment.duplicate(binder.name(), known.get());
            }
            Variable index = reader.freshIndex();
            indices.add(index);
            inRange(inside, binder, index, factors);
            inside.environment.rebind(binder.name().id(),
                    new Binding.Valued(Value.Tensor.of(index), "index", binder.name().span()));
        }
        Value.Tensor body = inside.tensorOf(comprehension.body());
        if (!body.axes().isEmpty() || !body.shape().isScalar()) {
            throw new Undecided("a sum over integers is computed of numbers only", comprehension.span());
        }
        factors.add(body.expr());
        return Optional.of(Value.Tensor.of(reader.sum(indices, Tensors.product(factors))));
    }

    private boolean isOverIntegers(Syntax.Binder binder) {
        Syntax range = binder.range().orElse(null);
        if (range instanceof Syntax.Name name) {
            return isAllIntegers(name) && !reader.environment.knows(name.id());
        }
        return range instanceof Syntax.Range r && (isOpen(r.from()) || r.to().isEmpty() || isOpen(r.to().get()));
    }

    /** {@code Z} or {@code N}, where nothing else is called so. */
    static boolean isAllIntegers(Syntax range) {
        return range instanceof Syntax.Name name && Set.of("Z", "N").contains(name.id());
    }

    /** Infinite, or an integer that is no size. */
    private boolean isOpen(Syntax end) {
        if (IndexBinding.isInfinite(end)) {
            return true;
        }
        try {
            return reader.value(end) instanceof Value.Tensor tensor && tensor.axes().isEmpty()
                    && Values.size(tensor, reader.environment).isEmpty()
                    && Walk.variables(reader.inline(tensor.expr())).stream().anyMatch(Sequences::isInteger);
        } catch (IllFormed | NeedsInteger | Undecided notYet) {
            // It may use the names of other binders, which mean nothing here.
            return false;
        }
    }

    private static boolean isInteger(Variable variable) {
        return variable.is(Fact.Named.INTEGER) || variable.is(Fact.Named.NATURAL);
    }

    private static void inRange(Elaborator inside, Syntax.Binder binder, Variable index, List<Expr> factors) {
        if (binder.range().orElse(null) instanceof Syntax.Range range) {
            if (!IndexBinding.isInfinite(range.from())) {
                factors.add(Functions.LESS_EQUAL.apply(inside.tensorOf(range.from()).expr(), index));
            }
            if (range.to().isPresent() && !IndexBinding.isInfinite(range.to().get())) {
                factors.add(Functions.LESS_EQUAL.apply(index, inside.tensorOf(range.to().get()).expr()));
            }
        } else if (binder.range().orElse(null) instanceof Syntax.Name name && name.id().equals("N")) {
            factors.add(Functions.LESS_EQUAL.apply(Constant.ZERO, index));
        }
    }
}
