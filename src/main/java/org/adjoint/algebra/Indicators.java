package org.adjoint.algebra;

import java.util.Arrays;
import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * Indicators in normal forms: {@code sign x = [x > 0] − [−x > 0]}; positive factors of an argument are dropped, and
 * {@code [xy > 0] = [x > 0][y > 0] + [−x > 0][−y > 0]}.
 */
final class Indicators {
    /** A product of more factors of unknown sign stays together. */
    private static final int FACTOR_LIMIT = 3;

    /** {@code [x > 0]} and {@code [−x > 0]}. */
    private record Sides(Expr above, Expr below) {
        Sides opposite() {
            return new Sides(below, above);
        }
    }

    private final NormalForm forms;

    Indicators(NormalForm forms) {
        this.forms = forms;
    }

    Expr step(Expr x) {
        return sides(x).above;
    }

    Expr sign(Expr x) {
        Sides sides = sides(x);
        return ElementwiseForms.minus(sides.above, sides.below);
    }

    /** {@code [x = 0] = 1 − [x > 0] − [−x > 0]}. */
    Expr isZero(Expr x) {
        Sides sides = sides(x);
        return ElementwiseForms.minus(Contraction.ones(x.shape()), Terms.sum(sides.above, sides.below));
    }

    private Sides sides(Expr x) {
        Shape shape = x.shape();
        Rational number = Constant.uniform(x).orElse(null);
        if (number != null) {
            return new Sides(indicator(shape, number.signum() > 0), indicator(shape, number.signum() < 0));
        }
        Together together = Together.of(x, forms, factor -> true);
        Expr primitive = together.primitive();
        if (Linear.isZero(primitive)) {
            return new Sides(Linear.zero(shape), Linear.zero(shape));
        }
        List<Factor> open = together.content().stream().filter(f -> !Signs.isPositive(f.base())).toList();
        if (open.size() > FACTOR_LIMIT) {
            return atom(Linear.scale(together.coefficient().abs().inverse(), x));
        }
        Sides sides = together.isSingle() ? new Sides(Contraction.ones(shape), Linear.zero(shape)) : atom(primitive);
        for (Factor factor : open) {
            sides = product(sides, power(factor), factor.labels(), shape);
        }
        return together.coefficient().signum() < 0 ? sides.opposite() : sides;
    }

    private static Expr indicator(Shape shape, boolean holds) {
        return holds ? Contraction.ones(shape) : Linear.zero(shape);
    }

    private static Sides atom(Expr x) {
        Expr zero = Linear.zero(x.shape());
        Expr negative = Linear.scale(Rational.MINUS_ONE, x);
        Signs.Sign sign = Signs.of(x);
        if (sign == Signs.Sign.POSITIVE) {
            return new Sides(Contraction.ones(x.shape()), zero);
        }
        if (Signs.of(negative) == Signs.Sign.POSITIVE) {
            return new Sides(zero, Contraction.ones(x.shape()));
        }
        return new Sides(Signs.of(negative) == Signs.Sign.NONNEGATIVE ? zero : Functions.STEP.apply(x),
                sign == Signs.Sign.NONNEGATIVE ? zero : Functions.STEP.apply(negative));
    }

    /** The sides of a power: of an odd one those of its base, of an even one none below. */
    private static Sides power(Factor factor) {
        if (!factor.exponent().isInteger()) {
            // A root is never negative; where it is zero its base is.
            return atom(factor.node());
        }
        Sides base = atom(factor.base());
        return factor.exponent().numerator().testBit(0) ? base
                : new Sides(Terms.sum(base.above, base.below), Linear.zero(factor.base().shape()));
    }

    private Sides product(Sides a, Sides b, int[] labels, Shape shape) {
        return new Sides(
                Terms.sum(product(a.above, b.above, labels, shape), product(a.below, b.below, labels, shape)),
                Terms.sum(product(a.above, b.below, labels, shape), product(a.below, b.above, labels, shape)));
    }

    private Expr product(Expr a, Expr b, int[] labels, Shape shape) {
        int[] own = new int[shape.rank()];
        Arrays.setAll(own, axis -> axis);
        return forms.product(List.of(a, b), List.of(own, labels), shape);
    }
}
