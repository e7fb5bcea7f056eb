package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The functions that can be called by name: NumPy's and PyTorch's, with NumPy's defaults. One row each. */
final class Vocabulary {
    /** What may stand before the dot of a function's name. */
    static final Set<String> PREFIXES = Set.of("np", "numpy", "torch", "nn", "F", "functional", "linalg", "math",
            "scipy", "special", "jnp", "jax");

    /** What a function computes from its arguments. */
    @FunctionalInterface
    interface Builder {
        Value build(Arguments arguments);
    }

    /** A parameter of a signature. */
    record Parameter(String name, boolean optional, boolean variadic) {
        static Parameter of(String text) {
            String name = text.strip();
            boolean variadic = name.startsWith("*");
            boolean optional = name.contains("=");
            name = variadic ? name.substring(1) : name;
            return new Parameter(optional ? name.substring(0, name.indexOf('=')) : name, optional, variadic);
        }
    }

    /**
     * A function.
     *
     * @param parameters what it takes
     * @param text       its parameters as they are written in messages
     * @param builder    what it computes
     */
    record Row(List<Parameter> parameters, String text, Builder builder) {
        boolean has(String parameter) {
            return parameters.stream().anyMatch(p -> p.name().equals(parameter));
        }

        String signature(String name) {
            return name + "(" + text + ")";
        }
    }

    /** Collects rows. */
    static final class Table {
        private final Map<String, Row> rows = new LinkedHashMap<>();

        /** A function with its signature, as in {@code sum(x, axis=None)}; {@code *} before the parameter that takes the rest. */
        Table row(String signature, Builder builder) {
            int open = signature.indexOf('(');
            String text = signature.substring(open + 1, signature.length() - 1);
            List<Parameter> parameters = new ArrayList<>();
            if (!text.isBlank()) {
                Arrays.stream(text.split(",")).map(Parameter::of).forEach(parameters::add);
            }
            rows.put(signature.substring(0, open), new Row(parameters, text, builder));
            return this;
        }

        /** A row that is there. */
        Row get(String name) {
            Row row = rows.get(name);
            if (row == null) {
                throw new IllegalStateException("no row " + name);
            }
            return row;
        }

        /** Other names of a function. */
        Table also(String name, String... others) {
            Row row = get(name);
            for (String other : others) {
                rows.put(other, row);
            }
            return this;
        }
    }

    private static final Map<String, Row> ROWS = rows();
    /** What means something else, or only means something, in one dialect. */
    private static final Map<Dialect, Map<String, Row>> OWN = Map.of(Dialect.MATLAB, own(MatlabFunctions::addTo),
            Dialect.MATH, own(MathFunctions::addTo));

    private Vocabulary() {
    }

    private static Map<String, Row> rows() {
        Table table = new Table();
        EntrywiseFunctions.addTo(table);
        ReductionFunctions.addTo(table);
        LinearAlgebraFunctions.addTo(table);
        LayoutFunctions.addTo(table);
        ConvolutionFunctions.addTo(table);
        SignalFunctions.addTo(table);
        LayerFunctions.addTo(table);
        LossFunctions.addTo(table);
        OptimizerFunctions.addTo(table);
        NodeFunctions.addTo(table);
        CalculusFunctions.addTo(table);
        ExpectationFunctions.addTo(table);
        Predicates.addTo(table);
        LinearMaps.addTo(table);
        Sequences.addTo(table);
        LayerConstructors.addTo(table);
        ModelFunctions.addTo(table);
        ModelInputs.addTo(table);
        RewriteFunctions.addTo(table);
        return table.rows;
    }

    private static Map<String, Row> own(Consumer<Table> rows) {
        Table table = new Table();
        rows.accept(table);
        return table.rows;
    }

    private static Map<String, Row> own(Dialect dialect) {
        return OWN.getOrDefault(dialect, Map.of());
    }

    /** The function of that name in a dialect: the dialect's own before those that all share. */
    static Optional<Row> row(String name, Dialect dialect) {
        return Optional.ofNullable(own(dialect).get(name)).or(() -> row(name));
    }

    /** Whether the function means something else, or only means something, in this dialect. */
    static boolean isOwn(String name, Dialect dialect) {
        return own(dialect).containsKey(name);
    }

    static boolean knows(String name, Dialect dialect) {
        return knows(name) || own(dialect).containsKey(name);
    }

    static Set<String> names(Dialect dialect) {
        Set<String> names = new LinkedHashSet<>(own(dialect).keySet());
        names.addAll(ROWS.keySet());
        return names;
    }

    static Optional<Row> row(String name) {
        return Optional.ofNullable(ROWS.get(name));
    }

    static boolean knows(String name) {
        return ROWS.containsKey(name) || PREFIXES.contains(name) || name.equals("pi");
    }

    /** All names, in the order of the table. */
    static Set<String> names() {
        return ROWS.keySet();
    }

    static String signature(String name, Dialect dialect) {
        return row(name, dialect).map(row -> row.signature(name)).orElse(name);
    }

    static String signature(String name) {
        return row(name).map(row -> row.signature(name)).orElse(name);
    }
}
