package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Expr;

/**
 * A theorem about a limit with its proof.
 *
 * @param name       what a proof calls it
 * @param statement  the limit as on paper
 * @param conditions under which it holds
 * @param proof      a law and a sentence for each step; {@code {0}}, {@code {1}}, … stand for what {@link Claim} lists
 */
record NamedLimit(String name, String statement, List<String> conditions, List<Line> proof) {
    /** One line of a proof. */
    record Line(String law, String text) {
    }

    NamedLimit {
        conditions = List.copyOf(conditions);
        proof = List.copyOf(proof);
    }

    static NamedLimit of(String name, String statement, List<String> conditions, String... lawsAndTexts) {
        List<Line> lines = new ArrayList<>();
        for (int k = 0; k < lawsAndTexts.length; k += 2) {
            lines.add(new Line(lawsAndTexts[k], lawsAndTexts[k + 1]));
        }
        return new NamedLimit(name, statement, conditions, lines);
    }

    /**
     * The theorem for given quantities, as entry forms.
     *
     * @param value where the function goes
     * @param lower not above the function, wherever the rate has the sign that it has near the target
     * @param upper not below the function there
     * @param exprs the operands of the lines of the proof
     * @param conditions what must hold besides what the facts say
     */
    record Claim(NamedLimit theorem, Expr value, Expr lower, Expr upper, List<Expr> exprs,
            List<Relation> conditions) {
        Claim {
            exprs = List.copyOf(exprs);
            conditions = List.copyOf(conditions);
        }

        Claim(NamedLimit theorem, Expr value, Expr lower, Expr upper, List<Expr> exprs) {
            this(theorem, value, lower, upper, exprs, List.of());
        }

        /** The same where the conditions hold. */
        Claim on(List<Relation> others) {
            return new Claim(theorem, value, lower, upper, exprs, others);
        }

        /** The same theorem for another limit and bounds. */
        Claim with(Expr otherValue, Expr otherLower, Expr otherUpper) {
            List<Expr> others = new ArrayList<>(exprs);
            others.set(3, otherLower);
            others.set(4, otherUpper);
            others.set(5, otherUpper.minus(otherLower));
            others.set(6, otherValue);
            return new Claim(theorem, otherValue, otherLower, otherUpper, others, conditions);
        }

        /** The statement, then the proof. */
        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            steps.add(new Step(theorem.name, theorem.statement + " (" + String.join(", ", theorem.conditions) + ")",
                    List.of()));
            theorem.proof.forEach(line -> steps.add(new Step(line.law, line.text, exprs)));
            return steps;
        }
    }
}
