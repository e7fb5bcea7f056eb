package org.adjoint.eval;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;

/**
 * Logarithms that are inverse hyperbolic functions, and the logarithm of cosh, without cancellation or overflow:
 *
 * <pre>
 * log(x + √(x² + 1)) = sign(x) log1p(|x| + x²/(1 + √(1 + x²))), and sign(x) (log |x| + log 2) where |x| is large
 * log(x + √(x² − 1)) = log x + log 2 where x is large
 * log((1 + x)/(1 − x)) = log1p(x) − log1p(−x)
 * log(cosh x) = log1p(2 sinh²(x/2)) where |x| &lt; 1, else |x| + log1p(expm1(−2|x|)/2)
 * </pre>
 *
 * Source: Kahan, "Branch cuts for complex elementary functions", in The State of the Art in Numerical Analysis, 1987; DLMF
 * 4.37.
 */
final class InverseHyperbolic {
    /** Above this {@code 1 + x²} is x² in doubles. */
    private static final Constant LARGE = Constant.of(1_000_000_000L);

    private InverseHyperbolic() {
    }

    /** The logarithm of the expression; empty when it is of none of these forms. */
    static Optional<Expr> log(Expr x) {
        if (x instanceof Elementwise cosh && cosh.function() == Functions.COSH) {
            return Optional.of(logCosh(cosh.operand(0)));
        }
        return argument(x, 1).map(InverseHyperbolic::asinh)
                .or(() -> argument(x, -1)
                        .map(u -> Where.of(Functions.LESS.apply(LARGE, u), twice(u), Functions.LOG.apply(x))))
                .or(() -> quotient(x));
    }

    /** The u of {@code u + √(u² + c)}. */
    static Optional<Expr> argument(Expr x, int c) {
        if (!(x instanceof Linear sum) || sum.termCount() != 2) {
            return Optional.empty();
        }
        for (int k = 0; k < 2; k++) {
            if (sum.term(k) instanceof Elementwise root && root.function() == Functions.SQRT
                    && sum.coefficient(k).isOne()) {
                Expr u = sum.term(1 - k).times(sum.coefficient(1 - k));
                if (root.operand(0) == u.pow(2).plus(one(u).times(c))) {
                    return Optional.of(u);
                }
            }
        }
        return Optional.empty();
    }

    private static Expr one(Expr like) {
        return Linear.fill(like.shape(), Rational.ONE);
    }

    private static Expr asinh(Expr u) {
        Expr size = Functions.ABS.apply(u);
        Expr below = one(u).plus(Functions.SQRT.apply(u.pow(2).plus(one(u))));
        Expr small = Functions.LOG1P.apply(size.plus(Tensors.product(List.of(u.pow(2), Tensors.reciprocal(below)))));
        return Functions.SIGN.apply(u).times(Where.of(Functions.LESS.apply(LARGE, size), twice(size), small));
    }

    /** {@code log 2u}, where 2u may overflow. */
    private static Expr twice(Expr u) {
        return Functions.LOG.apply(u).plus(Functions.LOG.apply(Linear.fill(u.shape(), Rational.TWO)));
    }

    private static Optional<Expr> quotient(Expr x) {
        if (!(x instanceof Contraction product) || product.operandCount() != 2) {
            return Optional.empty();
        }
        return Monomial.of(product).flatMap(monomial -> {
            List<Expr> bases = List.copyOf(monomial.powers().keySet());
            if (bases.size() != 2 || !monomial.exponent(bases.get(0)).abs().isOne()
                    || !monomial.exponent(bases.get(0)).plus(monomial.exponent(bases.get(1))).isZero()) {
                return Optional.empty();
            }
            boolean first = monomial.exponent(bases.get(0)).signum() > 0;
            Expr u = bases.get(first ? 0 : 1).minus(one(x));
            return bases.get(first ? 1 : 0) == one(x).minus(u) && !Linear.isZero(u)
                    ? Optional.of(Functions.LOG1P.apply(u).minus(Functions.LOG1P.apply(u.negate())))
                    : Optional.empty();
        });
    }

    private static Expr logCosh(Expr u) {
        Expr size = Functions.ABS.apply(u);
        Expr near = Functions.LOG1P.apply(Functions.SINH.apply(u.times(Rational.HALF)).pow(2).times(2));
        Expr far = size.plus(
                Functions.LOG1P.apply(Functions.EXPM1.apply(size.times(Rational.of(-2))).times(Rational.HALF)));
        return Where.of(Functions.LESS.apply(size, Constant.ONE), near, far);
    }
}
