package org.adjoint.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** {@code [e for i in .., j in ..]} and what functions compute over such a list. */
final class Comprehensions {
    private static final long LIMIT = 1_000_000;
    private final Elaborator reader;

    Comprehensions(Elaborator reader) {
        this.reader = reader;
    }

    Value read(Syntax.Comprehension comprehension) {
        if (comprehension.form() == Syntax.Comprehension.Form.SET) {
            return new Value.SetValue(flat(comprehension));
        }
        try {
            if (isOfModels(comprehension)) {
                return nested(comprehension, reader, 0);
            }
            Body body = body(comprehension);
            return Indices.unname(body.tensor(), body.sizes());
        } catch (NeedsInteger need) {
            requireOwn(comprehension, need);
            return nested(comprehension, reader, 0);
        }
    }

    /** Whether the body is a model, of which every value of the names makes another. */
    private boolean isOfModels(Syntax.Comprehension comprehension) {
        return comprehension.body() instanceof Syntax.Call
                && reader.bindIndices(comprehension.binders(), List.of(comprehension.body()))
                        .value(comprehension.body()) instanceof Value.Module;
    }

    /** The body over named axes, and the sizes of those that the binders made. */
    private record Body(Value.Tensor tensor, Map<String, Size> sizes) {
    }

    private Body body(Syntax.Comprehension comprehension) {
        Elaborator inside = reader.bindIndices(comprehension.binders(), List.of(comprehension.body()));
        Value.Tensor tensor = inside.tensorOf(comprehension.body());
        Map<String, Size> sizes = new LinkedHashMap<>();
        for (Syntax.Binder binder : comprehension.binders()) {
            sizes.put(binder.name().id(), IndexBinding.of(inside, binder.name()).count());
        }
        return new Body(tensor, sizes);
    }

    /** What a reduction gives over the names of the binders: over axes, or else over a list of all values. */
    Value.Tensor reduce(Syntax.Comprehension comprehension, Indices.Reducer overAxes,
            Function<List<Expr>, Expr> overList) {
        try {
            Body body = body(comprehension);
            return Indices.reduce(body.tensor(), body.sizes(), overAxes);
        } catch (NeedsInteger need) {
            requireOwn(comprehension, need);
            List<Value.Tensor> items = new ArrayList<>();
            flat(comprehension).forEach(item -> items.add(Values.tensor(item, comprehension.span())));
            if (items.isEmpty()) {
                return Value.Tensor.of(overList.apply(List.of()));
            }
            return Indices.align(items).join(same -> overList.apply(Tensors.broadcast(same)));
        }
    }

    /** The names whose integers are wanted must be ours; else it is for a binder further out. */
    private static void requireOwn(Syntax.Comprehension comprehension, NeedsInteger need) {
        if (comprehension.binders().stream().noneMatch(b -> b.name().id().equals(need.name().id()))) {
            throw need;
        }
    }

    // ---- one value of every name at a time

    private Value nested(Syntax.Comprehension comprehension, Elaborator where, int binder) {
        if (binder == comprehension.binders().size()) {
            return where.value(comprehension.body());
        }
        Syntax.Binder next = comprehension.binders().get(binder);
        List<Value> items = new ArrayList<>();
        for (Value value : range(where, next)) {
            items.add(nested(comprehension, where.withValue(next.name(), value), binder + 1));
        }
        return new Value.ListValue(items);
    }

    /** The values of the body, for all values of the names. */
    private List<Value> flat(Syntax.Comprehension comprehension) {
        List<Value> values = new ArrayList<>();
        collect(comprehension, reader, 0, values);
        return values;
    }

    private void collect(Syntax.Comprehension comprehension, Elaborator where, int binder, List<Value> into) {
        if (binder == comprehension.binders().size()) {
            into.add(where.value(comprehension.body()));
            return;
        }
        Syntax.Binder next = comprehension.binders().get(binder);
        for (Value value : range(where, next)) {
            collect(comprehension, where.withValue(next.name(), value), binder + 1, into);
        }
    }

    /** The values that a binder takes, when they can be listed. */
    static List<Value> range(Elaborator reader, Syntax.Binder binder) {
        Syntax.Name name = binder.name();
        if (binder.range().isEmpty()) {
            Elaborator inside = reader.bindIndices(List.of(binder), List.of());
            Binding.Index index = IndexBinding.of(inside, name);
            return integers(name, index.from(), index.last());
        }
        return elements(reader, name, binder.range().get());
    }

    /** The elements of a range, a set or a list. */
    static List<Value> elements(Elaborator reader, Syntax syntax) {
        return elements(reader, new Syntax.Name(Failures.excerpt(syntax), syntax.span()), syntax);
    }

    private static List<Value> elements(Elaborator reader, Syntax.Name name, Syntax syntax) {
        if (syntax instanceof Syntax.Range range) {
            if (range.to().isEmpty() || IndexBinding.isInfinite(range.to().get())) {
                throw new Undecided("infinite ranges are not computed: " + Failures.excerpt(range), range.span());
            }
            return integers(name, reader.size(range.from()), reader.size(range.to().get()));
        }
        return switch (reader.value(syntax)) {
            case Value.SetValue set -> set.items();
            case Value.ListValue list -> list.items();
            default -> throw Failures.type(syntax, Failures.excerpt(syntax) + " is not a range, a set or a list");
        };
    }

    /** {@code a..b} as a set. */
    Value.SetValue rangeSet(Syntax.Range range) {
        return new Value.SetValue(elements(reader, range));
    }

    private static List<Value> integers(Syntax.Name name, Size from, Size to) {
        if (!from.isInteger() || !to.isInteger()) {
            throw new NeedsInteger(name);
        }
        if (to.value() - from.value() > LIMIT) {
            throw new Undecided("more than a million values are not gone through one by one", name.span());
        }
        List<Value> values = new ArrayList<>();
        for (long k = from.value(); k <= to.value(); k++) {
            values.add(Value.Tensor.of(Constant.of(k)));
        }
        return values;
    }
}
