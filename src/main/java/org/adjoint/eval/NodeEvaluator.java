package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** The value of one node of each kind from the values of its operands. */
final class NodeEvaluator<T> {
    private final Entries<T> entries;
    private final Sizes sizes;
    private final Interpretation interpretation;

    NodeEvaluator(Entries<T> entries, Sizes sizes, Interpretation interpretation) {
        this.entries = entries;
        this.sizes = sizes;
        this.interpretation = interpretation;
    }

    NumberTensor<T> value(Expr node, List<NumberTensor<T>> operands) {
        int[] shape = sizes.of(node.shape());
        int count = Layout.count(shape);
        return new NumberTensor<>(shape, switch (node) {
            case Variable variable -> throw new IllegalArgumentException("no value for " + variable.name());
            case Constant constant -> constant.values().stream().map(entries.field::of).toArray();
            case Dimension dimension -> new Object[] {integer(sizes.integer(dimension.size()))};
            case Range range -> range(count);
            case Delta delta -> delta(shape[0]);
            case Elementwise map -> elementwise(map, operands, count);
            case Linear linear -> linear(linear, operands, count);
            case Contraction contraction -> contraction(contraction, operands, shape);
            case Window window -> window(window, operands.get(0), count);
            case Reduction reduction -> ReductionValue.of(entries, reduction, operands.get(0), count);
            case Where where -> where(where, operands, count);
            case MatrixFunction function -> matrix(function, operands, count);
            case Reshape reshape -> entriesOf(operands.get(0));
            case Concatenation concatenation -> concatenation(concatenation, operands, count);
            case Application application -> application(application, operands, count);
            case Detach detach -> entriesOf(operands.get(0));
        });
    }

    private T integer(long value) {
        return entries.field.of(Rational.of(value));
    }

    private static Object[] entriesOf(NumberTensor<?> tensor) {
        Object[] all = new Object[tensor.count()];
        Arrays.setAll(all, tensor::entry);
        return all;
    }

    private Object[] range(int count) {
        Object[] result = new Object[count];
        Arrays.setAll(result, k -> integer(k));
        return result;
    }

    private Object[] delta(int n) {
        Object[] result = new Object[n * n];
        Arrays.setAll(result, k -> k % (n + 1) == 0 ? entries.one : entries.zero);
        return result;
    }

    private Object[] elementwise(Elementwise map, List<NumberTensor<T>> operands, int count) {
        Object[] result = new Object[count];
        for (int k = 0; k < count; k++) {
            int position = k;
            List<T> arguments = new ArrayList<>(operands.size());
            Object worst = entries.one;
            for (NumberTensor<T> operand : operands) {
                worst = Entries.worse(worst, operand.entry(k));
                arguments.add(entries.number(operand.entry(k)));
            }
            result[k] = worst instanceof Undefined ? worst
                    : entries.attempt(map, position, () -> map.function().evaluate(entries.field, arguments));
        }
        return result;
    }

    private Object[] linear(Linear linear, List<NumberTensor<T>> operands, int count) {
        Object[] result = new Object[count];
        Arrays.fill(result, entries.zero);
        for (int t = 0; t < linear.termCount(); t++) {
            Rational c = linear.coefficient(t);
            T coefficient = entries.field.of(c);
            NumberTensor<T> term = operands.get(t);
            for (int k = 0; k < count; k++) {
                result[k] = entries.addScaled(result[k], c, coefficient, term.entry(k));
            }
        }
        return result;
    }

