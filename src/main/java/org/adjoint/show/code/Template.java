package org.adjoint.show.code;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a function of the table is written: {@code {0}} is its first operand, {@code <0>} the same as a tight operand. */
record Template(String text) {
    /** One function a line: its name and its template. */
    static Map<String, Template> table(String lines) {
        Map<String, Template> table = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int end = line.indexOf(' ');
            table.put(line.substring(0, end), new Template(line.substring(end).strip()));
        });
        return table;
    }

    static Template of(Map<String, Template> table, String function) {
        Template template = table.get(function);
        if (template == null) {
            throw new IllegalStateException("no row for the function " + function);
        }
        return template;
    }

    String apply(List<Term> operands) {
        String out = text;
        for (int k = 0; k < operands.size(); k++) {
            out = out.replace("{" + k + "}", operands.get(k).text()).replace("<" + k + ">",
                    operands.get(k).at(Term.ATOM));
        }
        return out;
    }
}
