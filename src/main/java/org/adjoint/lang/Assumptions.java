package org.adjoint.lang;

import java.util.List;

/** {@code assume p, q}. */
final class Assumptions {
    private Assumptions() {
    }

    /** Remembers the hypotheses; names in them that mean nothing are problems. */
    static void assume(Elaborator reader, Statement.Assume assume, List<Problem> problems) {
        for (Syntax proposition : assume.propositions()) {
            List<String> bound = DefinitionReader.binders(assume.clauses()).stream().map(b -> b.name().id()).toList();
            for (Problem problem : reader.unknownNames(proposition)) {
                if (!bound.contains(problem.span().text())) {
                    problems.add(problem);
                }
            }
            reader.environment.assume(new Environment.Assumption(proposition, assume.clauses()));
        }
    }
}
