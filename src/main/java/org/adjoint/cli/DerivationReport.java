package org.adjoint.cli;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Value;
import org.adjoint.show.Printed;
import org.adjoint.verify.ProofText;

/**
 * What {@code adjoint derive} tells people: each derivative with its shape, the parts that it names, its conditions, why it equals
 * the raw sweep and how that was checked; then the steps.
 */
final class DerivationReport {
    private final String source;
    private final Value.Tensor function;
    private final List<Variable> variables;
    private final Layout layout;
    private final List<Derivation> results;
    private final Inputs inputs;
    private final IdentityHashMap<Derived, Optional<String>> matlab = new IdentityHashMap<>();

    DerivationReport(String source, Value.Tensor function, List<Variable> variables, Layout layout,
            List<Derivation> results, Inputs inputs) {
        this.source = source;
        this.function = function;
        this.variables = variables;
        this.layout = layout;
        this.results = List.copyOf(results);
        this.inputs = inputs;
    }

    List<Derivation> results() {
        return results;
    }

    // ---- steps

    /** The forward quantities, and the backward pass over them. */
    record Steps(Definitions forward, List<Backward.Step> backward) {
    }

    /** The backward pass, quantity by quantity, of a scalar that is short enough to be followed. */
    Optional<Steps> steps() {
        if (layout != Layout.GRADIENT || !f().shape().isScalar()) {
            return Optional.empty();
        }
        Definitions named = inputs.environment().definitions();
        LinkedHashSet<Variable> wrt = new LinkedHashSet<>();
        results.stream().filter(Derived.class::isInstance).forEach(result -> wrt.add(result.wrt()));
        if (wrt.isEmpty()) {
            return Optional.empty();
        }
        if (named.reachable(List.of(f())).isEmpty()) {
            return Decomposition.of(f(), "f").map(parts -> new Steps(parts.definitions(),
                    Backward.of(parts.definitions(), parts.result(), wrt).steps()));
        }
        return Optional.of(new Steps(named, Backward.of(named, f(), wrt).steps()));
    }

    // ---- what both reports say

    private Expr f() {
        return function.expr();
    }

    /**
     * The result in dialect matlab without names for its parts, if that means the result when it is read again; a row is the
     * transpose of the column that it is in the graph.
     */
    Optional<String> matlab(Derived derived) {
        return matlab.computeIfAbsent(derived, this::readable);
    }

    private Optional<String> readable(Derived derived) {
        boolean row = function.row() && derived.layout() == Layout.DSCALAR;
        return OutputFormat.MATLAB.closed(derived.value())
                .map(text -> !row ? text : text.matches("\\w+") ? text + "'" : "(" + text + ")'")
                .filter(text -> new ReadBack(inputs.environment()).means(text, derived.value()));
    }

    /** What must hold: what the result needs, then what was assumed. */
    List<String> conditions(Derived derived, OutputFormat format) {
        List<String> texts = new ArrayList<>();
        for (Condition condition : derived.conditions()) {
            texts.add(condition.text(format::print));
        }
        inputs.assumptions().forEach(assumption -> texts.add(assumption + " (assumed)"));
        return texts;
    }

    /** The part of the function at which a refusal points, as it would be written. */
    String at(Refused refused) {
        Expr at = refused.at();
        boolean whole = at == f() || at == inputs.environment().definitions().inline(f());
        Optional<String> text = whole ? Optional.of(source)
                : inputs.dialect() == Dialect.MATLAB ? OutputFormat.MATLAB.closed(at) : Optional.empty();
        return text.orElseGet(() -> OutputFormat.TEXT.print(at));
    }

    static String proved(Derived derived) {
        return "the form shown equals the raw derivative: " + derived.proof().reason();
    }

    static String checked(DifferenceCheck.Agreement check) {
        return check.directions() + " directional derivatives at " + check.points() + " points"
                + (check.sizes() > 1 ? " under " + check.sizes() + " assignments of sizes" : "")
                + " agree with central differences (largest relative deviation "
                + String.format(Locale.ROOT, "%.1e", check.worst()) + ", seed " + check.seed() + ")";
    }

    // ---- text

    String text(OutputFormat format, boolean withSteps, boolean withProofs) {
        if (format == OutputFormat.MATLAB) {
            return matlab(withProofs);
        }
        StringBuilder out = new StringBuilder();
        header().forEach(line -> out.append(line).append('\n'));
        for (Derivation result : results) {
            out.append('\n');
            switch (result) {
                case Derived derived -> appendDerived(out, derived, format, withProofs);
                case Refused refused -> appendRefused(out, "", refused);
            }
        }
        if (withSteps) {
            steps().ifPresent(steps -> appendSteps(out, steps, format));
        }
        return out.toString();
    }

