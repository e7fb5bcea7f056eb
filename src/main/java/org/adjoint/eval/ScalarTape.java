package org.adjoint.eval;

import java.util.List;
import org.adjoint.expr.Budget;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;

/**
 * A graph of scalars as a flat tape: instructions are runs of ints (code, target, operands), numbers lie in one array, and
 * one loop with one switch runs them. No objects, no calls through an interface for the common functions.
 */
final class ScalarTape implements Program {
    private static final int CHUNK = 1 << 16;
    private static final int[] SCALAR = {};

    private final int[] code;
    private final double[] pool;
    private final double[] numbers;
    private final ScalarFunction[] functions;
    private final Variable[] variables;
    private final int[] variableSlots;
    private final int[] outputSlots;
    private final List<Tensor> outputs;

    /**
     * @param code        the instructions, each a code of {@link Op}, the slot written, and what the code needs
     * @param pool        coefficients
     * @param numbers     the slots; constants are in theirs
     * @param functions   functions without a code of their own
     * @param variables   the variables and the slot of each
     * @param outputSlots where the results are found
     */
    ScalarTape(int[] code, double[] pool, double[] numbers, ScalarFunction[] functions, Variable[] variables,
            int[] variableSlots, int[] outputSlots) {
        this.code = code;
        this.pool = pool;
        this.numbers = numbers;
        this.functions = functions;
        this.variables = variables;
        this.variableSlots = variableSlots;
        this.outputSlots = outputSlots;
        Tensor[] results = new Tensor[outputSlots.length];
        for (int k = 0; k < results.length; k++) {
            results[k] = Tensor.scalar(0);
        }
        this.outputs = List.of(results);
    }

    @Override
    public List<Tensor> evaluate(Values values) {
        for (int k = 0; k < variables.length; k++) {
            numbers[variableSlots[k]] = values.data(variables[k], SCALAR)[0];
        }
        Budget budget = Budget.current();
        for (int pc = 0; pc < code.length;) {
            pc = run(pc, Math.min(pc + CHUNK, code.length));
            budget.checkTime();
        }
        for (int k = 0; k < outputSlots.length; k++) {
            outputs.get(k).data()[0] = numbers[outputSlots[k]];
        }
        return outputs;
    }

    @Override
    public List<Variable> variables() {
        return List.of(variables);
    }

    /** Runs the instructions from {@code start} that begin before {@code end}; gives where the next one begins. */
    private int run(int start, int end) {
        final int[] c = code;
        final double[] s = numbers;
        int pc = start;
        while (pc < end) {
            int target = c[pc + 1];
            double a = s[c[pc + 2]];
            switch (c[pc]) {
                case Op.MULTIPLY -> {
                    s[target] = a * s[c[pc + 3]];
                    pc += 4;
                }
                case Op.MULTIPLY3 -> {
                    s[target] = a * s[c[pc + 3]] * s[c[pc + 4]];
                    pc += 5;
                }
                case Op.MULTIPLY4 -> {
                    s[target] = a * s[c[pc + 3]] * (s[c[pc + 4]] * s[c[pc + 5]]);
                    pc += 6;
                }
                case Op.ADD -> {
                    s[target] = a + s[c[pc + 3]];
                    pc += 4;
                }
                case Op.SUBTRACT -> {
                    s[target] = a - s[c[pc + 3]];
                    pc += 4;
                }
                case Op.AFFINE -> {
                    int p = c[pc + 3];
                    s[target] = pool[p + 1] * a + pool[p];
                    pc += 4;
                }
                case Op.AFFINE_SQUARE -> {
                    int p = c[pc + 3];
                    s[target] = pool[p + 1] * (a * a) + pool[p];
                    pc += 4;
                }
                case Op.COMBINE -> {
                    int p = c[pc + 4];
                    s[target] = pool[p + 1] * a + pool[p + 2] * s[c[pc + 3]] + pool[p];
                    pc += 5;
                }
                case Op.SIN -> {
                    s[target] = Math.sin(a);
                    pc += 3;
                }
                case Op.COS -> {
                    s[target] = Math.cos(a);
                    pc += 3;
                }
                case Op.EXP -> {
                    s[target] = Math.exp(a);
                    pc += 3;
                }
                case Op.LOG -> {
                    s[target] = Math.log(a);
                    pc += 3;
                }
                case Op.TANH -> {
                    s[target] = Math.tanh(a);
                    pc += 3;
                }
                case Op.SIGMOID -> {
                    s[target] = Op.sigmoid(a);
                    pc += 3;
                }
                case Op.RELU -> {
                    s[target] = Op.relu(a);
                    pc += 3;
                }
                case Op.STEP -> {
                    s[target] = a > 0 ? 1 : 0;
                    pc += 3;
                }
                case Op.SQRT -> {
                    s[target] = Math.sqrt(a);
                    pc += 3;
                }
                case Op.ABS -> {
                    s[target] = Math.abs(a);
                    pc += 3;
                }
                case Op.SQUARE -> {
                    s[target] = a * a;
                    pc += 3;
                }
                case Op.RECIPROCAL -> {
                    s[target] = 1 / a;
                    pc += 3;
                }
                case Op.COPY -> {
                    s[target] = a;
                    pc += 3;
                }
                case Op.SELECT -> {
                    s[target] = a != 0 ? s[c[pc + 3]] : s[c[pc + 4]];
                    pc += 5;
                }
                default -> pc = rare(pc, target, a);
            }
        }
        return pc;
    }

    /** The codes that are too rare for the loop, which must stay small enough to be compiled well. */
    private int rare(int pc, int target, double a) {
        int[] c = code;
        double[] s = numbers;
        switch (c[pc]) {
            case Op.LOG1P -> s[target] = Math.log1p(a);
            case Op.EXPM1 -> s[target] = Math.expm1(a);
            case Op.CUBE -> s[target] = a * a * a;
            case Op.RECIPROCAL_SQUARE -> s[target] = 1 / (a * a);
            case Op.RECIPROCAL_SQRT -> s[target] = 1 / Math.sqrt(a);
            case Op.LINEAR -> {
                int count = c[pc + 4];
                int p = c[pc + 3];
                double sum = pool[p] + pool[p + 1] * a;
                for (int k = 1; k < count; k++) {
                    sum += pool[p + 1 + k] * s[c[pc + 4 + k]];
                }
                s[target] = sum;
                return pc + 4 + count;
            }
            case Op.PRODUCT -> {
                int count = c[pc + 3];
                double product = a;
                for (int k = 1; k < count; k++) {
                    product *= s[c[pc + 3 + k]];
                }
                s[target] = product;
                return pc + 3 + count;
            }
            case Op.UNARY -> {
                s[target] = functions[c[pc + 3]].evaluate(a, 0);
                return pc + 4;
            }
            case Op.BINARY -> {
                s[target] = functions[c[pc + 4]].evaluate(a, s[c[pc + 3]]);
                return pc + 5;
            }
            default -> throw new IllegalStateException("no such code: " + c[pc]);
        }
        return pc + 3;
    }
}
