package org.adjoint.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Expr;

/**
 * Why something holds.
 *
 * @param reason the argument, in words
 * @param steps  the laws that were applied, in order; none where the argument is all there is to say
 */
public record Proof(String reason, List<Step> steps) {
    /**
     * One law applied once: {@code before} and {@code after} are equal wherever both have a value, which can be checked by
     * evaluation.
     */
    public record Step(String law, Expr before, Expr after) {
    }

    public Proof {
        steps = List.copyOf(steps);
    }

    public Proof(String reason) {
        this(reason, List.of());
    }

    /** The names of the laws in the order in which they were first applied, each once. */
    public List<String> laws() {
        Map<String, Step> first = new LinkedHashMap<>();
        steps.forEach(step -> first.putIfAbsent(step.law(), step));
        return List.copyOf(first.keySet());
    }
}
