package org.adjoint.limit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/**
 * Arithmetic of terms in canonical form: {@code eᵃeᵇ = eᵃ⁺ᵇ}, {@code exp log t = t}, {@code log eᵃ = a}, {@code bᵖb^q = bᵖ⁺q}, and
 * a logarithm or a root of a product split only over factors that are known to be positive.
 */
final class TermAlgebra {
    private static final int PRIME_LIMIT = 100;
    /** An exponent is multiplied out up to so many terms, so that equal exponentials are seen to be equal. */
    private static final int EXPONENT_TERMS = 24;
    private final Predicate<Term> positive;

    /** @param positive whether a factor is known to be positive for all large X */
    TermAlgebra(Predicate<Term> positive) {
        this.positive = positive;
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
        Gathering all = new Gathering();
        all.several = factors.stream().filter(factor -> !(factor instanceof Term.Num)).count() > 1;
        factors.forEach(factor -> all.add(factor, Rational.ONE));
        return all.product();
    }

    /** {@code t^e}; of a negative number or with an exponent that is not an integer only where it exists. */
    Term power(Term t, Rational e) {
        if (e.isOne()) {
            return t;
        }
        Gathering all = new Gathering();
        all.add(t, e);
        return all.product();
    }

    /** Factors on the way to a product. */
    private final class Gathering {
        private Rational coefficient = Rational.ONE;
        /** Whether a sum is one factor among others: then an exponential that its terms share is better outside. */
        private boolean several;
        private final Map<Term, Rational> powers = new HashMap<>();
        private final Map<Term, Rational> exponential = new HashMap<>();

        void add(Term t, Rational e) {
            if (e.isZero()) {
                return;
            }
            switch (t) {
                case Term.Num number -> addNumber(number.value(), e);
                case Term.Par par -> merge(par, e);
                case Term.Moving x -> merge(x, e);
                case Term.Sum sum -> addSum(sum, e);
                case Term.Prod product -> addProduct(product, e);
                case Term.Fun fun when fun.name() == Term.Name.EXP -> addTo(exponential, fun.argument(), e);
                case Term.Fun fun -> merge(fun, e);
            }
        }

        private void merge(Term base, Rational e) {
            powers.merge(base, e, Rational::plus);
        }

        private void addSum(Term.Sum sum, Rational e) {
            Rational c = sum.coefficient(0);
            if (sum.count() == 1) {
                if (e.isInteger() || c.signum() > 0) {
                    addNumber(c, e);
                    add(sum.term(0), e);
                } else if (c.equals(Rational.MINUS_ONE)) {
                    merge(sum, e);
                } else {
                    addNumber(c.negate(), e);
                    add(negate(sum.term(0)), e);
                }
                return;
            }
            if ((several || !e.isOne()) && sum.terms().stream().allMatch(t -> exponent(t).moves())) {
                Term first = exponent(sum.term(0));
                addTo(exponential, first, e);
                add(shifted(sum, first), e);
                return;
            }
            Rational content = e.isInteger() ? c : c.abs();
            if (content.isOne()) {
                merge(sum, e);
            } else {
                addNumber(content, e);
                merge(scale(content.inverse(), sum), e);
            }
        }

        private void addProduct(Term.Prod product, Rational e) {
            boolean splits = e.isInteger();
            if (!splits && product.count() == 1) {
                Rational inner = product.exponent(0);
                Term base = product.base(0);
                splits = !inner.isInteger() || inner.numerator().testBit(0) || positive.test(base);
                if (!splits) {
                    addEven(product, base, inner.times(e), e);
                    return;
                }
            } else if (!splits) {
                splits = product.bases().stream().allMatch(positive);
            }
            if (splits) {
                for (int k = 0; k < product.count(); k++) {
                    add(product.base(k), product.exponent(k).times(e));
                }
            } else {
                merge(product, e);
            }
        }

        /** {@code (b²)^(1/2) = |b|}. */
        private void addEven(Term.Prod power, Term base, Rational whole, Rational e) {
            if (positive.test(negate(base))) {
                add(negate(base), whole);
            } else if (base instanceof Term.Par par) {
                merge(new Term.Par(Functions.ABS.apply(par.expr())), whole);
            } else {
                merge(power, e);
            }
        }

        private void addNumber(Rational value, Rational e) {
            if (value.isOne()) {
                return;
            }
            if (value.isZero() && e.signum() < 0) {
                throw new Arithmetic.OutsideDomain("division by zero");
            }
            if (value.isZero() || e.isInteger()) {
                Budget.current().checkBits(value.bits() * Math.abs(intValue(e)));
                coefficient = coefficient.times(value.isZero() ? Rational.ZERO : value.pow(intValue(e)));
                return;
            }
            if (value.signum() < 0) {
                throw new Arithmetic.OutsideDomain("root of a negative number");
            }
            primes(value).forEach((prime, count) -> {
                Rational whole = e.times(count);
                Rational floor = Rational.of(whole.floor());
                coefficient = coefficient.times(prime.pow(intValue(floor)));
                Rational rest = whole.minus(floor);
                if (!rest.isZero()) {
                    merge(number(prime), rest);
                }
            });
        }

