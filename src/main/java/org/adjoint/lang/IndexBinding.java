package org.adjoint.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.jspecify.annotations.Nullable;

/** Gives index names their ranges: as written after {@code in}, or from the axis that the name indexes. */
final class IndexBinding {
    private static final int DEPTH = 4;
    private final Elaborator reader;
    private final Map<String, Syntax.Name> pending = new LinkedHashMap<>();
    private @Nullable IllFormed obstacle;

    private IndexBinding(Elaborator reader) {
        this.reader = reader;
    }

    /** Binds the names in the (inner) environment of the reader. */
    static void bind(Elaborator reader, List<Syntax.Binder> binders, List<Syntax> scope) {
        IndexBinding binding = new IndexBinding(reader);
        for (Syntax.Binder binder : binders) {
            binding.bind(binder);
        }
        binding.infer(scope);
    }

    private void bind(Syntax.Binder binder) {
        Syntax.Name name = binder.name();
        Optional<Binding> known = reader.environment.lookup(name.id());
        if (binder.range().isEmpty()) {
            if (known.isEmpty()) {
                pending.put(name.id(), name);
            } else if (!(known.get() instanceof Binding.Index)) {
                throw Environment.duplicate(name, known.get());
            }
            return;
        }
        if (known.isPresent()) {
            throw Environment.duplicate(name, known.get());
        }
        reader.environment.rebind(name.id(), range(name, binder.range().get()));
    }

    private Binding.Index range(Syntax.Name name, Syntax syntax) {
        if (!(syntax instanceof Syntax.Range range)) {
            throw new NeedsInteger(name);
        }
        if (range.to().isEmpty() || isInfinite(range.to().get()) || isInfinite(range.from())) {
            throw new Undecided("infinite ranges are not computed: " + Failures.excerpt(range), range.span());
        }
        Size from = reader.size(range.from());
        Size count = reader.size(range.to().get()).minus(from).plus(Size.ONE);
        if (count.isInteger() && count.value() < 1) {
            throw new IllFormed(IllFormed.Kind.INDEX, range.span(),
                    "the range " + Failures.excerpt(range) + " is empty");
        }
        if (!count.minus(Size.ONE).isNonNegative()) {
            reader.environment.requireNonNegative(count.minus(Size.ONE));
        }
        return new Binding.Index(from, count, false, name.span());
    }

    static boolean isInfinite(Syntax syntax) {
        return syntax instanceof Syntax.Infinity
                || (syntax instanceof Syntax.Unary unary && unary.operand() instanceof Syntax.Infinity);
    }

    // ---- ranges that are not given

    private void infer(List<Syntax> scope) {
        for (int round = 0; round < 2 && !pending.isEmpty(); round++) {
            // names first: other bases may be costly to read, as gradients are
            for (Syntax syntax : scope) {
                search(syntax, Map.of(), round > 0, reader, 0);
            }
            boolean found = true;
            while (found && !pending.isEmpty()) {
                found = scope.stream().anyMatch(this::searchPairs);
            }
        }
        if (!pending.isEmpty()) {
            if (obstacle != null) {
                throw obstacle;
            }
            Syntax.Name name = pending.values().iterator().next();
            throw new IllFormed(IllFormed.Kind.INDEX, Problem
                    .at(name.span(), "the range of " + name.id() + " is not known: it indexes no axis by itself")
                    .hint("give it, as in `for " + name.id() + " in 0..n-1`"));
        }
    }

    /** Looks for entries {@code base[.., k, ..]}; of a called function's body, {@code renamed} parameters are searched. */
    private void search(Syntax root, Map<String, String> renamed, boolean anyBase, Elaborator where, int depth) {
        Deque<Syntax> todo = new ArrayDeque<>();
        todo.push(root);
        while (!todo.isEmpty() && !pending.isEmpty()) {
            Syntax node = todo.pop();
            if (node instanceof Syntax.Index index && index.base() instanceof Syntax.Name == !anyBase) {
                entry(index, renamed, where);
            }
            if (node instanceof Syntax.Call call && call.callee() instanceof Syntax.Name name && depth < DEPTH
                    && where.environment.lookup(name.id()).orElse(null) instanceof Binding.Function function) {
                Map<String, String> inside = new LinkedHashMap<>();
                for (int k = 0; k < Math.min(call.arguments().size(), function.parameters().size()); k++) {
                    if (call.arguments().get(k) instanceof Syntax.Name argument) {
                        inside.put(function.parameters().get(k).id(),
                                renamed.getOrDefault(argument.id(), argument.id()));
                    }
                }
                search(function.body(), inside, anyBase, function.home(), depth + 1);
            }
            node.children().forEach(todo::push);
        }
    }

    private void entry(Syntax.Index index, Map<String, String> renamed, Elaborator where) {
        boolean wanted = index.items().stream().anyMatch(item -> item instanceof Syntax.Name name
                && pending.containsKey(renamed.getOrDefault(name.id(), name.id())));
        if (!wanted) {
            return;
        }
        Shape shape;
        try {
            if (index.base() instanceof Syntax.Name name
                    && where.environment.lookup(name.id()).orElse(null) instanceof Binding.Members) {
                return;
            }
            shape = where.tensorOf(index.base()).shape();
        } catch (IllFormed problem) {
            obstacle = obstacle == null ? problem : obstacle;
            return;
        } catch (Undecided | NeedsInteger | ShapeError other) {
            return;
        }
        int axis = 0;
        long taken = index.items().stream()
                .filter(item -> !(item instanceof Syntax.NoneLit || item instanceof Syntax.Ellipsis)).count();
        for (Syntax item : index.items()) {
            if (item instanceof Syntax.Ellipsis) {
                axis += (int) (shape.rank() - taken);
            } else if (!(item instanceof Syntax.NoneLit)) {
                if (item instanceof Syntax.Name name && axis < shape.rank()) {
                    found(renamed.getOrDefault(name.id(), name.id()), Size.of(reader.dialect.firstIndex()),
                            shape.get(axis));
                }
                axis++;
            }
        }
    }

    private boolean found(String name, Size from, Size count) {
        Syntax.Name at = pending.remove(name);
        if (at != null) {
            reader.environment.rebind(name, new Binding.Index(from, count, true, at.span()));
        }
        return at != null;
    }

    /** Names that are compared, in {@code delta(k, i)} or {@code i == j}, run over the same range. */
    private boolean searchPairs(Syntax root) {
        List<List<Syntax>> pairs = new ArrayList<>();
        for (Syntax node : Trees.postorder(root)) {
            if (node instanceof Syntax.Call call && call.callee() instanceof Syntax.Name f && f.id().equals("delta")) {
                pairs.add(call.arguments());
            } else if (node instanceof Syntax.Relation relation) {
                pairs.add(relation.operands());
            }
        }
        boolean any = false;
        for (List<Syntax> pair : pairs) {
            for (int k = 0; k + 1 < pair.size(); k++) {
                if (pair.get(k) instanceof Syntax.Name a && pair.get(k + 1) instanceof Syntax.Name b) {
                    any |= copy(a.id(), b.id()) || copy(b.id(), a.id());
                }
            }
        }
        return any;
    }

    private boolean copy(String known, String unknown) {
        return reader.environment.lookup(known).orElse(null) instanceof Binding.Index index
                && found(unknown, index.from(), index.count());
    }

    /** The range of a bound name. */
    static Binding.Index of(Elaborator reader, Syntax.Name name) {
        if (reader.environment.lookup(name.id()).orElse(null) instanceof Binding.Index index) {
            return index;
        }
        throw new IllegalStateException(name.id() + " is not bound as an index");
    }
}
