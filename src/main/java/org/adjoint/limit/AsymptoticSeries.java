package org.adjoint.limit;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;

/**
 * {@code f ~ Σ cₖ·gᵉᵏ + O(g^bound)} near the target: g goes to zero, exponents increase, and the coefficients are constants or of
 * slower growth than any power of g.
 *
 * @param scale what goes to zero: {@code v − a}, {@code 1/v}, {@code exp(−v)}, …
 * @param bound the exponent of the first power that is left out; nothing where the series is complete
 */
public record AsymptoticSeries(Expr scale, List<Part> parts, List<Expr> bound) {
    /** {@code coefficient · scale^exponent}. */
    public record Part(Expr coefficient, Expr exponent) {
    }

    public AsymptoticSeries {
        parts = List.copyOf(parts);
        bound = List.copyOf(bound);
    }

    /** The sum of the parts, without what is left out. */
    public Expr sum() {
        Expr total = Constant.ZERO;
        for (Part part : parts) {
            Rational e = Constant.uniform(part.exponent()).orElse(null);
            Expr power = e != null && e.isZero() ? Constant.ONE
                    : e != null && e.isOne() ? scale : scale.pow(part.exponent());
            total = total.plus(part.coefficient().times(power));
        }
        return total;
    }
}
