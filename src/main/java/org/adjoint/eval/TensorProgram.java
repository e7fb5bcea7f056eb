package org.adjoint.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Variable;

/** The compiled form of a graph of tensors: steps over a memory of arrays. */
final class TensorProgram implements Program {
    private final double[][] memory;
    private final Step[] steps;
    private final Variable[] variables;
    private final int[] slots;
    private final int[][] lengths;
    private final List<Tensor> outputs;

    TensorProgram(double[][] memory, Step[] steps, Map<Variable, Integer> inputs, Sizes sizes, List<Tensor> outputs) {
        this.memory = memory;
        this.steps = steps;
        this.variables = inputs.keySet().toArray(Variable[]::new);
        this.slots = inputs.values().stream().mapToInt(slot -> slot).toArray();
        this.lengths = inputs.keySet().stream().map(variable -> sizes.of(variable.shape())).toArray(int[][]::new);
        this.outputs = outputs;
    }

    @Override
    public List<Tensor> evaluate(Values values) {
        for (int k = 0; k < variables.length; k++) {
            memory[slots[k]] = values.data(variables[k], lengths[k]);
        }
        Budget budget = Budget.current();
        for (Step step : steps) {
            step.run(memory);
            budget.poll();
        }
        return outputs;
    }

    /** What is run, in that order. */
    List<Step> steps() {
        return List.of(steps);
    }

    /** The entries of all arrays that it owns. */
    long entries() {
        return Arrays.stream(memory).distinct().mapToLong(array -> array.length).sum();
    }

    @Override
    public List<Variable> variables() {
        return List.of(variables);
    }
}
