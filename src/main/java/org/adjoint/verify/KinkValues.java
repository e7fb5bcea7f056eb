package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Convention;

/**
 * The values that derivatives take on kinks, under the conventions {@code relu0} and {@code ties}: the indicators that come
 * from differentiating {@code relu(z)}, {@code max(x)}, {@code maximum(a, b)} are replaced by those of the convention.
 *
 * @param relu0 the derivative of relu at 0, as the convention writes it
 * @param split whether equal greatest entries share the derivative
 */
record KinkValues(String relu0, boolean split) {

    static KinkValues of(Set<Convention> conventions) {
        String relu0 = "0";
        boolean split = false;
        for (Convention c : conventions) {
            relu0 = c.name().equals("relu0") ? c.value() : relu0;
            split |= c.name().equals("ties") && c.value().equals("split");
        }
        return new KinkValues(relu0, split);
    }

    /** Whether a convention says what holds on kinks, so that points there count. */
    static boolean areStated(Set<Convention> conventions) {
        return conventions.stream().anyMatch(c -> c.name().equals("relu0") || c.name().equals("ties"));
    }

    /** The derivative with these values; the functions are what was differentiated. */
    Expr apply(Expr derivative, List<Expr> functions) {
        if (relu0.equals("0") && !split) {
            return derivative;
        }
        Map<Expr, Expr> replaced = new LinkedHashMap<>();
        for (Expr node : Walk.postorder(functions)) {
            if (node instanceof Elementwise f) {
                elementwise(f, replaced);
            } else if (split && node instanceof Reduction max && max.operation() == Reduction.Operation.MAX) {
                Expr x = max.operand(0);
                Expr tied = Functions.EQUAL.apply(x, Tensors.reduce(max.operation(), x, max.axes(), true));
                replaced.put(Reduction.of(Reduction.Operation.FIRST_MAX, x, max.axes()),
                        tied.dividedBy(Tensors.sum(tied, max.axes(), true)));
            }
        }
        return Substitution.of(replaced).apply(derivative);
    }

    private void elementwise(Elementwise f, Map<Expr, Expr> replaced) {
        ScalarFunction g = f.function();
        if (g == Functions.RELU && !relu0.equals("0")) {
            Expr z = f.operand(0);
            Expr above = Functions.STEP.apply(z);
            Expr from = Functions.LESS_EQUAL.apply(Constant.ZERO, z);
            replaced.put(above, relu0.equals("1") ? from : half(above, from));
        } else if (split && (g == Functions.MAXIMUM || g == Functions.MINIMUM)) {
            for (List<Expr> pair : List.of(f.operands(), f.operands().reversed())) {
                Expr less = Functions.LESS.apply(pair.get(0), pair.get(1));
                Expr atMost = Functions.LESS_EQUAL.apply(pair.get(0), pair.get(1));
                replaced.put(less, half(less, atMost));
                replaced.put(atMost, half(less, atMost));
            }
        }
    }

    private static Expr half(Expr a, Expr b) {
        List<Expr> both = new ArrayList<>(List.of(a, b));
        return Tensors.sum(both).times(Rational.HALF);
    }
}
