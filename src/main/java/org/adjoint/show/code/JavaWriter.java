package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * A Java class on EJML: matrices are {@code DMatrixRMaj}, vectors {@code double[]}, scalars {@code double}, tensors of
 * higher rank a record of the class. Everything elementwise is one loop nest for each array; matrix products are EJML's.
 */
final class JavaWriter {
    static final Set<String> KEYWORDS = Set.of("abstract", "assert", "boolean", "break", "byte", "case", "catch",
            "char", "class", "const", "continue", "default", "do", "double", "else", "enum", "extends", "false",
            "final",
            "finally", "float", "for", "goto", "if", "implements", "import", "instanceof", "int", "interface", "long",
            "native", "new", "null", "package", "private", "protected", "public", "return", "short", "static",
            "strictfp", "super", "switch", "synchronized", "this", "throw", "throws", "transient", "true", "try",
            "void", "volatile", "while", "_", "var", "record", "yield", "sum", "top", "at", "Math", "Arrays", "Result",
            "Tensor", "DMatrixRMaj", "CommonOps_DDRM", "DecompositionFactory_DDRM", "Function", "DoubleUnaryOperator",
            "DoubleBinaryOperator", "Double", "String", "IllegalArgumentException", "ArithmeticException");

    private static final String TENSOR = """
                /** Entries in row-major order. */
                public record Tensor(double[] data, int... shape) {
                }

            """;

    /** An expression of more operations gets a variable of its own. */
    private static final int HEAVIEST = 10;

    private final Routine routine;
    private final Identifiers identifiers = new Identifiers(KEYWORDS);
    private final Signature signature;
    private final JavaCode code;
    private final JavaNodes nodes;
    private final NodeMap<JavaValue> values = new NodeMap<>();
    private final Map<Variable, JavaValue> defined = new LinkedHashMap<>();

    JavaWriter(Routine routine) {
        this.routine = routine;
        this.signature = new Signature(routine, identifiers);
        this.code = new JavaCode(identifiers, signature);
        this.nodes = new JavaNodes(code, signature, this::value);
    }

    private JavaValue value(Expr node) {
        return node instanceof Variable variable && defined.containsKey(variable)
                ? Objects.requireNonNull(defined.get(variable))
                : Objects.requireNonNull(values.get(node));
    }

    // ---- the walk

    private void write(String name, Expr root) {
        NodeMap<int[]> uses = uses();
        for (Expr node : Walk.postorder(root)) {
            if (values.get(node) == null) {
                if (node == root) {
                    code.nextName(name);
                }
                JavaValue value = nodes.of(node);
                boolean shared = Objects.requireNonNull(uses.get(node))[0] > 1;
                boolean kept = node == root || (shared && value.weight() > 0) || value.weight() > HEAVIEST;
                values.put(node, kept ? code.stored(value) : value);
            }
        }
        code.nextName(name);
        values.put(root, code.stored(value(root)));
        code.nextName("");
    }

    private @org.jspecify.annotations.Nullable NodeMap<int[]> counted;

    private NodeMap<int[]> uses() {
        NodeMap<int[]> uses = counted;
        if (uses == null) {
            uses = new NodeMap<>();
            for (Expr node : Walk.postorder(routine.roots())) {
                uses.put(node, new int[1]);
                for (int k = 0; k < node.operandCount(); k++) {
                    Objects.requireNonNull(uses.get(node.operand(k)))[0]++;
                }
            }
            counted = uses;
        }
        return uses;
    }

    // ---- the class

    String file() {
        Set<String> inputs = new HashSet<>();
        for (Variable variable : signature.variables()) {
            inputs.add(signature.name(variable));
            inputs.add(signature.name(variable) + ".data");
        }
        for (Variable variable : routine.steps()) {
            Expr value = routine.definitions().value(variable).orElseThrow();
            write(identifiers.unique(variable.name()), value);
            defined.put(variable, Objects.requireNonNull(values.get(value)));
        }
        List<String> names = new ArrayList<>();
        List<String> returned = new ArrayList<>();
        Set<String> given = new HashSet<>(inputs);
        for (Routine.Result result : routine.results()) {
            names.add(identifiers.unique(camel(result.name())));
            write(names.getLast(), result.value());
            returned.add(returned(value(result.value()), given));
        }
        StringBuilder out = new StringBuilder(imports(returned));
        out.append(comment(names)).append("public final class ").append(className()).append(" {\n");
        out.append(record(names));
        out.append(method(returned));
        for (Helper helper : code.helpers()) {
            out.append('\n').append(helper.source().indent(4));
        }
        return out.append("}\n").toString();
    }

    /** The array, copied when it is the caller's or was given out already. */
    private String returned(JavaValue value, Set<String> given) {
        Shape shape = value.shape();
        if (shape.isScalar()) {
            return value.scalar().text();
        }
        String array = value.array().orElseThrow();
        String own = given.add(array) ? array : "Arrays.copyOf(" + array + ", " + code.count(shape) + ")";
        return shape.rank() == 1 ? own
                : shape.rank() == 2
                        ? "DMatrixRMaj.wrap(" + code.size(shape.get(0)) + ", " + code.size(shape.get(1)) + ", " + own
                                + ")"
                        : "new Tensor(" + own + ", " + shape.sizes().stream().map(code::size)
                                .collect(Collectors.joining(", ")) + ")";
    }

