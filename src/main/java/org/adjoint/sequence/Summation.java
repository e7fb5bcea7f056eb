package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/**
 * {@code Σ_{i ∈ ℤ} f(i)} of a function by cases. An index that an equation fixes is put in; between bounds a sum of polynomials
 * times powers is closed, with one case for each choice of the greatest lower and the least upper bound; over unknown sequences
 * it is left open.
 */
final class Summation {
    private static final int LISTED = 4_000;

    private final Variable index;

    private Summation(Variable index) {
        this.index = index;
    }

    /** The sum. */
    static Piecewise over(Variable index, Piecewise f) {
        Summation summation = new Summation(index);
        Piecewise sum = Piecewise.ZERO;
        for (Map.Entry<Piecewise.Piece, Poly> entry : f.pieces().entrySet()) {
            sum = sum.plus(summation.piece(entry.getKey(), entry.getValue()));
        }
        return sum;
    }

    private Piecewise piece(Piecewise.Piece piece, Poly poly) {
        Optional<Form> value = fixed(piece.guard());
        if (value.isPresent()) {
            return new Piecewise(Map.of(piece.with(piece.guard().substitute(index, value.get())),
                    poly.substitute(index, value.get())));
        }
        Map<Monomial, Rational> open = new LinkedHashMap<>();
        Map<Monomial, Rational> plain = new LinkedHashMap<>();
        poly.terms().forEach((monomial, c) -> (monomial.functions().stream().anyMatch(x -> x.mentions(index)) ? open
                : plain).put(monomial, c));
        Set<Variable> bound = new LinkedHashSet<>(piece.bound());
        bound.add(index);
        Piecewise sum = new Piecewise(Map.of(new Piecewise.Piece(piece.guard(), bound), new Poly(open)));
        return plain.isEmpty() ? sum : sum.plus(closed(piece, new Poly(plain)));
    }

    /** What the index must be where the guard holds. */
    private Optional<Form> fixed(Guard guard) {
        for (Form form : guard.forms()) {
            if (Math.abs(form.coefficient(index)) == 1 && guard.forms().contains(form.times(-1))) {
                return Optional.of(form.without(index).times(-form.coefficient(index)));
            }
        }
        return Optional.empty();
    }

    // ---- between bounds

    private Piecewise closed(Piecewise.Piece piece, Poly poly) {
        List<Form> lower = new ArrayList<>();
        List<Form> upper = new ArrayList<>();
        Set<Form> rest = new LinkedHashSet<>();
        for (Form form : piece.guard().forms()) {
            long c = form.coefficient(index);
            if (Math.abs(c) > 1) {
                throw new NotClosed("a bound of a sum is no whole number for all integers");
            }
            if (c == 0) {
                rest.add(form);
            } else {
                (c > 0 ? lower : upper).add(form.without(index).times(-c));
            }
        }
        Piecewise sum = Piecewise.ZERO;
        for (int a = 0; a < Math.max(1, lower.size()); a++) {
            for (int b = 0; b < Math.max(1, upper.size()); b++) {
                Budget.current().poll();
                Optional<Form> from = lower.isEmpty() ? Optional.empty() : Optional.of(lower.get(a));
                Optional<Form> to = upper.isEmpty() ? Optional.empty() : Optional.of(upper.get(b));
                Guard guard = new Guard(rest).and(extreme(lower, a, 1)).and(extreme(upper, b, -1));
                if (from.isPresent() && to.isPresent()) {
                    guard = guard.and(to.get().minus(from.get()));
                }
                if (!guard.isEmpty()) {
                    sum = sum.plus(new Piecewise(Map.of(piece.with(guard), between(poly, from, to))));
                }
            }
        }
        return sum;
    }

    /** That one of the bounds is the greatest (or with −1 the least), and the first of those. */
    private static Guard extreme(List<Form> bounds, int chosen, int sign) {
        Guard guard = Guard.ALWAYS;
        for (int k = 0; k < bounds.size(); k++) {
            if (k != chosen) {
                Form above = bounds.get(chosen).minus(bounds.get(k)).times(sign);
                guard = guard.and(k < chosen ? above.plus(-1) : above);
            }
        }
        return guard;
    }

    private Poly between(Poly poly, Optional<Form> from, Optional<Form> to) {
        if (from.isPresent() && to.isPresent()) {
            Form count = to.get().minus(from.get());
            if (count.isConstant() && count.constant() < LISTED) {
                Poly sum = Poly.ZERO;
                for (long k = 0; k <= count.constant(); k++) {
                    sum = sum.plus(poly.substitute(index, from.get().plus(k)));
                }
                return sum;
            }
        }
        Poly sum = Poly.ZERO;
        for (Map.Entry<Map<Monomial.Base, Long>, Poly> group : byRatio(poly).entrySet()) {
            sum = sum.plus(between(group.getKey(), group.getValue(), from, to));
        }
        return sum;
    }

