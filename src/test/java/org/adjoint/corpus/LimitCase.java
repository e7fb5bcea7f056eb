package org.adjoint.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A published limit.
 *
 * @param shapes      declarations: {@code x=[n] positive}
 * @param direction   {@code above} or {@code below}; empty for both sides, and at infinity
 * @param assumptions propositions about the parameters
 * @param expected    a value, {@code inf}, {@code -inf}, {@code none}, or a conditional
 */
public record LimitCase(String id, String family, String expression, List<String> shapes, String variable, String point,
        String direction, List<String> assumptions, String expected) {
    private static final Pattern OVER_INDEX = Pattern
            .compile("\\b(sum|prod|max|min)\\(\\s*([a-z])\\s*,\\s*1\\s*,\\s*([a-z])\\s*,");

    /** Our own corpus. */
    public static List<LimitCase> own() {
        try (InputStream in = Objects.requireNonNull(LimitCase.class.getResourceAsStream("limits.tsv"))) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a file with the same columns; it may write {@code sum(i,1,n,e[i])}, {@code oo} and the sides as signs. */
    static List<LimitCase> file(Path path) throws IOException {
        return read(Files.readString(path));
    }

    private static List<LimitCase> read(String text) {
        List<LimitCase> cases = new ArrayList<>();
        List<String> columns = List.of();
        for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            List<String> cells = List.of(line.split("\t", -1));
            if (columns.isEmpty()) {
                columns = cells;
            } else {
                cases.add(of(columns, cells));
            }
        }
        return cases;
    }

    private static LimitCase of(List<String> columns, List<String> cells) {
        List<String> shapes = new ArrayList<>(parts(cell(columns, cells, "shapes")));
        String expression = overIndices(cell(columns, cells, "expression"), shapes);
        String expected = overIndices(cell(columns, cells, "expected"), shapes);
        String direction = switch (cell(columns, cells, "direction")) {
            case "+" -> "above";
            case "-" -> "below";
            case String other -> other;
        };
        String id = cell(columns, cells, "id");
        String family = columns.contains("family") ? cell(columns, cells, "family") : id.replaceAll("[\\d._].*", "");
        return new LimitCase(id, family, expression, shapes, cell(columns, cells, "variable"),
                cell(columns, cells, "point"), direction, parts(cell(columns, cells, "assumptions")), expected);
    }

    private static List<String> parts(String list) {
        return Arrays.stream(list.split(";")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** {@code sum(i,1,n,f(x[i]))} as {@code sum(f(x))} with x declared. */
    private static String overIndices(String text, List<String> shapes) {
        String rest = text;
        Matcher matcher = OVER_INDEX.matcher(rest);
        while (matcher.find()) {
            String index = matcher.group(2);
            String size = matcher.group(3);
            rest = rest.substring(0, matcher.start()) + matcher.group(1) + "(" + rest.substring(matcher.end());
            Matcher indexed = Pattern.compile("(\\w+)\\[" + index + "]").matcher(rest);
            while (indexed.find()) {
                String shape = indexed.group(1) + "=[" + size + "]";
                if (!shapes.contains(shape)) {
                    shapes.add(shape);
                }
            }
            rest = indexed.replaceAll("$1");
            matcher = OVER_INDEX.matcher(rest);
        }
        return rest;
    }

    private static String cell(List<String> columns, List<String> cells, String column) {
        int k = columns.indexOf(column);
        return k < 0 ? "" : cells.get(k);
    }

    /** The question as arguments of the command. */
    List<String> question() {
        List<String> arguments = new ArrayList<>(
                List.of("limit", expression, "--var", variable, "--to", point, "--format", "json"));
        if (!direction.isEmpty()) {
            arguments.addAll(List.of("--from", direction));
        }
        shapes.forEach(shape -> arguments.addAll(List.of("--shape", shape)));
        assumptions.forEach(assumption -> arguments.addAll(List.of("--assume", assumption)));
        return arguments;
    }

    @Override
    public String toString() {
        return id + ": lim " + expression + " for " + variable + " -> " + point + " " + direction
                + (assumptions.isEmpty() ? "" : " where " + String.join(", ", assumptions)) + " is " + expected;
    }
}
