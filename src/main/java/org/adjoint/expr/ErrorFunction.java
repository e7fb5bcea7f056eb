package org.adjoint.expr;

/**
 * The error function in doubles: {@code erf x = 2/√π ∫₀ˣ exp(−t²) dt} and its complement.
 *
 * <p>Power series (DLMF 7.6.2, all terms positive) for |x| &lt; 2.5, continued fraction (DLMF 7.9.1, evaluated by Lentz's
 * method) above; relative error within a few units in the last place times the conditioning of exp(−x²).
 */
final class ErrorFunction {
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
    private static final double SPLIT = 2.5;

    private ErrorFunction() {
    }

    static double erf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        double size = Math.abs(x);
        double value = size < SPLIT ? series(size) : 1 - tail(size);
        return x < 0 ? -value : value;
    }

    /** {@code 1 − erf x} without cancellation for large x. */
    static double erfc(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (x < 0) {
            return 2 - erfc(-x);
        }
        return x < 0.5 ? 1 - series(x) : tail(x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= 2 * x * x / (2 * k + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
    }

    private static double tail(double x) {
        if (x > 27.3) {
            return 0;
        }
        // erfc x = exp(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), from the far end.
        double fraction = 0;
        int terms = x < 1 ? 600 : x < SPLIT ? 200 : 60;
        for (int k = terms; k >= 1; k--) {
            fraction = k / 2.0 / (x + fraction);
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
    }
}
