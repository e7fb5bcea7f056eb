package org.adjoint.verify;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.adjoint.eval.NumberTensor;
import org.adjoint.expr.Arithmetic;

/** The tests of {@link Comparison.Test} on tensors of numbers that are all defined. */
record EntryTests<T>(Arithmetic<T> field, BiFunction<T, T, Truth> equal, Function<T, Truth> integer) {

    Truth of(Comparison.Test test, NumberTensor<T> left, NumberTensor<T> right, Optional<NumberTensor<T>> tolerance) {
        if (test == Comparison.Test.UNIQUE_MAX) {
            return uniqueMax(left);
        }
        Truth all = Truth.TRUE;
        for (int k = 0; k < left.count() && all != Truth.FALSE; k++) {
            T a = left.get(k);
            T b = right.get(k);
            int entry = k;
            all = all.and(switch (test) {
                case EQUAL, NOT_EQUAL ->
                    tolerance.map(t -> within(a, b, t.get(entry))).orElseGet(() -> equal.apply(a, b));
                case LESS -> less(a, b);
                case LESS_OR_EQUAL -> less(a, b).or(equal.apply(a, b));
                case GREATER -> less(b, a);
                case GREATER_OR_EQUAL -> less(b, a).or(equal.apply(a, b));
                case INTEGER -> integer.apply(a);
                case DIVIDES -> integer.apply(a).and(integer.apply(b)).and(divides(a, b));
                case UNIQUE_MAX -> throw new IllegalStateException("is not a test of entries");
            });
        }
        return test == Comparison.Test.NOT_EQUAL ? all.not() : all;
    }

    private Truth less(T a, T b) {
        try {
            return Truth.of(field.compare(a, b) < 0);
        } catch (Arithmetic.Undecidable close) {
            return Truth.UNKNOWN;
        }
    }

    /** |a − b| ≤ t. */
    private Truth within(T a, T b, T t) {
        T distance = field.abs(field.subtract(a, b));
        return less(distance, t).or(equal.apply(distance, t));
    }

    private Truth divides(T a, T b) {
        Truth zero = equal.apply(a, field.subtract(a, a));
        return zero == Truth.TRUE ? equal.apply(b, a) : zero == Truth.FALSE ? integer.apply(field.divide(b, a)) : zero;
    }

    private Truth uniqueMax(NumberTensor<T> x) {
        int best = 0;
        boolean tie = false;
        for (int k = 1; k < x.count(); k++) {
            Truth same = equal.apply(x.get(k), x.get(best));
            if (same == Truth.UNKNOWN) {
                return Truth.UNKNOWN;
            }
            if (same == Truth.TRUE) {
                tie = true;
            } else if (less(x.get(best), x.get(k)) == Truth.TRUE) {
                best = k;
                tie = false;
            }
        }
        return Truth.of(!tie);
    }
}