    private Object[] contraction(Contraction contraction, List<NumberTensor<T>> operands, int[] shape) {
        List<Object[]> factors = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            if (!(contraction.operand(k) instanceof Delta)) {
                factors.add(entriesOf(operands.get(k)));
            }
        }
        return ExactContraction.of(entries, contraction, Indices.of(contraction, sizes), factors, shape);
    }

    private Object[] window(Window window, NumberTensor<T> operand, int count) {
        int[] positions = Positions.window(window.access(), sizes);
        Object[] result = new Object[count];
        Arrays.fill(result, entries.zero);
        for (int o = 0; o < positions.length; o++) {
            int position = positions[o];
            if (position == Positions.OUTSIDE) {
                continue;
            }
            if (window.isFold()) {
                result[position] = entries.add(result[position], operand.entry(o));
            } else {
                result[o] = operand.entry(position);
            }
        }
        return result;
    }

    private Object[] where(Where where, List<NumberTensor<T>> operands, int count) {
        Object[] result = new Object[count];
        for (int k = 0; k < count; k++) {
            int position = k;
            Object condition = operands.get(0).entry(k);
            result[k] = condition instanceof Undefined ? condition : entries.attempt(where, k, () -> {
                boolean holds = entries.field.signum(entries.number(condition)) != 0;
                return operands.get(holds ? 1 : 2).entry(position);
            });
        }
        return result;
    }

    private Object[] matrix(MatrixFunction function, List<NumberTensor<T>> operands, int count) {
        Object worst = entries.one;
        for (NumberTensor<T> operand : operands) {
            for (int k = 0; k < operand.count(); k++) {
                worst = Entries.worse(worst, operand.entry(k));
            }
        }
        Object[] result = new Object[count];
        Arrays.fill(result, worst);
        if (worst instanceof Undefined) {
            return result;
        }
        Object[] matrix = entriesOf(operands.get(0));
        int n = operands.get(0).lengths()[0];
        Object value = entries.attempt(function, 0, () -> switch (function.operation()) {
            case INVERSE -> Elimination.inverse(entries, matrix, n);
            case DETERMINANT -> Elimination.determinant(entries, matrix, n);
            case LOG_DETERMINANT -> entries.field.log(entries.field.abs(Elimination.determinant(entries, matrix, n)));
            case EXPONENTIAL, POWER -> power(function, operands, matrix, n);
            case EXPONENTIAL_SLOPE, POWER_SLOPE -> slope(function, operands, matrix, n);
        });
        if (value instanceof Object[] all) {
            return all;
        }
        Arrays.fill(result, value);
        return result;
    }

    private Object[] power(MatrixFunction function, List<NumberTensor<T>> operands, Object[] matrix, int n) {
        MatrixPowers<T> powers = new MatrixPowers<>(entries);
        return function.operation().hasExponent()
                ? powers.power(matrix, n, powers.exponent(entries.number(operands.get(1).entry(0))))
                : powers.exponential(matrix, n);
    }

    private Object[] slope(MatrixFunction function, List<NumberTensor<T>> operands, Object[] matrix, int n) {
        MatrixPowers<T> powers = new MatrixPowers<>(entries);
        Object[] directions = entriesOf(operands.getLast());
        Object[] result = new Object[directions.length];
        for (int start = 0; start < directions.length; start += n * n) {
            Object[] direction = Arrays.copyOfRange(directions, start, start + n * n);
            Object[] value = power(function, operands, powers.block(matrix, direction, n), 2 * n);
            System.arraycopy(MatrixPowers.corner(value, n), 0, result, start, n * n);
        }
        return result;
    }

    private Object[] concatenation(Concatenation concatenation, List<NumberTensor<T>> operands, int count) {
        Object[] result = new Object[count];
        int axis = concatenation.axis();
        int row = Positions.rowLength(concatenation.shape(), axis, sizes);
        int before = 0;
        for (int k = 0; k < operands.size(); k++) {
            NumberTensor<T> operand = operands.get(k);
            int part = Positions.rowLength(concatenation.operand(k).shape(), axis, sizes);
            for (int j = 0; j < operand.count(); j++) {
                result[j / part * row + before + j % part] = operand.entry(j);
            }
            before += part;
        }
        return result;
    }

    private Object[] application(Application application, List<NumberTensor<T>> operands, int count) {
        Object[] result = new Object[count];
        boolean elementwise = application.function().isElementwise();
        for (int k = 0; k < (elementwise ? count : 1); k++) {
            Object worst = entries.one;
            List<List<T>> arguments = new ArrayList<>(operands.size());
            for (NumberTensor<T> operand : operands) {
                List<T> numbers = new ArrayList<>();
                for (int j = elementwise ? k : 0; j < (elementwise ? k + 1 : operand.count()); j++) {
                    worst = Entries.worse(worst, operand.entry(j));
                    numbers.add(entries.number(operand.entry(j)));
                }
                arguments.add(numbers);
            }
            Object value = worst instanceof Undefined ? worst
                    : entries.attempt(application, k,
                            () -> interpretation.value(entries.field, application, sizes, arguments).toArray());
            if (elementwise) {
                result[k] = value instanceof Object[] one ? one[0] : value;
            } else if (value instanceof Object[] all) {
                result = all;
            } else {
                Arrays.fill(result, value);
            }
        }
        return result;
    }
}
