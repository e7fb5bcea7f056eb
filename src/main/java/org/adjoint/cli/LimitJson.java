package org.adjoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.lang.Problem;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;

/**
 * What {@code adjoint limit} tells programs: {@code {"verdict","text","latex","cases":[{"when","text","latex"}],"conditions",
 * "evidence":{"class","detail","laws"},"series","steps":[{"law","text"}]}}; series is there when an order was asked for; the verdict is {@code value}, {@code cases}, {@code none} or
 * {@code undecided}.
 *
 * <p>{@code text} reads back as an expression, or is {@code inf} or {@code -inf}; of cases it is one conditional, where all are
 * numbers. {@code reason} says why there is no limit, or why none was found, and {@code approaches} names two that disagree.
 */
final class LimitJson {
    private final LimitReport report;

    LimitJson(LimitReport report) {
        this.report = report;
    }

    String text() {
        Map<String, Object> all = new LinkedHashMap<>();
        LimitResult result = report.result();
        all.put("verdict", switch (result) {
            case LimitResult.Value value -> "value";
            case LimitResult.Cases cases -> "cases";
            case LimitResult.None none -> "none";
            case LimitResult.Undecided undecided -> "undecided";
        });
        all.put("text", whole(OutputFormat.TEXT).orElse(""));
        all.put("latex", whole(OutputFormat.LATEX).orElse(""));
        all.put("cases", result instanceof LimitResult.Cases ? cases() : List.of());
        all.put("conditions", report.conditions(OutputFormat.TEXT));
        Map<String, Object> evidence = new LinkedHashMap<>();
        boolean found = !(result instanceof LimitResult.Undecided);
        evidence.put("class", found ? "proved" : "undecided");
        evidence.put("detail", found ? report.sighting() : "");
        evidence.put("laws", report.laws());
        all.put("evidence", evidence);
        report.series().ifPresent(series -> all.put("series", series.json()));
        all.put("steps", report.steps().stream().map(step -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("law", step.law());
            one.put("text", report.text(step, OutputFormat.TEXT));
            return one;
        }).toList());
        switch (result) {
            case LimitResult.None none -> {
                all.put("reason", none.reason());
                all.put("approaches", List.of(approach(none.first()), approach(none.second())));
            }
            case LimitResult.Undecided undecided -> all.put("reason", undecided.reason());
            case LimitResult.Value value -> {
            }
            case LimitResult.Cases cases -> {
            }
        }
        return Json.write(all) + "\n";
    }

    private Map<String, Object> approach(LimitResult.Approach way) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("way", way.way());
        one.put("text", report.way(way, OutputFormat.TEXT));
        return one;
    }

    private List<Map<String, Object>> cases() {
        List<Map<String, Object>> cases = new ArrayList<>();
        for (LimitReport.Branch branch : report.branches()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("when", report.text(branch.when(), OutputFormat.TEXT));
            switch (branch.result()) {
                case LimitResult.Value value -> {
                    one.put("text", report.text(value.value(), OutputFormat.TEXT));
                    one.put("latex", report.text(value.value(), OutputFormat.LATEX));
                }
                case LimitResult.None none -> one.put("reason", "no limit: " + none.reason());
                case LimitResult.Undecided undecided -> one.put("reason", "undecided: " + undecided.reason());
                case LimitResult.Cases more -> throw new IllegalStateException("a branch has no cases in it");
            }
            cases.add(one);
        }
        return cases;
    }

    /** The limit as one text: nested conditionals for cases. */
    private Optional<String> whole(OutputFormat format) {
        String text = "";
        for (LimitReport.Branch branch : report.branches().reversed()) {
            if (!(branch.result() instanceof LimitResult.Value value)
                    || !branch.when().isEmpty() && value.value() instanceof Extended.Infinite) {
                return Optional.empty();
            }
            String one = report.text(value.value(), format);
            String when = report.text(branch.when(), format);
            text = text.isEmpty() ? one : format == OutputFormat.LATEX
                    ? one + " & " + when + " \\\\ " + text
                    : one + " if " + when + " else (" + text + ")";
        }
        boolean piecewise = format == OutputFormat.LATEX && report.branches().size() > 1;
        return Optional.of(piecewise ? "\\begin{cases} " + text + " & \\text{otherwise} \\end{cases}" : text);
    }

    /** What cannot be read. */
    static String refused(BadInput bad) {
        Map<String, Object> all = new LinkedHashMap<>();
        Optional<Problem> problem = bad.problem();
        all.put("verdict", "undecided");
        all.put("text", "");
        all.put("latex", "");
        all.put("cases", List.of());
        all.put("conditions", List.of());
        all.put("reason", problem.map(p -> p.headline() + (p.hint().isEmpty() ? "" : "; " + p.hint()))
                .orElse(String.valueOf(bad.getMessage())));
        all.put("at", problem.map(p -> p.span().text()).orElse(""));
        return Json.write(all) + "\n";
    }
}
