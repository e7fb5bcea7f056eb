package org.adjoint.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report for people. */
final class TextReport {

    private static final int SHOWN = 6;
    private static final int RUNGS = 8;
    private static final int LISTED = 12;

    private TextReport() {}

    static String of(GradientReport report, String again) {
        var text = new StringBuilder("gradient check, seed %d: %d right, %d wrong, %d inconclusive".formatted(
                report.seed(), report.count(Outcome.RIGHT), report.count(Outcome.WRONG),
                report.count(Outcome.INCONCLUSIVE)));
        report.hints().forEach(hint -> text.append("\n  hint: ").append(hint));
        report.smallest().ifPresent(s -> smallest(text, s));
        if (report.smallest().filter(s -> sameAs(s, report.wrong())).isEmpty()) {
            text.append(report.smallest().isPresent() ? "\n\n  all that was found:" : "");
            list(text, report.wrong(), "wrong");
        }
        list(text, report.inconclusive(), "inconclusive");
        if (!report.passed()) {
            text.append("\n\n  the whole check again: ").append(again);
        }
        return text.toString();
    }

    /** Whether the failure could not be reduced, and is all there is. */
    private static boolean sameAs(Smallest smallest, List<Finding> wrong) {
        return smallest.wrong().size() == wrong.size()
                && wrong.stream().allMatch(f -> Arrays.equals(f.place().x(), smallest.place().x()));
    }

    private static void list(StringBuilder text, List<Finding> findings, String what) {
        // along directions the same error shows again: entries and rules say where
        var precise = findings.stream().filter(f -> !(f.probe() instanceof Probe.Direction)).toList();
        var shown = (precise.isEmpty() ? findings : precise).stream().limit(SHOWN).toList();
        for (var finding : shown) {
            text.append("\n  ").append(finding);
        }
        if (findings.size() > shown.size()) {
            text.append("\n  and ").append(findings.size() - shown.size()).append(" more ").append(what)
                    .append(precise.isEmpty() || precise.size() == findings.size() ? ""
                            : ", of them " + (findings.size() - precise.size()) + " along directions");
        }
        shown.stream().map(Finding::place).filter(place -> place.x().length <= LISTED)
                .collect(Collectors.toMap(Place::point, TextReport::inputs, (one, same) -> one, TreeMap::new))
                .forEach((point, inputs) -> text.append("\n  point ").append(point).append(" is ").append(inputs));
    }

    private static void smallest(StringBuilder text, Smallest s) {
        text.append("\n\n  smallest failing input found: ").append(inputs(s.place()));
        var precise = s.wrong().stream().filter(f -> !(f.probe() instanceof Probe.Direction)).toList();
        (precise.isEmpty() ? s.wrong() : precise).stream().limit(SHOWN)
                .forEach(f -> text.append("\n  ").append(f.text("")));
        s.wrong().stream().filter(f -> !f.ladder().isEmpty()).findFirst().ifPresent(f -> ladder(text, f));
        text.append("\n\n").append(s.test().indent(4).stripTrailing());
    }

    private static String inputs(Place place) {
        var text = new StringBuilder();
        int from = 0;
        for (var slot : place.inputs()) {
            int to = Math.min(place.x().length, from + slot.count());
            text.append(text.isEmpty() ? "" : ", ").append(slot.name())
                    .append(slot.sizes().length > 1 ? " (" + slot.shape() + ")" : "").append(" = ")
                    .append(Text.of(Arrays.copyOfRange(place.x(), from, to)));
            from = to;
        }
        return text.toString();
    }

    private static void ladder(StringBuilder text, Finding finding) {
        text.append(String.format(Locale.ROOT, "%n  measured slopes for steps h; %s says %s%n  %10s %18s %18s %18s",
                finding.quantity(), finding.analytic(), "h", "from the left", "of both", "from the right"));
        for (int k = 0; k < finding.ladder().size(); k += Math.max(1, finding.ladder().size() / RUNGS)) {
            var r = finding.ladder().get(k);
            text.append(String.format(Locale.ROOT, "%n  %10.1e %18.10g %18.10g %18.10g", r.step(), r.left(),
                    r.central(), r.right()));
        }
    }
}
