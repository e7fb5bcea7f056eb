package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Walk;

/**
 * Rewrites what overflows or cancels in doubles into an equal form that does not:
 *
 * <pre>
 * log(Σ exp(x)) = logsumexp(x)            log(exp(x)) = x
 * log(1 + exp(x)) = softplus(x)           log(1 + x) = log1p(x)
 * log(sigmoid(x)) = −softplus(−x)         log(1 − sigmoid(x)) = −softplus(x)
 * exp(x) − 1 = expm1(x)                   exp(x) · (Σ exp(y))⁻¹ = exp(x − logsumexp(y))
 * </pre>
 *
 * Only plans and generated code do this, so that what was typed is what is printed. Sources: Blanchard, Higham, Higham, "Accurately computing
 * the log-sum-exp and softmax functions", IMA J. Numer. Anal. 41, 2021; Mächler, "Accurately computing log(1 − exp(−|a|))",
 * 2012.
 */
public final class StableForms {
    private StableForms() {
    }

    /** The roots in stable form. */
    public static List<Expr> of(List<Expr> roots) {
        return rewritten(roots, Walk.postorder(roots), StableForms::stable);
    }

    /** As plans need them, {@link SaturatedForms} too; {@code roots} itself where nothing is to be rewritten. */
    static List<Expr> ofPlan(List<Expr> roots, List<Expr> postorder) {
        return rewritten(roots, postorder, node -> {
            Expr saturated = SaturatedForms.of(node);
            return saturated != node ? saturated : stable(node);
        });
    }

