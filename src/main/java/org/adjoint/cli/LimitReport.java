package org.adjoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.adjoint.algebra.Relation;
import org.adjoint.derive.Limit;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.LimitResult.Case;
import org.adjoint.limit.Side;
import org.adjoint.limit.Step;
import org.adjoint.limit.Ties;

/** What {@code adjoint limit} tells people: the limit or its cases, what must hold, why, and how it was seen on the way. */
final class LimitReport {
    private static final Pattern NEGATED_MAXIMUM = Pattern.compile("-max\\(-(\\w+)\\)");

    private final LimitQuestion question;
    private final Limit limit;
    private final Inputs inputs;
    private final Optional<SeriesReport> series;

    LimitReport(LimitQuestion question, Limit limit, Inputs inputs, Optional<SeriesReport> series) {
        this.question = question;
        this.limit = limit;
        this.inputs = inputs;
        this.series = series;
    }

    Optional<SeriesReport> series() {
        return series;
    }

    LimitResult result() {
        return limit.result();
    }

    // ---- what both reports say

    /** One case without cases in it. */
    record Branch(List<Relation> when, LimitResult result) {
    }

    /** The cases, one after the other; the only one has no condition. */
    List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        collect(List.of(), limit.result(), branches);
        return branches;
    }

    private static void collect(List<Relation> when, LimitResult result, List<Branch> branches) {
        if (result instanceof LimitResult.Cases cases) {
            for (Case one : cases.cases()) {
                List<Relation> both = new ArrayList<>(when);
                one.when().stream().filter(relation -> !both.contains(relation)).forEach(both::add);
                collect(both, one.result(), branches);
            }
        } else {
            branches.add(new Branch(when, result));
        }
    }

    String text(Extended value, OutputFormat format) {
        return switch (value) {
            case Extended.Finite(var number) -> closed(number, format);
            case Extended.Infinite(int sign) -> (sign < 0 ? "-" : "") + infinity(format);
        };
    }

    /** In one line, where the notation has one. */
    private String closed(Expr expr, OutputFormat format) {
        String text = format.closed(expr).orElseGet(() -> format.print(expr));
        return format == OutputFormat.TEXT ? plain(text, expr) : text;
    }

    /** {@code max(x, y)} and {@code min(x)}, as people write them, where that reads back as the very expression. */
    private String plain(String text, Expr expr) {
        String plain = text.replaceAll("\\bmaximum\\(", "max(").replaceAll("\\bminimum\\(", "min(");
        for (String candidate : List.of(NEGATED_MAXIMUM.matcher(plain).replaceAll("min($1)"), plain)) {
            if (!candidate.equals(text) && inputs.means(candidate, expr)) {
                return candidate;
            }
        }
        return text;
    }

    private static String infinity(OutputFormat format) {
        return format == OutputFormat.UNICODE ? "∞" : format == OutputFormat.LATEX ? "\\infty" : "inf";
    }

    String text(List<Relation> relations, OutputFormat format) {
        return String.join(format == OutputFormat.LATEX ? ",\\ " : " and ",
                relations.stream().map(relation -> text(relation, format)).toList());
    }

    String text(Relation relation, OutputFormat format) {
        Optional<String> unique = Walk.postorder(relation.left()).stream()
                .filter(x -> relation.equals(Ties.unique(x))).findFirst()
                .map(x -> "unique_max(" + format.print(x) + ")");
        return unique.orElseGet(() -> compared(relation, format));
    }

    private String compared(Relation relation, OutputFormat format) {
        String op = switch (relation.op()) {
            case LESS, GREATER -> relation.op().text();
            case LESS_OR_EQUAL -> format == OutputFormat.LATEX ? "\\le" : format == OutputFormat.UNICODE ? "≤" : "<=";
            case GREATER_OR_EQUAL ->
                format == OutputFormat.LATEX ? "\\ge" : format == OutputFormat.UNICODE ? "≥" : ">=";
            case EQUAL -> format == OutputFormat.LATEX || format == OutputFormat.UNICODE ? "=" : "==";
            case NOT_EQUAL -> format == OutputFormat.LATEX ? "\\ne" : format == OutputFormat.UNICODE ? "≠" : "!=";
        };
        return closed(relation.left(), format) + " " + op + " " + closed(relation.right(), format);
    }

    /** What must hold: what the limit needs, then what was assumed. */
    List<String> conditions(OutputFormat format) {
        List<String> texts = new ArrayList<>();
        for (Branch branch : branches()) {
            if (branch.result() instanceof LimitResult.Value value) {
                value.conditions().stream().map(relation -> text(relation, format)).filter(t -> !texts.contains(t))
                        .forEach(texts::add);
            }
        }
        inputs.assumptions().forEach(assumption -> texts.add(assumption + " (assumed)"));
        return texts;
    }

    List<Step> steps() {
        return limit.steps();
    }

    List<String> laws() {
        return limit.laws();
    }

    String text(Step step, OutputFormat format) {
        String text = step.text();
        for (int k = 0; k < step.exprs().size(); k++) {
            text = text.replace("{" + k + "}", closed(step.exprs().get(k), format));
        }
        return text;
    }

    String sighting() {
        return limit.sighting().text();
    }

    /** Parameters on which the cases depend, by name. */
    private Optional<String> open() {
        Set<String> names = new LinkedHashSet<>();
        branches().forEach(branch -> branch.when().forEach(relation -> names
                .addAll(Variable.names(Walk.variables(List.of(relation.left(), relation.right()))))));
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    // ---- text

    String text(OutputFormat format, boolean withSteps) {
        StringBuilder out = new StringBuilder();
        out.append("f = ").append(question.source()).append("   ").append(question.f().shape()).append('\n');
        if (!inputs.assumedScalars().isEmpty()) {
            out.append("taken as scalars, as no shape is given: ")
                    .append(String.join(", ", inputs.assumedScalars())).append('\n');
        }
        out.append('\n');
        switch (limit.result()) {
            case LimitResult.Value value -> {
                out.append(name(format)).append(" = ").append(text(value.value(), format));
                out.append(question.f().shape().isScalar() ? "" : "   " + question.f().shape()).append('\n');
                evidence(out, format);
            }
            case LimitResult.Cases cases -> {
                out.append(name(format)).append(" depends on ").append(open().orElse("cases")).append('\n');
                branches().forEach(branch -> out.append("  ").append(text(branch, format)).append('\n'));
                evidence(out, format);
                open().ifPresent(names -> out.append("  hint     --assume \"")
                        .append(text(branches().get(0).when(), OutputFormat.TEXT).replace(" and ", "; "))
                        .append("\" leaves one case\n"));
            }
            case LimitResult.None none -> {
                out.append(name(format)).append(" does not exist: ").append(none.reason()).append('\n');
                for (LimitResult.Approach way : List.of(none.first(), none.second())) {
                    out.append("  ").append(way.way()).append(": ").append(way(way, format)).append('\n');
                }
                if (limit.sighting().isSeen()) {
                    out.append("  checked  ").append(sighting()).append('\n');
                }
            }
            case LimitResult.Undecided undecided ->
                out.append(name(format)).append(" is undecided: ").append(undecided.reason()).append('\n');
        }
        series.ifPresent(s -> out.append('\n').append(s.text("f", format)));
        if (withSteps && !steps().isEmpty()) {
            out.append("\nsteps\n");
            int width = laws().stream().mapToInt(String::length).max().orElse(0);
            for (Step step : steps()) {
                out.append("  ").append(step.law()).append(" ".repeat(width - step.law().length() + 2))
                        .append(text(step, format)).append('\n');
            }
        }
        return out.toString();
    }

    private void evidence(StringBuilder out, OutputFormat format) {
        String label = "if";
        for (String condition : conditions(format)) {
            out.append("  ").append(label).append(" ".repeat(9 - label.length())).append(condition).append('\n');
            label = "";
        }
        if (!laws().isEmpty()) {
            out.append("  proved   ").append(String.join(", ", laws())).append('\n');
        }
        out.append("  checked  ").append(sighting()).append('\n');
    }

    String way(LimitResult.Approach way, OutputFormat format) {
        return way.value().isEmpty() ? "not defined" : String.join(", ",
                way.value().stream().map(value -> text(value, format)).toList());
    }

    private String text(Branch branch, OutputFormat format) {
        String value = switch (branch.result()) {
            case LimitResult.Value v -> text(v.value(), format);
            case LimitResult.None none -> "no limit: " + none.reason();
            case LimitResult.Undecided undecided -> "undecided: " + undecided.reason();
            case LimitResult.Cases cases -> throw new IllegalStateException("a branch has no cases in it");
        };
        return value
                + (branch.when().isEmpty() ? "" : (format == OutputFormat.LATEX ? " \\text{ where } " : "   where ")
                        + text(branch.when(), format));
    }

    /** {@code limit(f, b -> inf)}. */
    private String name(OutputFormat format) {
        String v = format.print(question.v());
        Side side = question.target().side();
        String at = text(question.target().at(), format)
                + (side == Side.ABOVE ? "+" : side == Side.BELOW ? "-" : "");
        return switch (format) {
            case LATEX -> "\\lim_{" + v + " \\to " + (side == Side.BOTH ? at
                    : at.substring(0, at.length() - 1) + "^{" + (side == Side.ABOVE ? "+" : "-") + "}") + "} f";
            case UNICODE -> "lim(f, " + v + " → " + at + ")";
            case TEXT, MATLAB, JSON, NUMPY, PYTORCH, JAVA, JULIA -> "limit(f, " + v + " -> " + at + ")";
        };
    }
}
