package org.adjoint.sequence;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * A sum of monomials with rational coefficients, none of them zero. As functions of integers, different monomials without
 * unknown sequences are linearly independent on any region that is unbounded in all directions; so the empty sum is zero, and
 * there another one is not.
 *
 * @param terms the coefficients
 */
record Poly(Map<Monomial, Rational> terms) {
    static final Poly ZERO = new Poly(Map.of());
    static final Poly ONE = of(Rational.ONE);
    private static final int TERMS = 2_000;
    private static final int EXPONENT = 10_000;

    Poly {
        Map<Monomial, Rational> kept = new LinkedHashMap<>();
        terms.forEach((monomial, c) -> {
            if (!c.isZero()) {
                kept.put(monomial, c);
            }
        });
        if (kept.size() > TERMS) {
            throw new NotClosed("a sum has more than " + TERMS + " terms");
        }
        terms = kept;
    }

    static Poly of(Rational number) {
        return new Poly(Map.of(Monomial.ONE, number));
    }

    static Poly of(Monomial monomial) {
        return new Poly(Map.of(monomial, Rational.ONE));
    }

    static Poly of(Form form) {
        Map<Monomial, Rational> terms = new LinkedHashMap<>();
        form.parts().forEach(
                (variable, c) -> terms.put(Monomial.of(new Atom.Symbol(variable), 1), Rational.of(c)));
        terms.put(Monomial.ONE, Rational.of(form.constant()));
        return new Poly(terms);
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    /** The number that this is. */
    Optional<Rational> number() {
        return isZero() ? Optional.of(Rational.ZERO)
                : terms.size() == 1 ? Optional.ofNullable(terms.get(Monomial.ONE)) : Optional.empty();
    }

    Poly plus(Poly other) {
        Map<Monomial, Rational> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((monomial, c) -> sum.merge(monomial, c, Rational::plus));
        return new Poly(sum);
    }

    Poly minus(Poly other) {
        return plus(other.times(Rational.MINUS_ONE));
    }

    Poly times(Rational factor) {
        Map<Monomial, Rational> product = new LinkedHashMap<>();
        terms.forEach((monomial, c) -> product.put(monomial, c.times(factor)));
        return new Poly(product);
    }

    Poly times(Poly other) {
        Map<Monomial, Rational> product = new LinkedHashMap<>();
        terms.forEach((a, c) -> {
            Budget.current().poll();
            other.terms.forEach((b, d) -> product.merge(a.times(b), c.times(d), Rational::plus));
        });
        return new Poly(product);
    }

    /** A power; a negative one of a single term only. */
    Poly pow(int exponent) {
        if (exponent < 0) {
            return inverse().pow(-exponent);
        }
        Poly power = ONE;
        for (int k = 0; k < exponent; k++) {
            power = power.times(this);
        }
        return power;
    }

    /** 1 over a single term without integer variables among its powers; over anything else as an atom of its own. */
    Poly inverse() {
        if (terms.size() != 1) {
            if (isZero() || !variables().isEmpty()) {
                throw new NotClosed("a sum with integer variables stands in a denominator");
            }
            return of(Monomial.of(new Atom.Denominator(this), -1));
        }
        Map.Entry<Monomial, Rational> term = terms.entrySet().iterator().next();
        Monomial m = term.getKey();
        Set<Variable> polynomial = new LinkedHashSet<>();
        new Monomial(m.powers(), Map.of(), m.functions()).collect(polynomial);
        if (polynomial.stream().anyMatch(Poly::isInteger) || !m.functions().isEmpty()) {
            throw new NotClosed("an integer variable or a sequence stands in a denominator");
        }
        Map<Atom, Integer> powers = new LinkedHashMap<>();
        m.powers().forEach((atom, k) -> powers.put(atom, -k));
        Map<Monomial.Base, Form> exponentials = new LinkedHashMap<>();
        m.exponentials().forEach((base, form) -> exponentials.put(base, form.times(-1)));
        return new Poly(Map.of(new Monomial(powers, exponentials, List.of()), term.getValue().inverse()));
    }

    /** {@code bᶠ} of a single term b without integer variables and sequences. */
    Poly pow(Form form) {
        if (form.isConstant()) {
            return pow(exponent(form.constant()));
        }
        if (terms.size() != 1) {
            if (isZero() || !variables().isEmpty()) {
                throw new NotClosed("a power has integer variables in its base and in its exponent");
            }
            return power(new Monomial.Base.Other(new Atom.Symbol(expr())), form);
        }
        Map.Entry<Monomial, Rational> term = terms.entrySet().iterator().next();
        Monomial m = term.getKey();
        if (!variables().isEmpty() || !m.functions().isEmpty()) {
            throw new NotClosed("a power has integer variables in its base and in its exponent");
        }
        Poly power = power(term.getValue(), form);
        for (Map.Entry<Atom, Integer> factor : m.powers().entrySet()) {
            power = power.times(power(new Monomial.Base.Other(factor.getKey()), form.times(factor.getValue())));
        }
        return power;
    }

    private static int exponent(long value) {
        if (Math.abs(value) > EXPONENT) {
            throw new NotClosed("an exponent is beyond " + EXPONENT);
        }
        return (int) value;
    }

    private static Poly power(Rational base, Form form) {
        Poly power = base.signum() < 0 ? power(new Monomial.Base.Prime(-1), form) : ONE;
        Map<Long, Integer> primes = new LinkedHashMap<>();
        factor(base.numerator().abs(), 1, primes);
        factor(base.denominator(), -1, primes);
        for (Map.Entry<Long, Integer> prime : primes.entrySet()) {
            power = power.times(power(new Monomial.Base.Prime(prime.getKey()), form.times(prime.getValue())));
        }
        return power;
    }

    private static void factor(BigInteger number, int sign, Map<Long, Integer> primes) {
        if (number.bitLength() > 40) {
            throw new NotClosed("the base of a power is too large");
        }
        long rest = number.longValueExact();
        for (long p = 2; p * p <= rest; p++) {
            while (rest % p == 0) {
                primes.merge(p, sign, Integer::sum);
                rest /= p;
            }
        }
        if (rest > 1) {
            primes.merge(rest, sign, Integer::sum);
        }
    }

    /** {@code bᶠ}, with the constant of f split off. */
    private static Poly power(Monomial.Base base, Form form) {
        int constant = exponent(form.constant());
        Poly scale = switch (base) {
            case Monomial.Base.Prime prime -> of(Rational.of(prime.value()).pow(constant));
            case Monomial.Base.Other other -> of(Monomial.of(other.atom(), constant));
        };
        return scale.times(of(Monomial.of(base, form.direction())));
    }

    // ---- variables

    static boolean isInteger(Variable variable) {
        return variable.is(Fact.Named.INTEGER) || variable.is(Fact.Named.NATURAL);
    }

    /** The integer variables. */
    Set<Variable> variables() {
        Set<Variable> all = new LinkedHashSet<>();
        terms.keySet().forEach(m -> m.collect(all));
        all.removeIf(v -> !isInteger(v));
        return all;
    }

    Poly substitute(Variable variable, Form value) {
        Poly sum = ZERO;
        for (Map.Entry<Monomial, Rational> term : terms.entrySet()) {
            Monomial m = term.getKey();
            if (!m.mentions(variable)) {
                sum = sum.plus(new Poly(Map.of(m, term.getValue())));
                continue;
            }
            Atom atom = new Atom.Symbol(variable);
            Poly product = of(term.getValue()).times(of(value).pow(m.power(atom)))
                    .times(of(new Monomial(m.without(atom).powers(), Map.of(),
                            m.functions().stream().map(f -> f.substitute(variable, value)).toList())));
            for (Map.Entry<Monomial.Base, Form> factor : m.exponentials().entrySet()) {
                product = product.times(power(factor.getKey(), factor.getValue().substitute(variable, value)));
            }
            sum = sum.plus(product);
        }
        return sum;
    }

    /** Multiplied by powers of all denominators, until none is left: zero where this is, and nowhere else. */
    Poly cleared() {
        Poly open = this;
        while (true) {
            Optional<Atom.Denominator> next = open.terms.keySet().stream().flatMap(m -> m.powers().keySet().stream())
                    .filter(Atom.Denominator.class::isInstance).map(Atom.Denominator.class::cast).findFirst();
            if (next.isEmpty()) {
                return open;
            }
            Atom.Denominator denominator = next.get();
            int lowest = Math.min(0, open.terms.keySet().stream().mapToInt(m -> m.power(denominator)).min().orElse(0));
            Poly sum = ZERO;
            for (Map.Entry<Monomial, Rational> term : open.terms.entrySet()) {
                sum = sum.plus(new Poly(Map.of(term.getKey().without(denominator), term.getValue()))
                        .times(denominator.difference().pow(term.getKey().power(denominator) - lowest)));
            }
            open = sum;
        }
    }

    // ---- as an expression

    Expr expr() {
        List<Expr> nodes = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        terms.forEach((monomial, c) -> {
            nodes.add(expr(monomial));
            coefficients.add(c);
        });
        return Linear.of(Shape.SCALAR, nodes, coefficients);
    }

    private static Expr expr(Monomial monomial) {
        List<Expr> factors = new ArrayList<>();
        monomial.powers().forEach((atom, k) -> factors
                .add(k == 1 ? atom.toExpr() : Functions.POWER.apply(atom.toExpr(), Constant.of(k))));
        monomial.exponentials().forEach((base, form) -> factors.add(switch (base) {
            case Monomial.Base.Prime prime -> number(prime.value(), form);
            case Monomial.Base.Other other -> Functions.POWER.apply(other.atom().toExpr(), form.expr());
        }));
        monomial.functions().forEach(f -> factors.add(f.function().apply(
                f.arguments().stream().map(Form::expr).toList())));
        return factors.isEmpty() ? Constant.ONE : Tensors.product(factors);
    }

    /** {@code 2⁻ⁿ} is written {@code (1/2)ⁿ}. */
    private static Expr number(long base, Form form) {
        boolean negative = form.parts().values().stream().allMatch(c -> c < 0);
        return negative ? Functions.POWER.apply(Constant.of(Rational.of(1, base)), form.times(-1).expr())
                : Functions.POWER.apply(Constant.of(base), form.expr());
    }
}
