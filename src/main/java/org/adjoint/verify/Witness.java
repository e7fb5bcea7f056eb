package org.adjoint.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.Radical;
import org.adjoint.expr.Expr;

/** Writes a point down: the sizes, the values, both sides, and where they differ. */
record Witness(Question question, Trial trial) {

    Counterexample of(Trial.Result result) {
        Point point = result.point();
        Map<String, String> values = new LinkedHashMap<>();
        point.values().forEach((variable, value) -> values.put(variable.name(), Numerals.rationals(value)));
        for (String function : question.functions()) {
            values.put(function, "the random polynomial of the seed");
        }
        Trial.Culprit culprit = trial.culprit(result);
        values.putAll(culprit.values());
        Comparison c = culprit.comparison();
        String right = switch (c.test()) {
            case INTEGER -> "no integer";
            case UNIQUE_MAX -> "its greatest entry is not unique";
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, DIVIDES -> side(result,
                    c.values().right());
        };
        return new Counterexample(point.sizes().values(), values, side(result, c.values().left()), right,
                question.seed());
    }

    /** How far the sides of a false equation of numbers are apart, where their first digits do not show it. */
    Optional<String> distance(Trial.Result result) {
        Comparison c = trial.culprit(result).comparison();
        if (c.test() != Comparison.Test.EQUAL
                || !side(result, c.values().left()).equals(side(result, c.values().right()))) {
            return Optional.empty();
        }
        return result.truth().distance(c).map(d -> d.toString(2));
    }

    private static String side(Trial.Result result, Expr side) {
        Optional<NumberTensor<Radical>> exact = result.truth().exact(side).filter(NumberTensor::isDefined);
        return exact.map(Numerals::radicals).orElseGet(() -> Numerals.decimals(result.truth().precise(side)));
    }

    /** The indices of the first entry at which the sides differ: {@code i = 0, j = 1}. */
    Optional<String> place(Trial.Result result) {
        Comparison c = trial.culprit(result).comparison();
        NumberTensor<Precise> left = result.truth().precise(c.values().left());
        NumberTensor<Precise> right = result.truth().precise(c.values().right());
        int[] shape = left.shape();
        if (c.axes().isEmpty() || left.count() != right.count()) {
            return Optional.empty();
        }
        int first = 0;
        while (first < left.count() - 1 && left.isDefined(first) && right.isDefined(first)
                && left.get(first).toDouble() == right.get(first).toDouble()) {
            first++;
        }
        StringBuilder text = new StringBuilder();
        int rest = first;
        int block = left.count();
        for (int axis = 0; axis < c.axes().size(); axis++) {
            block /= shape[axis];
            text.append(text.isEmpty() ? "" : ", ").append(c.axes().get(axis)).append(" = ").append(rest / block);
            rest %= block;
        }
        return Optional.of(text.toString());
    }
}
