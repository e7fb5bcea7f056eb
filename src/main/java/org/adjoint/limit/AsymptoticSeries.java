package org.adjoint.limit;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
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

    /** {@code coefficient · scale^exponent} of a part. */
    public Expr term(Part part) {
        return part.coefficient().times(power(part.exponent()));
    }

    /** {@code scale^exponent}, of {@code 1/v} as a power of v. */
    public Expr power(Expr exponent) {
        boolean reciprocal = scale instanceof Elementwise power && power.function() == Functions.POWER
                && Constant.uniform(power.operand(1)).filter(e -> e.negate().isOne()).isPresent();
        Expr base = reciprocal ? scale.operand(0) : scale;
        Rational e = Constant.uniform(reciprocal ? exponent.negate() : exponent).orElse(null);
        return e == null ? scale.pow(exponent)
                : e.isZero() ? Constant.ONE : e.isOne() ? base : base.pow(Constant.of(e));
    }

    /** The power that bounds what is left out, where there is one that can be told. */
    public Optional<Expr> remainder() {
        return bound.stream().findFirst().map(this::power);
    }

    /** The sum of the parts, without what is left out. */
    public Expr sum() {
        Expr total = Constant.ZERO;
        for (Part part : parts) {
            total = total.plus(term(part));
        }
        return total;
    }
}