    private List<String> header() {
        List<String> lines = new ArrayList<>();
        lines.add("f = " + source + "   " + f().shape());
        lines.add("by " + String.join(", ", variables.stream().map(Inputs::describe).toList()));
        if (!inputs.assumedScalars().isEmpty()) {
            lines.add("taken as scalars, as no shape is given: " + String.join(", ", inputs.assumedScalars()));
        }
        return lines;
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
        return layout.text().replace("symgradient", "symgrad").replace("gradient", "grad") + "(f, " + x.name() + ")";
    }

    private void appendDerived(StringBuilder out, Derived derived, OutputFormat format, boolean withProofs) {
        Printed printed = format.printed(derived.value());
        if (!printed.complete()) {
            out.append(tooLarge("", derived));
            return;
        }
        out.append(name(derived.wrt())).append(" = ").append(printed.text()).append("   ")
                .append(derived.value().shape()).append('\n');
        labelled(out, "where", printed.where().stream().map(part -> part.name() + " = " + part.text()));
        labelled(out, "if", conditions(derived, format).stream());
        labelled(out, "proved", Stream.of(proved(derived)));
        labelled(out, "by", laws(derived));
        if (withProofs) {
            labelled(out, "form", ProofText.checked(derived.form(), format::closed, derived.check().seed()).stream());
            labelled(out, "proof", ProofText.checked(derived.proof(), format::closed, derived.check().seed()).stream());
        }
        labelled(out, "checked", Stream.of(checked(derived.check())));
    }

    /** The lines under one label, which stands before the first. */
    private static void labelled(StringBuilder out, String label, Stream<String> lines) {
        String[] next = {label};
        lines.forEach(line -> {
            out.append("  ").append(next[0]).append(" ".repeat(9 - next[0].length())).append(line).append('\n');
            next[0] = "";
        });
    }

    /** The names of the laws of the proof, on one line. */
    private static Stream<String> laws(Derived derived) {
        List<String> laws = derived.proof().laws();
        return laws.isEmpty() ? Stream.empty() : Stream.of(String.join(", ", laws));
    }

    private void appendRefused(StringBuilder out, String comment, Refused refused) {
        out.append(comment).append(name(refused.wrt())).append(" refused: ").append(refused.reason()).append('\n');
        out.append(comment).append("  at       ").append(at(refused)).append('\n');
    }

    /** A result that is too large to be read: its shape, and how to work with it all the same. */
    private String tooLarge(String comment, Derived derived) {
        boolean matrix = layout != Layout.GRADIENT && layout != Layout.SYMGRADIENT && layout != Layout.DSCALAR;
        String product = matrix ? "; the product with a cotangent C shaped like f is the gradient of "
                + (inputs.dialect() == Dialect.MATLAB ? "sum(C.*(f))" : "sum(C*(f))") + ", and is smaller" : "";
        return comment + name(derived.wrt()) + " is derived, proved and checked, but too large to be printed: shape "
                + derived.value().shape() + product + "\n";
    }

    // ---- dialect matlab: comments, then the formula alone on its line

    private String matlab(boolean withProofs) {
        StringBuilder out = new StringBuilder();
        header().forEach(line -> out.append("% ").append(line).append('\n'));
        for (Derivation result : results) {
            switch (result) {
                case Derived derived -> appendMatlab(out, derived, withProofs);
                case Refused refused -> appendRefused(out, "% ", refused);
            }
        }
        return out.toString();
    }

    private void appendMatlab(StringBuilder out, Derived derived, boolean withProofs) {
        Optional<String> closed = matlab(derived);
        if (closed.isEmpty()) {
            out.append(derived.value().shape().rank() > 2 ? "% " + name(derived.wrt()) + " refused: shape "
                    + derived.value().shape() + " is no matrix, which is all that dialect matlab writes; "
                    + (layout == Layout.HESSIAN ? "--layout hessvec" : "--layout jacvec")
                    + " stacks columns, --format text writes indices\n"
                    : OutputFormat.TEXT.closed(derived.value()).isEmpty() ? tooLarge("% ", derived)
                            : "% " + name(derived.wrt())
                                    + " is derived, proved and checked, but the dialect has no words for it"
                                    + OutputFormat.MATLAB.missing(derived.value()) + "; --format text writes it\n");
            return;
        }
        out.append("% ").append(name(derived.wrt())).append("   ").append(derived.value().shape()).append('\n');
        conditions(derived, OutputFormat.MATLAB).forEach(each -> out.append("%   if       ").append(each).append('\n'));
        out.append("%   proved   ").append(proved(derived)).append('\n');
        laws(derived).forEach(names -> out.append("%   by       ").append(names).append('\n'));
        if (withProofs) {
            ProofText.checked(derived.proof(), OutputFormat.MATLAB::closed, derived.check().seed())
                    .forEach(line -> out.append("%   proof    ").append(line).append('\n'));
        }
        out.append("%   checked  ").append(checked(derived.check())).append('\n');
        out.append(closed.get()).append('\n');
    }

    /** Whether something that was derived cannot be written in the format. */
    boolean isWithheld(OutputFormat format) {
        return format == OutputFormat.MATLAB
                && results.stream().anyMatch(result -> result instanceof Derived d && matlab(d).isEmpty());
    }
}
