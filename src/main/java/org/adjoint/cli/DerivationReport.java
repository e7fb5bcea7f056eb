package org.adjoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.adjoint.derive.Condition;
import org.adjoint.derive.Decomposition;
import org.adjoint.derive.Derivation;
import org.adjoint.derive.Derived;
import org.adjoint.derive.DifferenceCheck;
import org.adjoint.derive.Layout;
import org.adjoint.derive.Refused;
import org.adjoint.diff.Backward;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.show.MatlabPrinter;
import org.adjoint.show.Printed;
import org.adjoint.show.TextPrinter;

/** What {@code adjoint derive} tells: the steps, then each derivative with its conditions and how it was checked. */
final class DerivationReport {
    private final String source;
    private final Expr f;
    private final List<Variable> variables;
    private final Layout layout;
    private final List<Derivation> results;
    private final Inputs inputs;

    DerivationReport(String source, Expr f, List<Variable> variables, Layout layout, List<Derivation> results,
            Inputs inputs) {
        this.source = source;
        this.f = f;
        this.variables = variables;
        this.layout = layout;
        this.results = results;
        this.inputs = inputs;
    }

    // ---- steps

    private record Steps(Definitions forward, List<Backward.Step> backward) {
    }

    /** The backward pass, quantity by quantity, of a scalar that is short enough to be followed. */
    private Optional<Steps> steps() {
        if (layout != Layout.GRADIENT) {
            return Optional.empty();
        }
        Definitions named = inputs.environment().definitions();
        LinkedHashSet<Variable> wrt = new LinkedHashSet<>();
        results.stream().filter(result -> result instanceof Derived).forEach(result -> wrt.add(result.wrt()));
        if (wrt.isEmpty()) {
            return Optional.empty();
        }
        if (named.reachable(List.of(f)).isEmpty()) {
            return Decomposition.of(f, "f").map(parts -> new Steps(parts.definitions(),
                    Backward.of(parts.definitions(), parts.result(), wrt).steps()));
        }
        return Optional.of(new Steps(named, Backward.of(named, f, wrt).steps()));
    }

    // ---- text

    String text(OutputFormat format) {
        StringBuilder out = new StringBuilder();
        out.append("f = ").append(source).append("   ").append(f.shape()).append('\n');
        List<String> described = variables.stream().map(Inputs::describe).toList();
        out.append("by ").append(String.join(", ", described)).append('\n');
        if (!inputs.assumedScalars().isEmpty()) {
            out.append("taken as scalars, as no shape is given: ").append(String.join(", ", inputs.assumedScalars()))
                    .append('\n');
        }
        steps().ifPresent(steps -> appendSteps(out, steps, format));
        for (Derivation result : results) {
            out.append('\n');
            switch (result) {
                case Derived derived -> appendDerived(out, derived, format);
                case Refused refused -> out.append(name(refused.wrt())).append(" refused: ").append(refused.reason())
                        .append('\n');
            }
        }
        return out.toString();
    }

    private static void appendSteps(StringBuilder out, Steps steps, OutputFormat format) {
        out.append("\nforward\n");
        steps.forward.bindings()
                .forEach((variable, value) -> out.append("  ").append(format.print(variable)).append(" = ")
                        .append(format.print(value)).append("   ").append(variable.shape()).append('\n'));
        out.append("\nbackward\n");
        for (Backward.Step step : steps.backward) {
            out.append("  ").append(format.print(step.adjoint())).append(" = ").append(format.print(step.local()))
                    .append("   ").append(step.adjoint().shape()).append('\n');
        }
    }

    private String name(Variable x) {
        return layout.name().toLowerCase(Locale.ROOT).replace("gradient", "grad") + "(f, " + x.name() + ")";
    }

    private void appendDerived(StringBuilder out, Derived derived, OutputFormat format) {
        out.append(name(derived.wrt())).append(" = ").append(format.print(derived.value())).append("   ")
                .append(derived.value().shape()).append('\n');
        List<String> conditions = conditions(derived, format);
        if (!conditions.isEmpty()) {
            out.append("  where    ").append(String.join("; ", conditions)).append('\n');
        }
        out.append("  proved   equal to the raw reverse sweep: ").append(derived.form()).append('\n');
        out.append("  checked  ").append(checked(derived.check())).append('\n');
    }

    private static String checked(DifferenceCheck.Agreement check) {
        return check.directions() + " directional derivatives at " + check.points() + " points"
                + (check.sizes() > 1 ? " under " + check.sizes() + " assignments of sizes" : "")
                + " agree with central differences (largest relative deviation "
                + String.format(Locale.ROOT, "%.1e", check.worst()) + ", seed " + check.seed() + ")";
    }

    private static List<String> conditions(Derived derived, OutputFormat format) {
        List<String> texts = new ArrayList<>();
        for (Condition condition : derived.conditions()) {
            texts.add(condition.text(format::print));
        }
        return texts;
    }

    // ---- JSON

    String json() {
        List<Map<String, Object>> derived = new ArrayList<>();
        List<Map<String, Object>> refused = new ArrayList<>();
        List<Map<String, Object>> steps = jsonSteps();
        for (Derivation result : results) {
            switch (result) {
                case Derived d -> derived.add(json(d, steps));
                case Refused r -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("wrt", r.wrt().name());
                    one.put("reason", r.reason());
                    one.put("at", r.at() == f ? source : OutputFormat.TEXT.print(r.at()));
                    refused.add(one);
                }
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("results", derived);
        all.put("refused", refused);
        return Json.write(all) + "\n";
    }

    private static Map<String, Object> json(Derived d, List<Map<String, Object>> steps) {
        Printed text = new TextPrinter().printed(d.value());
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("wrt", d.wrt().name());
        one.put("layout", d.layout().name().toLowerCase(Locale.ROOT));
        one.put("shape", d.value().shape().sizes().stream().map(Object::toString).toList());
        one.put("text", text.text());
        one.put("unicode", OutputFormat.UNICODE.print(d.value()));
        one.put("latex", OutputFormat.LATEX.print(d.value()));
        new MatlabPrinter().closed(d.value()).ifPresent(closed -> one.put("matlab", closed));
        one.put("where", text.where().stream().map(shared -> shared.name() + " = " + shared.text()).toList());
        one.put("conditions", conditions(d, OutputFormat.TEXT));
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("class", "supported");
        evidence.put("detail", "equal to the raw reverse sweep, proved: " + d.form() + "; " + checked(d.check()));
        one.put("evidence", evidence);
        one.put("steps", steps);
        return one;
    }

    private List<Map<String, Object>> jsonSteps() {
        List<Map<String, Object>> texts = new ArrayList<>();
        steps().ifPresent(steps -> {
            for (Backward.Step step : steps.backward) {
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
