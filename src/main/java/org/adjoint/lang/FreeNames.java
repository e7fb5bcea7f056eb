package org.adjoint.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names in an expression that no binder of the expression itself introduces. */
final class FreeNames {
    private FreeNames() {
    }

    private record Item(Syntax syntax, Set<String> bound) {
    }

    static List<Syntax.Name> of(Syntax root) {
        List<Syntax.Name> names = new ArrayList<>();
        Deque<Item> todo = new ArrayDeque<>();
        todo.push(new Item(root, Set.of()));
        while (!todo.isEmpty()) {
            Item item = todo.pop();
            switch (item.syntax()) {
                case Syntax.Name name -> {
                    if (!item.bound().contains(name.id())) {
                        names.add(name);
                    }
                }
                case Syntax.Comprehension c -> {
                    Set<String> bound = new LinkedHashSet<>(item.bound());
                    c.binders().forEach(b -> bound.add(b.name().id()));
                    todo.push(new Item(c.body(), bound));
                    Syntax.Binder.ranges(c.binders()).stream().filter(r -> !Sequences.isAllIntegers(r))
                            .forEach(r -> todo.push(new Item(r, bound)));
                }
                case Syntax.SetBuilder s -> {
                    Set<String> bound = new LinkedHashSet<>(item.bound());
                    s.memberships().forEach(m -> Trees.names(m.pattern()).forEach(n -> bound.add(n.id())));
                    s.children().forEach(child -> todo.push(new Item(child, bound)));
                }
                case Syntax.Call call -> {
                    Set<String> bound = new LinkedHashSet<>(item.bound());
                    // limit(e, v -> a) introduces v
                    call.arguments().forEach(a -> {
                        if (a instanceof Syntax.Arrow arrow && arrow.variable() instanceof Syntax.Name v) {
                            bound.add(v.id());
                        }
                    });
                    if (!isPrefixed(call.callee())) {
                        todo.push(new Item(call.callee(), item.bound()));
                    }
                    call.arguments().forEach(a -> todo.push(new Item(a, bound)));
                    call.keywords().forEach(k -> todo.push(new Item(k.value(), bound)));
                }
                case Syntax.Attribute attribute when isPrefixed(attribute) -> {
                }
                default -> item.syntax().children().forEach(child -> todo.push(new Item(child, item.bound())));
            }
        }
        names.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
        return names;
    }

    private static boolean isPrefixed(Syntax callee) {
        Syntax base = callee;
        while (base instanceof Syntax.Attribute attribute) {
            base = attribute.base();
        }
        return callee instanceof Syntax.Attribute && base instanceof Syntax.Name name
                && Vocabulary.PREFIXES.contains(name.id());
    }
}
