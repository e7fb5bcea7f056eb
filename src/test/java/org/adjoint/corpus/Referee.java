package org.adjoint.corpus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Holds an answer against differences of the function at random sizes and points. */
final class Referee {
    private static final List<String> KINKED = List.of("abs", "relu", "sign", "step", "norm1");
    private static final int DRAWS = 5;

    private Referee() {
    }

    /** What is wrong with the expected form of the case; nothing if it agrees everywhere it was tried. */
    static Optional<String> objection(Case each) {
        return objection(each, 1);
    }

    /** The same of the expected form times a number, which must find fault with every number but 1. */
    static Optional<String> objection(Case each, double factor) {
        Term function;
        Term answer;
        try {
            function = TermParser.parse(each.expression());
            answer = TermParser.parse(each.expected());
        } catch (IllegalArgumentException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
        Declarations declarations = Declarations.of(each.shapes());
        Random random = new Random(each.id().hashCode());
        boolean second = each.layout().startsWith("hess");
        boolean kinked = function.calls(KINKED);
        for (int draw = 0; draw < DRAWS; draw++) {
            Map<String, Array> values = declarations.draw(random);
            Stencils stencils = new Stencils(x -> {
                Map<String, Array> moved = new LinkedHashMap<>(values);
                moved.put(each.wrt(), x);
                return Naive.value(function, moved);
            }, Naive.value(new Term.Name(each.wrt()), values), second ? 2e-3 : kinked ? 1e-5 : 1e-3);
            try {
                Array differences = stencils.derivative(each.layout());
                Array claimed = Naive.value(answer, values).map(t -> t * factor);
                Optional<String> objection = compare(claimed, differences, second || kinked ? 2e-5 : 1e-6);
                if (objection.isPresent()) {
                    return objection.map(o -> o + " at " + values);
                }
            } catch (IllegalArgumentException illFormed) {
                return Optional.of(illFormed.getMessage() + " at " + sizes(values));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> compare(Array claimed, Array differences, double tolerance) {
        if (!claimed.hasShapeOf(differences)) {
            return Optional.of("the answer is " + Arrays.toString(claimed.shape()) + ", the derivative is "
                    + Arrays.toString(differences.shape()));
        }
        if (!differences.isFinite()) {
            return Optional.of("the function has no value");
        }
        double error = claimed.with(differences, (a, b) -> a - b).largest() / Math.max(1, differences.largest());
        return error <= tolerance ? Optional.empty()
                : Optional.of("the answer is " + claimed + ", differences give " + differences);
    }

    private static Map<String, String> sizes(Map<String, Array> values) {
        Map<String, String> sizes = new LinkedHashMap<>();
        values.forEach((name, value) -> sizes.put(name, Arrays.toString(value.shape())));
        return sizes;
    }
}
