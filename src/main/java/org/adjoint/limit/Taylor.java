package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/** Taylor coefficients of the functions that stay, by the recurrences of their differential equations. */
final class Taylor {
    private final TermAlgebra algebra;

    Taylor(TermAlgebra algebra) {
        this.algebra = algebra;
    }

    /** {@code f⁽ᵏ⁾(at)/k!} for k below the length. */
    List<Term> at(Term.Name name, Term at, int length) {
        return switch (name) {
            case SIN -> circular(at, length, 0);
            case COS -> circular(at, length, 1);
            case ATAN -> integrated(algebra.apply(name, at), arctangentSlope(at, length), length);
            case ASIN -> integrated(algebra.apply(name, at), arcsineSlope(at, length), length);
            case ERF -> integrated(algebra.apply(name, at), errorSlope(at, length), length);
            case ERF_TAIL -> tail(at, length);
            case EXP, LOG -> throw new IllegalArgumentException("exp and log have series of their own");
        };
    }

    private List<Term> circular(Term at, int length, int shift) {
        Term sin = algebra.apply(Term.Name.SIN, at);
        Term cos = algebra.apply(Term.Name.COS, at);
        List<Term> cycle = List.of(sin, cos, algebra.negate(sin), algebra.negate(cos));
        List<Term> result = new ArrayList<>();
        Rational factorial = Rational.ONE;
        for (int k = 0; k < length; k++) {
            result.add(algebra.scale(factorial, cycle.get((k + shift) % 4)));
            factorial = factorial.dividedBy(Rational.of(k + 1));
        }
        return result;
    }

    private List<Term> integrated(Term value, List<Term> slope, int length) {
        List<Term> result = new ArrayList<>(List.of(value));
        for (int k = 1; k < length; k++) {
            result.add(algebra.scale(Rational.of(1, k), slope.get(k - 1)));
        }
        return result;
    }

    /** {@code 1/(1 + (s+z)²)}: {@code (1+s²) d_k = −2s d_{k−1} − d_{k−2}}. */
    private List<Term> arctangentSlope(Term s, int length) {
        Term p = algebra.power(algebra.add(Term.Num.ONE, algebra.power(s, Rational.TWO)), Rational.MINUS_ONE);
        List<Term> d = new ArrayList<>(List.of(p));
        for (int k = 1; k < length; k++) {
            Term last = algebra.scale(Rational.of(-2), algebra.multiply(s, d.get(k - 1)));
            Term before = k == 1 ? Term.Num.ZERO : d.get(k - 2);
            d.add(algebra.multiply(p, algebra.subtract(last, before)));
        }
        return d;
    }

    /** {@code (1 − (s+z)²)^(−1/2)}: {@code (1−s²)(k+1) y_{k+1} = s(2k+1) y_k + k y_{k−1}}. */
    private List<Term> arcsineSlope(Term s, int length) {
        Term q = algebra.subtract(Term.Num.ONE, algebra.power(s, Rational.TWO));
        if (q.isZero()) {
            throw new Stop.Stuck("asin at the end of its domain");
        }
        Term inverse = algebra.power(q, Rational.MINUS_ONE);
        List<Term> y = new ArrayList<>(List.of(algebra.power(q, Rational.of(-1, 2))));
        for (int k = 0; k + 1 < length; k++) {
            Term last = algebra.scale(Rational.of(2L * k + 1), algebra.multiply(s, y.get(k)));
            Term before = k == 0 ? Term.Num.ZERO : algebra.scale(Rational.of(k), y.get(k - 1));
            y.add(algebra.scale(Rational.of(1, k + 1), algebra.multiply(inverse, algebra.add(last, before))));
        }
        return y;
    }

    /** {@code 2/√π exp(−(s+z)²)}: {@code (k+1) y_{k+1} = −2s y_k − 2 y_{k−1}}. */
    private List<Term> errorSlope(Term s, int length) {
        Term first = algebra.multiply(algebra.scale(Rational.TWO, rootOfPi(-1)),
                algebra.exp(algebra.negate(algebra.power(s, Rational.TWO))));
        List<Term> y = new ArrayList<>(List.of(first));
        for (int k = 0; k + 1 < length; k++) {
            Term before = k == 0 ? Term.Num.ZERO : y.get(k - 1);
            y.add(algebra.scale(Rational.of(-2, k + 1), algebra.add(algebra.multiply(s, y.get(k)), before)));
        }
        return y;
    }

    /**
     * {@code W(z) ~ z/√π Σ (−1)ᵏ (2k−1)!!/2ᵏ z²ᵏ} at 0 (DLMF 7.12.1); elsewhere by {@code z³ W′ = −2 W + 2z/√π}.
     */
    private List<Term> tail(Term at, int length) {
        List<Term> result = new ArrayList<>();
        if (at.isZero()) {
            Rational c = Rational.ONE;
            for (int k = 0; k < length; k++) {
                if (k % 2 == 0) {
                    result.add(Term.Num.ZERO);
                } else {
                    result.add(algebra.scale(c, rootOfPi(-1)));
                    c = c.times(Rational.of(-k, 2));
                }
            }
            return result;
        }
        Term cube = algebra.power(at, Rational.of(-3));
        Term twice = algebra.scale(Rational.TWO, rootOfPi(-1));
        result.add(algebra.apply(Term.Name.ERF_TAIL, at));
        for (int k = 0; k + 1 < length; k++) {
            Term sum = algebra.scale(Rational.of(-2), result.get(k));
            sum = k == 0 ? algebra.add(sum, algebra.multiply(twice, at)) : k == 1 ? algebra.add(sum, twice) : sum;
            Term square = algebra.multiply(algebra.power(at, Rational.TWO), result.get(k));
            sum = algebra.subtract(sum, algebra.scale(Rational.of(3L * k), square));
            if (k >= 1) {
                Term last = algebra.multiply(at, result.get(k - 1));
                sum = algebra.subtract(sum, algebra.scale(Rational.of(3L * (k - 1)), last));
            }
            if (k >= 2) {
                sum = algebra.subtract(sum, algebra.scale(Rational.of(k - 2), result.get(k - 2)));
            }
            result.add(algebra.scale(Rational.of(1, k + 1), algebra.multiply(cube, sum)));
        }
        return result;
    }

    private Term rootOfPi(int sign) {
        return algebra.power(new Term.Par(Functions.PI.apply()), Rational.of(sign, 2));
    }
}
