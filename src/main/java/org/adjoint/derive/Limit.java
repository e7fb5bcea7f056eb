package org.adjoint.derive;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.Step;

/**
 * A limit that is handed out.
 *
 * @param result   what was found; {@link LimitResult.Undecided} too where the numbers contradict what was found
 * @param sighting how it was seen on the way
 */
public record Limit(LimitResult result, Sighting sighting) {

    /** The steps by which it was found, in order, each once. */
    public List<Step> steps() {
        Set<Step> steps = new LinkedHashSet<>();
        collect(result, steps);
        return List.copyOf(steps);
    }

    private static void collect(LimitResult result, Set<Step> steps) {
        switch (result) {
            case LimitResult.Value value -> steps.addAll(value.steps());
            case LimitResult.Cases cases -> {
                steps.addAll(cases.steps());
                cases.cases().forEach(one -> collect(one.result(), steps));
            }
            case LimitResult.None none -> {
            }
            case LimitResult.Undecided undecided -> {
            }
        }
    }

    /** The names of the laws in the order in which they were first used. */
    public List<String> laws() {
        return steps().stream().map(Step::law).distinct().toList();
    }
}
