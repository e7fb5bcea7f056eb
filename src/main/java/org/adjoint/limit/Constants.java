package org.adjoint.limit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** What is known of terms without taking limits: signs of what does not move, and whether anything is zero. */
final class Constants {
    static final int UNKNOWN_SIGN = 2;
    private static final int EXPANDED_TERMS = 256;
    private static final List<Integer> DIGITS = List.of(60, 240);
    private static final List<Rational> POINTS = List.of(Rational.of(13, 4), Rational.of(41, 2), Rational.of(7, 5),
            Rational.of(1_000_003));

    private final SignOracle oracle;
    private final TermAlgebra plain = new TermAlgebra(t -> t instanceof Term.Num || t == Term.Moving.X);
    private final TermExpr written;
    private final Map<Term, Integer> signs = new HashMap<>();
    private final Map<Term, Boolean> zeros = new HashMap<>();

    /** @param x the variable that X is written as */
    Constants(SignOracle oracle, Variable x) {
        this.oracle = oracle;
        this.written = new TermExpr(x);
    }

    SignOracle oracle() {
        return oracle;
    }

    Expr expr(Term t) {
        return written.of(t);
    }

    boolean isPositive(Term t) {
        return knownSign(t) == 1;
    }

    /** The sign of a constant. */
    int sign(Term t) {
        int sign = knownSign(t);
        if (sign == UNKNOWN_SIGN) {
            throw new Stop.NeedSign(t);
        }
        return sign;
    }

    /** −1, 0, 1, or {@link #UNKNOWN_SIGN}. */
    int knownSign(Term t) {
        if (t instanceof Term.Num number) {
            return number.value().signum();
        }
        Integer known = signs.get(t);
        if (known == null) {
            known = findSign(t);
            signs.put(t, known);
        }
        return known;
    }

    private int findSign(Term t) {
        if (parameters(t).isEmpty()) {
            if (isZero(t)) {
                return 0;
            }
            int sign = numericSign(t, POINTS.get(0), 0);
            if (sign == 0) {
                throw new Stop.Stuck("the sign of a number cannot be told to " + DIGITS.getLast() + " digits");
            }
            return sign;
        }
        return switch (oracle.of(expr(t))) {
            case POSITIVE -> 1;
            case NEGATIVE -> -1;
            case ZERO -> 0;
            case NONNEGATIVE, NONPOSITIVE, NONZERO, UNKNOWN ->
                t instanceof Term.Sum sum && sum.count() > 1 ? signOf(Common.of(sum, plain), t) : UNKNOWN_SIGN;
        };
    }

    private int signOf(Common common, Term whole) {
        if (common.rest().equals(whole)) {
            return UNKNOWN_SIGN;
        }
        int sign = knownSign(common.rest());
        for (Map.Entry<Term, Rational> factor : common.factors().entrySet()) {
            if (sign == 0 || sign == UNKNOWN_SIGN) {
                return sign;
            }
            int base = knownSign(factor.getKey());
            boolean even = factor.getValue().isInteger() && !factor.getValue().numerator().testBit(0);
            sign = base == UNKNOWN_SIGN ? base : even ? sign * base * base : sign * base;
        }
        return sign;
    }

    /** What the term depends on besides X. */
    static Set<Expr> parameters(Term t) {
        Set<Expr> all = new LinkedHashSet<>();
        Set<Term> seen = new LinkedHashSet<>();
        collect(t, all, seen);
        return all;
    }

    private static void collect(Term t, Set<Expr> all, Set<Term> seen) {
        if (!seen.add(t)) {
            return;
        }
        switch (t) {
            case Term.Num n -> {
            }
            case Term.Moving x -> {
            }
            case Term.Par par -> {
                if (!Walk.variables(par.expr()).isEmpty() || !Walk.sizeSymbols(List.of(par.expr())).isEmpty()) {
                    all.add(par.expr());
                }
            }
            case Term.Sum sum -> sum.terms().forEach(part -> collect(part, all, seen));
            case Term.Prod product -> product.bases().forEach(part -> collect(part, all, seen));
            case Term.Fun fun -> collect(fun.argument(), all, seen);
        }
    }

    /** Whether the term is zero wherever it is defined; it is proved to be, or a ball shows that it is not. */
    boolean isZero(Term t) {
        if (t instanceof Term.Num number) {
            return number.value().isZero();
        }
        Boolean known = zeros.get(t);
        if (known == null) {
            known = findZero(t);
            zeros.put(t, known);
        }
        return known;
    }

    private boolean findZero(Term t) {
        if (!t.moves() && t instanceof Term.Par) {
            return !parameters(t).isEmpty() && knownSign(t) == 0;
        }
        if (numericSign(t, POINTS.get(0), 0) != 0) {
            return assumedZero(t);
        }
        for (int attempt = 1; attempt < 4; attempt++) {
            for (Rational point : POINTS) {
                if (numericSign(t, point, attempt) != 0) {
                    return assumedZero(t);
                }
            }
        }
        if (MultipliedOut.of(t, EXPANDED_TERMS, plain).isZero()
                || (t instanceof Term.Sum sum && Common.of(sum, plain).rest().isZero())
                || Equality.prove(expr(t), Constant.ZERO).isPresent()) {
            return true;
        }
        throw new Stop.Stuck("cannot tell whether a coefficient is zero");
    }

    /** Under an assumed equation a constant may vanish that does not in general. */
    private boolean assumedZero(Term t) {
        return !t.moves() && oracle.assumptions().relations().stream().anyMatch(r -> r.op() == Relation.Op.EQUAL)
                && !parameters(t).isEmpty() && knownSign(t) == 0;
    }

    /** The sign at one point, or 0 where it cannot be told. */
    private static int numericSign(Term t, Rational x, int attempt) {
        for (int digits : DIGITS) {
            try {
                return new PreciseArithmetic(digits).signum(new TermValue(digits, x, attempt).of(t));
            } catch (ArithmeticException noValue) {
                // More digits may tell.
            }
        }
        return 0;
    }
}
