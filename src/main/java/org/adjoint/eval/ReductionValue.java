package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Reduction;

/** Maximum, product, log-sum-exp and the indicator of the first maximum over axes, in any arithmetic. */
final class ReductionValue<T> {
    private final Entries<T> entries;
    private final NumberTensor<T> operand;

    private ReductionValue(Entries<T> entries, NumberTensor<T> operand) {
        this.entries = entries;
        this.operand = operand;
    }

    static <T> Object[] of(Entries<T> entries, Reduction reduction, NumberTensor<T> operand, int count) {
        ReductionValue<T> values = new ReductionValue<>(entries, operand);
        int[] kept = Positions.kept(operand.lengths(), reduction.axes());
        int[] reduced = Positions.reduced(operand.lengths(), reduction.axes());
        Object[] result = new Object[count];
        boolean indicator = reduction.operation() == Reduction.Operation.FIRST_MAX;
        for (int o = 0; o < kept.length; o++) {
            int start = kept[o];
            Budget.current().poll();
            Object worst = entries.one;
            for (int distance : reduced) {
                worst = Entries.worse(worst, operand.entry(start + distance));
            }
            Object value = worst instanceof Undefined ? worst
                    : entries.attempt(reduction, indicator ? start : o, () -> switch (reduction.operation()) {
                        case MAX -> values.at(start + reduced[values.firstMax(start, reduced)]);
                        case PRODUCT -> values.product(start, reduced);
                        case LOG_SUM_EXP -> values.logSumExp(start, reduced);
                        case FIRST_MAX -> reduced.length == 0 ? 0 : values.firstMax(start, reduced);
                    });
            if (!indicator) {
                result[o] = value;
                continue;
            }
            for (int r = 0; r < reduced.length; r++) {
                result[start + reduced[r]] = value instanceof Undefined ? value
                        : value.equals(r) ? entries.one : entries.zero;
            }
        }
        return result;
    }

    private T at(int position) {
        return entries.number(operand.entry(position));
    }

    private int firstMax(int start, int[] reduced) {
        if (reduced.length == 0) {
            throw new Arithmetic.OutsideDomain("max needs at least one entry");
        }
        int best = 0;
        for (int r = 1; r < reduced.length; r++) {
            T candidate = at(start + reduced[r]);
            T largest = at(start + reduced[best]);
            if (!candidate.equals(largest) && entries.field.compare(candidate, largest) > 0) {
                best = r;
            }
        }
        return best;
    }

    private T product(int start, int[] reduced) {
        T product = entries.one;
        for (int distance : reduced) {
            product = entries.field.multiply(product, at(start + distance));
        }
        return product;
    }

    /** {@code m + log Σ exp(xₖ − m)} for an m near the maximum; which one does not matter. */
    private T logSumExp(int start, int[] reduced) {
        if (reduced.length == 0) {
            throw new Arithmetic.OutsideDomain("logsumexp needs at least one entry");
        }
        Arithmetic<T> field = entries.field;
        T largest = at(start + reduced[0]);
        for (int distance : reduced) {
            largest = field.toDouble(at(start + distance)) > field.toDouble(largest) ? at(start + distance) : largest;
        }
        if (reduced.length == 1) {
            return largest;
        }
        T shift = largest;
        T sum = Arrays.stream(reduced).mapToObj(distance -> field.exp(field.subtract(at(start + distance), shift)))
                .reduce(entries.zero, field::add);
        return field.add(shift, field.log(sum));
    }
}
