package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;

/** What a generated function says about itself. */
final class Comments {
    private Comments() {
    }

    /** The lines, without the marks of a comment; {@code results} are the names of what is returned. */
    static List<String> lines(Routine routine, Signature signature, List<String> results) {
        List<String> lines = new ArrayList<>();
        lines.add("f = " + routine.formula().replaceAll("\\s+", " ").strip());
        lines.add("");
        for (Variable variable : signature.variables()) {
            StringBuilder facts = new StringBuilder();
            for (Fact fact : variable.facts()) {
                facts.append(' ').append(fact.text());
            }
            lines.add("argument  " + signature.name(variable) + "  " + shape(variable.shape()) + facts);
        }
        signature.callables().forEach((callable, name) -> lines.add("argument  " + name + "  " + describe(callable)));
        signature.freeSymbols().forEach(symbol -> lines.add("argument  " + signature.symbol(symbol) + "  a size"));
        for (int k = 0; k < results.size(); k++) {
            lines.add("returns   " + results.get(k) + "  " + shape(routine.results().get(k).value().shape()));
        }
        routine.notes().forEach(note -> lines.add("where     " + note));
        return lines;
    }

    private static String shape(Shape shape) {
        return shape.isScalar() ? "scalar" : shape.toString();
    }

    private static String describe(Signature.Callable callable) {
        String what = callable.derivatives().isEmpty() ? "the function " + callable.function().name()
                : "its derivative by argument " + String.join(", then ",
                        callable.derivatives().stream().map(k -> Integer.toString(k + 1)).toList());
        if (callable.function().isElementwise()) {
            return what + ", applied entry by entry";
        }
        Shape result = callable.function().result();
        for (int argument : callable.derivatives()) {
            result = result.concat(callable.function().parameters().get(argument));
        }
        return what + ", whose value is " + shape(result);
    }

    static String docstring(Routine routine, Signature signature, List<String> results) {
        String text = String.join("\n", lines(routine, signature, results));
        return "\"\"\"" + text.replace("\\", "\\\\").replace("\"\"\"", "'''") + "\n\"\"\"";
    }
}
