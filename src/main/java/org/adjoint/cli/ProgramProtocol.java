package org.adjoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.check.NDArray;
import org.adjoint.check.NoValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Questions to a program and its answers: one JSON object on a line each.
 *
 * <pre>{@code
 * {"id": 1, "ask": "value", "inputs": {"W": [[1.0, 2.0]], "b": [0.5]}}                    {"value": 3.25}
 * {"id": 2, "ask": "gradient", "inputs": {...}}                                           {"gradient": {"W": [[..]], "b": [..]}}
 * {"id": 3, "ask": "vjp", "inputs": {...}, "cotangent": [..]}                             {"vjp": {"W": [[..]], "b": [..]}}
 * {"id": 4, "ask": "jvp", "inputs": {...}, "tangent": {"W": [[..]], "b": [..]}}           {"jvp": [..]}
 * {"id": 5, "ask": "hvp", "inputs": {...}, "tangent": {...}}                              {"hvp": {"W": [[..]], "b": [..]}}
 * }</pre>
 *
 * <p>An answer may hold more than was asked for, and the id; {@code {"error": "why"}} says that there is no value there.
 * Numbers have all their digits, so that every double arrives as it was sent; NaN, Infinity and -Infinity may stand bare,
 * as Python writes them, or as strings.
 */
final class ProgramProtocol {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Program program;
    private final List<String> names;
    private int asked;
    private String question = "";

    /** @param names of the inputs, in their order */
    ProgramProtocol(Program program, List<String> names) {
        this.program = program;
        this.names = List.copyOf(names);
    }

    /** How many questions were asked. */
    int asked() {
        return asked;
    }

    /** The question asked last. */
    String question() {
        return question;
    }

    /** F(x): a {@link Double}, or an array. */
    Object value(NDArray[] x) {
        return result("value", ask("value", x, ""));
    }

    NDArray[] gradient(NDArray[] x) {
        return inputs("gradient", ask("gradient", x, ""));
    }

    /** J(x)ᵀw; the cotangent is shaped as the value. */
    NDArray[] vjp(NDArray[] x, Object cotangent) {
        return inputs("vjp", ask("vjp", x, ", \"cotangent\": " + result(cotangent)));
    }

    /** J(x)v. */
    Object jvp(NDArray[] x, NDArray[] tangent) {
        return result("jvp", ask("jvp", x, ", \"tangent\": " + inputs(tangent)));
    }

    /** ∇²f(x)v. */
    NDArray[] hvp(NDArray[] x, NDArray[] tangent) {
        return inputs("hvp", ask("hvp", x, ", \"tangent\": " + inputs(tangent)));
    }

    private JsonNode ask(String what, NDArray[] x, String more) {
        asked++;
        question = "{\"id\": " + asked + ", \"ask\": \"" + what + "\", \"inputs\": " + inputs(x) + more + "}";
        String line = program.ask(question);
        JsonNode answer = object(line).orElseThrow(() -> new ProgramBroken(
                "its answer is no JSON object: " + Program.quoted(line)
                        + "\n  (standard output is for answers alone; what else it prints belongs on standard error)"));
        JsonNode id = answer.get("id");
        if (id != null && !(id.isIntegralNumber() && id.asString().equals(Integer.toString(asked)))) {
            throw new ProgramBroken("it answered question " + Program.quoted(id.toString()) + " when " + asked
                    + " was asked");
        }
        JsonNode error = answer.get("error");
        if (error != null && !error.isNull()) {
            throw NoValue.outsideTheDomain("the program says: "
                    + Program.quoted(error.isString() ? error.asString() : error.toString()));
        }
        JsonNode given = answer.get(what);
        if (given == null) {
            throw new ProgramBroken("its answer has no \"" + what + "\": " + Program.quoted(line));
        }
        return given;
    }

    private static Optional<JsonNode> object(String line) {
        try {
            JsonNode answer = JSON.readTree(line);
            if (answer.isObject()) {
                return Optional.of(answer);
            }
        } catch (JacksonException | StackOverflowError notJson) {
            // told by who asked
        }
        return Optional.empty();
    }

    // ---- arrays to text

