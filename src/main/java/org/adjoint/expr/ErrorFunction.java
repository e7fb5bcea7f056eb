package org.adjoint.expr;

/**
 * erf x = 2/√π ∫₀ˣ exp(−t²) dt and erfc x = 1 − erf x in double precision.
 *
 * <p>Near zero the series erf x = 2/√π · exp(−x²) · Σₙ 2ⁿ x²ⁿ⁺¹ / (1·3···(2n+1)), whose terms are all of one sign, so
 * that nothing cancels; far out the continued fraction √π · exp(x²) · erfc x = 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))).
 * Source: Abramowitz and Stegun, 7.1.6 and 7.1.14.
 */
public final class ErrorFunction {

    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
    private static final double SERIES_END = 2.25;
    private static final int SERIES_TERMS = 52;
    /** Beyond this erf rounds to 1. */
    private static final double ERF_IS_ONE = 5.93;
    /** Beyond this erfc rounds to 0. */
    private static final double ERFC_IS_ZERO = 27.3;
    /** 2/(2n + 3), the ratio of consecutive terms over x². */
    private static final double[] RATIO = ratios();

    private ErrorFunction() {}

    private static double[] ratios() {
        double[] ratio = new double[SERIES_TERMS];
        for (int n = 0; n < SERIES_TERMS; n++) {
            ratio[n] = 2.0 / (2 * n + 3);
        }
        return ratio;
    }

    /** erf x, to within 10 units in the last place. */
    public static double erf(double x) {
        double a = Math.abs(x);
        if (a < SERIES_END) {
            return series(x);
        }
        if (Double.isNaN(x)) {
            return x;
        }
        return Math.copySign(a > ERF_IS_ONE ? 1 : 1 - fraction(a), x);
    }

    /** erfc x, to within 16 units in the last place also for large x, where 1 − erf x would cancel. */
    public static double erfc(double x) {
        if (x < 0.5) {
            return 1 - erf(x);
        }
        if (x < 1) {
            return 1 - series(x);
        }
        if (Double.isNaN(x)) {
            return x;
        }
        return x > ERFC_IS_ZERO ? 0 : fraction(x);
    }

    private static double series(double x) {
        double square = x * x;
        double sum = 1;
        // From the far end: every rounding is scaled down by what comes before it.
        for (int n = (int) (14 + 15 * Math.abs(x)); n >= 0; n--) {
            sum = Math.fma(square * RATIO[n], sum, 1);
        }
        return TWO_OVER_ROOT_PI * x * expOfMinusSquare(x) * sum;
    }

    private static double fraction(double x) {
        double tail = x;
        // The smaller x is, the more slowly the fraction converges.
        for (int k = (int) (24 + 200 / (x * x)); k > 0; k--) {
            tail = x + 0.5 * k / tail;
        }
        return expOfMinusSquare(x) / (tail * Math.sqrt(Math.PI));
    }

    /** exp(−x²) with x split so that the rounding of x² is not magnified. */
    private static double expOfMinusSquare(double x) {
        double head = Math.rint(x * 0x1p20) * 0x1p-20;
        // |rest| < 3e-5: three terms of the series are exact to the last place.
        double rest = (head - x) * (head + x);
        return Math.exp(-head * head) * (1 + rest * (1 + rest / 2 * (1 + rest / 3)));
    }
}