    private static List<Expr> rewritten(List<Expr> roots, List<Expr> postorder, UnaryOperator<Expr> rule) {
        if (postorder.stream().allMatch(node -> rule.apply(node) == node)) {
            return roots;
        }
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : postorder) {
            boolean same = true;
            List<Expr> operands = new ArrayList<>(node.operandCount());
            for (int k = 0; k < node.operandCount(); k++) {
                operands.add(Objects.requireNonNull(images.get(node.operand(k))));
                same &= operands.get(k) == node.operand(k);
            }
            images.put(node, rule.apply(same ? node : node.withOperands(operands)));
        }
        List<Expr> results = new ArrayList<>();
        roots.forEach(root -> results.add(Objects.requireNonNull(images.get(root))));
        return results;
    }

    /** One node, whose operands are rewritten already. */
    private static Expr stable(Expr node) {
        return switch (node) {
            case Elementwise map when map.function() == Functions.LOG -> log(map);
            case Elementwise map when map.function() == Functions.LOG1P -> log1p(map);
            case Linear linear -> expm1(linear);
            case Contraction contraction -> softmax(contraction);
            default -> node;
        };
    }

    private static boolean is(Expr node, ScalarFunction function) {
        return node instanceof Elementwise map && map.function() == function;
    }

    /** The coefficient of the tensor of ones. */
    static Rational constant(Linear linear) {
        Rational sum = Rational.ZERO;
        for (int k = 0; k < linear.termCount(); k++) {
            Rational c = linear.coefficient(k);
            sum = sum.plus(Constant.uniform(linear.term(k)).map(c::times).orElse(Rational.ZERO));
        }
        return sum;
    }

    /** The sum without its multiple of ones. */
    private static Expr withoutConstant(Linear linear) {
        List<Expr> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        for (int k = 0; k < linear.termCount(); k++) {
            if (Constant.uniform(linear.term(k)).isEmpty()) {
                terms.add(linear.term(k));
                coefficients.add(linear.coefficient(k));
            }
        }
        return Linear.of(linear.shape(), terms, coefficients);
    }

    private static Expr log(Elementwise log) {
        Expr x = log.operand(0);
        Optional<Expr> sum = LogOfExponentials.of(x);
        if (sum.isPresent()) {
            return sum.get();
        }
        if (is(x, Functions.SIGMOID)) {
            return Functions.SOFTPLUS.apply(x.operand(0).negate()).negate();
        }
        if (x instanceof Linear linear && linear.termCount() > 1 && constant(linear).isOne()) {
            Expr rest = withoutConstant(linear);
            return complement(rest).orElseGet(() -> Functions.LOG1P.apply(rest));
        }
        return log;
    }

    private static Expr log1p(Elementwise log) {
        Expr x = log.operand(0);
        return complement(x).or(() -> LogOfExponentials.of(x.plus(Constant.ONE))).orElse(log);
    }

    /** {@code log(1 + y)} for y = −sigmoid(x). */
    private static Optional<Expr> complement(Expr y) {
        return y instanceof Linear linear && linear.termCount() == 1 && is(linear.term(0), Functions.SIGMOID)
                && linear.coefficient(0).equals(Rational.MINUS_ONE)
                        ? Optional.of(Functions.SOFTPLUS.apply(linear.term(0).operand(0)).negate())
                        : Optional.empty();
    }

    /** The exponentials whose coefficients cancel the constant, all together or one alone, become expm1. */
    private static Expr expm1(Linear linear) {
        Rational constant = constant(linear);
        if (constant.isZero()) {
            return linear;
        }
        Rational all = Rational.ZERO;
        int single = -1;
        for (int k = 0; k < linear.termCount(); k++) {
            if (is(linear.term(k), Functions.EXP)) {
                all = all.plus(linear.coefficient(k));
                single = linear.coefficient(k).equals(constant.negate()) ? k : single;
            }
        }
        boolean every = all.equals(constant.negate());
        if (!every && single < 0) {
            return linear;
        }
        List<Expr> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        for (int k = 0; k < linear.termCount(); k++) {
            Expr term = linear.term(k);
            if (Constant.uniform(term).isEmpty()) {
                boolean shifted = is(term, Functions.EXP) && (every || k == single);
                terms.add(shifted ? Functions.EXPM1.apply(term.operand(0)) : term);
                coefficients.add(linear.coefficient(k));
            }
        }
        return Linear.of(linear.shape(), terms, coefficients);
    }

    /** Powers (Σ exp(y))⁻ᵏ are taken up by exponentials among the other factors, one power each. */
    private static Expr softmax(Contraction product) {
        for (int j = 0; j < product.operandCount(); j++) {
            if (!is(product.operand(j), Functions.POWER)) {
                continue;
            }
            Expr power = product.operand(j);
            Rational exponent = Constant.uniform(power.operand(1)).orElse(Rational.ZERO);
            if (exponent.signum() >= 0 || !exponent.isInteger() || is(power.operand(0), Functions.EXP)) {
                continue;
            }
            Optional<Expr> log = LogOfExponentials.of(power.operand(0));
            if (log.isPresent()) {
                List<Integer> takers = takers(product, j, exponent);
                if (!takers.isEmpty()) {
                    return softmax(product, j, log.get(), exponent, takers);
                }
            }
        }
        return product;
    }

    private static List<Integer> takers(Contraction product, int power, Rational exponent) {
        int[] needed = Arrays.stream(product.indices(power)).filter(label -> !size(product, label).isOne()).toArray();
        List<Integer> takers = new ArrayList<>();
        for (int i = 0; i < product.operandCount(); i++) {
            int[] labels = product.indices(i);
            boolean distinct = Arrays.stream(labels).distinct().count() == labels.length;
            if (is(product.operand(i), Functions.EXP) && distinct
                    && Arrays.stream(needed).allMatch(label -> Labels.contains(labels, label))
                    && Rational.of(takers.size()).compareTo(exponent.negate()) < 0) {
                takers.add(i);
            }
        }
        return takers;
    }

    private static Size size(Contraction product, int label) {
        return product.indexSize(label);
    }

    private static Expr softmax(Contraction product, int power, Expr log, Rational exponent, List<Integer> takers) {
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int i = 0; i < product.operandCount(); i++) {
            if (i == power) {
                continue;
            }
            Expr factor = product.operand(i);
            if (takers.contains(i)) {
                // The last one takes what is left.
                Rational share = i == takers.getLast() ? exponent.plus(Rational.of(takers.size() - 1))
                        : Rational.MINUS_ONE;
                Expr spread = Contraction.of(List.of(log), List.of(product.indices(power)), product.indices(i),
                        factor.shape());
                factor = Functions.EXP.apply(factor.operand(0).plus(spread.times(share)));
            }
            factors.add(factor);
            labels.add(product.indices(i));
        }
        return Contraction.of(factors, labels, outputLabels(product.shape()), product.shape());
    }

    static int[] outputLabels(Shape shape) {
        int[] output = new int[shape.rank()];
        Arrays.setAll(output, k -> k);
        return output;
    }
}
