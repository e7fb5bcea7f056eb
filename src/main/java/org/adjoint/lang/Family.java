package org.adjoint.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * {@code z[k] = e for k in a..b}: one object for each k, made when it is first used; {@code h[0] = e0} beside
 * {@code h[k] = e for k in 1..} is a recurrence with a base case.
 */
final class Family {
    private static final int LIMIT = 100_000;

    /** One line of the definition: the indices that it is for, as written. */
    private record Rule(Elaborator home, List<Syntax> indices, List<Syntax.Binder> binders, Syntax body) {
    }

    private final String name;
    private final Environment environment;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<List<Long>, Value> members = new HashMap<>();
    private final Set<List<Long>> open = new HashSet<>();
    private Optional<Known> known = Optional.empty();

    /** The member at a symbolic index, taken as known for one step of an induction. */
    private record Known(Expr index, Value.Tensor value) {
    }

    private Family(String name, Environment environment) {
        this.name = name;
        this.environment = environment;
    }

    /** The family of that name, made when there is none. */
    static Family named(Environment environment, Syntax.Name name) {
        if (environment.lookup(name.id()).orElse(null) instanceof Binding.Members members) {
            return members.family();
        }
        Family family = new Family(name.id(), environment);
        environment.bind(name, new Binding.Members(family, name.span()));
        return family;
    }

    /** Adds a line, and makes the members of a finite range at once, so that what is wrong is said there. */
    void add(Elaborator home, List<Syntax> indices, List<Syntax.Binder> binders, Syntax body) {
        Rule rule = new Rule(home, List.copyOf(indices), List.copyOf(binders), body);
        rules.add(rule);
        boolean finite = binders.size() == 1 && indices.size() == 1 && indices.get(0) instanceof Syntax.Name
                && binders.get(0).range().orElse(null) instanceof Syntax.Range range && range.to().isPresent()
                && !IndexBinding.isInfinite(range.to().get());
        if (binders.isEmpty()) {
            List<Long> key = new ArrayList<>();
            indices.forEach(i -> key.add((long) home.integer(i)));
            if (members.containsKey(key)) {
                throw new IllFormed(IllFormed.Kind.DUPLICATE, indices.get(0).span(),
                        label(key) + " is already defined");
            }
            make(key, rule, Map.of(), body.span());
        } else if (finite) {
            for (Value value : Comprehensions.range(home, binders.get(0))) {
                Values.size(value, environment).filter(Size::isInteger)
                        .ifPresent(k -> get(List.of(k.value()), body.span()));
            }
        }
    }

    /** The member that an index names, and the entries that further items name. */
    Value member(Elaborator reader, Syntax.Index index) {
        int arity = rules.get(0).indices().size();
        if (index.items().size() < arity) {
            throw Failures.type(index, name + " takes " + arity + " indices");
        }
        if (known.isPresent() && arity == 1 && index.items().size() == 1
                && reader.expression(index.items().get(0)) instanceof Value.Tensor at
                && at.expr() == known.get().index()) {
            return known.get().value();
        }
        List<Long> key = new ArrayList<>();
        for (Syntax item : index.items().subList(0, arity)) {
            if (item instanceof Syntax.Slice || item instanceof Syntax.Ellipsis || item instanceof Syntax.NoneLit) {
                throw Failures.type(index, name + " is a family; name one member, as in " + name + "[1]");
            }
            key.add(number(reader, item, index));
        }
        Value member = get(key, index.span());
        if (index.items().size() == arity) {
            return member;
        }
        return new Indexing(reader).entries(index, Values.tensor(member, index.span()), 0,
                index.items().subList(arity, index.items().size()));
    }

    private static long number(Elaborator reader, Syntax item, Syntax.Index index) {
        Optional<Size> k = Values.size(reader.value(item), reader.environment);
        boolean open = k.isEmpty() && reader.value(item) instanceof Value.Tensor at && at.axes().isEmpty()
                && at.shape().isScalar() && !Walk.variables(at.expr()).isEmpty();
        if (open || k.isPresent() && !k.get().isInteger()) {
            throw new Undecided("members of a family at symbolic indices are not computed: " + Failures.excerpt(index),
                    index.span());
        }
        return k.orElseGet(() -> reader.size(item)).value();
    }

    /** The member at an integer. */
    Value at(long k, Span where) {
        return get(List.of(k), where);
    }

    /**
     * The member behind n, by a recurrence {@code r[k] = e for k in a..} whose only other member is {@code r[k - 1]}: that is
     * taken as {@code value}.
     */
    Value.Tensor next(Variable n, Expr behind, Value.Tensor value, Span where) {
        Rule rule = rules.stream().filter(r -> r.binders().size() == 1 && r.indices().size() == 1
                && r.indices().get(0) instanceof Syntax.Name name && name.id().equals(r.binders().get(0).name().id())
                && r.binders().get(0).range().orElse(null) instanceof Syntax.Range range
                && (range.to().isEmpty() || IndexBinding.isInfinite(range.to().get()))).findFirst()
                .orElseThrow(
                        () -> new Undecided(name + " is no recurrence without end, so that nothing is said of " + name
                                + " at all of them", where));
        Elaborator inside = rule.home().inner();
        inside.environment.rebind(rule.binders().get(0).name().id(),
                new Binding.Valued(Value.Tensor.of(behind), "index", where));
        known = Optional.of(new Known(n, value));
        try {
            return Values.tensor(rule.home().call(rule.body(), () -> inside.value(rule.body())), rule.body().span());
        } finally {
            known = Optional.empty();
        }
    }

