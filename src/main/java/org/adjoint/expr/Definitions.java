package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Variables bound to expressions, in the order in which they were defined. A definition binds a variable and is never
 * substituted away, so two quantities with equal formulas stay two.
 *
 * <p>Immutable. No definition depends on itself, so there are no cycles.
 */
public final class Definitions {
    public static final Definitions NONE = new Definitions(new LinkedHashMap<>(), new HashSet<>());

    private final Map<Variable, Expr> bindings;
    /** The variables that occur in some definition. */
    private final Set<Variable> mentioned;

    private Definitions(Map<Variable, Expr> bindings, Set<Variable> mentioned) {
        this.bindings = Collections.unmodifiableMap(bindings);
        this.mentioned = mentioned;
    }

    /**
     * These definitions and one more.
     *
     * @throws IllegalArgumentException when the variable is already defined, its value depends on it, or has another shape
     */
    public Definitions with(Variable variable, Expr value) {
        return withAll(Map.of(variable, value));
    }

    /** These definitions and, in their order, all of the map's. */
    public Definitions withAll(Map<Variable, ? extends Expr> more) {
        Map<Variable, Expr> all = new LinkedHashMap<>(bindings);
        Set<Variable> known = new HashSet<>(mentioned);
        List<Expr> usedBefore = new ArrayList<>();
        more.forEach((variable, value) -> {
            if (!variable.shape().equals(value.shape())) {
                throw new ShapeError("a definition has the shape of its value", variable, value);
            }
            Set<Variable> inside = Walk.variables(value);
            if (inside.contains(variable)) {
                throw new IllegalArgumentException(
                        "cyclic definition: " + variable.name() + " occurs in its own value");
            }
            if (all.putIfAbsent(variable, value) != null) {
                throw new IllegalArgumentException("duplicate definition: " + variable.name() + " is already defined");
            }
            if (known.contains(variable)) {
                usedBefore.add(value);
            }
            known.addAll(inside);
        });
        Definitions result = new Definitions(all, known);
        // Only a variable that was used before it was defined can close a cycle.
        result.reachable(usedBefore);
        return result;
    }

    public Optional<Expr> value(Variable variable) {
        return Optional.ofNullable(bindings.get(variable));
    }

    public boolean defines(Variable variable) {
        return bindings.containsKey(variable);
    }

    public Map<Variable, Expr> bindings() {
        return bindings;
    }

    /** The variables that the definition of this one mentions directly. */
    public Set<Variable> parents(Variable variable) {
        return value(variable).map(Walk::variables).orElse(Set.of());
    }

    /** The defined variables that the roots depend on, each after all that it depends on. */
    public List<Variable> reachable(List<? extends Expr> roots) {
        List<Variable> order = new ArrayList<>();
        NodeMap<Boolean> done = new NodeMap<>();
        NodeMap<Boolean> open = new NodeMap<>();
        List<Variable> stack = new ArrayList<>();
        for (Expr root : roots) {
            Walk.variables(root).stream().filter(this::defines).forEach(stack::add);
        }
        while (!stack.isEmpty()) {
            Variable variable = stack.getLast();
            if (done.contains(variable)) {
                stack.removeLast();
            } else if (open.put(variable, true) != null) {
                stack.removeLast();
                done.put(variable, true);
                order.add(variable);
            } else {
                for (Variable parent : parents(variable)) {
                    if (defines(parent) && !done.contains(parent)) {
                        if (open.contains(parent)) {
                            throw new IllegalArgumentException("cyclic definition through " + parent.name());
                        }
                        stack.add(parent);
                    }
                }
            }
        }
        return order;
    }

    /** The expression with every defined variable replaced by its definition, all the way down. */
    public Expr inline(Expr expr) {
        Map<Variable, Expr> values = new LinkedHashMap<>();
        for (Variable variable : reachable(List.of(expr))) {
            Expr value = value(variable).orElseThrow();
            values.put(variable, Substitution.ofOccurring(values, value).apply(value));
        }
        return Substitution.ofOccurring(values, expr).apply(expr);
    }
}
