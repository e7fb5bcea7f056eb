package org.adjoint.show.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Names and their values: an inner scope sees the outer one, and assigns there what is known there, up to the function. */
final class JuliaScope {
    /** A function. */
    interface Callable {
        Object call(List<Object> arguments, Map<String, Object> options);
    }

    /** The value that ends a function. */
    record Returned(Object value) {
    }

    /** A function of the program. */
    record Closure(List<String> parameters, JuliaParser.Node body, JuliaScope outside) implements Callable {
        @Override
        public Object call(List<Object> arguments, Map<String, Object> options) {
            if (arguments.size() != parameters.size() || !options.isEmpty()) {
                throw new IllegalArgumentException("MethodError: " + parameters + " called with " + arguments.size());
            }
            JuliaScope scope = new JuliaScope(new HashMap<>(), Optional.of(outside), true);
            for (int k = 0; k < arguments.size(); k++) {
                scope.define(parameters.get(k), arguments.get(k));
            }
            Object result = body.run(scope);
            return result instanceof Returned returned ? returned.value() : result;
        }
    }

    static final Object NOTHING = "nothing";
    static final Object COLON = "a colon";

    private final Map<String, Object> values;
    private final Optional<JuliaScope> outside;
    private final boolean function;

    JuliaScope(Map<String, Object> values) {
        this(values, Optional.empty(), true);
    }

    private JuliaScope(Map<String, Object> values, Optional<JuliaScope> outside, boolean function) {
        this.values = values;
        this.outside = outside;
        this.function = function;
    }

    JuliaScope inner() {
        return new JuliaScope(new HashMap<>(), Optional.of(this), false);
    }

    void define(String name, Object value) {
        values.put(name, value);
    }

    Object value(String name) {
        if (values.containsKey(name)) {
            return Objects.requireNonNull(values.get(name));
        }
        return outside.orElseThrow(() -> new IllegalArgumentException("UndefVarError: " + name)).value(name);
    }

    Object assign(String name, Object value) {
        JuliaScope scope = this;
        while (!scope.values.containsKey(name) && !scope.function) {
            scope = scope.outside.orElseThrow();
        }
        (scope.values.containsKey(name) ? scope : this).define(name, value);
        return NOTHING;
    }
}
