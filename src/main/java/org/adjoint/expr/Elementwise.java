package org.adjoint.expr;

import java.util.List;

/** A function of the table applied entry by entry to equally shaped operands. */
public final class Elementwise extends Expr {
    private static final long KIND = Digest.hash("elementwise");
    private final ScalarFunction function;
    private final Expr[] operands;

    private Elementwise(Shape shape, ScalarFunction function, Expr[] operands) {
        super(shape, new Digest(KIND).add(function.digest()).add(operands));
        this.function = function;
        this.operands = operands;
    }

    /**
     * {@code function(operands)}, entry by entry.
     *
     * @throws ShapeError when the operands are not as many as the function takes, or have different shapes
     */
    public static Expr of(ScalarFunction function, List<Expr> operands) {
        if (operands.size() != function.arity()) {
            throw new ShapeError(function + " takes " + function.arity() + " operands", operands);
        }
        Shape shape = operands.isEmpty() ? Shape.SCALAR : operands.get(0).shape();
        for (Expr operand : operands) {
            if (!operand.shape().equals(shape)) {
                throw new ShapeError("operands of an elementwise function must have one shape", operands);
            }
        }
        if (function == Functions.POWER) {
            return power(shape, operands.get(0), operands.get(1));
        }
        return raw(shape, function, operands);
    }

    private static Expr raw(Shape shape, ScalarFunction function, List<Expr> operands) {
        return Interner.intern(new Elementwise(shape, function, operands.toArray(NO_OPERANDS)));
    }

    /**
     * The canonical power: exponents 0, 1 and 1/2 disappear, rational coefficients come out of integer powers, integer
     * powers of integer powers merge where that keeps the domain, and numbers are computed.
     */
    private static Expr power(Shape shape, Expr base, Expr exponent) {
        Rational e = Constant.uniform(exponent).orElse(null);
        if (e == null) {
            return raw(shape, Functions.POWER, List.of(base, exponent));
        }
        if (e.isZero()) {
            return Contraction.ones(shape);
        }
        if (e.isOne()) {
            return base;
        }
        if (e.equals(Rational.HALF)) {
            return raw(shape, Functions.SQRT, List.of(base));
        }
        if (e.isInteger() && e.abs().compareTo(Rational.of(Integer.MAX_VALUE)) <= 0) {
            int k = (int) e.longValueExact();
            Rational number = Constant.uniform(base).orElse(null);
            if (number != null && !(number.isZero() && k < 0)) {
                return Linear.fill(shape, number.pow(k));
            }
            if (base instanceof Linear linear && linear.termCount() == 1
                    && linear.coefficient(0).bits() * Math.abs(k) <= Linear.COEFFICIENT_BITS) {
                return Linear.scale(linear.coefficient(0).pow(k), power(shape, linear.term(0), exponent));
            }
            if (base instanceof Elementwise inner && inner.function == Functions.POWER) {
                Rational innerExponent = Constant.uniform(inner.operands[1]).orElse(Rational.ZERO);
                if (innerExponent.isInteger() && innerExponent.signum() > 0) {
                    return power(shape, inner.operands[0], Linear.fill(shape, innerExponent.times(e)));
                }
            }
        }
        return raw(shape, Functions.POWER, List.of(base, exponent));
    }

    public ScalarFunction function() {
        return function;
    }

    @Override
    public int operandCount() {
        return operands.length;
    }

    @Override
    public Expr operand(int k) {
        return operands[k];
    }

    @Override
    public Expr withOperands(List<Expr> newOperands) {
        return of(function, newOperands);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Elementwise elementwise && function == elementwise.function
                && sameOperands(operands, elementwise.operands);
    }
}
