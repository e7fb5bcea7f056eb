package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Expr;

/** The steps of a limit, read off the leading terms that decided it, in the variable of the question. */
final class Explanation {
    private static final int STEP_LIMIT = 12;
    private final Question question;
    private final Gruntz gruntz;

    Explanation(Question question, Gruntz gruntz) {
        this.question = question;
        this.gruntz = gruntz;
    }

    /** How the entries, or the first of them, went to their limits. */
    List<Step> steps(Path path, List<Term> entries, Term at) {
        List<Step> steps = new ArrayList<>();
        Written writer = new Written(gruntz, path, question.v(), at);
        if (entries.isEmpty()) {
            return steps;
        }
        Term t = entries.get(0);
        if (!t.moves()) {
            steps.add(Step.of("a constant is its own limit", "{0} does not occur", question.v()));
            return steps;
        }
        while (t.moves() && t != Term.Moving.X && steps.size() < STEP_LIMIT) {
            Gruntz.Lead lead = gruntz.lead(t);
            Term coefficient = writer.down(lead.coefficient(), lead.moves());
            Term power = gruntz.algebra().exp(gruntz.algebra().negate(gruntz.algebra().multiply(lead.exponent(),
                    writer.down(lead.logarithm(), lead.moves()))));
            List<Expr> fastest = lead.mrv().stream().map(f -> writer.of(f, lead.moves())).toList();
            Expr omega = writer
                    .of(gruntz.algebra().exp(gruntz.algebra().negate(writer.down(lead.logarithm(), lead.moves()))));
            steps.add(new Step("most rapidly varying subexpressions", "{0} grows or decays fastest",
                    fastest.subList(0, 1)));
            steps.add(Step.of("series in the fastest scale", "with w = {0} -> 0, the leading term is {1}", omega,
                    writer.of(gruntz.algebra().multiply(coefficient, power))));
            if (!lead.exponent().isZero() || lead.coefficient().isZero()) {
                break;
            }
            t = lead.coefficient();
        }
        return steps;
    }
}
