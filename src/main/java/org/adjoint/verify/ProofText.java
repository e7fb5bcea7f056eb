package org.adjoint.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.algebra.Proof;
import org.adjoint.algebra.ProofCheck;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Walk;

/**
 * A proof as people and programs read it.
 *
 * @param laws    the names of the laws, in the order of their first use
 * @param steps   the first steps, in some notation
 * @param omitted how many steps were left out
 */
public record ProofText(List<String> laws, List<Step> steps, int omitted) {
    private static final int STEP_LIMIT = 100;
    private static final int NODE_LIMIT = 400;
    private static final int LENGTH_LIMIT = 1_500;
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);

    /**
     * One law applied.
     *
     * @param law    its name
     * @param before the expression
     * @param after  the same by that law
     */
    public record Step(String law, String before, String after) {
    }

    public ProofText {
        laws = List.copyOf(laws);
        steps = List.copyOf(steps);
    }

    /**
     * The proof in a notation.
     *
     * @param notation the text of an expression; nothing when the notation has no words for it
     */
    public static ProofText of(Proof proof, Function<Expr, Optional<String>> notation) {
        List<Proof.Step> all = proof.steps();
        List<Step> steps = new ArrayList<>();
        // Most steps begin where the one before ends.
        Map<Expr, String> texts = new HashMap<>();
        for (Proof.Step step : all.subList(0, Math.min(all.size(), STEP_LIMIT))) {
            steps.add(new Step(step.law(), texts.computeIfAbsent(step.before(), expr -> text(expr, notation)),
                    texts.computeIfAbsent(step.after(), expr -> text(expr, notation))));
        }
        return new ProofText(proof.laws(), steps, all.size() - steps.size());
    }

    private static String text(Expr expr, Function<Expr, Optional<String>> notation) {
        int nodes = Walk.postorder(expr).size();
        return (nodes > NODE_LIMIT ? Optional.<String>empty() : notation.apply(expr))
                .filter(text -> text.length() <= LENGTH_LIMIT && text.indexOf('\n') < 0)
                .orElse("… (" + nodes + " operations)");
    }

    /** The lines of the proof, and what evaluation says to its steps; not a line of a proof that it contradicts. */
    public static List<String> checked(Proof proof, Function<Expr, Optional<String>> notation, long seed) {
        if (proof.steps().isEmpty()) {
            return List.of();
        }
        ProofCheck check;
        try {
            check = Budget.defaults().withTime(CHECK_LIMIT).call(() -> ProofCheck.of(proof.steps(), seed));
        } catch (Budget.Exceeded | IllegalArgumentException tooLarge) {
            List<String> lines = new ArrayList<>(of(proof, notation).lines());
            lines.add("the steps are too large to be evaluated again");
            return lines;
        }
        if (check.wrong().isPresent()) {
            Proof.Step wrong = check.wrong().get().step();
            return List.of("the proof is withheld, for a step of it does not hold when it is evaluated: "
                    + text(wrong.before(), notation) + " = " + text(wrong.after(), notation) + "   by " + wrong.law());
        }
        List<String> lines = new ArrayList<>(of(proof, notation).lines());
        lines.add("each step was evaluated again: both sides agree to 40 places at " + check.points() + " points (seed "
                + seed + ")");
        return lines;
    }

    /** The expression that the proof begins with, then a line for each step; another beginning where a part ends. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        String last = "";
        for (Step step : steps) {
            if (!step.before.equals(last)) {
                lines.add(step.before);
            }
            // What only orders factors may read the same.
            if (!step.before.equals(step.after)) {
                lines.add("= " + step.after + "   by " + step.law);
            }
            last = step.after;
        }
        if (omitted > 0) {
            lines.add(omitted + " more steps are left out");
        }
        return lines;
    }
}
