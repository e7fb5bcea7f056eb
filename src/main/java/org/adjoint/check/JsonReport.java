package org.adjoint.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The report for programs. Numbers that JSON lacks are strings. */
final class JsonReport {

    private JsonReport() {}

    static String of(GradientReport report) {
        var shown = report.findings().stream().filter(f -> !f.isRight()).toList();
        return """
                {"seed": %d, "outcome": "%s", "right": %d, "wrong": %d, "inconclusive": %d,
                 "hints": %s,
                 "findings": %s,
                 "smallest": %s}
                """.formatted(report.seed(), report.outcome().name().toLowerCase(java.util.Locale.ROOT),
                report.count(Outcome.RIGHT), report.count(Outcome.WRONG), report.count(Outcome.INCONCLUSIVE),
                list(report.hints(), JsonReport::string), list(shown, JsonReport::finding),
                report.smallest().map(JsonReport::smallest).orElse("null"));
    }

    private static String smallest(Smallest s) {
        return "{" + place(s.place()) + ", \"test\": " + string(s.test()) + ", \"findings\": "
                + list(s.wrong(), JsonReport::finding) + "}";
    }

    private static String finding(Finding f) {
        var head = "{\"outcome\": \"%s\", \"quantity\": %s, \"point\": %d, ".formatted(
                f.outcome().name().toLowerCase(java.util.Locale.ROOT), string(f.quantity()), f.place().point())
                + place(f.place()) + ", ";
        return head + switch (f.probe()) {
            case Probe.Rule rule -> "\"rule\": " + string(rule.statement());
            case Probe.Entry entry -> "\"entry\": " + string(entry.name()) + ", \"output\": " + entry.output()
                    + ", \"input\": " + entry.input() + compared(f);
            case Probe.Direction d -> "\"direction\": " + numbers(d.tangent()) + ", \"cotangent\": "
                    + numbers(d.cotangent()) + compared(f);
        } + ", \"reason\": " + string(f.reason()) + "}";
    }

    private static String compared(Finding f) {
        var e = f.numeric();
        return ", \"analytic\": %s, \"numeric\": %s, \"error\": %s, \"left\": %s, \"right\": %s, \"kind\": %s, \"allowed\": %s"
                .formatted(number(f.analytic()), number(e.value()), number(e.error()), number(e.left()),
                        number(e.right()), string(e.kind().toString()), number(f.allowed()))
                + ", \"ladder\": " + list(f.ladder(), r -> "[%s, %s, %s, %s]".formatted(number(r.step()),
                        number(r.left()), number(r.central()), number(r.right())));
    }

    private static String place(Place place) {
        return "\"inputs\": " + list(place.inputs(), s -> "{\"name\": " + string(s.name()) + ", \"sizes\": "
                + Arrays.toString(s.sizes()) + "}") + ", \"x\": " + numbers(place.x());
    }

    private static String numbers(double[] x) {
        return Arrays.stream(x).mapToObj(JsonReport::number).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String number(double v) { return Double.isFinite(v) ? Double.toString(v) : "\"" + v + "\""; }

    private static <T> String list(List<T> values, Function<T, String> each) {
        return values.stream().map(each).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String string(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
