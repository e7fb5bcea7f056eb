package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/** Exponentials and logarithms in normal forms: sums become products, and products of positives sums. */
final class ExpLog {
    private final NormalForm forms;
    private final Monomials monomials;

    ExpLog(NormalForm forms, Monomials monomials) {
        this.forms = forms;
        this.monomials = monomials;
    }

    /** {@code exp Σ cₖ·tₖ = ∏ exp(tₖ)^cₖ}, with {@code exp log u = u}. */
    Expr exp(Expr argument, Shape shape) {
        List<Expr> factors = new ArrayList<>();
        NormalForm.terms(argument).forEach((term, c) -> factors.add(expOf(term, c, shape)));
        return factors.isEmpty() ? Contraction.ones(shape) : forms.times(factors, shape);
    }

    private Expr expOf(Expr term, Rational c, Shape shape) {
        if (term == Constant.ONE || (term instanceof Contraction ones && ones.operandCount() == 0)) {
            Expr number = Functions.EXP.apply(Constant.ONE);
            return Monomials.rawPower(Tensors.broadcast(number, shape), c);
        }
        // exp of a broadcast logarithm is a broadcast power: look through a view to what it repeats.
        if (term instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0
                && view.operand(0) instanceof Elementwise log && log.function() == Functions.LOG) {
            return forms.product(List.of(forms.power(log.operand(0), c, log.shape())), NormalForm.labels(view), shape);
        }
        if (term instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0) {
            return forms.product(List.of(Monomials.rawPower(Functions.EXP.apply(view.operand(0)), c)),
                    NormalForm.labels(view), shape);
        }
        if (term instanceof Elementwise log && log.function() == Functions.LOG) {
            return forms.power(log.operand(0), c, shape);
        }
        if (term instanceof Elementwise softplus && softplus.function() == Functions.SOFTPLUS) {
            return forms.power(NormalForm.sum(Contraction.ones(shape), exp(softplus.operand(0), shape)), c, shape);
        }
        return Monomials.rawPower(Functions.EXP.apply(term), c);
    }

    /** The logarithm of a single product splits over its factors where all of them are known to be positive. */
    Expr log(Expr argument, Shape shape) {
        Rational number = Constant.uniform(argument).orElse(null);
        if (number != null) {
            return number.isOne() ? Linear.zero(shape)
                    : Tensors.broadcast(Functions.LOG.apply(Constant.of(number)), shape);
        }
        Map<Expr, Rational> terms = NormalForm.terms(argument);
        if (terms.size() == 1) {
            Map.Entry<Expr, Rational> only = terms.entrySet().iterator().next();
            Expr product = only.getKey();
            if (only.getValue().signum() > 0 && Signs.isPositive(product)) {
                return logOfTerm(product, only.getValue(), shape);
            }
        }
        return Functions.LOG.apply(argument);
    }

    /** {@code log(c·t) = log c + log t} for a positive product, itself split over its factors. */
    private Expr logOfTerm(Expr product, Rational c, Shape shape) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Expr sum = monomials.logOfProduct(product, shape);
        // The logarithm of a single factor does not split further.
        NormalForm.addTo(total, sum == Functions.LOG.apply(product) ? sum : forms.of(sum), Rational.ONE);
        if (!c.isOne()) {
            NormalForm.addTo(total, Tensors.broadcast(Functions.LOG.apply(Constant.of(c)), shape), Rational.ONE);
        }
        return NormalForm.total(shape, total);
    }

    Expr logSumExp(Reduction reduction) {
        Expr x = forms.form(reduction.operand(0));
        Expr exp = exp(x, x.shape());
        return log(forms.of(Tensors.sum(exp, reduction.axes(), false)), reduction.shape());
    }
}