    // ---- polynomials times powers of one ratio

    private Map<Map<Monomial.Base, Long>, Poly> byRatio(Poly poly) {
        Map<Map<Monomial.Base, Long>, Poly> groups = new LinkedHashMap<>();
        poly.terms().forEach((monomial, c) -> {
            Map<Monomial.Base, Long> ratio = new LinkedHashMap<>();
            monomial.exponentials().forEach((base, form) -> {
                if (form.coefficient(index) != 0) {
                    ratio.put(base, form.coefficient(index));
                }
            });
            groups.merge(ratio, new Poly(Map.of(monomial, c)), Poly::plus);
        });
        return groups;
    }

    private Poly between(Map<Monomial.Base, Long> powers, Poly poly, Optional<Form> from, Optional<Form> to) {
        Poly ratio = Poly.ONE;
        Poly grown = Poly.ONE;
        for (Map.Entry<Monomial.Base, Long> power : powers.entrySet()) {
            Form exponent = Form.of(index).times(power.getValue());
            Poly base = switch (power.getKey()) {
                case Monomial.Base.Prime prime -> Poly.of(Rational.of(prime.value()));
                case Monomial.Base.Other other -> Poly.of(Monomial.of(other.atom(), 1));
            };
            ratio = ratio.times(base.pow(Math.toIntExact(power.getValue())));
            grown = grown.times(Poly.of(Monomial.of(power.getKey(), exponent)));
        }
        Poly antidifference = antidifference(coefficients(poly, grown), ratio).times(grown);
        // The proof by telescoping: F(i + 1) − F(i) is the summand.
        Poly step = antidifference.substitute(index, Form.of(index).plus(1)).minus(antidifference);
        if (!step.minus(poly).cleared().isZero()) {
            throw new NotClosed("the closed form of a sum does not telescope");
        }
        Poly upper = to.isPresent() ? antidifference.substitute(index, to.get().plus(1)) : vanishing(ratio, -1);
        Poly lower = from.isPresent() ? antidifference.substitute(index, from.get()) : vanishing(ratio, 1);
        return upper.minus(lower);
    }

    /** Zero, the value of the antidifference at infinity, where the ratio is less than 1 there; sign says which end. */
    private static Poly vanishing(Poly ratio, int sign) {
        Rational number = ratio.number().orElseThrow(() -> new NotClosed(
                "whether a sum over all integers converges depends on a parameter"));
        if (number.abs().compareTo(Rational.ONE) * sign <= 0) {
            throw new NotClosed("a sum over all integers does not converge");
        }
        return Poly.ZERO;
    }

    /** The coefficients of the powers of the index in {@code poly / grown}. */
    private List<Poly> coefficients(Poly poly, Poly grown) {
        Poly rest = poly.times(grown.inverse());
        Atom atom = new Atom.Symbol(index);
        List<Poly> coefficients = new ArrayList<>();
        rest.terms().forEach((monomial, c) -> {
            int power = monomial.power(atom);
            if (power < 0) {
                throw new NotClosed("the index of a sum stands in a denominator");
            }
            while (coefficients.size() <= power) {
                coefficients.add(Poly.ZERO);
            }
            coefficients.set(power, coefficients.get(power).plus(new Poly(Map.of(monomial.without(atom), c))));
        });
        return coefficients;
    }

    /** The polynomial q with {@code r·q(i + 1) − q(i) = p(i)}, from its highest coefficient down. */
    private Poly antidifference(List<Poly> p, Poly ratio) {
        boolean plain = ratio.number().filter(Rational::isOne).isPresent();
        int degree = p.size() - 1 + (plain ? 1 : 0);
        Poly[] q = new Poly[degree + 1];
        Arrays.fill(q, Poly.ZERO);
        Poly inverse = plain ? Poly.ONE : ratio.minus(Poly.ONE).inverse();
        for (int k = p.size() - 1; k >= 0; k--) {
            int solved = plain ? k + 1 : k;
            Poly rest = p.get(k);
            Rational binomial = Rational.ONE;
            for (int m = k + 1; m <= degree; m++) {
                // C(m, k) from C(m − 1, k)
                binomial = binomial.times(Rational.of(m, m - k));
                if (m != solved) {
                    rest = rest.minus(ratio.times(q[m]).times(binomial));
                }
            }
            q[solved] = plain ? rest.times(Rational.of(1, k + 1)) : rest.times(inverse);
        }
        Poly sum = Poly.ZERO;
        for (int k = 0; k <= degree; k++) {
            sum = sum.plus(q[k].times(Poly.of(Monomial.of(new Atom.Symbol(index), k))));
        }
        return sum;
    }
}
