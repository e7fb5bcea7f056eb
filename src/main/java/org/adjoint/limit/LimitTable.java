package org.adjoint.limit;

import java.util.List;

/**
 * The theorems about sums of exponentials and their smoothings, by name. β stands for the rate that grows (the variable, its
 * reciprocal, its negative), u for positive weights, {@code U = Σ u}, {@code K = Σ u [x = max x]}.
 *
 * <p>Sources: Boyd and Vandenberghe, Convex Optimization, 3.1.5; Hardy, Littlewood and Pólya, Inequalities, chapter 2; Hoeffding,
 * J. Amer. Statist. Assoc. 58 (1963), lemma 1; Beck and Teboulle, SIAM J. Optim. 22 (2012), section 4.
 */
final class LimitTable {
    private static final String LARGEST = "largest term";
    private static final String SQUEEZE = "squeeze";

    static final NamedLimit LOG_SUM_EXP = NamedLimit.of("log-sum-exp at low temperature",
            "log(sum(exp(beta*x)))/beta -> max(x) as beta -> inf, min(x) as beta -> -inf",
            List.of("n >= 1", "beta > 0"),
            LARGEST, "the largest term is one of n terms, and none is larger: "
                    + "{9} <= sum <= {10}",
            "monotone", "the logarithm, and division by beta = {0} > 0, keep the order: {3} <= f <= {4}",
            SQUEEZE, "the bounds differ by {5} -> 0, so f -> {6}");

    static final NamedLimit WEIGHTED_LOG_SUM_EXP = NamedLimit.of("weighted log-sum-exp at low temperature",
            "log(sum(u*exp(beta*x)))/beta -> max(x) as beta -> inf, min(x) as beta -> -inf",
            List.of("n >= 1", "beta > 0", "u > 0"),
            LARGEST, "the terms at the maximum are part of the sum, and no exponent is larger: "
                    + "{9} <= sum <= {10}",
            "monotone", "the logarithm, and division by beta = {0} > 0, keep the order: {3} <= f <= {4}",
            SQUEEZE, "the bounds differ by {5} -> 0, so f -> {6}");

    static final NamedLimit POWER_MEAN = NamedLimit.of("power means and p-norms at infinity",
            "(sum(u*x**p))**(1/p) -> max(x) as p -> inf, min(x) as p -> -inf",
            List.of("n >= 1", "x > 0", "u > 0"),
            LARGEST, "with x**p = exp(p*log(x)), the largest term is one of the sum, and none is larger: "
                    + "{9} <= sum <= {10}",
            "monotone", "roots keep the order: {3} <= f <= {4}",
            SQUEEZE, "both bounds go to {6}, as c**(1/p) -> 1 for every c > 0");

    static final NamedLimit SOFTMAX = NamedLimit.of("softmax at low temperature",
            "softmax(beta*x) -> [x == max(x)]/#{k : x_k == max(x)} as beta -> inf", List.of("n >= 1", "beta > 0"),
            "divide by the largest term", "with M = {1} and d = M - x >= 0: f = u*exp(-beta*d)/(K + sum of "
                    + "u*exp(-beta*d) over d > 0), where K = {7} is what the maximal entries add up to and beta = {0}",
            "exponentials vanish", "exp(-beta*d) -> 0 where d > 0 and is 1 where d == 0",
            SQUEEZE,
            "{3} <= f <= {4}, and both go to {6}; where the maximum is unique, that is the indicator of its place");

    static final NamedLimit LOG_MEAN_EXP = NamedLimit.of("log-mean-exp at high temperature",
            "log(sum(u*exp(beta*x))/U)/beta -> sum(u*x)/U as beta -> 0", List.of("n >= 1", "u > 0"),
            "Jensen", "exp is convex, so log(sum(u*exp(beta*x))/U) >= {8} for beta = {0}",
            "Hoeffding's lemma",
            "and it is at most beta times that mean + beta**2 * r**2/8 with r = max(x) - min(x) = {2}",
            SQUEEZE, "after division by beta: {3} <= f <= {4}, and both go to {6}");

