package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Sines and cosines in normal forms: of sums by the addition theorems, of multiples of one angle by the same, of rational
 * multiples of π by their values, of inverse functions by algebra; the other functions by these two. Sources: DLMF 4.21,
 * 4.24.
 */
final class Trigonometry {
    /** Larger multiples of an angle are angles of their own. */
    private static final int MULTIPLE_LIMIT = 12;

    /** sin and cos of one angle. */
    private record Pair(Expr sine, Expr cosine) {
    }

    private final NormalForm forms;

    Trigonometry(NormalForm forms) {
        this.forms = forms;
    }

    /** The function of a normal form, where it is one of these. */
    Optional<Expr> of(ScalarFunction f, Expr x, Shape shape) {
        if (f == Functions.SIN) {
            return Optional.of(pair(x, shape).sine);
        }
        if (f == Functions.COS) {
            return Optional.of(pair(x, shape).cosine);
        }
        if (f == Functions.TAN) {
            Pair pair = pair(x, shape);
            return Optional.of(forms.times(List.of(pair.sine, forms.power(pair.cosine, Rational.MINUS_ONE, shape)),
                    shape));
        }
        if (f == Functions.ACOS) {
            Expr right = pi(Rational.HALF, shape);
            return Optional.of(ElementwiseForms.minus(right, odd(Functions.ASIN, x)));
        }
        if (f == Functions.ASIN || f == Functions.ATAN) {
            return Optional.of(odd(f, x));
        }
        return Optional.empty();
    }

    private Expr pi(Rational factor, Shape shape) {
        return forms.of(Tensors.broadcast(Functions.PI.apply(), shape).times(factor));
    }

    private static Expr odd(ScalarFunction f, Expr x) {
        if (Linear.isZero(x)) {
            return x;
        }
        return Terms.isNegative(x)
                ? Terms.scaled(f.apply(Terms.scaled(x, Rational.MINUS_ONE)), Rational.MINUS_ONE)
                : f.apply(x);
    }

    private Pair pair(Expr x, Shape shape) {
        Pair all = new Pair(Linear.zero(shape), Contraction.ones(shape));
        for (Map.Entry<Expr, Rational> term : Terms.of(x).entrySet()) {
            all = sum(all, multiple(Terms.shaped(term.getKey(), shape), term.getValue(), shape), shape);
        }
        return all;
    }

    private Pair multiple(Expr angle, Rational c, Shape shape) {
        if (isPi(angle)) {
            Pair value = atMultipleOfPi(c, shape);
            if (value != null) {
                return value;
            }
        }
        Rational count = c.times(forms.angleUnit());
        forms.sawAngle(c.denominator());
        if (!count.isInteger() || count.abs().compareTo(Rational.of(MULTIPLE_LIMIT)) > 0) {
            Expr scaled = Linear.scale(c.abs(), angle);
            return signed(new Pair(Functions.SIN.apply(scaled), Functions.COS.apply(scaled)), c.signum());
        }
        Pair one = simple(Linear.scale(forms.angleUnit().inverse(), angle), shape);
        int times = count.abs().numerator().intValueExact();
        Pair result = one;
        for (int k = 1; k < times; k++) {
            result = sum(result, one, shape);
        }
        return signed(result, count.signum());
    }

    private static Pair signed(Pair pair, int sign) {
        return sign >= 0 ? pair : new Pair(Terms.scaled(pair.sine, Rational.MINUS_ONE), pair.cosine);
    }

    /** sin and cos of an angle that is no sum; of an inverse function they are algebraic. */
    private Pair simple(Expr angle, Shape shape) {
        if (angle instanceof Elementwise f && (f.function() == Functions.ASIN || f.function() == Functions.ATAN)) {
            Expr x = f.operand(0);
            Expr square = forms.times(List.of(x, x), shape);
            if (f.function() == Functions.ASIN) {
                Expr rest = ElementwiseForms.minus(Contraction.ones(shape), square);
                return new Pair(x, forms.power(rest, Rational.HALF, shape));
            }
            Expr cosine = forms.power(Powers.onePlus(square), Rational.of(-1, 2), shape);
            return new Pair(forms.times(List.of(x, cosine), shape), cosine);
        }
        return new Pair(Functions.SIN.apply(angle), Functions.COS.apply(angle));
    }

    /** {@code sin(a + b) = sin a cos b + cos a sin b}, {@code cos(a + b) = cos a cos b − sin a sin b}. */
    private Pair sum(Pair a, Pair b, Shape shape) {
        return new Pair(
                Terms.sum(forms.times(List.of(a.sine, b.cosine), shape),
                        forms.times(List.of(a.cosine, b.sine), shape)),
                ElementwiseForms.minus(forms.times(List.of(a.cosine, b.cosine), shape),
                        forms.times(List.of(a.sine, b.sine), shape)));
    }

    private static boolean isPi(Expr term) {
        Expr node = term instanceof Contraction view && view.operandCount() == 1 ? view.operand(0) : term;
        return node instanceof Elementwise f && f.function() == Functions.PI;
    }

    private @Nullable Pair atMultipleOfPi(Rational c, Shape shape) {
        Expr sine = sineOfPi(c, shape);
        Expr cosine = sineOfPi(c.plus(Rational.HALF), shape);
        return sine == null || cosine == null ? null : new Pair(sine, cosine);
    }

    /** sin(cπ) for a multiple of π/6 or π/4. */
    private @Nullable Expr sineOfPi(Rational c, Shape shape) {
        Rational twelfths = c.times(Rational.of(12));
        if (!twelfths.isInteger()) {
            return null;
        }
        int k = twelfths.numerator().mod(BigInteger.valueOf(24)).intValueExact();
        int sign = k >= 12 ? -1 : 1;
        int half = k % 12;
        int angle = half > 6 ? 12 - half : half;
        Rational square = switch (angle) {
            case 0 -> Rational.ZERO;
            case 2 -> Rational.of(1, 4);
            case 3 -> Rational.HALF;
            case 4 -> Rational.of(3, 4);
            case 6 -> Rational.ONE;
            default -> null;
        };
        if (square == null) {
            return null;
        }
        Expr value = square.isZero() ? Linear.zero(shape)
                : forms.of(Tensors.broadcast(Functions.SQRT.apply(Constant.of(square)), shape));
        return Terms.scaled(value, Rational.of(sign));
    }
}
