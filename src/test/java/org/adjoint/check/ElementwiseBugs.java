package org.adjoint.check;

import static org.adjoint.check.Planted.both;
import static org.adjoint.check.Planted.each;
import static org.adjoint.check.Planted.just;
import static org.adjoint.check.Planted.normal;
import static org.adjoint.check.Planted.uniform;

import java.util.List;

/** Mistakes in derivatives of functions of one or two numbers: factors, signs, edges, ties, thresholds, scales. */
final class ElementwiseBugs {

    private ElementwiseBugs() {}

    private static double sigmoid(double t) {
        return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
    }

    private static double softplus(double t) { return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))); }

    private static double square(double t) { return t * t; }

    private static double inv(double t) { return 1 / t; }

    static List<Planted> factors() {
        return List.of(
                each("power rule without its factor", normal(5), t -> t * t, t -> 2 * t, t -> t),
                each("cube with the exponent of the square", normal(5), t -> t * t * t, t -> 3 * t * t, t -> 2 * t * t),
                each("half of the loss forgotten", normal(5), t -> t * t / 2, t -> t, t -> 2 * t),
                each("cosine with the sign of sine", normal(5), Math::cos, t -> -Math.sin(t), Math::sin),
                each("reciprocal to the first power", uniform(4, 1.5, 3), t -> 1 / t, t -> -1 / square(t),
                        t -> -1 / t),
                each("root without its half", uniform(4, 0.5, 3), Math::sqrt, t -> 0.5 / Math.sqrt(t),
                        t -> 1 / Math.sqrt(t)),
                each("tanh: 1 - y for 1 - y²", normal(4), Math::tanh, t -> 1 - square(Math.tanh(t)),
                        t -> 1 - Math.tanh(t)),
                each("sigmoid: s for s (1 - s)", normal(4), ElementwiseBugs::sigmoid, t -> sigmoid(t) * sigmoid(-t),
                        ElementwiseBugs::sigmoid),
                each("logarithm to base 2 without log 2", uniform(4, 0.5, 3), t -> Math.log(t) / Math.log(2),
                        t -> 1 / t / Math.log(2), t -> 1 / t),
                each("logarithm to base 10 times log 10", uniform(4, 0.5, 3), Math::log10, t -> 1 / t / Math.log(10),
                        t -> Math.log(10) / t),
                each("degrees as radians", uniform(5, 10, 80), t -> Math.sin(Math.toRadians(t)),
                        t -> Math.PI / 180 * Math.cos(Math.toRadians(t)), t -> Math.cos(Math.toRadians(t))),
                each("chain rule stops at the outer function", normal(4), t -> Math.exp(Math.sin(t)),
                        t -> Math.exp(Math.sin(t)) * Math.cos(t), t -> Math.exp(Math.sin(t))),
                each("error function without 2/√π", normal(4), ElementwiseBugs::erf,
                        t -> 2 / Math.sqrt(Math.PI) * Math.exp(-t * t), t -> Math.exp(-t * t)),
                each("swish without its product", normal(4), t -> t * sigmoid(t),
                        t -> sigmoid(t) * (1 + t * sigmoid(-t)), ElementwiseBugs::sigmoid),
                each("arcsine with 1 + x²", uniform(4, -0.8, 0.8), Math::asin, t -> 1 / Math.sqrt(1 - t * t),
                        t -> 1 / Math.sqrt(1 + t * t)),
                both("quotient rule with a plus", normal(5), uniform(5, 1, 2), (u, v) -> u / v, (u, v) -> 1 / v,
                        (u, v) -> -u / square(v), (u, v) -> 1 / v, (u, v) -> u / square(v)),
                both("logarithm dropped from the exponent", uniform(4, 1.5, 3), uniform(4, 1, 3), Math::pow,
                        (u, v) -> v * Math.pow(u, v - 1), (u, v) -> Math.pow(u, v) * Math.log(u),
                        (u, v) -> v * Math.pow(u, v - 1), (u, v) -> Math.pow(u, v)),
                both("remainder constant in its divisor", uniform(4, 3.2, 3.8), uniform(4, 1.4, 1.5), (u, v) -> u % v,
                        (u, v) -> 1, (u, v) -> -Math.floor(u / v), (u, v) -> 1, (u, v) -> 0),
                both("angle with its arguments swapped", normal(4), uniform(4, 1, 2), Math::atan2,
                        (u, v) -> v / (u * u + v * v), (u, v) -> -u / (u * u + v * v),
                        (u, v) -> -u / (u * u + v * v), (u, v) -> v / (u * u + v * v)),
                both("hypotenuse: the other leg", uniform(4, 1, 2), uniform(4, 3, 4), Math::hypot,
                        (u, v) -> u / Math.hypot(u, v), (u, v) -> v / Math.hypot(u, v),
                        (u, v) -> v / Math.hypot(u, v), (u, v) -> u / Math.hypot(u, v)),
                both("product with itself for the other", normal(5), normal(5), (u, v) -> u * v, (u, v) -> v,
                        (u, v) -> u, (u, v) -> u, (u, v) -> v),
                both("minimum to the larger", normal(4), normal(4), Math::min, (u, v) -> u < v ? 1 : 0,
                        (u, v) -> u < v ? 0 : 1, (u, v) -> u < v ? 0 : 1, (u, v) -> u < v ? 1 : 0),
                both("difference with the sign of a sum", normal(4), normal(4), (u, v) -> u - v, (u, v) -> 1,
                        (u, v) -> -1, (u, v) -> 1, (u, v) -> 1));
    }

    static List<Planted> scales() {
        return List.of(
                each("sign, where the function is small", normal(5), t -> 1e-6 * t * t, t -> 2e-6 * t,
                        t -> -2e-6 * t),
                each("no gradient, where the function is small", normal(5), t -> 1e-7 * Math.sin(t),
                        t -> 1e-7 * Math.cos(t), t -> 0),
                each("no gradient, where the function is tiny", normal(5), t -> 1e-200 * Math.exp(t),
                        t -> 1e-200 * Math.exp(t), t -> 0),
                each("factor 1.001, where the function is huge", normal(5), t -> 1e200 * Math.exp(t),
                        t -> 1e200 * Math.exp(t), t -> 1.001e200 * Math.exp(t)),
                each("epsilon in the logarithm only", uniform(4, 0.5, 2), t -> Math.log(t + 1e-4),
                        t -> 1 / (t + 1e-4), ElementwiseBugs::inv),
                each("epsilon under the root only", uniform(4, 0.5, 2), t -> Math.sqrt(t + 1e-5),
                        t -> 0.5 / Math.sqrt(t + 1e-5), t -> 0.5 / Math.sqrt(t)),
                each("a constant in single precision", normal(4), t -> Math.PI * t * t, t -> 2 * Math.PI * t,
                        t -> 2 * (float) Math.PI * t),
                each("the fast component left out", uniform(4, 0, 1), t -> t + 1e-3 * Math.sin(1e5 * t),
                        t -> 1 + 100 * Math.cos(1e5 * t), t -> 1),
                each("a slowly growing part left out", uniform(4, 1e3, 2e3), t -> t + Math.log(t), t -> 1 + 1 / t,
                        t -> 1),
                each("inputs near 1e-150, factor 2", uniform(3, 1e-150, 2e-150), t -> t * 3 + t * t, t -> 3 + 2 * t,
                        t -> 6 + 2 * t),
                each("inputs near 1e150, no gradient", uniform(3, 1e150, 2e150), Math::log, t -> 1 / t, t -> 0),
                Planted.any("of two results the small one has no gradient", Planted.inputs(normal(2)),
                        in -> new double[] {1e6 * Math.sin(in[0][0]), 1e-2 * Math.sin(in[0][1])},
                        (in, w) -> new double[][] {
                                {1e6 * Math.cos(in[0][0]) * w[0], 1e-2 * Math.cos(in[0][1]) * w[1]}},
                        (in, w) -> new double[][] {{1e6 * Math.cos(in[0][0]) * w[0], 0}}));
    }

    static List<Planted> edges() {
        return List.of(
                each("|x|: 0/0 at the kink", just(0.7, 0, -1.2, 2), Math::abs, Math::signum, t -> t / Math.abs(t)),
                each("x² as exp of log: NaN at 0", just(0, 1.5), t -> t * t, t -> 2 * t, t -> t * t * 2 / t),
                each("a fractional power at the edge of its domain: NaN", just(0, 1.5), t -> Math.pow(t, 1.875),
                        t -> 1.875 * Math.pow(t, 0.875), t -> 1.875 * Math.pow(t, 1.875) / t),
                each("power zero: 0 · ∞ at 0", just(0, 1, 2), t -> Math.pow(t, 0), t -> 0, t -> 0 * (1 / t)),
                each("root in a branch not taken: 0 · ∞", just(-1, -0.3, 2), t -> t > 0 ? Math.sqrt(t) : 0,
                        t -> t > 0 ? 0.5 / Math.sqrt(t) : 0,
                        t -> (t > 0 ? 1 : 0) / (2 * Math.sqrt(Math.max(t, 0)))),
                each("logarithm in a branch not taken", just(-1, 2), t -> t > 0 ? Math.log1p(t) : t,
                        t -> t > 0 ? 1 / (1 + t) : 1, t -> t > 0 ? 1 / (1 + t) : 1 + 0 * Math.log(t)),
                each("sinc: 0/0 at 0", just(0, 0.5, 2), t -> t == 0 ? 1 : Math.sin(t) / t,
                        t -> t == 0 ? 0 : (t * Math.cos(t) - Math.sin(t)) / (t * t),
                        t -> (t * Math.cos(t) - Math.sin(t)) / (t * t)),
                each("x log x continued by 0, NaN from its rule", just(0.4, 1), t -> t * Math.log(t),
                        t -> Math.log(t) + 1, t -> Math.log(t) + (t == 1 ? Double.NaN : 1)),
                each("softplus cut off above a threshold", uniform(5, 21, 40), ElementwiseBugs::softplus,
                        ElementwiseBugs::sigmoid, t -> t > 20 ? 0 : sigmoid(t)),
                each("sigmoid overflows far left: NaN", just(-800, 0.3), ElementwiseBugs::sigmoid,
                        t -> sigmoid(t) * sigmoid(-t), t -> Math.exp(-t) / square(1 + Math.exp(-t))),
                each("softplus overflows far right: NaN", just(800, 0.3), ElementwiseBugs::softplus,
                        ElementwiseBugs::sigmoid, t -> Math.exp(t) / (1 + Math.exp(t))),
                each("log sigmoid wrong far left", uniform(4, -60, -40), t -> -softplus(-t), t -> sigmoid(-t),
                        t -> t < -30 ? 0 : sigmoid(-t)),
                each("leaky relu: the slope of the other side", just(-2, -1, 3), t -> t > 0 ? t : 0.1 * t,
                        t -> t > 0 ? 1 : 0.1, t -> 1),
                each("relu passes negatives", normal(5), t -> Math.max(t, 0), t -> t > 0 ? 1 : 0, t -> 1),
                each("relu: above the interval at the kink", just(0, 1, -1), t -> Math.max(t, 0), t -> t > 0 ? 1 : 0,
                        t -> t >= 0 ? t == 0 ? 2 : 1 : 0),
                each("elu: exp without its factor", just(-2, -0.5, 1), t -> t > 0 ? t : 2 * Math.expm1(t),
                        t -> t > 0 ? 1 : 2 * Math.exp(t), t -> t > 0 ? 1 : Math.exp(t)),
                each("clip: gradient outside the interval", just(-3, 0.2, 4), t -> Math.clamp(t, -1, 1),
                        t -> Math.abs(t) < 1 ? 1 : 0, t -> 1),
                each("Huber: quadratic everywhere", just(0.4, -3, 5),
                        t -> Math.abs(t) < 1 ? t * t / 2 : Math.abs(t) - 0.5, t -> Math.clamp(t, -1, 1), t -> t),
                each("straight through a floor", r -> {
                    var x = uniform(4, 0.2, 0.8).apply(r);
                    return Planted.map(x, t -> t + 3);
                }, Math::floor, t -> 0, t -> 1),
                each("straight through a rounding", just(0.3, 1.7, -2.2), Math::rint, t -> 0, t -> 1),
                each("sign with a smooth gradient", just(0.3, -1.7), Math::signum, t -> 0,
                        t -> 1 - square(Math.tanh(t))),
                each("only for negative input wrong", just(-1.5, -0.2, 2), t -> t * t * t, t -> 3 * t * t,
                        t -> 3 * t * Math.abs(t)),
                each("wrong beside a kink", just(1e-9, 2), t -> Math.max(t, 0), t -> t > 0 ? 1 : 0,
                        t -> t > 1e-6 ? 1 : 0));
    }

    private static double erf(double x) {
        // Σ (-1)ᵏ x²ᵏ⁺¹ / (k! (2k + 1)) · 2/√π
        double term = x;
        double sum = x;
        for (int k = 1; k < 120; k++) {
            term *= -x * x / k;
            sum += term / (2 * k + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
