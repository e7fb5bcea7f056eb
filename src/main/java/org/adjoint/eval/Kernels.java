package org.adjoint.eval;

import org.adjoint.expr.ScalarFunction;

/** Operations on runs of {@code n} doubles: {@code z[zo + i] = op(x[xo + i], …)}. */
final class Kernels {
    private Kernels() {
    }

    static void unary(int op, ScalarFunction function, double[] x, int xo, double[] z, int zo, int n) {
        switch (op) {
            case Op.EXP -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.exp(x[xo + i]);
                }
            }
            case Op.LOG -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.log(x[xo + i]);
                }
            }
            case Op.SQRT -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.sqrt(x[xo + i]);
                }
            }
            case Op.ABS -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.abs(x[xo + i]);
                }
            }
            case Op.SIN -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.sin(x[xo + i]);
                }
            }
            case Op.COS -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.cos(x[xo + i]);
                }
            }
            case Op.TANH -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.tanh(x[xo + i]);
                }
            }
            case Op.SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Op.sigmoid(x[xo + i]);
                }
            }
            case Op.RELU -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Op.relu(x[xo + i]);
                }
            }
            case Op.STEP -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = x[xo + i] > 0 ? 1 : 0;
                }
            }
            case Op.COPY -> System.arraycopy(x, xo, z, zo, n);
            default -> power(op, function, x, xo, z, zo, n);
        }
    }

    private static void power(int op, ScalarFunction function, double[] x, int xo, double[] z, int zo, int n) {
        switch (op) {
            case Op.SQUARE -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = x[xo + i] * x[xo + i];
                }
            }
            case Op.CUBE -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = x[xo + i] * x[xo + i] * x[xo + i];
                }
            }
            case Op.RECIPROCAL -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = 1 / x[xo + i];
                }
            }
            case Op.RECIPROCAL_SQUARE -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = 1 / (x[xo + i] * x[xo + i]);
                }
            }
            case Op.RECIPROCAL_SQRT -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = 1 / Math.sqrt(x[xo + i]);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = function.evaluate(x[xo + i], 0);
                }
            }
        }
    }

    static void binary(int op, ScalarFunction function, double[] x, int xo, double[] y, int yo, double[] z, int zo,
            int n) {
        switch (op) {
            case Op.MAXIMUM -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.max(x[xo + i], y[yo + i]);
                }
            }
            case Op.MINIMUM -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = Math.min(x[xo + i], y[yo + i]);
                }
            }
            case Op.LESS -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = x[xo + i] < y[yo + i] ? 1 : 0;
                }
            }
            case Op.LESS_EQUAL -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = x[xo + i] <= y[yo + i] ? 1 : 0;
                }
            }
            case Op.MULTIPLY -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = x[xo + i] * y[yo + i];
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    z[zo + i] = function.evaluate(x[xo + i], y[yo + i]);
                }
            }
        }
    }

    /** {@code z = c·x + b}. */
    static void affine(double c, double[] x, int xo, double b, double[] z, int zo, int n) {
        for (int i = 0; i < n; i++) {
            z[zo + i] = c * x[xo + i] + b;
        }
    }

    /** {@code z = c·x + d·y + b}. */
    static void combine(double c, double[] x, int xo, double d, double[] y, int yo, double b, double[] z, int zo,
            int n) {
        for (int i = 0; i < n; i++) {
            z[zo + i] = c * x[xo + i] + d * y[yo + i] + b;
        }
    }

    /** {@code z = z + c·x}. */
    static void addScaled(double c, double[] x, int xo, double[] z, int zo, int n) {
        for (int i = 0; i < n; i++) {
            z[zo + i] += c * x[xo + i];
        }
    }

    static void select(double[] condition, int co, double[] x, int xo, double[] y, int yo, double[] z, int zo, int n) {
        for (int i = 0; i < n; i++) {
            z[zo + i] = condition[co + i] != 0 ? x[xo + i] : y[yo + i];
        }
    }
}
