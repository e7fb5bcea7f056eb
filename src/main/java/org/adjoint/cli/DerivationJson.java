package org.adjoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.derive.Derivation;
import org.adjoint.derive.Derived;
import org.adjoint.derive.Refused;
import org.adjoint.diff.Backward;
import org.adjoint.lang.Problem;
import org.adjoint.show.Printed;
import org.adjoint.show.Printer;
import org.adjoint.verify.ProofText;

/**
 * What {@code adjoint derive} tells programs: {@code {"results":[{"wrt","layout","shape","text","unicode","latex","matlab","where",
 * "conditions","evidence":{"class","detail","laws"},"steps"}],"refused":[{"wrt","reason","at"}]}}.
 *
 * <p>{@code text}, {@code unicode}, {@code latex} and {@code matlab} are closed: they name no parts. One that would be too
 * large, or has no words for the result, is left out, and {@code "omitted"} says why, by notation. {@code where} is the form for people, with
 * {@code result} in terms of named parts, in the default notation; it is empty where the closed text is short.
 */
final class DerivationJson {
    private final DerivationReport report;
    private final boolean proofs;

    /** @param proofs whether the way from the raw form to the one shown is told too */
    DerivationJson(DerivationReport report, boolean proofs) {
        this.report = report;
        this.proofs = proofs;
    }

    String text() {
        List<Map<String, Object>> derived = new ArrayList<>();
        List<Map<String, Object>> refused = new ArrayList<>();
        List<Map<String, Object>> steps = steps();
        for (Derivation result : report.results()) {
            switch (result) {
                case Derived d -> derived.add(result(d, steps));
                case Refused r -> refused.add(refused(r.wrt().name(), r.reason(), report.at(r)));
            }
        }
        return write(derived, refused);
    }

    /** What cannot even be read, as a refusal by every variable that was asked for; the place is the part at fault. */
    static String refused(List<String> wrt, BadInput bad) {
        Optional<Problem> problem = bad.problem();
        String reason = problem.map(p -> p.headline() + (p.hint().isEmpty() ? "" : "; " + p.hint()))
                .orElse(String.valueOf(bad.getMessage()));
        String at = problem.map(p -> p.span().text()).orElse("");
        List<Map<String, Object>> refused = new ArrayList<>();
        for (String name : wrt.isEmpty() ? List.of("") : wrt) {
            refused.add(refused(name, reason, at));
        }
        return write(List.of(), refused);
    }

    private static String write(List<Map<String, Object>> derived, List<Map<String, Object>> refused) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("results", derived);
        all.put("refused", refused);
        return Json.write(all) + "\n";
    }

    private static Map<String, Object> refused(String wrt, String reason, String at) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("wrt", wrt);
        one.put("reason", reason);
        one.put("at", at);
        return one;
    }

    private Map<String, Object> result(Derived d, List<Map<String, Object>> steps) {
        Map<String, Object> one = new LinkedHashMap<>();
        Map<String, Object> omitted = new LinkedHashMap<>();
        one.put("wrt", d.wrt().name());
        one.put("layout", d.layout().text());
        one.put("shape", d.value().shape().sizes().stream().map(Object::toString).toList());
        for (OutputFormat format : List.of(OutputFormat.TEXT, OutputFormat.UNICODE, OutputFormat.LATEX,
                OutputFormat.MATLAB)) {
            String name = format.name().toLowerCase(java.util.Locale.ROOT);
            Optional<String> closed = format == OutputFormat.MATLAB ? report.matlab(d) : format.closed(d.value());
            closed.ifPresentOrElse(text -> one.put(name, text), () -> omitted.put(name, reason(d, format)));
        }
        if (!omitted.isEmpty()) {
            one.put("omitted", omitted);
        }
        one.put("where", where(d));
        one.put("conditions", report.conditions(d, OutputFormat.TEXT));
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("class", "proved");
        evidence.put("detail", DerivationReport.proved(d) + "; the raw derivative is supported: "
                + DerivationReport.checked(d.check()));
        EqualReport.addTo(evidence, ProofText.of(d.proof(), OutputFormat.TEXT::closed));
        if (proofs) {
            evidence.put("form", ProofText.of(d.form(), OutputFormat.TEXT::closed).steps());
        }
        one.put("evidence", evidence);
        one.put("steps", steps);
        return one;
    }

    private static String reason(Derived d, OutputFormat format) {
        return format == OutputFormat.MATLAB && d.value().shape().rank() > 2
                ? "a tensor of shape " + d.value().shape() + " is no matrix"
                : OutputFormat.TEXT.closed(d.value()).isPresent()
                        ? "the notation has no words for it" + format.missing(d.value())
                        : "more than " + Printer.NODE_LIMIT + " nodes";
    }

    /** The named parts in order, then the result in terms of them. */
    private static List<String> where(Derived d) {
        Printed printed = OutputFormat.TEXT.printed(d.value());
        List<String> lines = new ArrayList<>();
        printed.where().forEach(part -> lines.add(part.name() + " = " + part.text()));
        if (!lines.isEmpty()) {
            lines.add("result = " + printed.text());
        }
        return lines;
    }

    private List<Map<String, Object>> steps() {
        List<Map<String, Object>> texts = new ArrayList<>();
        report.steps().ifPresent(steps -> {
            for (Backward.Step step : steps.backward()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("of", step.variable().name());
                one.put("adjoint", step.adjoint().name());
                one.put("local", OutputFormat.TEXT.print(step.local()));
                one.put("closed", OutputFormat.TEXT.print(step.closed()));
                texts.add(one);
            }
        });
        return texts;
    }
}
