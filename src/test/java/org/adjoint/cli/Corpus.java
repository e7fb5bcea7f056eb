package org.adjoint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Tables of published cases beside the project, where there are any: tab-separated, a header, comments after {@code #}. */
final class Corpus {
    private static final Path DIRECTORY = Path.of("..", "shared", "cases");

    private Corpus() {
    }

    /** One row; a column that it does not reach is empty. */
    record Row(Map<String, String> cells) {
        String cell(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    /** The rows by column; the test is skipped where the table is missing. */
    static List<Row> rows(String table) {
        Path file = DIRECTORY.resolve(table);
        Assumptions.assumeTrue(Files.isReadable(file), () -> "there is no " + file);
        List<Row> rows = new ArrayList<>();
        String[] header = {};
        for (String line : lines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            if (header.length == 0) {
                header = cells;
                continue;
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int k = 0; k < Math.min(cells.length, header.length); k++) {
                row.put(header[k], cells[k]);
            }
            rows.add(new Row(row));
        }
        return rows;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