    private String imports(List<String> returned) {
        Set<String> used = new LinkedHashSet<>();
        String all = String.join("\n", code.lines()) + String.join("\n", returned)
                + code.helpers().stream().map(Helper::source).collect(Collectors.joining())
                + record(List.of()) + parameters();
        for (String type : List.of("java.util.Arrays", "java.util.function.DoubleBinaryOperator",
                "java.util.function.DoubleUnaryOperator", "java.util.function.Function", "org.ejml.data.DMatrixRMaj",
                "org.ejml.dense.row.CommonOps_DDRM", "org.ejml.dense.row.factory.DecompositionFactory_DDRM")) {
            String simple = type.substring(type.lastIndexOf('.') + 1);
            boolean isUsed = all.matches("(?s).*\\b" + simple + "\\b.*") || (simple.equals("DMatrixRMaj")
                    && routine.results().stream().anyMatch(result -> result.value().shape().rank() == 2));
            if (isUsed) {
                used.add("import " + type + ";\n");
            }
        }
        return used.isEmpty() ? "" : String.join("", used) + "\n";
    }

    private String comment(List<String> names) {
        String text = Comments.lines(routine, signature, names).stream()
                .map(line -> line.isEmpty() ? " * <pre>" : " * " + escaped(line)).collect(Collectors.joining("\n"));
        return "/**\n" + text + "\n * </pre>\n */\n";
    }

    private static String escaped(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("*/", "*&#47;")
                .replace("\\u", "\\&#117;").replace("@", "&#64;");
    }

    private String record(List<String> names) {
        StringBuilder out = new StringBuilder();
        boolean tensors = routine.results().stream().anyMatch(result -> result.value().shape().rank() > 2)
                || signature.variables().stream().anyMatch(variable -> variable.shape().rank() > 2);
        if (tensors) {
            out.append(TENSOR);
        }
        if (!names.isEmpty()) {
            List<String> components = new ArrayList<>();
            for (int k = 0; k < names.size(); k++) {
                components.add(type(routine.results().get(k).value().shape()) + " " + names.get(k));
            }
            out.append("    /** What is returned. */\n    public record Result(").append(String.join(", ", components))
                    .append(") {\n    }\n\n    private ").append(className()).append("() {\n    }\n\n");
        }
        return out.toString();
    }

    private static String type(Shape shape) {
        return switch (shape.rank()) {
            case 0 -> "double";
            case 1 -> "double[]";
            case 2 -> "DMatrixRMaj";
            default -> "Tensor";
        };
    }

    private String parameters() {
        List<String> parameters = new ArrayList<>();
        signature.variables()
                .forEach(variable -> parameters.add(type(variable.shape()) + " " + signature.name(variable)));
        signature.callables().forEach((callable, name) -> parameters.add(JavaNodes.type(callable) + " " + name));
        signature.freeSymbols().forEach(symbol -> parameters.add("int " + signature.symbol(symbol)));
        return String.join(", ", parameters);
    }

    private String method(List<String> returned) {
        StringBuilder out = new StringBuilder("    public static Result ").append(camel(routine.name())).append('(')
                .append(parameters()).append(") {\n");
        for (Signature.Binding binding : signature.bindings()) {
            String length = length(binding.argument(), binding.axis());
            String value = binding.rest().equals(Size.ZERO) ? length
                    : length + " - (" + code.size(binding.rest()) + ")";
            out.append("        int ").append(signature.symbol(binding.symbol())).append(" = ")
                    .append(binding.factor() == 1 ? value : "(" + value + ") / " + binding.factor()).append(";\n");
        }
        for (Variable variable : signature.variables()) {
            check(out, variable);
        }
        code.lines().forEach(line -> out.append("        ").append(line).append('\n'));
        return out.append("        return new Result(").append(String.join(", ", returned)).append(");\n    }\n")
                .toString();
    }

    private String length(Variable variable, int axis) {
        String name = signature.name(variable);
        return switch (variable.shape().rank()) {
            case 1 -> name + ".length";
            case 2 -> name + (axis == 0 ? ".numRows" : ".numCols");
            default -> name + ".shape[" + axis + "]";
        };
    }

    private void check(StringBuilder out, Variable variable) {
        List<String> wrong = new ArrayList<>();
        Shape shape = variable.shape();
        if (shape.rank() > 2) {
            wrong.add(signature.name(variable) + ".shape.length != " + shape.rank());
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            int place = axis;
            if (signature.bindings().stream().anyMatch(binding -> binding.isDirect()
                    && binding.argument() == variable && binding.axis() == place)) {
                continue;
            }
            wrong.add(length(variable, axis) + " != " + code.size(shape.get(axis)));
        }
        if (!wrong.isEmpty()) {
            out.append("        if (").append(String.join(" || ", wrong))
                    .append(") {\n            throw new IllegalArgumentException(\"").append(signature.name(variable))
                    .append(" must be ").append(shape).append("\");\n        }\n");
        }
    }

    private String className() {
        return Character.toUpperCase(routine.name().charAt(0)) + camel(routine.name()).substring(1);
    }

    private static String camel(String name) {
        String[] words = name.split("_");
        return words[0] + Arrays.stream(words).skip(1).filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1)).collect(Collectors.joining());
    }
}
