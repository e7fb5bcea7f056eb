package org.adjoint.lang;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/** Scalar expressions that are sizes: integers, size symbols, and their sums, products and floor quotients. */
final class SizeArithmetic {
    private static final int DEPTH = 64;

    private SizeArithmetic() {
    }

    /** The size that an expression of integers and sizes is. */
    static Optional<Size> of(Expr expr) {
        return of(expr, v -> Optional.empty(), DEPTH);
    }

    /** The size that an expression is when defined variables are replaced by their values. */
    static Optional<Size> resolve(Expr expr, Environment environment) {
        return of(expr, environment::value, DEPTH);
    }

    private static Optional<Size> of(Expr expr, Function<Variable, Optional<Expr>> values, int depth) {
        if (!expr.shape().isScalar() || depth == 0) {
            return Optional.empty();
        }
        return switch (expr) {
            case Constant c when c.value().isInteger() && c.value().fitsLong() && !c.isData() -> Optional
                    .of(Size.of(c.value().longValueExact()));
            case Dimension d -> Optional.of(d.size());
            case Variable v -> values.apply(v).flatMap(e -> of(e, values, depth - 1));
            case Linear sum -> sum(sum, values, depth);
            case Contraction product -> product(product, values, depth);
            case Elementwise call when call.function() == Functions.FLOOR -> floor(call.operand(0), values, depth);
            case Elementwise call when call.function() == Functions.POWER -> power(call, values, depth);
            default -> Optional.empty();
        };
    }

    private static Optional<Size> sum(Linear sum, Function<Variable, Optional<Expr>> values, int depth) {
        Size total = Size.ZERO;
        for (int k = 0; k < sum.termCount(); k++) {
            Rational c = sum.coefficient(k);
            Optional<Size> term = of(sum.term(k), values, depth - 1);
            if (term.isEmpty() || !c.isInteger() || !c.fitsLong()) {
                return Optional.empty();
            }
            total = total.plus(term.get().times(Size.of(c.longValueExact())));
        }
        return Optional.of(total);
    }

    private static Optional<Size> product(Contraction product, Function<Variable, Optional<Expr>> values, int depth) {
        Size total = Size.ONE;
        for (int k = 0; k < product.operandCount(); k++) {
            Optional<Size> factor = of(product.operand(k), values, depth - 1);
            if (factor.isEmpty()) {
                return quotient(product, values, depth);
            }
            total = total.times(factor.get());
        }
        return Optional.of(total);
    }

    /** A product with reciprocals, when it divides out. */
    private static Optional<Size> quotient(Contraction product, Function<Variable, Optional<Expr>> values, int depth) {
        return fraction(product, Rational.ONE, values, depth)
                .flatMap(f -> f.denominator.equals(Size.ZERO) ? Optional.empty()
                        : f.numerator.divideExact(f.denominator));
    }

    private static Optional<Size> power(Elementwise call, Function<Variable, Optional<Expr>> values, int depth) {
        Optional<Size> base = of(call.operand(0), values, depth - 1);
        Optional<Size> exponent = of(call.operand(1), values, depth - 1);
        if (base.isEmpty() || exponent.isEmpty() || !exponent.get().isInteger() || exponent.get().value() < 0
                || exponent.get().value() > 64) {
            return Optional.empty();
        }
        Size power = Size.ONE;
        for (long k = exponent.get().value(); k > 0; k--) {
            power = power.times(base.get());
        }
        return Optional.of(power);
    }

    /** {@code numerator/denominator + whole}. */
    private record Fraction(Size numerator, Size denominator, Size whole) {
        /** What divides out is whole. */
        Fraction split() {
            return numerator.divideExact(denominator)
                    .map(quotient -> new Fraction(Size.ZERO, Size.ONE, whole.plus(quotient))).orElse(this);
        }

        Fraction plus(Fraction other) {
            Size all = whole.plus(other.whole);
            if (numerator.equals(Size.ZERO) || other.numerator.equals(Size.ZERO)) {
                Fraction proper = numerator.equals(Size.ZERO) ? other : this;
                return new Fraction(proper.numerator, proper.denominator, all);
            }
            return denominator.equals(other.denominator)
                    ? new Fraction(numerator.plus(other.numerator), denominator, all)
                    : new Fraction(numerator.times(other.denominator).plus(other.numerator.times(denominator)),
                            denominator.times(other.denominator), all);
        }
    }

    private static Optional<Size> floor(Expr x, Function<Variable, Optional<Expr>> values, int depth) {
        Optional<Size> whole = of(x, values, depth - 1);
        if (whole.isPresent()) {
            return whole;
        }
        Optional<Fraction> fraction = x instanceof Linear sum ? fractions(sum, values, depth)
                : fraction(x, Rational.ONE, values, depth);
        return fraction.filter(f -> !f.denominator.equals(Size.ZERO))
                .map(f -> f.numerator.floorDivide(f.denominator).plus(f.whole));
    }

    /** A sum of sizes and of quotients of sizes, these over one denominator. */
    private static Optional<Fraction> fractions(Linear sum, Function<Variable, Optional<Expr>> values, int depth) {
        Fraction total = new Fraction(Size.ZERO, Size.ONE, Size.ZERO);
        for (int k = 0; k < sum.termCount(); k++) {
            Optional<Fraction> term = fraction(sum.term(k), sum.coefficient(k), values, depth);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            total = total.plus(term.get().split());
        }
        return Optional.of(total);
    }

    /** {@code c·x} as a quotient of sizes: factors with the exponent −1 go below. */
    private static Optional<Fraction> fraction(Expr x, Rational c, Function<Variable, Optional<Expr>> values,
            int depth) {
        if (c.bits() > Long.SIZE - 2) {
            return Optional.empty();
        }
        Size above = Size.of(c.numerator().longValueExact());
        Size below = Size.of(c.denominator().longValueExact());
        for (Expr factor : x instanceof Contraction product ? product.operands() : List.of(x)) {
            boolean inverse = factor instanceof Elementwise call && call.function() == Functions.POWER
                    && Constant.uniform(call.operand(1)).orElse(Rational.ZERO).equals(Rational.MINUS_ONE);
            Optional<Size> size = of(inverse ? factor.operand(0) : factor, values, depth - 1);
            if (size.isEmpty()) {
                return Optional.empty();
            }
            above = inverse ? above : above.times(size.get());
            below = inverse ? below.times(size.get()) : below;
        }
        return Optional.of(new Fraction(above, below, Size.ZERO));
    }
}
