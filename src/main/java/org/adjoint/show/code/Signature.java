package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** The arguments of a generated function: variables, unknown functions, and the sizes that no shape tells. */
final class Signature {
    /** An unknown function, or one of its derivatives, as a callable argument. */
    record Callable(UnknownFunction function, List<Integer> derivatives) {
        static Callable of(Application node) {
            return new Callable(node.function(), Arrays.stream(node.derivatives()).boxed().toList());
        }

        /** {@code phi}; {@code phi_d0} is the derivative by the first argument. */
        String wanted() {
            StringBuilder name = new StringBuilder(function.name());
            for (int k = 0; k < derivatives.size(); k++) {
                name.append(k == 0 ? "_d" : "").append(derivatives.get(k));
            }
            return name.toString();
        }
    }

    /**
     * How the value of a size symbol is found: {@code symbol = (length of the axis − rest) / factor}.
     */
    record Binding(String symbol, Variable argument, int axis, Size rest, long factor) {
        boolean isDirect() {
            return factor == 1 && rest.equals(Size.ZERO);
        }
    }

    private final List<Variable> variables;
    private final Map<Variable, String> names = new LinkedHashMap<>();
    private final Map<Callable, String> callables = new LinkedHashMap<>();
    private final Map<String, String> symbols = new LinkedHashMap<>();
    private final List<Binding> bindings = new ArrayList<>();
    private final List<String> freeSymbols = new ArrayList<>();

    Signature(Routine routine, Identifiers identifiers) {
        List<Expr> roots = routine.roots();
        variables = routine.arguments();
        variables.forEach(variable -> names.put(variable, identifiers.unique(variable.name())));
        for (Expr node : Walk.postorder(roots)) {
            if (node instanceof Application application) {
                Callable callable = Callable.of(application);
                if (!callables.containsKey(callable)) {
                    callables.put(callable, identifiers.unique(callable.wanted()));
                }
            }
        }
        Set<String> needed = new LinkedHashSet<>(Walk.sizeSymbols(roots));
        needed.forEach(symbol -> symbols.put(symbol, identifiers.unique(symbol)));
        bind(needed);
    }

    /** Finds each symbol from an axis that is the symbol, else from one in which it is the only unknown. */
    private void bind(Set<String> needed) {
        Set<String> open = new LinkedHashSet<>(needed);
        boolean found = true;
        while (found && !open.isEmpty()) {
            found = false;
            for (String symbol : List.copyOf(open)) {
                Optional<Binding> binding = binding(symbol, open, true).or(() -> binding(symbol, open, false));
                if (binding.isPresent()) {
                    bindings.add(binding.get());
                    open.remove(symbol);
                    found = true;
                }
            }
        }
        freeSymbols.addAll(open);
    }

    private Optional<Binding> binding(String symbol, Set<String> open, boolean direct) {
        for (Variable variable : variables) {
            for (int axis = 0; axis < variable.shape().rank(); axis++) {
                Size size = variable.shape().get(axis);
                if (direct ? size.equals(Size.symbol(symbol)) : size.symbols().contains(symbol)) {
                    Optional<Binding> binding = solve(symbol, open, variable, axis);
                    if (binding.isPresent()) {
                        return binding;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Binding> solve(String symbol, Set<String> open, Variable variable, int axis) {
        Size size = variable.shape().get(axis);
        Long factor = size.monomials().get(Size.symbol(symbol));
        if (factor == null || factor <= 0) {
            return Optional.empty();
        }
        Size rest = size.minus(Size.symbol(symbol).times(factor));
        return rest.symbols().stream().anyMatch(open::contains) ? Optional.empty()
                : Optional.of(new Binding(symbol, variable, axis, rest, factor));
    }

    List<Variable> variables() {
        return variables;
    }

    String name(Variable variable) {
        return names.getOrDefault(variable, variable.name());
    }

    Map<Callable, String> callables() {
        return callables;
    }

    /** The name of a size symbol. */
    String symbol(String symbol) {
        return symbols.getOrDefault(symbol, symbol);
    }

    List<Binding> bindings() {
        return bindings;
    }

    /** Size symbols that the caller must give. */
    List<String> freeSymbols() {
        return freeSymbols;
    }

    /** The names of all arguments, in order. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>(names.values());
        parameters.addAll(callables.values());
        freeSymbols.forEach(symbol -> parameters.add(symbol(symbol)));
        return parameters;
    }
}
