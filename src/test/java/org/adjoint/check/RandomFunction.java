package org.adjoint.check;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A random function of n variables as a tree of elementary functions, with its derivative along a direction by dual
 * numbers: a + a′ε with ε² = 0.
 */
final class RandomFunction {

    private enum Op {
        VARIABLE, CONSTANT, ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, SIN, EXP, TANH, ROOT, LOG, ATAN, ABS
    }

    private final Op op;
    private final int variable;
    private final double constant;
    private final RandomFunction[] operands;

    private RandomFunction(Op op, int variable, double constant, RandomFunction... operands) {
        this.op = op;
        this.variable = variable;
        this.constant = constant;
        this.operands = operands;
    }

    /** A value and its derivative. */
    record Dual(double value, double slope) {}

    static RandomFunction draw(SplittableRandom random, int variables, int depth, double scale) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return random.nextInt(5) == 0 ? new RandomFunction(Op.CONSTANT, 0, random.nextDouble(-3, 3))
                    : new RandomFunction(Op.VARIABLE, random.nextInt(variables), 1 / scale);
        }
        var op = Op.values()[random.nextInt(2, Op.values().length)];
        var left = draw(random, variables, depth - 1, scale);
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX -> new RandomFunction(op, 0, 0, left,
                    draw(random, variables, depth - 1, scale));
            default -> new RandomFunction(op, 0, random.nextDouble(0.3, 3), left);
        };
    }

    double value(double[] x) { return at(x, new double[x.length]).value(); }

    Dual at(double[] x, double[] direction) {
        if (op == Op.VARIABLE) {
            return new Dual(x[variable] * constant, direction[variable] * constant);
        }
        if (op == Op.CONSTANT) {
            return new Dual(constant, 0);
        }
        var a = operands[0].at(x, direction);
        var b = operands.length > 1 ? operands[1].at(x, direction) : a;
        double u = a.value;
        return switch (op) {
            case ADD -> new Dual(u + b.value, a.slope + b.slope);
            case SUBTRACT -> new Dual(u - b.value, a.slope - b.slope);
            case MULTIPLY -> new Dual(u * b.value, a.slope * b.value + u * b.slope);
            case DIVIDE -> {
                // a smooth quotient without a pole: u / (1 + v²)
                var below = 1 + b.value * b.value;
                yield new Dual(u / below, a.slope / below - u * 2 * b.value * b.slope / below / below);
            }
            case MAX -> u >= b.value ? a : b;
            case SIN -> new Dual(Math.sin(constant * u), constant * Math.cos(constant * u) * a.slope);
            case EXP -> new Dual(Math.exp(constant * Math.tanh(u)),
                    constant * Math.exp(constant * Math.tanh(u)) * sech2(u) * a.slope);
            case TANH -> new Dual(Math.tanh(u), sech2(u) * a.slope);
            case ROOT -> new Dual(Math.hypot(1, u), u / Math.hypot(1, u) * a.slope);
            case LOG -> new Dual(Math.log1p(u * u), 2 * u / (1 + u * u) * a.slope);
            case ATAN -> new Dual(Math.atan(u), a.slope / (1 + u * u));
            case ABS -> new Dual(Math.abs(u), Math.signum(u) * a.slope);
            case VARIABLE, CONSTANT -> throw new AssertionError(op);
        };
    }

    private static double sech2(double u) {
        var c = Math.cosh(u);
        return 1 / c / c;
    }

    @Override
    public String toString() {
        return switch (op) {
            case VARIABLE -> "x" + variable + "*" + constant;
            case CONSTANT -> Double.toString(constant);
            default -> op.name().toLowerCase(Locale.ROOT) + (op == Op.SIN || op == Op.EXP ? "_" + constant : "") + "("
                    + operands[0] + (operands.length > 1 ? ", " + operands[1] : "") + ")";
        };
    }
}
