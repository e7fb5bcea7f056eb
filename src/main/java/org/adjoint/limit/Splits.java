package org.adjoint.limit;

import java.util.HashMap;
import java.util.Map;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;

/** By which expression cases are told apart when the sign of a constant is needed: the simplest with the same open sign. */
final class Splits {
    private static final int ROUNDS = 20;
    private final TermAlgebra algebra;
    private final Constants constants;

    Splits(TermAlgebra algebra, Constants constants) {
        this.algebra = algebra;
        this.constants = constants;
    }

    /** A term on whose sign that of the constant depends; the same up to sign, or one of its factors. */
    Term simplest(Term constant) {
        Term t = constant;
        for (int k = 0; k < ROUNDS; k++) {
            Term next = step(t);
            if (next.equals(t)) {
                return t;
            }
            t = next;
        }
        return t;
    }

    private Term step(Term t) {
        return switch (t) {
            case Term.Sum sum when sum.count() == 1 -> sum.term(0);
            case Term.Prod product -> {
                for (Term base : product.bases()) {
                    if (constants.knownSign(base) == Constants.UNKNOWN_SIGN) {
                        yield base;
                    }
                }
                yield t;
            }
            case Term.Fun fun -> switch (fun.name()) {
                case LOG -> algebra.subtract(fun.argument(), Term.Num.ONE);
                case ATAN, ASIN, ERF -> fun.argument();
                case EXP, SIN, COS, ERF_TAIL -> t;
            };
            case Term.Sum sum -> sum(sum);
            case Term.Num n -> n;
            case Term.Par p -> p;
            case Term.Moving x -> x;
        };
    }

    private Term sum(Term.Sum sum) {
        if (sum.count() == 2 && sum.coefficient(0).equals(sum.coefficient(1).negate())
                && sum.term(0) instanceof Term.Fun f && sum.term(1) instanceof Term.Fun g && f.name() == g.name()
                && (f.name() == Term.Name.LOG || f.name() == Term.Name.EXP || f.name() == Term.Name.ATAN)) {
            return algebra.subtract(f.argument(), g.argument());
        }
        Common common = Common.of(sum, algebra);
        if (common.rest().isZero() || constants.knownSign(common.rest()) == Constants.UNKNOWN_SIGN) {
            return common.rest();
        }
        return common.factors().keySet().stream().filter(b -> constants.knownSign(b) == Constants.UNKNOWN_SIGN)
                .findFirst().orElse(common.rest());
    }

    /** {@code t op 0} with its negative terms on the other side: {@code x > y}. */
    static Relation relation(Term t, Relation.Op op) {
        Map<Term, Rational> left = new HashMap<>();
        Map<Term, Rational> right = new HashMap<>();
        TermAlgebra.terms(t).forEach((term, c) -> (c.signum() > 0 ? left : right).put(term, c.abs()));
        TermExpr writer = new TermExpr(Constant.ZERO);
        Expr a = writer.of(TermAlgebra.ofSum(left));
        Expr b = writer.of(TermAlgebra.ofSum(right));
        return left.isEmpty() ? new Relation(b, op.mirrored(), a) : new Relation(a, op, b);
    }
}
