package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/**
 * Arithmetic of terms in canonical form: {@code eᵃeᵇ = eᵃ⁺ᵇ}, {@code exp log t = t}, {@code log eᵃ = a}, {@code bᵖb^q = bᵖ⁺q}, and
 * a logarithm or a root of a product split only over factors that are known to be positive.
 */
final class TermAlgebra {
    /** An exponent is multiplied out up to so many terms, so that equal exponentials are seen to be equal. */
    private static final int EXPONENT_TERMS = 24;
    private final Predicate<Term> positive;

    /** @param positive whether a factor is known to be positive for all large X */
    TermAlgebra(Predicate<Term> positive) {
        this.positive = positive;
    }

    /** Whether a factor is known to be positive for all large X. */
    boolean isPositive(Term factor) {
        return positive.test(factor);
    }

    static Term number(Rational value) {
        return value.isZero() ? Term.Num.ZERO : value.isOne() ? Term.Num.ONE : new Term.Num(value);
    }

    static Term number(long value) {
        return number(Rational.of(value));
    }

    // ---- sums

    Term add(Term a, Term b) {
        return sum(List.of(a, b), List.of(Rational.ONE, Rational.ONE));
    }

    Term subtract(Term a, Term b) {
        return sum(List.of(a, b), List.of(Rational.ONE, Rational.MINUS_ONE));
    }

    Term scale(Rational c, Term a) {
        return c.isOne() ? a : sum(List.of(a), List.of(c));
    }

    Term negate(Term a) {
        return scale(Rational.MINUS_ONE, a);
    }

    Term sum(List<Term> terms, List<Rational> coefficients) {
        Map<Term, Rational> total = new HashMap<>();
        for (int k = 0; k < terms.size(); k++) {
            addTo(total, terms.get(k), coefficients.get(k));
        }
        return ofSum(total);
    }

    static void addTo(Map<Term, Rational> total, Term term, Rational c) {
        if (term instanceof Term.Num number) {
            total.merge(Term.Num.ONE, c.times(number.value()), Rational::plus);
        } else if (term instanceof Term.Sum sum) {
            for (int k = 0; k < sum.count(); k++) {
                total.merge(sum.term(k), c.times(sum.coefficient(k)), Rational::plus);
            }
        } else {
            total.merge(term, c, Rational::plus);
        }
    }

    static Term ofSum(Map<Term, Rational> total) {
        Budget.current().checkTerms(total.size());
        List<Term> terms = new ArrayList<>(total.size());
        total.forEach((term, c) -> {
            if (!c.isZero()) {
                terms.add(term);
            }
        });
        if (terms.isEmpty()) {
            return Term.Num.ZERO;
        }
        terms.sort(null);
        List<Rational> coefficients = new ArrayList<>(terms.size());
        terms.forEach(term -> coefficients.add(total.getOrDefault(term, Rational.ZERO)));
        if (terms.size() == 1) {
            Term only = terms.get(0);
            if (only.isOne()) {
                return number(coefficients.get(0));
            }
            if (coefficients.get(0).isOne()) {
                return only;
            }
        }
        return new Term.Sum(terms, coefficients);
    }

    /** The terms of a sum with their coefficients. */
    static Map<Term, Rational> terms(Term term) {
        Map<Term, Rational> all = new TreeMap<>();
        addTo(all, term, Rational.ONE);
        all.values().removeIf(Rational::isZero);
        return all;
    }

    // ---- products

    Term multiply(Term a, Term b) {
        return product(List.of(a, b));
    }

    Term divide(Term a, Term b) {
        return product(List.of(a, power(b, Rational.MINUS_ONE)));
    }

    Term product(List<Term> factors) {
        PowerProduct all = new PowerProduct(this,
                factors.stream().filter(factor -> !(factor instanceof Term.Num)).count() > 1);
        factors.forEach(factor -> all.add(factor, Rational.ONE));
        return all.product();
    }

    /** {@code t^e}; of a negative number or with an exponent that is not an integer only where it exists. */
    Term power(Term t, Rational e) {
        if (e.isOne()) {
            return t;
        }
        PowerProduct all = new PowerProduct(this, false);
        all.add(t, e);
        return all.product();
    }

    static int intValue(Rational whole) {
        if (!whole.fitsLong() || Math.abs(whole.longValueExact()) > 1 << 20) {
            throw new Arithmetic.Undecidable("an exponent beyond a million");
        }
        return (int) whole.longValueExact();
    }

    // ---- functions

    Term exp(Term t) {
        if (t.isZero()) {
            return Term.Num.ONE;
        }
        PowerProduct all = new PowerProduct(this, false);
        all.add(new Term.Fun(Term.Name.EXP, MultipliedOut.of(t, EXPONENT_TERMS, this)), Rational.ONE);
        return all.product();
    }

