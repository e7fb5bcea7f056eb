package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Variables bound to expressions, in the order in which they were defined. A definition binds a variable and is never
 * substituted away, so two quantities with equal formulas stay two.
 *
 * <p>Immutable. An expression may use only variables defined earlier, so there are no cycles.
 */
public final class Definitions {
    public static final Definitions NONE = new Definitions(Map.of());

    private final Map<Variable, Expr> bindings;

    private Definitions(Map<Variable, Expr> bindings) {
        this.bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
    }

    /**
     * These definitions and one more.
     *
     * @throws IllegalArgumentException when the variable is already defined, occurs in its own definition or in an
     *                                  earlier one, or has another shape than its definition
     */
    public Definitions with(Variable variable, Expr value) {
        return withAll(Map.of(variable, value));
    }

    /** These definitions and, in their order, all of the map's. */
    public Definitions withAll(Map<Variable, ? extends Expr> more) {
        Map<Variable, Expr> all = new LinkedHashMap<>(bindings);
        more.forEach((variable, value) -> {
            if (!variable.shape().equals(value.shape())) {
                throw new ShapeError("a definition has the shape of its value", variable, value);
            }
            if (Walk.variables(value).contains(variable)) {
                throw new IllegalArgumentException(
                        "cyclic definition: " + variable.name() + " occurs in its own value");
            }
            if (all.putIfAbsent(variable, value) != null) {
                throw new IllegalArgumentException("duplicate definition: " + variable.name() + " is already defined");
            }
        });
        return new Definitions(all);
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
            values.put(variable, Substitution.of(values).apply(value(variable).orElseThrow()));
        }
        return Substitution.of(values).apply(expr);
    }
}
