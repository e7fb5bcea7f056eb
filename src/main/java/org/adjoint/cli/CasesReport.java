package org.adjoint.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Walk;
import org.adjoint.sequence.Cases;
import org.adjoint.sequence.Inequality;
import org.adjoint.sequence.NotClosed;

/**
 * A function of integers as its cases, a line for each; 0 where none of them is.
 *
 * @param cases  the cases
 * @param format the notation
 */
record CasesReport(List<Cases.Case> cases, OutputFormat format) {

    /** The cases of a number that depends on integer variables; nothing for anything else. */
    static Optional<CasesReport> of(Expr value, OutputFormat format) {
        boolean integers = value.shape().isScalar() && Walk.variables(value).stream()
                .anyMatch(v -> v.is(Fact.Named.INTEGER) || v.is(Fact.Named.NATURAL));
        try {
            return integers ? Optional.of(new CasesReport(Cases.of(value), format)) : Optional.empty();
        } catch (NotClosed open) {
            return Optional.empty();
        }
    }

    String text() {
        if (cases.size() == 1 && cases.get(0).conditions().isEmpty()) {
            return format.print(cases.get(0).value());
        }
        return cases.stream().map(one -> format.print(one.value()) + "   where " + conditions(one) + "\n")
                .collect(Collectors.joining()) + "0   elsewhere";
    }

    private String conditions(Cases.Case one) {
        return one.conditions().stream().map(this::text).collect(Collectors.joining(", "));
    }

    private String text(Inequality inequality) {
        String sign = switch (format) {
            case UNICODE -> inequality.strict() ? "<" : "≤";
            case LATEX -> inequality.strict() ? "<" : "\\le";
            case TEXT, MATLAB, JSON, NUMPY, PYTORCH, JAVA, JULIA -> inequality.strict() ? "<" : "<=";
        };
        return format.print(inequality.left()) + " " + sign + " " + format.print(inequality.right());
    }

    Map<String, Object> json(String expression) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("expression", expression);
        object.put("cases", cases.stream().map(one -> Map.of("value", format.print(one.value()), "where",
                one.conditions().stream().map(this::text).toList())).toList());
        object.put("elsewhere", "0");
        return object;
    }
}
