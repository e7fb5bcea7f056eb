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
    static final Helper EXPONENTIAL = new Helper("exponential", """
            /** exp(a) by scaling and squaring of the Taylor polynomial of degree 20. */
            private static double[] exponential(double[] a, int n) {
                double norm = CommonOps_DDRM.elementMaxAbs(DMatrixRMaj.wrap(n, n, a)) * n;
                int squarings = norm > 0.5 ? Math.getExponent(norm) + 2 : 0;
                DMatrixRMaj scaled = DMatrixRMaj.wrap(n, n, Arrays.copyOf(a, n * n));
                CommonOps_DDRM.scale(Math.pow(0.5, squarings), scaled);
                DMatrixRMaj term = CommonOps_DDRM.identity(n);
                DMatrixRMaj sum = CommonOps_DDRM.identity(n);
                DMatrixRMaj next = new DMatrixRMaj(n, n);
                for (int k = 1; k <= 20; k++) {
                    CommonOps_DDRM.mult(1.0 / k, term, scaled, next);
                    term.setTo(next);
                    CommonOps_DDRM.addEquals(sum, term);
                }
                for (int k = 0; k < squarings; k++) {
                    CommonOps_DDRM.mult(sum, sum, next);
                    sum.setTo(next);
                }
                return sum.data;
            }
            """);
    static final Helper POWER = new Helper("power", """
            private static double[] power(double[] a, int n, int exponent) {
                double[] factor = exponent < 0 ? inverse(a, n) : Arrays.copyOf(a, n * n);
                DMatrixRMaj square = DMatrixRMaj.wrap(n, n, factor);
                DMatrixRMaj power = CommonOps_DDRM.identity(n);
                DMatrixRMaj next = new DMatrixRMaj(n, n);
                for (int k = Math.abs(exponent); k > 0; k /= 2) {
                    if (k % 2 == 1) {
                        CommonOps_DDRM.mult(power, square, next);
                        power.setTo(next);
                    }
                    CommonOps_DDRM.mult(square, square, next);
                    square.setTo(next);
                }
                return power.data;
            }
            """);
    static final Helper FRECHET = new Helper("frechet", """
            /** The derivatives of f at x in the directions e: the upper right blocks of f([[x, e], [0, x]]). */
            private static double[] frechet(Function<double[], double[]> f, double[] x, double[] e, int n, int count) {
                double[] out = new double[count * n * n];
                for (int c = 0; c < count; c++) {
                    double[] block = new double[4 * n * n];
                    for (int i = 0; i < n; i++) {
                        System.arraycopy(x, i * n, block, 2 * i * n, n);
                        System.arraycopy(e, (c * n + i) * n, block, (2 * i + 1) * n, n);
                        System.arraycopy(x, i * n, block, (2 * (n + i) + 1) * n, n);
                    }
                    double[] value = f.apply(block);
                    for (int i = 0; i < n; i++) {
                        System.arraycopy(value, (2 * i + 1) * n, out, (c * n + i) * n, n);
                    }
                }
                return out;
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
