package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Every word of every generated program as the name of a variable, beside every construct that the programs are made of: a
 * program that lets a variable take the name of something that it calls fails or computes something else.
 */
final class NameCases {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    /** A Java method has at most 255 slots for parameters, and a double takes two. */
    private static final int MOST = 80;

    private NameCases() {
    }

    static List<CodeCase> of(List<CodeCase> cases) {
        List<Expr> constructs = cases.stream().flatMap(each -> each.routine().values().stream()).toList();
        Set<String> words = new TreeSet<>(PythonWriter.KEYWORDS);
        words.addAll(JavaWriter.KEYWORDS);
        words.addAll(JuliaWriter.KEYWORDS);
        words.addAll(List.of("x", "X", "e", "n", "k", "self", "xor", "det", "len", "map", "x1", "_x", "_i", "value_"));
        for (CodeCase each : cases) {
            for (CodeLanguage language : CodeLanguage.values()) {
                WORD.matcher(language.write(each.routine())).results().forEach(match -> words.add(match.group()));
            }
        }
        Walk.variables(constructs).forEach(variable -> words.remove(variable.name()));
        List<String> left = new ArrayList<>(words);
        List<CodeCase> named = new ArrayList<>();
        for (int from = 0; from < left.size(); from += MOST) {
            named.add(beside(constructs, left.subList(from, Math.min(from + MOST, left.size()))));
        }
        return named;
    }

    /** All constructs, and the sum of k times the k-th variable. */
    private static CodeCase beside(List<Expr> constructs, List<String> names) {
        List<Expr> terms = new ArrayList<>();
        List<Rational> weights = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            terms.add(Variable.scalar(name));
            weights.add(Rational.of(terms.size()));
        }
        List<Expr> values = new ArrayList<>(constructs);
        values.add(Linear.of(Shape.SCALAR, terms, weights));
        return CodeCase.of("names from " + names.get(0), values.toArray(Expr[]::new));
    }
}