    /** The inputs by name. */
    String inputs(NDArray[] arrays) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < arrays.length; i++) {
            text.append(i == 0 ? "" : ", ").append(JsonNodeFactory.instance.stringNode(names.get(i))).append(": ");
            write(arrays[i], text);
        }
        return text.append('}').toString();
    }

    private static String result(Object value) {
        if (value instanceof NDArray array) {
            StringBuilder text = new StringBuilder();
            write(array, text);
            return text.toString();
        }
        return value.toString();
    }

    private static void write(NDArray array, StringBuilder text) {
        double[] entries = array.entries();
        int[] sizes = array.sizes();
        if (sizes.length == 0) {
            text.append(entries[0]);
            return;
        }
        if (entries.length == 0) {
            empty(sizes, 0, text);
            return;
        }
        for (int k = 0; k < entries.length; k++) {
            brackets(sizes, k, '[', text);
            text.append(entries[k]);
            brackets(sizes, k + 1, ']', text);
            text.append(k + 1 < entries.length ? ", " : "");
        }
    }

    /** A bracket for each axis that begins, or ends, before this entry. */
    private static void brackets(int[] sizes, int entry, char bracket, StringBuilder text) {
        int block = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            block *= sizes[axis];
            if (entry % block != 0) {
                return;
            }
            text.append(bracket);
        }
    }

    private static void empty(int[] sizes, int axis, StringBuilder text) {
        text.append('[');
        for (int i = 0; axis + 1 < sizes.length && i < sizes[axis]; i++) {
            text.append(i == 0 ? "" : ", ");
            empty(sizes, axis + 1, text);
        }
        text.append(']');
    }

    // ---- text to arrays

    private static Object result(String what, JsonNode given) {
        return given.isArray() ? array(what, given) : number(what, given);
    }

    private NDArray[] inputs(String what, JsonNode given) {
        return inputs(what, given, names);
    }

    /** Arrays by name, as in {@code --at}. */
    static NDArray[] inputs(String what, String text, List<String> names) {
        return inputs(what, object(text).orElseThrow(() -> new ProgramBroken(
                "no JSON object with an entry for each input, as in {\"x\": [1, 2]}: " + Program.quoted(text))), names);
    }

    private static NDArray[] inputs(String what, JsonNode given, List<String> names) {
        if (!given.isObject()) {
            throw NoValue.wrong("the " + what + " is an object with an array for each input, {\"" + names.get(0)
                    + "\": …}; got " + Program.quoted(given.toString()));
        }
        NDArray[] arrays = new NDArray[names.size()];
        for (int i = 0; i < arrays.length; i++) {
            JsonNode one = given.get(names.get(i));
            if (one == null) {
                throw NoValue.wrong("the " + what + " has nothing for the input " + names.get(i) + "; it has "
                        + String.join(", ", given.propertyNames()));
            }
            arrays[i] = array(what + " by " + names.get(i), one);
        }
        return arrays;
    }

    private static NDArray array(String what, JsonNode given) {
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode first = given; first != null && first.isArray(); first = first.isEmpty() ? null : first.get(0)) {
            sizes.add(first.size());
        }
        int[] shape = sizes.stream().mapToInt(s -> s).toArray();
        List<Double> entries = new ArrayList<>();
        fill(what, given, shape, 0, entries);
        return new NDArray(entries.stream().mapToDouble(v -> v).toArray(), shape);
    }

    private static void fill(String what, JsonNode given, int[] sizes, int axis, List<Double> entries) {
        if (axis == sizes.length) {
            entries.add(number(what, given));
            return;
        }
        if (!given.isArray() || given.size() != sizes[axis]) {
            throw NoValue.wrong("the " + what + " is no array: its rows differ in length");
        }
        for (JsonNode part : given) {
            fill(what, part, sizes, axis + 1, entries);
        }
    }

    private static double number(String what, JsonNode given) {
        return numberIn(given).orElseThrow(() -> NoValue.wrong("the " + what + " holds something that is no number: "
                + Program.quoted(given.toString())));
    }

    private static Optional<Double> numberIn(JsonNode given) {
        if (given.isNumber() || given.isString() && given.asString().matches("NaN|[+-]?Infinity")) {
            return Optional.of(Double.parseDouble(given.asString()));
        }
        return Optional.empty();
    }
}
