package org.adjoint.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/** A normal form as a linear combination: its terms and their coefficients. The term of a number is 1, of whatever shape. */
final class Terms {
    private Terms() {
    }

    /** The terms of a normal form and their coefficients. */
    static Map<Expr, Rational> of(Expr form) {
        Map<Expr, Rational> terms = new LinkedHashMap<>();
        if (form instanceof Linear sum) {
            for (int k = 0; k < sum.termCount(); k++) {
                put(terms, sum.term(k), sum.coefficient(k));
            }
        } else if (form instanceof Constant constant && constant.shape().isScalar() && !constant.isData()) {
            if (!constant.value().isZero()) {
                terms.put(Constant.ONE, constant.value());
            }
        } else {
            put(terms, form, Rational.ONE);
        }
        terms.values().removeIf(Rational::isZero);
        return terms;
    }

    private static void put(Map<Expr, Rational> terms, Expr term, Rational c) {
        Map<Expr, Rational> sizes = SizeForm.expanded(term).orElse(null);
        if (sizes == null) {
            terms.merge(term, c, Rational::plus);
        } else {
            sizes.forEach((part, d) -> terms.merge(part, c.times(d), Rational::plus));
        }
    }

    static void addTo(Map<Expr, Rational> sum, Expr form, Rational factor) {
        of(form).forEach((term, c) -> sum.merge(term, c.times(factor), Rational::plus));
        Budget.current().checkTerms(sum.size());
    }

    static Expr total(Shape shape, Map<Expr, Rational> sum) {
        return Linear.of(shape, List.copyOf(sum.keySet()), List.copyOf(sum.values()));
    }

    static Expr sum(Expr a, Expr b) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        addTo(total, a, Rational.ONE);
        addTo(total, b, Rational.ONE);
        return total(a.shape(), total);
    }

    static Expr scaled(Expr form, Rational c) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        addTo(total, form, c);
        return total(form.shape(), total);
    }

    /** A term of {@link #of} as an expression of the shape. */
    static Expr shaped(Expr term, Shape shape) {
        return term == Constant.ONE ? Contraction.ones(shape) : term;
    }

    /** Whether the leading coefficient is negative; it decides which of x and −x a function is written in. */
    static boolean isNegative(Expr form) {
        return form instanceof Linear sum && sum.termCount() > 0 && sum.coefficient(0).signum() < 0;
    }
}
