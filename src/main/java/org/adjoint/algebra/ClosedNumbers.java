package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.eval.Precise;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Walk;

/**
 * Equality of numbers that are written without variables and sizes: algebraic ones by a separation bound; rational
 * combinations of logarithms of such numbers, {@code Σ cₖ log xₖ = 0} as {@code ∏ xₖ^cₖ = 1}; rational combinations of arcs
 * and π, {@code Σ cₖ atan xₖ = 0} as {@code sin Σ mcₖ atan xₖ = 0} for a sum that balls show to lie within ±1.
 */
final class ClosedNumbers {
    private static final int NODE_LIMIT = 400;

    static final String ALGEBRAIC = "separation bound of algebraic numbers";
    static final String LOGARITHMS = "logarithms of algebraic numbers";
    static final String ARCS = "arcs of algebraic numbers";

    /** Why two numbers are equal, by which law. */
    record Reason(String law, String text) {
    }

    private ClosedNumbers() {
    }

    /** Why {@code a == b} for two numbers; nothing where that is not shown. */
    static Optional<Reason> equal(Expr a, Expr b) {
        List<Expr> sides = List.of(a, b);
        if (!a.shape().isScalar() || Walk.postorder(sides).size() > NODE_LIMIT || !Walk.variables(sides).isEmpty()
                || !Walk.sizeSymbols(sides).isEmpty() || ExactValues.value(a).isEmpty()
                || ExactValues.value(b).isEmpty()) {
            return Optional.empty();
        }
        return algebraic(a.minus(b)).map(reason -> new Reason(ALGEBRAIC, "both sides are the same " + reason))
                .or(() -> transcendental(new NormalForm(), a, b));
    }

    private static Optional<String> algebraic(Expr difference) {
        return SeparationBound.provesZero(difference).map(bits -> "algebraic number: the difference is less than 2^-"
                + bits + ", below which such a difference is zero");
    }

    private static Optional<Reason> transcendental(NormalForm normal, Expr a, Expr b) {
        Expr difference = ElementwiseForms.minus(normal.of(a), normal.of(b));
        Map<Expr, Rational> terms = new LinkedHashMap<>(Terms.of(difference));
        if (terms.keySet().stream().allMatch(ClosedNumbers::isLogarithm)) {
            Expr product = Constant.ONE;
            BigInteger scale = denominators(terms);
            for (Map.Entry<Expr, Rational> term : terms.entrySet()) {
                Rational exponent = term.getValue().times(Rational.of(scale));
                product = product.times(Functions.POWER.apply(term.getKey().operand(0), Constant.of(exponent)));
            }
            return algebraic(product.minus(Constant.ONE))
                    .map(reason -> new Reason(LOGARITHMS, "both sides are logarithms of the same " + reason));
        }
        if (terms.keySet().stream().allMatch(ClosedNumbers::isArc)) {
            // Of a fraction of π the sine is algebraic as it is.
            terms.remove(Functions.PI.apply());
            Expr multiple = Linear.scale(Rational.of(denominators(terms)), difference);
            Precise size = ExactValues.value(multiple).orElse(null);
            return size != null && size.isBelow(0)
                    ? algebraic(normal.of(Functions.SIN.apply(multiple))).map(reason -> new Reason(ARCS,
                            "the difference is an angle between -1 and 1 whose sine is zero, an " + reason))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static BigInteger denominators(Map<Expr, Rational> terms) {
        BigInteger all = BigInteger.ONE;
        for (Rational c : terms.values()) {
            all = all.multiply(c.denominator()).divide(all.gcd(c.denominator()));
        }
        return all;
    }

    private static boolean isLogarithm(Expr term) {
        return term instanceof Elementwise f && f.function() == Functions.LOG;
    }

    private static boolean isArc(Expr term) {
        return term instanceof Elementwise f && (f.function() == Functions.ASIN || f.function() == Functions.ATAN
                || f.function() == Functions.PI);
    }
}