    static final NamedLimit GEOMETRIC_MEAN = NamedLimit.of("power mean at zero",
            "(sum(u*x**p)/U)**(1/p) -> exp(sum(u*log(x))/U) as p -> 0", List.of("n >= 1", "x > 0", "u > 0"),
            "exponential form", "x**p = exp(p*log(x)), so log f is the log-mean-exp of log(x) at rate {0}",
            "Jensen and Hoeffding's lemma", "{3} <= f <= {4}",
            SQUEEZE, "both bounds go to {6}");

    static final NamedLimit SOFTMAX_UNIFORM = NamedLimit.of("softmax at high temperature",
            "softmax(beta*x) -> 1/n as beta -> 0", List.of("n >= 1"),
            "range",
            "with r = max(x) - min(x) = {2}, every two entries differ at most by the factor exp(abs(beta)*r), beta = {0}",
            SQUEEZE, "{3} <= f <= {4}, and both go to {6}");

    static final NamedLimit SOFTPLUS = NamedLimit.of("softplus with sharpness",
            "softplus(beta*x)/beta -> relu(x) as beta -> inf", List.of("beta > 0"),
            LARGEST, "max(1, exp(b)) <= 1 + exp(b) <= 2*max(1, exp(b)) with b = {8}: {3} <= f <= {4}",
            SQUEEZE, "log(2)/beta -> 0, so f -> {6}");

    static final NamedLimit LOG_COSH = NamedLimit.of("log-cosh with sharpness",
            "log(cosh(beta*x))/beta -> abs(x) as beta -> inf", List.of("beta > 0"),
            LARGEST, "exp(abs(b))/2 <= cosh(b) <= exp(abs(b)) with b = {8}: {3} <= f <= {4}",
            SQUEEZE, "log(2)/beta -> 0, so f -> {6}");

    static final NamedLimit TANH = NamedLimit.of("tanh with sharpness",
            "tanh(beta*x) -> sign(x) as beta -> inf", List.of("beta > 0"),
            "exponential form", "abs(tanh(b) - sign(b)) <= 2*exp(-2*abs(b)) for b = {8} != 0, and tanh(0) = 0",
            SQUEEZE, "{3} <= f <= {4}, so f -> {6}");

    static final NamedLimit SIGMOID = NamedLimit.of("sigmoid with sharpness",
            "sigmoid(beta*x) -> (1 + sign(x))/2 as beta -> inf", List.of("beta > 0"),
            "exponential form", "abs(sigmoid(b) - (1 + sign(b))/2) <= exp(-abs(b)) for b = {8} != 0, "
                    + "and sigmoid(0) = 1/2",
            SQUEEZE, "{3} <= f <= {4}, so f -> {6}");

    static final NamedLimit SMOOTH_ABSOLUTE = NamedLimit.of("smooth absolute value",
            "sqrt(x**2 + e) -> abs(x) as e -> 0", List.of("e > 0"),
            "monotone", "roots keep the order, and sqrt(a + b) <= sqrt(a) + sqrt(b): {3} <= f <= {4}",
            SQUEEZE, "sqrt(e) -> 0 for e = {0}, so f -> {6}");

    static final NamedLimit TANH_ABSOLUTE = NamedLimit.of("absolute value by tanh",
            "x*tanh(beta*x) -> abs(x) as beta -> inf", List.of("beta > 0"),
            "exponential form",
            "abs(x) - x*tanh(b) = 2*abs(x)*exp(-2*abs(b))/(1 + exp(-2*abs(b))) <= 1/beta with b = {8}: "
                    + "{3} <= f <= {4}",
            SQUEEZE, "1/beta -> 0, so f -> {6}");

    private LimitTable() {
    }

    static List<NamedLimit> all() {
        return List.of(LOG_SUM_EXP, WEIGHTED_LOG_SUM_EXP, POWER_MEAN, SOFTMAX, LOG_MEAN_EXP, GEOMETRIC_MEAN,
                SOFTMAX_UNIFORM, SOFTPLUS, LOG_COSH, TANH, SIGMOID, SMOOTH_ABSOLUTE, TANH_ABSOLUTE);
    }
}
