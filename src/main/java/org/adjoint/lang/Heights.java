package org.adjoint.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/** How high the nodes of a syntax tree stand above the leaves, as far as they can be read before what is around them. */
final class Heights {
    private Heights() {
    }

    /** The nodes whose height is a positive multiple of the stride, lower ones first. */
    static List<Syntax> landings(Syntax root, int stride) {
        List<Syntax> order = new ArrayList<>();
        Deque<Syntax> todo = new ArrayDeque<>();
        todo.push(root);
        while (!todo.isEmpty()) {
            Syntax node = todo.pop();
            order.add(node);
            parts(node).forEach(todo::push);
        }
        Collections.reverse(order);
        IdentityHashMap<Syntax, Integer> heights = new IdentityHashMap<>();
        List<Syntax> landings = new ArrayList<>();
        for (Syntax node : order) {
            int height = 0;
            for (Syntax part : parts(node)) {
                height = Math.max(height, heights.getOrDefault(part, 0) + 1);
            }
            heights.put(node, height);
            if (height > 0 && height % stride == 0) {
                landings.add(node);
            }
        }
        return landings;
    }

    /** The parts that mean the same whether they are read first or in their place: those under no binder. */
    private static List<Syntax> parts(Syntax node) {
        return switch (node) {
            case Syntax.Sum sum -> sum.children();
            case Syntax.Binary binary -> Chain.of(binary).operands();
            case Syntax.Unary unary -> unary.children();
            case Syntax.Transpose transpose -> transpose.children();
            case Syntax.ListLit list -> list.items();
            case Syntax.TupleLit tuple -> tuple.items();
            case Syntax.Relation relation -> relation.operands();
            case Syntax.Index index -> List.of(index.base());
            case Syntax.Call call -> call(call);
            case Syntax.Attribute attribute -> attribute.children();
            case Syntax.NumberLit n -> List.of();
            case Syntax.Infinity i -> List.of();
            case Syntax.Name n -> List.of();
            case Syntax.StringLit s -> List.of();
            case Syntax.BooleanLit b -> List.of();
            case Syntax.NoneLit n -> List.of();
            case Syntax.SetLit s -> List.of();
            case Syntax.Comprehension c -> List.of();
            case Syntax.SetBuilder s -> List.of();
            case Syntax.Slice s -> List.of();
            case Syntax.Ellipsis e -> List.of();
            case Syntax.Prime p -> List.of();
            case Syntax.Not n -> List.of();
            case Syntax.And a -> List.of();
            case Syntax.Or o -> List.of();
            case Syntax.Implies i -> List.of();
            case Syntax.Conditional c -> List.of();
            case Syntax.Range r -> List.of();
            case Syntax.Arrow a -> List.of();
        };
    }

    private static List<Syntax> call(Syntax.Call call) {
        if (!(call.callee() instanceof Syntax.Attribute method)) {
            return call.arguments();
        }
        List<Syntax> parts = new ArrayList<>(call.arguments());
        parts.add(method.base());
        return parts;
    }
}
