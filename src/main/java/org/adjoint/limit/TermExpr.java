package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/** Terms written as expressions. */
final class TermExpr {
    private final Expr moving;
    private final Map<Term, Expr> done = new HashMap<>();

    /** @param moving what X is written as */
    TermExpr(Expr moving) {
        this.moving = moving;
    }

    Expr of(Term t) {
        Expr known = done.get(t);
        if (known == null) {
            known = find(t);
            done.put(t, known);
        }
        return known;
    }

    private Expr find(Term t) {
        return switch (t) {
            case Term.Num number -> Constant.of(number.value());
            case Term.Par par -> par.expr();
            case Term.Moving x -> moving;
            case Term.Sum sum -> {
                List<Rational> coefficients = new ArrayList<>();
                for (int k = 0; k < sum.count(); k++) {
                    coefficients.add(sum.coefficient(k));
                }
                yield Linear.of(Shape.SCALAR, sum.terms().stream().map(this::of).toList(), coefficients);
            }
            case Term.Prod product -> {
                List<Expr> factors = new ArrayList<>();
                for (int k = 0; k < product.count(); k++) {
                    factors.add(power(of(product.base(k)), product.exponent(k)));
                }
                yield Tensors.product(factors);
            }
            case Term.Fun fun -> function(fun.name(), of(fun.argument()));
        };
    }

    private static Expr power(Expr base, Rational e) {
        return e.isOne() ? base
                : e.equals(Rational.HALF) ? Functions.SQRT.apply(base) : base.pow(Constant.of(e));
    }

    private static Expr function(Term.Name name, Expr x) {
        return switch (name) {
            case EXP -> Functions.EXP.apply(x);
            case LOG -> Functions.LOG.apply(x);
            case SIN -> Functions.SIN.apply(x);
            case COS -> Functions.COS.apply(x);
            case ATAN -> Functions.ATAN.apply(x);
            case ASIN -> Functions.ASIN.apply(x);
            case ERF -> Functions.ERF.apply(x);
            case ERF_TAIL -> {
                Expr inverse = Tensors.reciprocal(x);
                Expr rest = Constant.ONE.minus(Functions.ERF.apply(inverse));
                yield Functions.EXP.apply(inverse.pow(2)).times(rest);
            }
        };
    }
}
