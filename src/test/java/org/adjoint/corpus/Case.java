package org.adjoint.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A published derivative: {@code d expression / d wrt = expected}, arranged as the layout says.
 *
 * @param shapes   declarations: {@code X:m x n inv; t:scalar; dim n=2..3}
 * @param expected the published form
 */
record Case(String id, String category, String expression, String shapes, String wrt, String expected, String layout) {

    private static final Path SAMPLE = Path.of("..", "shared", "cases", "derivatives.tsv");

    /** Our own corpus. */
    static List<Case> own() {
        try (InputStream in = Objects.requireNonNull(Case.class.getResourceAsStream("derivatives.tsv"))) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), "expected");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample beside the checkout; nothing where there is none. */
    static List<Case> beside() {
        try {
            return Files.exists(SAMPLE) ? file(SAMPLE, "expected") : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a file; which column is which is read from its first row, and one of them holds the answers. */
    static List<Case> file(Path path, String answers) throws IOException {
        return read(Files.readString(path), answers);
    }

    private static List<Case> read(String text, String answers) {
        List<Case> cases = new ArrayList<>();
        List<String> columns = List.of();
        for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            List<String> cells = List.of(line.split("\t", -1));
            if (columns.isEmpty()) {
                columns = cells;
                continue;
            }
            cases.add(new Case(cell(columns, cells, "id"), cell(columns, cells, "category"),
                    cell(columns, cells, "expression"), cell(columns, cells, "shapes"), cell(columns, cells, "wrt"),
                    cell(columns, cells, answers), cell(columns, cells, "layout")));
        }
        return cases;
    }

    private static String cell(List<String> columns, List<String> cells, String column) {
        int k = columns.indexOf(column);
        return k < 0 ? "" : cells.get(k);
    }

    Case withExpected(String other) {
        return new Case(id, category, expression, shapes, wrt, other, layout);
    }

    @Override
    public String toString() {
        return id + ": d " + expression + " / d " + wrt + " (" + layout + "; " + shapes + ")";
    }
}