    private Value get(List<Long> key, Span at) {
        Value known = members.get(key);
        if (known != null) {
            return known;
        }
        climb(key, at);
        Value climbed = members.get(key);
        return climbed != null ? climbed : compute(key, at);
    }

    /** A recurrence is computed from below, so that asking for a late member does not recurse. */
    private void climb(List<Long> key, Span at) {
        if (key.size() != 1 || !open.isEmpty()) {
            return;
        }
        long last = key.get(0);
        Optional<Long> start = members.keySet().stream().map(k -> k.get(0)).filter(k -> k < last)
                .max(Long::compare);
        if (start.isEmpty()) {
            return;
        }
        if (last - start.get() > LIMIT) {
            throw new Undecided("more than a hundred thousand steps of a recurrence are not computed", at);
        }
        for (long k = start.get() + 1; k < last; k++) {
            if (!members.containsKey(List.of(k)) && applicable(List.of(k)).isPresent()) {
                compute(List.of(k), at);
            }
        }
    }

    private record Applied(Rule rule, Map<String, Long> values) {
    }

    private Optional<Applied> applicable(List<Long> key) {
        for (Rule rule : rules) {
            Optional<Map<String, Long>> values = rule.binders().isEmpty() ? Optional.empty() : match(rule, key);
            if (values.isPresent()) {
                return Optional.of(new Applied(rule, values.get()));
            }
        }
        return Optional.empty();
    }

    private Value compute(List<Long> key, Span at) {
        Applied applied = applicable(key).orElseThrow(() -> new IllFormed(IllFormed.Kind.UNKNOWN_NAME,
                Problem.at(at, label(key) + " is not defined: no line of the definition of " + name + " covers it")));
        if (!open.add(key)) {
            throw new IllFormed(IllFormed.Kind.CYCLE, at, "cyclic definition: " + label(key) + " is defined by itself");
        }
        try {
            return make(key, applied.rule(), applied.values(), at);
        } finally {
            open.remove(key);
        }
    }

    private Value make(List<Long> key, Rule rule, Map<String, Long> values, Span at) {
        Elaborator inside = rule.home().inner();
        values.forEach((id, k) -> inside.environment.rebind(id,
                new Binding.Valued(Value.Tensor.of(Constant.of(k)), "index", at)));
        Value value = rule.home().call(rule.body(), () -> inside.value(rule.body()));
        Value member = switch (value) {
            case Value.Fields fields -> environment.defined(label(key), fields);
            case Value.Module module -> Modules.named(module, label(key));
            default -> value;
        };
        if (value instanceof Value.Tensor || value instanceof Value.ListValue) {
            Value.Tensor tensor = Values.tensor(value, rule.body().span());
            Variable variable = Variable.of(label(key), tensor.expr().shape());
            environment.define(variable, tensor.expr());
            member = new Value.Tensor(variable, tensor.axes());
        }
        members.put(key, member);
        return member;
    }

    private String label(List<Long> key) {
        return name + "[" + String.join(", ", key.stream().map(String::valueOf).toList()) + "]";
    }

    /** The values of the bound names at which the written indices are the wanted ones, within their ranges. */
    private static Optional<Map<String, Long>> match(Rule rule, List<Long> key) {
        if (rule.indices().size() != key.size()) {
            return Optional.empty();
        }
        Elaborator probe = rule.home().inner();
        Map<String, Long> values = new HashMap<>();
        for (Syntax.Binder binder : rule.binders()) {
            probe.environment.rebind(binder.name().id(),
                    new Binding.Index(Size.ZERO, Size.symbol("any"), false, binder.name().span()));
        }
        for (int k = 0; k < key.size(); k++) {
            Optional<Affine> form = Affine.of(rule.indices().get(k), probe);
            if (form.isEmpty() || !form.get().offset().isInteger() || form.get().strides().size() > 1) {
                throw Failures.type(rule.indices().get(k), "an index of a family is a name, an integer, or k + c");
            }
            long rest = key.get(k) - form.get().offset().value();
            if (form.get().strides().isEmpty()) {
                if (rest != 0) {
                    return Optional.empty();
                }
                continue;
            }
            Map.Entry<String, Integer> part = form.get().strides().entrySet().iterator().next();
            if (rest % part.getValue() != 0) {
                return Optional.empty();
            }
            Long before = values.putIfAbsent(part.getKey(), rest / part.getValue());
            if (before != null && before != rest / part.getValue()) {
                return Optional.empty();
            }
        }
        for (Syntax.Binder binder : rule.binders()) {
            Long value = values.get(binder.name().id());
            if (value == null || !inRange(rule.home(), binder, value)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static boolean inRange(Elaborator home, Syntax.Binder binder, long value) {
        if (binder.range().isEmpty()) {
            return true;
        }
        if (!(binder.range().get() instanceof Syntax.Range range)) {
            return Comprehensions.range(home, binder).stream().anyMatch(v -> Values.size(v, home.environment)
                    .filter(s -> s.equals(Size.of(value))).isPresent());
        }
        return value >= home.integer(range.from())
                && (range.to().isEmpty() || IndexBinding.isInfinite(range.to().get())
                        || value <= home.integer(range.to().get()));
    }
}
