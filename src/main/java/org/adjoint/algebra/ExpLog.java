package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/** Exponentials and logarithms in normal forms: sums become products, and products of positives sums. */
final class ExpLog {
    private static final int PRIME_LIMIT = 100;

    private final NormalForm forms;
    private final Monomials monomials;

    ExpLog(NormalForm forms, Monomials monomials) {
        this.forms = forms;
        this.monomials = monomials;
    }

    /** {@code exp Σ cₖ·tₖ = ∏ exp(tₖ)^cₖ}, with {@code exp log u = u}. */
    Expr exp(Expr argument, Shape shape) {
        List<Expr> factors = new ArrayList<>();
        Terms.of(argument).forEach((term, c) -> factors.add(expOf(term, c, shape)));
        return factors.isEmpty() ? Contraction.ones(shape)
                : forms.product(StructureLaws.of(Functions.EXP.apply(argument)), Functions.EXP.apply(argument), factors,
                        Collections.nCopies(factors.size(), Tensors.allAxes(argument)), shape);
    }

    private Expr expOf(Expr term, Rational c, Shape shape) {
        if (term == Constant.ONE || (term instanceof Contraction ones && ones.operandCount() == 0)) {
            Expr number = Functions.EXP.apply(Constant.ONE);
            return Monomials.rawPower(Tensors.broadcast(number, shape), c);
        }
        // exp of a broadcast logarithm is a broadcast power: look through a view to what it repeats.
        if (term instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0
                && view.operand(0) instanceof Elementwise log && log.function() == Functions.LOG) {
            return forms.product(List.of(forms.power(log.operand(0), c, log.shape())), Product.labels(view), shape);
        }
        if (term instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0) {
            return forms.product(List.of(Monomials.rawPower(Functions.EXP.apply(view.operand(0)), c)),
                    Product.labels(view), shape);
        }
        if (term instanceof Elementwise log && log.function() == Functions.LOG) {
            return forms.power(log.operand(0), c, shape);
        }
        if (term instanceof MatrixFunction f && f.operation() == MatrixFunction.Operation.LOG_DETERMINANT) {
            return expOfLogDeterminant(f, c);
        }
        return Monomials.rawPower(Functions.EXP.apply(term), c);
    }

    /** {@code exp(c·log|det X|) = |det X|^c}. */
    private Expr expOfLogDeterminant(MatrixFunction log, Rational c) {
        Expr determinant = MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, log.operand(0));
        if (isEven(c) || MatrixProperties.isPositiveDefinite(log.operand(0))) {
            return forms.power(forms.of(determinant), c, Shape.SCALAR);
        }
        return forms.power(forms.of(Functions.ABS.apply(determinant)), c, Shape.SCALAR);
    }

    /** {@code log|x| = ½ log x²}. */
    Expr logOfAbsolute(Expr x, Shape shape) {
        return Terms.scaled(log(forms.times(List.of(x, x), shape), shape), Rational.HALF);
    }

    /**
     * {@code log(c·∏ fₖ^eₖ·P) = log c + Σ eₖ log fₖ + log P} where all factors but one are known to be positive, and
     * {@code log f² = 2 log|f|}.
     */
    Expr log(Expr argument, Shape shape) {
        Rational number = Constant.uniform(argument).orElse(null);
        if (number != null) {
            return number.signum() > 0 ? Tensors.broadcast(logOf(number), shape) : Functions.LOG.apply(argument);
        }
        Together together = Together.of(argument, forms, f -> Signs.isPositive(f.base()) || isEven(f.exponent()));
        if (Linear.isZero(together.primitive())) {
            return Functions.LOG.apply(argument);
        }
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Rational lead = together.coefficient();
        Terms.addTo(total, Tensors.broadcast(logOf(lead.abs()), shape), Rational.ONE);
        for (Factor factor : together.content()) {
            Expr log = logOf(factor);
            Terms.addTo(total, forms.product(List.of(log), List.of(factor.labels()), shape), Rational.ONE);
        }
        boolean single = together.isSingle();
        if (!single || lead.signum() < 0) {
            Terms.addTo(total, logOfRest(Linear.scale(Rational.of(lead.signum()), together.primitive()), shape),
                    Rational.ONE);
        }
        return Terms.total(shape, total);
    }

    private static boolean isEven(Rational exponent) {
        return exponent.isInteger() && !exponent.numerator().testBit(0);
    }

    /** {@code log f^e} for a positive f or an even e. */
    private Expr logOf(Factor factor) {
        Expr base = factor.base();
        if (base instanceof Elementwise exp && exp.function() == Functions.EXP) {
            return Terms.scaled(exp.operand(0), factor.exponent());
        }
        if (base instanceof MatrixFunction f && f.operation() == MatrixFunction.Operation.DETERMINANT) {
            Expr log = MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, f.operand(0));
            return Terms.scaled(forms.of(log), factor.exponent());
        }
        if (base instanceof Dimension || Signs.isPositive(base)) {
            return Terms.scaled(Functions.LOG.apply(base), factor.exponent());
        }
        return Terms.scaled(Functions.LOG.apply(Monomials.rawPower(base, Rational.TWO)),
                factor.exponent().times(Rational.HALF));
    }

    /** The logarithm of what has no positive factor in common; it is one, or a determinant that must be positive. */
    private Expr logOfRest(Expr rest, Shape shape) {
        if (rest instanceof MatrixFunction f && f.operation() == MatrixFunction.Operation.DETERMINANT) {
            return forms.of(MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, f.operand(0)));
        }
        List<Factor> factors = Factor.of(rest);
        if (!(rest instanceof Linear) && factors.size() == 1 && factors.get(0).isFree(shape.rank())
                && factors.get(0).exponent().isInteger() && !factors.get(0).exponent().isOne()) {
            // f^e > 0 for an odd e is f > 0.
            Factor only = factors.get(0);
            Expr log = logOfRest(only.base(), only.base().shape());
            return forms.product(List.of(Terms.scaled(log, only.exponent())), List.of(only.labels()), shape);
        }
        if (!(rest instanceof Linear) && Signs.isPositive(rest)) {
            Expr sum = monomials.logOfProduct(rest, shape);
            return sum == Functions.LOG.apply(rest) ? sum : forms.of(sum);
        }
        return Functions.LOG.apply(rest);
    }

    /** {@code log(pᵃ/qᵇ) = a log p − b log q} over small primes. */
    private static Expr logOf(Rational number) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        addPrimes(total, number.numerator(), Rational.ONE);
        addPrimes(total, number.denominator(), Rational.MINUS_ONE);
        return Terms.total(Shape.SCALAR, total);
    }

    private static void addPrimes(Map<Expr, Rational> total, BigInteger number, Rational sign) {
        BigInteger rest = number;
        for (int p = 2; p <= PRIME_LIMIT && rest.bitLength() > 1; p++) {
            BigInteger prime = BigInteger.valueOf(p);
            while (rest.mod(prime).signum() == 0) {
                Terms.addTo(total, Functions.LOG.apply(Constant.of(p)), sign);
                rest = rest.divide(prime);
            }
        }
        if (!rest.equals(BigInteger.ONE)) {
            Terms.addTo(total, Functions.LOG.apply(Constant.of(Rational.of(rest, BigInteger.ONE))), sign);
        }
    }

    Expr logSumExp(Reduction reduction) {
        Expr x = forms.form(reduction.operand(0));
        Expr exp = exp(x, x.shape());
        return log(forms.of(Tensors.sum(exp, reduction.axes(), false)), reduction.shape());
    }
}