        Term product() {
            if (coefficient.isZero()) {
                return Term.Num.ZERO;
            }
            splitLogs();
            List<Term> bases = new ArrayList<>();
            powers.forEach((base, e) -> {
                if (!e.isZero()) {
                    bases.add(base);
                }
            });
            Term argument = ofSum(exponential);
            if (!argument.isZero()) {
                bases.add(new Term.Fun(Term.Name.EXP, argument));
            }
            bases.sort(null);
            // powers of one number may have become whole, as in √2·√2
            for (Term base : bases) {
                Rational e = powers.getOrDefault(base, Rational.ONE);
                if (base instanceof Term.Num number && (e.signum() < 0 || e.compareTo(Rational.ONE) >= 0)) {
                    powers.remove(base);
                    addNumber(number.value(), e);
                    return product();
                }
            }
            if (bases.isEmpty()) {
                return number(coefficient);
            }
            if (bases.size() == 1 && powers.getOrDefault(bases.get(0), Rational.ONE).isOne()) {
                return scale(coefficient, bases.get(0));
            }
            List<Rational> exponents = bases.stream().map(b -> powers.getOrDefault(b, Rational.ONE)).toList();
            Term product = new Term.Prod(bases, exponents);
            return coefficient.isOne() ? product : new Term.Sum(List.of(product), List.of(coefficient));
        }

        /** {@code exp(q·log t + r) = t^q·exp r} for rational q. */
        private void splitLogs() {
            List<Term> logs = exponential.keySet().stream().filter(t -> Term.is(t, Term.Name.LOG)).sorted().toList();
            for (Term log : logs) {
                Rational q = exponential.getOrDefault(log, Rational.ZERO);
                exponential.remove(log);
                add(((Term.Fun) log).argument(), q);
            }
            if (!logs.isEmpty()) {
                splitLogs();
            }
        }
    }

    static int intValue(Rational whole) {
        if (!whole.fitsLong() || Math.abs(whole.longValueExact()) > 1 << 20) {
            throw new Arithmetic.Undecidable("an exponent beyond a million");
        }
        return (int) whole.longValueExact();
    }

    /** Small primes, and what is left, with their exponents. */
    private static Map<Rational, Rational> primes(Rational value) {
        Map<Rational, Rational> all = new HashMap<>();
        split(all, value.numerator(), 1);
        split(all, value.denominator(), -1);
        return all;
    }

    private static void split(Map<Rational, Rational> all, BigInteger number, int sign) {
        BigInteger rest = number;
        for (int p = 2; p <= PRIME_LIMIT && rest.bitLength() > 1; p++) {
            BigInteger prime = BigInteger.valueOf(p);
            while (rest.mod(prime).signum() == 0) {
                all.merge(Rational.of(p), Rational.of(sign), Rational::plus);
                rest = rest.divide(prime);
            }
        }
        if (!rest.equals(BigInteger.ONE)) {
            all.merge(Rational.of(rest), Rational.of(sign), Rational::plus);
        }
    }

    /** Products multiplied out as far as that gives no more than so many terms. */
    Term expand(Term t, int limit) {
        return switch (t) {
            case Term.Sum sum -> {
                Map<Term, Rational> total = new HashMap<>();
                for (int k = 0; k < sum.count(); k++) {
                    addTo(total, expand(sum.term(k), limit), sum.coefficient(k));
                }
                yield ofSum(total);
            }
            case Term.Prod product -> expand(product, limit);
            case Term.Num n -> n;
            case Term.Par p -> p;
            case Term.Moving x -> x;
            case Term.Fun fun -> fun;
        };
    }

    private Term expand(Term.Prod product, int limit) {
        Term result = Term.Num.ONE;
        for (int k = 0; k < product.count(); k++) {
            Rational e = product.exponent(k);
            Term base = product.base(k);
            boolean open = base instanceof Term.Sum && e.isInteger() && e.signum() > 0
                    && e.compareTo(Rational.of(limit)) < 0;
            for (int times = open ? intValue(e) : 1; times > 0; times--) {
                result = distribute(result, open ? expand(base, limit) : power(base, e), limit);
            }
        }
        return result;
    }

    /** The product of two sums, term by term. */
    Term distribute(Term a, Term b, int limit) {
        Map<Term, Rational> left = terms(a);
        Map<Term, Rational> right = terms(b);
        if (left.size() * (long) right.size() > limit || left.size() + right.size() <= 2) {
            return multiply(a, b);
        }
        Map<Term, Rational> total = new HashMap<>();
        left.forEach((x, c) -> right.forEach((y, d) -> addTo(total, multiply(x, y), c.times(d))));
        return ofSum(total);
    }

    /** {@code a·b} with what the terms of b share taken out first, so that it can cancel; then multiplied out. */
    Term cancelled(Term a, Term b, int limit) {
        if (!(b instanceof Term.Sum sum) || a instanceof Term.Num) {
            return expand(multiply(a, b), limit);
        }
        Common common = Common.of(sum, this);
        Gathering all = new Gathering();
        all.add(a, Rational.ONE);
        all.add(common.rest(), Rational.ONE);
        common.factors().forEach(all::add);
        return expand(all.product(), limit);
    }

    // ---- functions

    Term exp(Term t) {
        if (t.isZero()) {
            return Term.Num.ONE;
        }
        Gathering all = new Gathering();
        all.add(new Term.Fun(Term.Name.EXP, expand(t, EXPONENT_TERMS)), Rational.ONE);
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
        primes(value).forEach((prime, count) -> total.put(new Term.Fun(Term.Name.LOG, number(prime)), count));
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
    private Term shifted(Term.Sum sum, Term s) {
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
                Gathering all = new Gathering();
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
