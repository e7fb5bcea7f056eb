package org.adjoint.corpus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Holds an answer against differences of the function at random sizes and points. Where differences with the half step say
 * something else, they tell nothing, and another point is drawn.
 */
final class Referee {
    private static final List<String> KINKED = List.of("abs", "relu", "sign", "step", "norm1");
    private static final String NO_POINT = "no point was found at which differences tell";
    private static final int POINTS = 5;
    private static final int ATTEMPTS = 25;

    private final Case each;
    private final double factor;
    private final Term function;
    private final Term answer;
    private final Declarations declarations;
    private final double step;
    private final double tolerance;

    private Referee(Case each, double factor) {
        this.each = each;
        this.factor = factor;
        this.function = TermParser.parse(each.expression());
        this.answer = TermParser.parse(each.expected());
        this.declarations = Declarations.of(each.shapes());
        boolean second = each.layout().startsWith("hess");
        boolean kinked = function.calls(KINKED);
        this.step = second ? 2e-3 : kinked ? 1e-5 : 1e-3;
        this.tolerance = second || kinked ? 2e-5 : 1e-6;
    }

    /** What is wrong with the expected form of the case; nothing if it agrees everywhere it was tried. */
    static Optional<String> objection(Case each) {
        return objection(each, 1);
    }

    /** The same of the expected form times a number, which must find fault with every number but 1. */
    static Optional<String> objection(Case each, double factor) {
        try {
            return new Referee(each, factor).judge();
        } catch (IllegalArgumentException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    /** Whether differences can tell anything about the function of the case. */
    static boolean canTell(Case each) {
        return !objection(each.withExpected("0")).equals(Optional.of(NO_POINT));
    }

    private Optional<String> judge() {
        Random random = new Random(each.id().hashCode());
        int points = 0;
        for (int attempt = 0; attempt < ATTEMPTS && points < POINTS; attempt++) {
            Map<String, Array> values = declarations.draw(random);
            Array fine = differences(values, step / 2);
            double scale = Math.max(1, fine.largest());
            double blur = fine.with(differences(values, step), (a, b) -> a - b).largest() / scale;
            if (!fine.isFinite() || !(blur <= tolerance)) {
                continue;
            }
            points++;
            Optional<String> objection = compare(values, fine, scale);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return points == 0 ? Optional.of(NO_POINT) : Optional.empty();
    }

    private Array differences(Map<String, Array> values, double h) {
        return new Stencils(x -> {
            Map<String, Array> moved = new LinkedHashMap<>(values);
            moved.put(each.wrt(), x);
            return Naive.value(function, moved);
        }, Naive.value(new Term.Name(each.wrt()), values), h).derivative(each.layout());
    }

    private Optional<String> compare(Map<String, Array> values, Array differences, double scale) {
        Array claimed;
        try {
            claimed = Naive.value(answer, values).map(t -> t * factor);
        } catch (IllegalArgumentException illFormed) {
            return Optional.of(illFormed.getMessage() + " at " + sizes(values));
        }
        if (!claimed.hasShapeOf(differences)) {
            return Optional.of("the answer is " + Arrays.toString(claimed.shape()) + ", the derivative is "
                    + Arrays.toString(differences.shape()) + " at " + sizes(values));
        }
        double error = claimed.with(differences, (a, b) -> a - b).largest() / scale;
        return error <= 2 * tolerance ? Optional.empty()
                : Optional.of("the answer is " + claimed + ", differences give " + differences + " at " + values);
    }

    private static Map<String, String> sizes(Map<String, Array> values) {
        Map<String, String> sizes = new LinkedHashMap<>();
        values.forEach((name, value) -> sizes.put(name, Arrays.toString(value.shape())));
        return sizes;
    }
}
