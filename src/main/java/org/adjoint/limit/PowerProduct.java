package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/**
 * A product of powers on the way: the exponents of equal bases are added, exponentials have one exponent, numbers are split
 * into powers of primes. A power of a product splits only over factors that are known to be positive.
 */
final class PowerProduct {
    private final TermAlgebra algebra;
    private Rational coefficient = Rational.ONE;
    /** Whether a sum is one factor among others: then an exponential that its terms share is better outside. */
    private final boolean several;
    private final Map<Term, Rational> powers = new HashMap<>();
    private final Map<Term, Rational> exponential = new HashMap<>();

    /** @param several whether more than one factor is not a number */
    PowerProduct(TermAlgebra algebra, boolean several) {
        this.algebra = algebra;
        this.several = several;
    }

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
            case Term.Fun fun when fun.name() == Term.Name.EXP -> TermAlgebra.addTo(exponential, fun.argument(), e);
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
                add(algebra.negate(sum.term(0)), e);
            }
            return;
        }
        if ((several || !e.isOne()) && sum.terms().stream().allMatch(t -> TermAlgebra.exponent(t).moves())) {
            Term first = TermAlgebra.exponent(sum.term(0));
            TermAlgebra.addTo(exponential, first, e);
            add(algebra.shifted(sum, first), e);
            return;
        }
        Rational content = e.isInteger() ? c : c.abs();
        if (content.isOne()) {
            merge(sum, e);
        } else {
            addNumber(content, e);
            merge(algebra.scale(content.inverse(), sum), e);
        }
    }

    private void addProduct(Term.Prod product, Rational e) {
        boolean splits = e.isInteger();
        if (!splits && product.count() == 1) {
            Rational inner = product.exponent(0);
            Term base = product.base(0);
            splits = !inner.isInteger() || inner.numerator().testBit(0) || algebra.isPositive(base);
            if (!splits) {
                addEven(product, base, inner.times(e), e);
                return;
            }
        } else if (!splits) {
            splits = product.bases().stream().allMatch(algebra::isPositive);
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
        if (algebra.isPositive(algebra.negate(base))) {
            add(algebra.negate(base), whole);
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
            Budget.current().checkBits(value.bits() * Math.abs(TermAlgebra.intValue(e)));
            coefficient = coefficient.times(value.isZero() ? Rational.ZERO : value.pow(TermAlgebra.intValue(e)));
            return;
        }
        if (value.signum() < 0) {
            throw new Arithmetic.OutsideDomain("root of a negative number");
        }
        PrimePowers.of(value).forEach((prime, count) -> {
            Rational whole = e.times(count);
            Rational floor = Rational.of(whole.floor());
            coefficient = coefficient.times(prime.pow(TermAlgebra.intValue(floor)));
            Rational rest = whole.minus(floor);
            if (!rest.isZero()) {
                merge(TermAlgebra.number(prime), rest);
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
        Term argument = TermAlgebra.ofSum(exponential);
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
            return TermAlgebra.number(coefficient);
        }
        if (bases.size() == 1 && powers.getOrDefault(bases.get(0), Rational.ONE).isOne()) {
            return algebra.scale(coefficient, bases.get(0));
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
