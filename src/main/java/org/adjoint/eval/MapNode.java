package org.adjoint.eval;

import java.util.List;
import org.adjoint.expr.Functions;
import org.adjoint.expr.ScalarFunction;

/**
 * Part of an elementwise computation that is to run in one pass: an operation on parts, or a leaf that reads memory.
 */
final class MapNode {
    private static final int[] NO_NUMBERS = {};

    final int op;
    final ScalarFunction function;
    final List<MapNode> arguments;
    /** Of a linear combination the constant, then one coefficient for each argument. */
    final double[] coefficients;
    /** Of a leaf the slot that it reads. */
    final int slot;
    /** Of a leaf how the slot is read. */
    final StridedView view;
    /** The number of operations, counting shared parts as often as they occur. */
    final int size;

    private MapNode(int op, ScalarFunction function, List<MapNode> arguments, double[] coefficients, int slot,
            StridedView view) {
        this.op = op;
        this.function = function;
        this.arguments = arguments;
        this.coefficients = coefficients;
        this.slot = slot;
        this.view = view;
        this.size = 1 + arguments.stream().mapToInt(argument -> argument.size).sum();
    }

    private static MapNode operation(int op, ScalarFunction function, List<MapNode> arguments, double... numbers) {
        return new MapNode(op, function, List.copyOf(arguments), numbers, -1, new StridedView(NO_NUMBERS, NO_NUMBERS));
    }

    static MapNode leaf(int slot, StridedView view) {
        return new MapNode(Op.LOAD, Functions.PI, List.of(), new double[0], slot, view);
    }

    static MapNode function(int op, ScalarFunction function, List<MapNode> arguments) {
        return operation(op, function, arguments);
    }

    static MapNode linear(double constant, List<MapNode> terms, List<Double> coefficients) {
        double[] numbers = new double[terms.size() + 1];
        numbers[0] = constant;
        for (int k = 0; k < terms.size(); k++) {
            numbers[k + 1] = coefficients.get(k);
        }
        return operation(Op.LINEAR, Functions.PI, terms, numbers);
    }

    static MapNode product(List<MapNode> factors) {
        return operation(factors.size() == 1 ? Op.COPY : Op.PRODUCT, Functions.PI, factors);
    }

    static MapNode select(MapNode condition, MapNode ifTrue, MapNode ifFalse) {
        return operation(Op.SELECT, Functions.PI, List.of(condition, ifTrue, ifFalse));
    }

    boolean isLeaf() {
        return op == Op.LOAD;
    }
}
