package org.adjoint.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.nn.Counts;
import org.adjoint.nn.Field;
import org.adjoint.nn.Inspection;
import org.adjoint.nn.Inspection.Reach;
import org.adjoint.nn.Inspection.Row;

/**
 * A model layer by layer as a table: what comes out, parameters, operations, memory, receptive field, effective stride.
 */
public final class ModelTable {
    /** The conventions by which operations are counted. */
    public static final String CONVENTIONS = "an entry that is a sum of n products counts n multiplications, "
            + "n - 1 additions (n with a bias) and n multiply-adds; divisions are multiplications; "
            + "comparisons and functions are not counted; as in evaluation";

    /** A column: its title, whether it holds numbers, and what stands in it. */
    private record Column(String title, boolean numeric, Function<Row, String> entry) {
    }

    /** A text that makes a column unreadable. */
    private static final int LONG = 32;

    private ModelTable() {
    }

    /** In plain text, columns aligned. */
    public static String text(Inspection model) {
        List<Column> columns = columns(Size::toString, Shape::toString);
        List<List<String>> rows = rows(columns, model, Size::toString);
        if (model.rows().isEmpty()) {
            rows.clear();
        }
        int[] widths = IntStream.range(0, columns.size())
                .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0)).toArray();
        StringBuilder out = new StringBuilder("input " + model.input() + "\n");
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns.size(); c++) {
                String entry = rows.get(r).get(c);
                String blank = " ".repeat(widths[c] - entry.length());
                line.append(c == 0 ? "" : "  ").append(columns.get(c).numeric() ? blank + entry : entry + blank);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        misfit(model, out, "");
        summary(model).forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    /** As a table of GitHub's Markdown. */
    public static String markdown(Inspection model) {
        List<Column> columns = columns(Size::toString, Shape::toString);
        StringBuilder out = new StringBuilder();
        List<List<String>> rows = rows(columns, model, Size::toString);
        for (int r = 0; r < rows.size(); r++) {
            out.append(rows.get(r).stream().map(entry -> entry.replace("|", "\\|").replace("*", "\\*"))
                    .collect(Collectors.joining(" | ", "| ", " |\n")));
            if (r == 0) {
                out.append(columns.stream().map(c -> c.numeric() ? "--:" : ":--")
                        .collect(Collectors.joining(" | ", "| ", " |\n")));
            }
        }
        out.append('\n');
        misfit(model, out, "**");
        summary(model).forEach(line -> out.append("- ").append(line.replace("*", "\\*")).append('\n'));
        return out.toString();
    }

    /** As a tabular of LaTeX. */
    public static String latex(Inspection model) {
        List<Column> columns = columns(ModelTable::latex, ModelTable::latex);
        StringBuilder out = new StringBuilder("\\begin{tabular}{");
        columns.forEach(c -> out.append(c.numeric() ? 'r' : 'l'));
        out.append("}\n\\hline\n");
        List<List<String>> rows = rows(columns, model, ModelTable::latex);
        for (int r = 0; r < rows.size(); r++) {
            out.append(r == rows.size() - 1 ? "\\hline\n" : "").append(String.join(" & ", rows.get(r)))
                    .append(" \\\\\n").append(r == 0 ? "\\hline\n" : "");
        }
        out.append("\\hline\n\\end{tabular}\n");
        model.misfit().ifPresent(why -> out.append("\n\\emph{").append(escaped("does not fit: " + why)).append("}\n"));
        return out.toString();
    }

    // ---- what stands in the table

    private static List<Column> columns(Function<Size, String> number, Function<Shape, String> shape) {
        boolean latex = !number.apply(Size.symbol("n")).equals("n");
        Function<String, String> words = latex ? ModelTable::escaped : text -> text;
        List<Column> columns = new ArrayList<>(List.of(
                new Column("layer", false, row -> words.apply(row.layer().path())),
                new Column("is", false, row -> words.apply(description(row))),
                new Column("output", false, row -> shape.apply(row.output()))));
        COUNTS.forEach((title, count) -> columns.add(
                new Column(title, true, row -> counted(count.apply(row.counts()), row.output().count(), number))));
        columns.add(new Column("receptive field", true, row -> reach(row.reach(), Field::size, number, latex)));
        columns.add(new Column("stride", true, row -> reach(row.reach(), Field::jump, number, latex)));
        return columns;
    }

    /** What is counted, by the titles of its columns. */
    private static final Map<String, Function<Counts, Size>> COUNTS = counts();

    private static Map<String, Function<Counts, Size>> counts() {
        Map<String, Function<Counts, Size>> counts = new LinkedHashMap<>();
        counts.put("parameters", Counts::parameters);
        counts.put("multiplications", Counts::multiplications);
        counts.put("additions", Counts::additions);
        counts.put("multiply-adds", Counts::multiplyAdds);
        counts.put("activations", Counts::activations);
        return counts;
    }

    /** A number; a long polynomial by how much it is for an entry of the output, where it is a multiple of those. */
    private static String counted(Size count, Size outputs, Function<Size, String> number) {
        if (count.toString().length() <= LONG) {
            return number.apply(count);
        }
        return count.divideExact(outputs).map(each -> number.apply(each) + " an entry").orElse(number.apply(count));
    }

    /** Title, layers, total. */
    private static List<List<String>> rows(List<Column> columns, Inspection model, Function<Size, String> number) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::title).toList());
        model.rows().forEach(row -> rows.add(columns.stream().map(c -> c.entry().apply(row)).toList()));
        List<String> total = new ArrayList<>(List.of("total", "", ""));
        for (Function<Counts, Size> count : COUNTS.values()) {
            Size sum = count.apply(model.total());
            total.add(sum.toString().length() <= LONG ? number.apply(sum) : "see below");
        }
        total.addAll(List.of("", ""));
        rows.add(total);
        return rows;
    }

    /** The constructor as PyTorch prints it, in one line. */
    static String description(Row row) {
        return row.isSum() ? "body + shortcut" : row.layer().toString().replaceAll("\\s*\n\\s*", " ");
    }

    private static String reach(Reach reach, Function<Field, Size> which, Function<Size, String> number,
            boolean latex) {
        return switch (reach) {
            case Reach.Whole whole -> "all";
            case Reach.Unknown unknown -> "?";
            case Reach.Fields(List<Field> fields) -> {
                List<Size> sizes = fields.isEmpty() ? List.of(Size.ONE) : fields.stream().map(which).toList();
                yield new LinkedHashSet<>(sizes).stream().count() == 1 ? number.apply(sizes.get(0))
                        : sizes.stream().map(number).collect(Collectors.joining(latex ? "$\\times$" : "x"));
            }
        };
    }

    private static void misfit(Inspection model, StringBuilder out, String strong) {
        model.misfit().ifPresent(why -> out.append(strong).append("does not fit: ").append(strong).append(why)
                .append("\n").append(strong.isEmpty() ? "" : "\n"));
    }

    /** What is said below the table. */
    private static List<String> summary(Inspection model) {
        Counts total = model.total();
        List<String> lines = new ArrayList<>();
        if (model.rows().isEmpty()) {
            return lines;
        }
        String far = model.misfit().isPresent() ? " of the layers that fit" : "";
        lines.add("parameters" + far + ": " + total.parameters() + (model.buffers().equals(Size.ZERO) ? ""
                : ", and " + model.buffers() + " numbers in buffers"));
        lines.add("operations" + far + ": " + total.multiplications().plus(total.additions())
                + ", multiplications and additions one each; a multiply-add as one: " + total.multiplyAdds());
        lines.add("activations" + far + ": " + total.activations() + " numbers, " + bytes(total.activations())
                + " in float32; the input is not among them");
        if (!model.conditions().isEmpty()) {
            lines.add("it fits where " + model.conditions().stream().map(size -> size + " >= 0")
                    .collect(Collectors.joining(", ")));
        }
        lines.add("counted: " + CONVENTIONS);
        return lines;
    }

    private static String bytes(Size entries) {
        Size bytes = entries.times(4);
        if (!bytes.isInteger() || bytes.value() < 1024) {
            return bytes + " bytes";
        }
        double kib = bytes.value() / 1024.0;
        return kib < 1024 ? String.format(Locale.ROOT, "%.1f KiB", kib)
                : String.format(Locale.ROOT, "%.1f MiB", kib / 1024);
    }

    // ---- LaTeX

    private static String latex(Size size) {
        return size.isInteger() ? size.toString() : "$" + symbols(size) + "$";
    }

    private static String latex(Shape shape) {
        return shape.sizes().stream().map(ModelTable::symbols)
                .map(size -> size.contains(" + ") || size.contains(" - ") ? "(" + size + ")" : size)
                .collect(Collectors.joining(" \\times ", "$", "$"));
    }

    /** The same symbol several times in a product. */
    private static final Pattern POWER = Pattern
            .compile("(?<![A-Za-z])([A-Za-z]|\\\\mathit\\{[^}]*})(\\\\,\\1)+(?![A-Za-z])");

    private static String symbols(Size size) {
        String text = size.written(name -> name.length() == 1 ? name : "\\mathit{" + name.replace("_", "\\_") + "}",
                (a, b) -> "\\lfloor (" + a + ") / " + b + " \\rfloor").replace(" * ", "\\,");
        return POWER.matcher(text).replaceAll(power -> Matcher.quoteReplacement(
                power.group(1) + "^" + (power.group().split("\\\\,").length)));
    }

    private static String escaped(String text) {
        return text.replaceAll("([_#$%&{}])", "\\\\$1");
    }
}
