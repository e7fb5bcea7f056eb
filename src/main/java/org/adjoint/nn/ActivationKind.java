package org.adjoint.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Where;

/**
 * Elementwise layers: what PyTorch calls them, their arguments with defaults, and what they are. A new one is a row here. At
 * kinks the derivatives are PyTorch's, where a bound that is reached counts as left.
 */
public enum ActivationKind {
    RELU("ReLU", "relu", (x, a) -> Functions.RELU.apply(x)),
    LEAKY_RELU("LeakyReLU", "leaky_relu", (x, a) -> Functions.LEAKY_RELU.apply(x, a.get(0)), "negative_slope", "0.01"),
    /** Clevert, Unterthiner, Hochreiter, arXiv:1511.07289. */
    ELU("ELU", "elu", (x, a) -> Functions.ELU.apply(x, a.get(0)), "alpha", "1"),
    /** Klambauer et al., arXiv:1706.02515, with the constants to the digits of PyTorch. */
    SELU("SELU", "selu", (x, a) -> Functions.ELU.apply(x, number("1.6732632423543772848170429916717"))
            .times(number("1.0507009873554804934193349852946"))),
    /** {@code x} above 0, {@code α (exp(x/α) − 1)} below: Barron, arXiv:1704.07483. */
    CELU("CELU", "celu", (x, a) -> Where.of(Functions.STEP.apply(x), x,
            a.get(0).times(Functions.EXPM1.apply(x.dividedBy(a.get(0))))), "alpha", "1"),
    RELU6("ReLU6", "relu6", (x, a) -> clipped(x, Constant.ZERO, Constant.of(6))),
    HARDTANH("Hardtanh", "hardtanh", (x, a) -> clipped(x, a.get(0), a.get(1)), "min_val", "-1", "max_val", "1"),
    SIGMOID("Sigmoid", "sigmoid", (x, a) -> Functions.SIGMOID.apply(x)),
    LOG_SIGMOID("LogSigmoid", "logsigmoid", (x, a) -> Functions.LOG.apply(Functions.SIGMOID.apply(x))),
    /** {@code clip(x + 3, 0, 6)/6}: Howard et al., arXiv:1905.02244. */
    HARDSIGMOID("Hardsigmoid", "hardsigmoid", (x, a) -> hardSigmoid(x)),
    HARDSWISH("Hardswish", "hardswish", (x, a) -> x.times(hardSigmoid(x))),
    TANH("Tanh", "tanh", (x, a) -> Functions.TANH.apply(x)),
    TANHSHRINK("Tanhshrink", "tanhshrink", (x, a) -> x.minus(Functions.TANH.apply(x))),
    /** {@code log(1 + exp(βx))/β}. PyTorch's threshold, above which it computes x, changes rounding only. */
    SOFTPLUS("Softplus", "softplus", (x, a) -> Functions.SOFTPLUS.apply(x.times(a.get(0))).dividedBy(a.get(0)), "beta",
            "1", "threshold", "20"),
    SOFTSIGN("Softsign", "softsign", (x, a) -> x.dividedBy(Functions.ABS.apply(x).plus(Constant.ONE))),
    SILU("SiLU", "silu", (x, a) -> Functions.SILU.apply(x)),
    /** Misra, arXiv:1908.08681. */
    MISH("Mish", "mish", (x, a) -> x.times(Functions.TANH.apply(Functions.SOFTPLUS.apply(x)))),
    GELU("GELU", "gelu", (x, a) -> Functions.GELU.apply(x)),
    GELU_TANH("GELU", "gelu_tanh", (x, a) -> Functions.GELU_TANH.apply(x)),
    /** x where {@code |x| > λ}, else 0. */
    HARDSHRINK("Hardshrink", "hardshrink", (x, a) -> Where.of(Functions.LESS.apply(a.get(0), Functions.ABS.apply(x)), x,
            Constant.ZERO), "lambd", "0.5"),
    /** {@code relu(x − λ) − relu(−x − λ)}. */
    SOFTSHRINK("Softshrink", "softshrink", (x, a) -> Functions.RELU.apply(x.minus(a.get(0)))
            .minus(Functions.RELU.apply(x.negate().minus(a.get(0)))), "lambd", "0.5"),
    /** x above the threshold, the value elsewhere; both must be given. */
    THRESHOLD("Threshold", "threshold", (x, a) -> Where.of(Functions.LESS.apply(a.get(0), x), x, a.get(1)),
            "threshold", "", "value", "");

    private final String kind;
    private final String function;
    private final BiFunction<Expr, List<Expr>, Expr> definition;
    private final Map<String, String> defaults;

    ActivationKind(String kind, String function, BiFunction<Expr, List<Expr>, Expr> definition,
            String... namesAndDefaults) {
        this.kind = kind;
        this.function = function;
        this.definition = definition;
        Map<String, String> named = new LinkedHashMap<>();
        for (int k = 0; k < namesAndDefaults.length; k += 2) {
            named.put(namesAndDefaults[k], namesAndDefaults[k + 1]);
        }
        this.defaults = Collections.unmodifiableMap(named);
    }

    /** The class of {@code torch.nn}. */
    public String kind() {
        return kind;
    }

    /** The function of {@code torch.nn.functional}; of the form of GELU by tanh the name that it has here. */
    public String function() {
        return function;
    }

    /** The names of its arguments in order, with their values where they are not given; empty text where they must be. */
    public Map<String, String> defaults() {
        return defaults;
    }

    /** The layer with its defaults. */
    public Activation layer() {
        List<Expr> arguments = new ArrayList<>();
        defaults.values().forEach(value -> arguments.add(number(value)));
        return new Activation("", this, arguments);
    }

    /** What it makes of an expression. */
    public Expr of(Expr x, List<Expr> arguments) {
        return definition.apply(x, arguments);
    }

    /** At a bound the bound counts, so that its derivative is 0. */
    private static Expr clipped(Expr x, Expr low, Expr high) {
        Expr raised = low == Constant.ZERO ? Functions.RELU.apply(x) : Functions.MAXIMUM.apply(low, x);
        return Functions.MINIMUM.apply(high, raised);
    }

    private static Expr hardSigmoid(Expr x) {
        return clipped(x.plus(Constant.of(3)), Constant.ZERO, Constant.of(6)).times(Rational.of(1, 6));
    }

    private static Expr number(String decimal) {
        return Constant.of(Rational.parse(decimal));
    }
}
