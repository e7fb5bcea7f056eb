package org.adjoint.limit;

import java.util.HashMap;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** Terms of X written in the variable of the question. */
final class Written {
    private final TermExpr plain = new TermExpr(Constant.ZERO);
    private final Gruntz gruntz;
    private final TermAlgebra algebra;
    private final Term x;
    private final Term distance;

    Written(Gruntz gruntz, Path path, Variable variable, Term at) {
        this.gruntz = gruntz;
        Term v = new Term.Par(variable);
        this.distance = gruntz.algebra().subtract(v, at);
        Term positive = switch (path) {
            case UP -> v;
            case DOWN -> gruntz.algebra().negate(v);
            case ABOVE -> distance;
            case BELOW -> gruntz.algebra().negate(distance);
        };
        // what X is written with is positive near the target
        this.algebra = new TermAlgebra(t -> t.equals(positive) || (t instanceof Term.Num n && n.value().signum() > 0));
        this.x = path == Path.UP || path == Path.DOWN ? positive : algebra.power(positive, Rational.MINUS_ONE);
    }

    Expr of(Term t) {
        return plain.of(algebra.substitute(t, x, new HashMap<>()));
    }

    /** A term that was moved up so many times. */
    Expr of(Term t, int moves) {
        return of(down(t, moves));
    }

    /** A term that was moved up so many times, in X again. */
    Term down(Term t, int moves) {
        Term log = Term.Moving.X;
        for (int k = 0; k < moves; k++) {
            log = gruntz.algebra().log(log);
        }
        return gruntz.algebra().substitute(t, log, new HashMap<>());
    }

    /** What goes to zero: from below {@code v − a} as from above, where only its whole powers occur. */
    Expr scale(Term omega, int moves, Path path) {
        boolean simple = path == Path.BELOW && isDistance(omega, moves);
        return simple ? plain.of(distance) : of(omega, moves);
    }

    private boolean isDistance(Term omega, int moves) {
        return down(omega, moves).equals(gruntz.algebra().power(Term.Moving.X, Rational.MINUS_ONE));
    }

    /** A part of a series; from below the sign of an odd power goes to the coefficient. */
    AsymptoticSeries.Part part(Series.Entry entry, int moves, Path path) {
        Expr coefficient = of(entry.coefficient(), moves);
        boolean odd = path == Path.BELOW && entry.exponent() instanceof Term.Num e && e.value().isInteger()
                && e.value().numerator().testBit(0);
        return new AsymptoticSeries.Part(odd ? coefficient.negate() : coefficient, of(entry.exponent(), moves));
    }
}
