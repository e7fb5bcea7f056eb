package org.adjoint.cli;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.adjoint.derive.Asymptotics;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.limit.AsymptoticSeries;
import org.adjoint.limit.SeriesResult;

/** What {@code adjoint limit --order K} tells beyond the limit: the series near the point, term by term. */
final class SeriesReport {
    private final Asymptotics found;
    private final Set<Variable> named;

    /** @param f what the series is of */
    SeriesReport(Asymptotics found, Expr f) {
        this.found = found;
        this.named = new HashSet<>(Walk.variables(f));
    }

    /** A line with the series, and one that says how it was seen. */
    String text(String name, OutputFormat format) {
        return switch (found.result()) {
            case SeriesResult.Undecided undecided ->
                name + " has no series that could be found: " + undecided.reason() + "\n";
            case SeriesResult.Found(AsymptoticSeries series) ->
                name + (format == OutputFormat.LATEX ? " \\sim " : " ~ ") + line(series, format) + "\n  checked  "
                        + found.sighting().text() + "\n";
        };
    }

    private String line(AsymptoticSeries series, OutputFormat format) {
        StringBuilder line = new StringBuilder();
        for (AsymptoticSeries.Part part : series.parts()) {
            String term = print(series.term(part), format);
            boolean negative = term.startsWith("-");
            line.append(line.isEmpty() ? "" : negative ? " - " : " + ").append(negative && !line.isEmpty()
                    ? term.substring(1) : term);
        }
        String rest = rest(series, format);
        return line + (line.isEmpty() || rest.isEmpty() ? "" : " + ") + (line.isEmpty() && rest.isEmpty() ? "0" : rest);
    }

    /** {@code O(g**e)}; an ellipsis where g holds what has no name; nothing where the series is complete. */
    private String rest(AsymptoticSeries series, OutputFormat format) {
        return series.remainder().map(power -> named.containsAll(Walk.variables(power))
                ? "O(" + print(power, format) + ")" : format == OutputFormat.LATEX ? "\\cdots" : "...").orElse("");
    }

    private static String print(Expr expr, OutputFormat format) {
        return format.closed(expr).orElseGet(() -> format.print(expr));
    }

    /** {@code {"text","latex","terms":[{"coefficient","exponent"}],"scale","remainder","detail"}}, or {@code {"reason"}}. */
    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        switch (found.result()) {
            case SeriesResult.Undecided undecided -> all.put("reason", undecided.reason());
            case SeriesResult.Found(AsymptoticSeries series) -> {
                all.put("text", line(series, OutputFormat.TEXT));
                all.put("latex", line(series, OutputFormat.LATEX));
                all.put("scale", print(series.scale(), OutputFormat.TEXT));
                all.put("terms", series.parts().stream().map(SeriesReport::term).toList());
                all.put("remainder", rest(series, OutputFormat.TEXT));
                all.put("detail", found.sighting().text());
            }
        }
        return all;
    }

    private static Map<String, Object> term(AsymptoticSeries.Part part) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("coefficient", print(part.coefficient(), OutputFormat.TEXT));
        one.put("exponent", print(part.exponent(), OutputFormat.TEXT));
        return one;
    }
}