    Term log(Term t) {
        return switch (t) {
            case Term.Num number -> logOf(number.value());
            case Term.Fun fun when fun.name() == Term.Name.EXP -> fun.argument();
            case Term.Prod product when product.bases().stream().allMatch(positive) -> logOf(product);
            case Term.Prod product when product.count() == 1 && product.exponent(0).numerator().testBit(0) ->
                scale(product.exponent(0), log(product.base(0)));
            case Term.Sum sum when sum.count() == 1 && sum.coefficient(0).signum() > 0 ->
                add(logOf(sum.coefficient(0)), log(sum.term(0)));
            case Term.Sum sum when sum.count() > 1 -> logOf(sum);
            case Term.Sum other -> new Term.Fun(Term.Name.LOG, other);
            case Term.Prod other -> new Term.Fun(Term.Name.LOG, other);
            case Term.Fun other -> new Term.Fun(Term.Name.LOG, other);
            case Term.Par other -> new Term.Fun(Term.Name.LOG, other);
            case Term.Moving x -> new Term.Fun(Term.Name.LOG, x);
        };
    }

    private Term logOf(Term.Prod product) {
        Map<Term, Rational> total = new HashMap<>();
        for (int k = 0; k < product.count(); k++) {
            addTo(total, log(product.base(k)), product.exponent(k));
        }
        return ofSum(total);
    }

    private static Term logOf(Rational value) {
        if (value.signum() <= 0) {
            throw new Arithmetic.OutsideDomain("logarithm of a number that is not positive");
        }
        Map<Term, Rational> total = new HashMap<>();
        PrimePowers.of(value).forEach((prime, count) -> total.put(new Term.Fun(Term.Name.LOG, number(prime)), count));
        return ofSum(total);
    }

    /** {@code log Σ cₖ exp(sₖ) = s₁ + log Σ cₖ exp(sₖ − s₁)} where every term holds an exponential of a moving term. */
    private Term logOf(Term.Sum sum) {
        Term first = exponent(sum.term(0));
        for (Term term : sum.terms()) {
            if (!exponent(term).moves()) {
                return new Term.Fun(Term.Name.LOG, sum);
            }
        }
        return add(first, log(shifted(sum, first)));
    }

    /** {@code Σ cₖ exp(sₖ − s)}. */
    Term shifted(Term.Sum sum, Term s) {
        Term shift = exp(negate(s));
        Map<Term, Rational> total = new HashMap<>();
        for (int k = 0; k < sum.count(); k++) {
            addTo(total, multiply(sum.term(k), shift), sum.coefficient(k));
        }
        return ofSum(total);
    }

    /** s of the factor {@code exp s}, or zero. */
    static Term exponent(Term term) {
        if (term instanceof Term.Fun fun && fun.name() == Term.Name.EXP) {
            return fun.argument();
        }
        if (term instanceof Term.Prod product) {
            for (Term base : product.bases()) {
                if (base instanceof Term.Fun fun && fun.name() == Term.Name.EXP) {
                    return fun.argument();
                }
            }
        }
        return Term.Num.ZERO;
    }

    /** The function at the argument, simplified where there is something to. */
    Term apply(Term.Name name, Term t) {
        return switch (name) {
            case EXP -> exp(t);
            case LOG -> log(t);
            case SIN, ATAN, ASIN, ERF -> t.isZero() ? t : new Term.Fun(name, t);
            case COS -> t.isZero() ? Term.Num.ONE : new Term.Fun(name, t);
            case ERF_TAIL -> new Term.Fun(name, t);
        };
    }

    /** The term with another term in the place of X. */
    Term substitute(Term t, Term x, Map<Term, Term> done) {
        return t.moves() ? replace(t, leaf -> leaf.moves() ? x : leaf, done) : t;
    }

    /** The term with its leaves replaced. */
    Term replace(Term t, UnaryOperator<Term> leaves, Map<Term, Term> done) {
        Term known = done.get(t);
        if (known != null) {
            return known;
        }
        Budget.current().poll();
        Term result = switch (t) {
            case Term.Moving v -> leaves.apply(v);
            case Term.Num n -> n;
            case Term.Par p -> leaves.apply(p);
            case Term.Sum sum -> {
                Map<Term, Rational> total = new HashMap<>();
                for (int k = 0; k < sum.count(); k++) {
                    addTo(total, replace(sum.term(k), leaves, done), sum.coefficient(k));
                }
                yield ofSum(total);
            }
            case Term.Prod product -> {
                PowerProduct all = new PowerProduct(this, false);
                for (int k = 0; k < product.count(); k++) {
                    all.add(replace(product.base(k), leaves, done), product.exponent(k));
                }
                yield all.product();
            }
            case Term.Fun fun -> apply(fun.name(), replace(fun.argument(), leaves, done));
        };
        done.put(t, result);
        return result;
    }
}
