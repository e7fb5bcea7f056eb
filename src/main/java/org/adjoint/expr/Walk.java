package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Orders in which a graph is walked, with work-lists instead of recursion: depth is bounded by memory only. */
public final class Walk {
    private Walk() {
    }

    /** Every node reachable from the roots, once, operands before the nodes that use them. */
    public static List<Expr> postorder(Collection<? extends Expr> roots) {
        return postorder(roots, node -> false);
    }

    /** The nodes that are not known, operands first; what is known is not entered, so parts of one graph are walked once. */
    public static List<Expr> postorder(Expr root, Predicate<Expr> known) {
        return known.test(root) ? List.of() : postorder(List.of(root), known);
    }

    private static List<Expr> postorder(Collection<? extends Expr> roots, Predicate<Expr> known) {
        List<Expr> order = new ArrayList<>();
        NodeMap<Boolean> seen = new NodeMap<>();
        ArrayList<Expr> stack = new ArrayList<>();
        IntStack next = new IntStack();
        Budget budget = Budget.current();
        for (Expr root : roots) {
            if (seen.put(root, true) != null) {
                continue;
            }
            stack.add(root);
            next.push(0);
            while (!stack.isEmpty()) {
                Expr node = stack.getLast();
                int k = next.pop();
                if (k < node.operandCount()) {
                    next.push(k + 1);
                    Expr operand = node.operand(k);
                    if (!known.test(operand) && seen.put(operand, true) == null) {
                        stack.add(operand);
                        next.push(0);
                    }
                } else {
                    stack.removeLast();
                    order.add(node);
                    budget.poll();
                }
            }
        }
        return order;
    }

    public static List<Expr> postorder(Expr root) {
        return postorder(List.of(root));
    }

    /** The variables that occur, in the order in which they are met. */
    public static Set<Variable> variables(Collection<? extends Expr> roots) {
        Set<Variable> variables = new LinkedHashSet<>();
        for (Expr node : postorder(roots)) {
            if (node instanceof Variable variable) {
                variables.add(variable);
            }
        }
        return variables;
    }

    public static Set<Variable> variables(Expr root) {
        return variables(List.of(root));
    }

    /** The size symbols that occur in the shape or the payload of any node. */
    public static Set<String> sizeSymbols(Collection<? extends Expr> roots) {
        Set<String> symbols = new LinkedHashSet<>();
        for (Expr node : postorder(roots)) {
            symbols.addAll(node.shape().symbols());
            if (node instanceof Dimension dimension) {
                symbols.addAll(dimension.size().symbols());
            } else if (node instanceof Contraction contraction) {
                for (int k = node.shape().rank(); k < contraction.indexCount(); k++) {
                    symbols.addAll(contraction.indexSize(k).symbols());
                }
            } else if (node instanceof Window window) {
                symbols.addAll(window.symbols());
            }
        }
        return symbols;
    }

    /** A growing stack of ints. */
    private static final class IntStack {
        private int[] items = new int[64];
        private int top;

        void push(int item) {
            if (top == items.length) {
                items = java.util.Arrays.copyOf(items, top * 2);
            }
            items[top++] = item;
        }

        int pop() {
            return items[--top];
        }
    }
}
