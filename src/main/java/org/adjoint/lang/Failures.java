package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/** The messages of ill-formed expressions. */
final class Failures {
    private static final int EXCERPT = 60;

    private Failures() {
    }

    /** The source text in one line, shortened in the middle when it is long. */
    static String excerpt(Span span) {
        boolean long_ = span.length() > 4 * EXCERPT;
        String text = long_ ? span.source().text().substring(span.start(), span.start() + 2 * EXCERPT) : span.text();
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= EXCERPT && !long_ ? line
                : line.substring(0, EXCERPT / 2).strip() + " … "
                        + (long_ ? span.source().text().substring(span.end() - EXCERPT / 3, span.end())
                                : line.substring(line.length() - EXCERPT / 3)).strip().replaceAll("\\s+", " ");
    }

    static String excerpt(Syntax syntax) {
        return excerpt(syntax.span());
    }

    /** {@code z2 + z3: shapes must match or broadcast; z2 is [4], z3 is [2]}. */
    static IllFormed shape(Syntax whole, String law, List<Operand> operands) {
        List<String> parts = operands.stream().map(o -> o.text() + " is " + o.shape()).distinct().toList();
        Problem problem = Problem.at(whole.span(),
                excerpt(whole) + ": " + law + (parts.isEmpty() ? "" : "; " + String.join(", ", parts)));
        String settled = settlement(operands);
        return new IllFormed(IllFormed.Kind.SHAPE, settled.isEmpty() ? problem : problem.hint(settled));
    }

    static IllFormed shape(Syntax whole, ShapeError error, List<Operand> operands) {
        return shape(whole, error.law(), operands);
    }

    /** An operand as written, and its shape at one value of every index. */
    record Operand(String text, Shape shape) {
        static Operand of(Syntax syntax, Value value) {
            Shape shape = value instanceof Value.Tensor tensor ? tensor.shape() : Shape.SCALAR;
            return new Operand(excerpt(syntax), shape);
        }
    }

    static List<Operand> operands(List<Syntax> syntaxes, List<Value.Tensor> values) {
        List<Operand> operands = new ArrayList<>();
        for (int k = 0; k < values.size(); k++) {
            operands.add(Operand.of(syntaxes.get(k), values.get(k)));
        }
        return operands;
    }

    /** The assumption under which the shapes would fit, when they differ in the names of sizes only. */
    private static String settlement(List<Operand> operands) {
        if (operands.size() != 2 || operands.get(0).shape().rank() != operands.get(1).shape().rank()) {
            return "";
        }
        List<String> equations = new ArrayList<>();
        for (int k = 0; k < operands.get(0).shape().rank(); k++) {
            Size a = operands.get(0).shape().get(k);
            Size b = operands.get(1).shape().get(k);
            if (!a.equals(b) && !a.isOne() && !b.isOne()) {
                if (a.isInteger() && b.isInteger()) {
                    return "";
                }
                equations.add(a + " == " + b);
            }
        }
        return equations.isEmpty() ? "" : "if they are meant to be equal: assume " + String.join(", ", equations);
    }

    static IllFormed unknown(Syntax.Name name, Set<String> known) {
        Problem problem = Problem.at(name.span(), "unknown name " + name.id());
        return new IllFormed(IllFormed.Kind.UNKNOWN_NAME,
                Nearest.to(name.id(), known).map(n -> problem.hint("did you mean " + n + "?"))
                        .orElse(problem.hint("declare it, as in `" + name.id() + " : R[n]`, or define it above")));
    }

    /** What an exception that is made for readers says. */
    static String message(RuntimeException exception) {
        String message = exception.getMessage();
        return message == null ? exception.getClass().getSimpleName() : message;
    }

    static IllFormed type(Syntax at, String message) {
        return new IllFormed(IllFormed.Kind.TYPE, at.span(), message);
    }
}
