package org.adjoint.show.code;

import java.util.List;
import java.util.Map;

/** Methods that a generated Java class gets when it calls them, and how functions of the table are called. */
final class JavaHelpers {
    static final Helper MULTIPLY = new Helper("multiply", """
            /** The product of a [p, q] and b [r, s], each transposed first if so said. */
            private static double[] multiply(double[] a, int p, int q, boolean turnA, double[] b, int r, int s,
                    boolean turnB) {
                DMatrixRMaj left = DMatrixRMaj.wrap(p, q, a);
                DMatrixRMaj right = DMatrixRMaj.wrap(r, s, b);
                DMatrixRMaj out = new DMatrixRMaj(turnA ? q : p, turnB ? r : s);
                if (turnA && turnB) {
                    CommonOps_DDRM.multTransAB(left, right, out);
                } else if (turnA) {
                    CommonOps_DDRM.multTransA(left, right, out);
                } else if (turnB) {
                    CommonOps_DDRM.multTransB(left, right, out);
                } else {
                    CommonOps_DDRM.mult(left, right, out);
                }
                return out.data;
            }
            """);
    static final Helper INVERSE = new Helper("inverse", """
            private static double[] inverse(double[] a, int n) {
                DMatrixRMaj out = new DMatrixRMaj(n, n);
                if (!CommonOps_DDRM.invert(DMatrixRMaj.wrap(n, n, Arrays.copyOf(a, n * n)), out)) {
                    throw new ArithmeticException("the matrix is singular");
                }
                return out.data;
            }
            """);
    static final Helper DETERMINANT = new Helper("determinant", """
            private static double determinant(double[] a, int n) {
                return CommonOps_DDRM.det(DMatrixRMaj.wrap(n, n, Arrays.copyOf(a, n * n)));
            }
            """);
    static final Helper LOG_DETERMINANT = new Helper("logDeterminant", """
            /** The logarithm of the absolute value of the determinant, which may be beyond all doubles. */
            private static double logDeterminant(double[] a, int n) {
                var lu = DecompositionFactory_DDRM.lu(n, n);
                lu.decompose(DMatrixRMaj.wrap(n, n, Arrays.copyOf(a, n * n)));
                DMatrixRMaj upper = lu.getUpper(null);
                double sum = 0.0;
                for (int i = 0; i < n; i++) {
                    sum += Math.log(Math.abs(upper.get(i, i)));
                }
                return sum;
            }
            """);
    private static final Helper ERF = new Helper("erf", """
            /** DLMF 7.6.2. */
            private static double erf(double x) {
                if (x < 0) {
                    return -erf(-x);
                }
                if (x > 2.5) {
                    return 1 - erfc(x);
                }
                double term = x;
                double sum = x;
                for (int k = 1; k < 200 && term > 1e-17 * sum; k++) {
                    term *= 2 * x * x / (2 * k + 1);
                    sum += term;
                }
                return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
            }
            """);
    private static final Helper ERFC = new Helper("erfc", """
            /** DLMF 7.9.1. */
            private static double erfc(double x) {
                if (x < 2.5) {
                    return 1 - erf(x);
                }
                double f = x;
                for (int k = 80; k >= 1; k--) {
                    f = x + 0.5 * k / f;
                }
                return Math.exp(-x * x) / (Math.sqrt(Math.PI) * f);
            }
            """);
    private static final Helper SIGMOID = new Helper("sigmoid", """
            private static double sigmoid(double x) {
                double e = Math.exp(-Math.abs(x));
                return x >= 0 ? 1 / (1 + e) : e / (1 + e);
            }
            """);
    private static final Helper SOFTPLUS = new Helper("softplus", """
            private static double softplus(double x) {
                return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            }
            """);
    private static final Helper LEAKY_RELU = new Helper("leakyRelu", """
            private static double leakyRelu(double x, double slope) {
                return x > 0 ? x : slope * x;
            }
            """);
    private static final Helper ELU = new Helper("elu", """
            private static double elu(double x, double alpha) {
                return x > 0 ? x : alpha * Math.expm1(x);
            }
            """);
    private static final Helper GELU = new Helper("gelu", """
            private static double gelu(double x) {
                return 0.5 * x * erfc(-x / Math.sqrt(2));
            }
            """);
    private static final Helper GELU_TANH = new Helper("geluTanh", """
            private static double geluTanh(double x) {
                return x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
            }
            """);
    private static final Helper SILU = new Helper("silu", """
            private static double silu(double x) {
                return x * sigmoid(x);
            }
            """);

    /** Which methods the methods call. */
    private static final Map<Helper, List<Helper>> CALLS = Map.of(ERF, List.of(ERFC), ERFC, List.of(ERF), GELU,
            List.of(ERFC, ERF), GELU_TANH, List.of(SIGMOID), SILU, List.of(SIGMOID));

    private static final Map<String, Helper> BY_FUNCTION = Map.of("erf", ERF, "sigmoid", SIGMOID, "softplus", SOFTPLUS,
            "leaky_relu", LEAKY_RELU, "elu", ELU, "gelu", GELU, "gelu_tanh", GELU_TANH, "silu", SILU);

    /** Functions of the table: {@code {0}} is an operand, {@code <0>} one in brackets where it needs them. */
    static final Map<String, Template> FUNCTIONS = Template.table("""
            pi         Math.PI
            exp        Math.exp({0})
            log        Math.log({0})
            log1p      Math.log1p({0})
            expm1      Math.expm1({0})
            sqrt       Math.sqrt({0})
            abs        Math.abs({0})
            sign       Math.signum({0})
            sin        Math.sin({0})
            cos        Math.cos({0})
            tan        Math.tan({0})
            asin       Math.asin({0})
            acos       Math.acos({0})
            atan       Math.atan({0})
            sinh       Math.sinh({0})
            cosh       Math.cosh({0})
            tanh       Math.tanh({0})
            erf        erf({0})
            sigmoid    sigmoid({0})
            softplus   softplus({0})
            relu       Math.max({0}, 0.0)
            leaky_relu leakyRelu({0}, {1})
            elu        elu({0}, {1})
            gelu       gelu({0})
            gelu_tanh  geluTanh({0})
            silu       silu({0})
            maximum    Math.max({0}, {1})
            minimum    Math.min({0}, {1})
            floor      Math.floor({0})
            """);

    private JavaHelpers() {
    }

    /** The methods that a call of the function needs. */
    static List<Helper> of(String function) {
        Helper helper = BY_FUNCTION.get(function);
        if (helper == null) {
            return List.of();
        }
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(helper),
                CALLS.getOrDefault(helper, List.of()).stream()).toList();
    }
}
