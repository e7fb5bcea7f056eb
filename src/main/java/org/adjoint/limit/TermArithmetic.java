package org.adjoint.limit;

import java.util.Set;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/**
 * Terms as a field: evaluating a graph in it gives the exp-log term of every entry. Signs are those for all large X; what is not
 * defined for all large X is outside the domain.
 */
final class TermArithmetic implements Arithmetic<Term> {
    private final Gruntz gruntz;
    private final TermAlgebra algebra;
    private final Constants constants;
    private final Waves waves;
    private final Set<? extends Expr> guarded;

    /** @param guarded parameters that stand for what is not constant: nothing is divided by them unless it is surely not zero */
    TermArithmetic(Gruntz gruntz, Constants constants, Waves waves, Set<? extends Expr> guarded) {
        this.gruntz = gruntz;
        this.algebra = gruntz.algebra();
        this.constants = constants;
        this.waves = waves;
        this.guarded = guarded;
    }

    @Override
    public Term of(Rational value) {
        return TermAlgebra.number(value);
    }

    @Override
    public Term add(Term a, Term b) {
        return algebra.add(a, b);
    }

    @Override
    public Term subtract(Term a, Term b) {
        return algebra.subtract(a, b);
    }

    @Override
    public Term multiply(Term a, Term b) {
        return algebra.multiply(a, b);
    }

    @Override
    public Term divide(Term a, Term b) {
        return algebra.multiply(a, inverse(b));
    }

    private Term inverse(Term b) {
        if (gruntz.isZero(b)) {
            throw new OutsideDomain("division by zero");
        }
        boolean open = !waves.parameters().isEmpty() || !guarded.isEmpty();
        if (open && Constants.parameters(b).stream()
                .anyMatch(p -> guarded.contains(p) || waves.parameters().contains(p))
                && gruntz.sign(b) == 0) {
            throw new OutsideDomain("division by zero");
        }
        return algebra.power(b, Rational.MINUS_ONE);
    }

    @Override
    public Term negate(Term a) {
        return algebra.negate(a);
    }

    @Override
    public Term power(Term base, Term exponent) {
        if (exponent instanceof Term.Num number && number.value().isInteger()) {
            return number.value().signum() < 0
                    ? algebra.power(inverse(base), number.value().negate())
                    : algebra.power(base, number.value());
        }
        int sign = gruntz.sign(base);
        if (sign == 0 && gruntz.sign(exponent) > 0) {
            return Term.Num.ZERO;
        }
        if (sign <= 0) {
            throw new OutsideDomain("a power of a base that is not positive");
        }
        settle(base);
        return exponent instanceof Term.Num number ? algebra.power(base, number.value())
                : algebra.exp(algebra.multiply(exponent, algebra.log(base)));
    }

    @Override
    public Term sqrt(Term a) {
        if (gruntz.sign(a) < 0) {
            throw new OutsideDomain("square root of a negative number");
        }
        settle(a);
        return gruntz.isZero(a) ? Term.Num.ZERO : algebra.power(a, Rational.HALF);
    }

    /** Learns the signs of the moving factors, so that a root or a logarithm splits over them. */
    private void settle(Term a) {
        switch (a) {
            case Term.Prod product -> product.bases().stream().filter(Term::moves).forEach(gruntz::sign);
            case Term.Sum sum when sum.count() == 1 -> settle(sum.term(0));
            default -> {
                // nothing to split
            }
        }
    }

    @Override
    public Term exp(Term a) {
        return algebra.exp(a);
    }

    @Override
    public Term log(Term a) {
        if (gruntz.sign(a) <= 0) {
            throw new OutsideDomain("logarithm of a number that is not positive");
        }
        settle(a);
        return algebra.log(a);
    }

    @Override
    public Term sin(Term a) {
        return circular(Term.Name.SIN, a);
    }

    @Override
    public Term cos(Term a) {
        return circular(Term.Name.COS, a);
    }

    /** An argument that goes to an infinity makes it oscillate: found here, where its form is still whole. */
    private Term circular(Term.Name name, Term a) {
        return a.moves() && !gruntz.limit(a).isFinite() ? waves.of(name, a, algebra) : algebra.apply(name, a);
    }

    @Override
    public Term tan(Term a) {
        return divide(sin(a), cos(a));
    }

    @Override
    public Term asin(Term a) {
        within(a);
        return algebra.apply(Term.Name.ASIN, a);
    }

    @Override
    public Term acos(Term a) {
        return subtract(algebra.scale(Rational.HALF, pi()), asin(a));
    }

    private void within(Term a) {
        if (gruntz.sign(algebra.subtract(Term.Num.ONE, algebra.power(a, Rational.TWO))) < 0) {
            throw new OutsideDomain("asin of a number beyond 1");
        }
    }

    @Override
    public Term atan(Term a) {
        return algebra.apply(Term.Name.ATAN, a);
    }

    /** {@code (e²ᵃ − 1)/(2eᵃ)}. */
    @Override
    public Term sinh(Term a) {
        return algebra.scale(Rational.HALF, subtract(exp(a), exp(negate(a))));
    }

    @Override
    public Term cosh(Term a) {
        return algebra.scale(Rational.HALF, add(exp(a), exp(negate(a))));
    }

    /** {@code 1 − 2/(e²ᵃ + 1)}. */
    @Override
    public Term tanh(Term a) {
        Term e = exp(algebra.scale(Rational.TWO, a));
        return divide(subtract(e, Term.Num.ONE), add(e, Term.Num.ONE));
    }

    /** {@code erf a = ±(1 − exp(−a²) W(±1/a))} where a goes to an infinity. */
    @Override
    public Term erf(Term a) {
        if (!a.moves()) {
            return algebra.apply(Term.Name.ERF, a);
        }
        int infinity = gruntz.limit(a).infinity();
        if (infinity == 0) {
            return algebra.apply(Term.Name.ERF, a);
        }
        Term inverse = algebra.scale(Rational.of(infinity), inverse(a));
        Term tail = multiply(exp(negate(algebra.power(a, Rational.TWO))),
                algebra.apply(Term.Name.ERF_TAIL, inverse));
        return algebra.scale(Rational.of(infinity), subtract(Term.Num.ONE, tail));
    }

    @Override
    public Term abs(Term a) {
        if (!a.moves() && constants.knownSign(a) == Constants.UNKNOWN_SIGN) {
            Expr inner = constants.expr(a);
            return new Term.Par(Functions.ABS.apply(inner));
        }
        int sign = gruntz.sign(a);
        return sign == 0 ? Term.Num.ZERO : sign > 0 ? a : negate(a);
    }

    @Override
    public int signum(Term a) {
        return gruntz.isZero(a) ? 0 : gruntz.sign(a);
    }

    @Override
    public int compare(Term a, Term b) {
        return a.equals(b) ? 0 : signum(subtract(a, b));
    }

    @Override
    public Term pi() {
        return new Term.Par(Functions.PI.apply());
    }

    /** Only which term a log-sum-exp is shifted by depends on it. */
    @Override
    public double toDouble(Term a) {
        return 0;
    }

    @Override
    public boolean exact() {
        return true;
    }
}
