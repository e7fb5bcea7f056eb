package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;

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
        Writer writer = new Writer(path, at);
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
            Term coefficient = down(lead.coefficient(), lead.moves());
            Term power = gruntz.algebra().exp(gruntz.algebra().negate(gruntz.algebra().multiply(lead.exponent(),
                    down(lead.logarithm(), lead.moves()))));
            List<Expr> fastest = lead.mrv().stream().map(f -> writer.of(down(f, lead.moves()))).toList();
            Expr omega = writer.of(gruntz.algebra().exp(gruntz.algebra().negate(down(lead.logarithm(), lead.moves()))));
            steps.add(new Step("most rapidly varying subexpressions", "{0} grows or decays fastest",
                    fastest.subList(0, 1)));
            steps.add(Step.of("series in the fastest scale", "with w = {0} -> 0, the leading term is {1} * {2}", omega,
                    writer.of(coefficient), writer.of(power)));
            if (!lead.exponent().isZero() || lead.coefficient().isZero()) {
                break;
            }
            t = lead.coefficient();
        }
        return steps;
    }

    /** Writes terms of X in the variable of the question. */
    private final class Writer {
        private final TermExpr plain = new TermExpr(Constant.ZERO);
        private final TermAlgebra algebra;
        private final Term x;

        Writer(Path path, Term at) {
            Term v = new Term.Par(question.v());
            Term distance = path == Path.BELOW ? gruntz.algebra().subtract(at, v) : gruntz.algebra().subtract(v, at);
            // what X is written with is positive near the target
            Term positive = path == Path.UP ? v : path == Path.DOWN ? gruntz.algebra().negate(v) : distance;
            this.algebra = new TermAlgebra(t -> t.equals(positive) || (!t.moves() && t instanceof Term.Num));
            this.x = path == Path.UP || path == Path.DOWN ? positive : algebra.power(distance, Rational.MINUS_ONE);
        }

        Expr of(Term t) {
            return plain.of(algebra.substitute(t, x, new HashMap<>()));
        }
    }

    /** A term that was moved up so many times, written in X again. */
    private Term down(Term t, int moves) {
        Term log = Term.Moving.X;
        for (int k = 0; k < moves; k++) {
            log = gruntz.algebra().log(log);
        }
        Map<Term, Term> done = new HashMap<>();
        return gruntz.algebra().substitute(t, log, done);
    }
}
