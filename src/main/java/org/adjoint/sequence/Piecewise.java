package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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
import org.adjoint.expr.Where;

/**
 * {@code Σₖ Σ_{bound} [guardₖ]·polyₖ}: functions of integers given by cases. Bound variables run over all integers; there are
 * some only where unknown sequences keep a sum from being closed.
 *
 * @param pieces what is summed where
 */
record Piecewise(Map<Piece, Poly> pieces) {
    static final Piecewise ZERO = new Piecewise(Map.of());
    static final Piecewise ONE = of(Poly.ONE);
    private static final int PIECES = 600;

    /** Where, and what is summed over. */
    record Piece(Guard guard, Set<Variable> bound) {
        static final Piece ALWAYS = new Piece(Guard.ALWAYS, Set.of());

        Piece {
            bound = Collections.unmodifiableSet(new LinkedHashSet<>(bound));
        }

        Piece with(Guard other) {
            return new Piece(other, bound);
        }
    }

    Piecewise {
        Map<Piece, Poly> kept = new LinkedHashMap<>();
        pieces.forEach((piece, poly) -> {
            if (!poly.isZero() && !piece.guard().isEmpty()) {
                kept.put(piece, poly);
            }
        });
        if (kept.size() > PIECES) {
            throw new NotClosed("there are more than " + PIECES + " cases");
        }
        pieces = kept;
    }

    static Piecewise of(Poly poly) {
        return new Piecewise(Map.of(Piece.ALWAYS, poly));
    }

    /** 1 where the guard holds, else 0. */
    static Piecewise indicator(Guard guard) {
        return new Piecewise(Map.of(new Piece(guard, Set.of()), Poly.ONE));
    }

    /** What holds everywhere, when there are no cases. */
    Optional<Poly> plain() {
        return pieces.isEmpty() ? Optional.of(Poly.ZERO)
                : pieces.size() == 1 ? Optional.ofNullable(pieces.get(Piece.ALWAYS)) : Optional.empty();
    }

    boolean isFormal() {
        return pieces.keySet().stream().anyMatch(piece -> !piece.bound().isEmpty());
    }

    Piecewise plus(Piecewise other) {
        Map<Piece, Poly> sum = new LinkedHashMap<>(pieces);
        other.pieces.forEach((piece, poly) -> sum.merge(piece, poly, Poly::plus));
        return new Piecewise(sum);
    }

    Piecewise map(UnaryOperator<Poly> each) {
        Map<Piece, Poly> all = new LinkedHashMap<>();
        pieces.forEach((piece, poly) -> all.put(piece, each.apply(poly)));
        return new Piecewise(all);
    }

    Piecewise times(Rational factor) {
        return map(poly -> poly.times(factor));
    }

    Piecewise minus(Piecewise other) {
        return plus(other.times(Rational.MINUS_ONE));
    }

    Piecewise times(Piecewise other) {
        Piecewise apart = other.apartFrom(variables());
        Map<Piece, Poly> product = new LinkedHashMap<>();
        Piecewise mine = apart.isFormal() ? apartFrom(apart.variables()) : this;
        mine.pieces.forEach((a, p) -> apart.pieces.forEach((b, q) -> {
            Budget.current().poll();
            Set<Variable> bound = new LinkedHashSet<>(a.bound());
            bound.addAll(b.bound());
            product.merge(new Piece(a.guard().and(b.guard()), bound), p.times(q), Poly::plus);
        }));
        return new Piecewise(product);
    }

    Piecewise pow(int exponent) {
        Piecewise power = ONE;
        for (int k = 0; k < exponent; k++) {
            power = power.times(this);
        }
        return power;
    }

    Piecewise substitute(Variable variable, Form value) {
        Map<Piece, Poly> all = new LinkedHashMap<>();
        pieces.forEach((piece, poly) -> all.merge(piece.with(piece.guard().substitute(variable, value)),
                poly.substitute(variable, value), Poly::plus));
        return new Piecewise(all);
    }

    /** All integer variables, the bound ones too. */
    Set<Variable> variables() {
        Set<Variable> all = new LinkedHashSet<>();
        pieces.forEach((piece, poly) -> {
            all.addAll(piece.bound());
            all.addAll(piece.guard().variables());
            all.addAll(poly.variables());
        });
        return all;
    }

    /** The same sum, with other names for bound variables that are among these. */
    private Piecewise apartFrom(Set<Variable> taken) {
        Map<Piece, Poly> all = new LinkedHashMap<>();
        Set<Variable> used = new LinkedHashSet<>(taken);
        used.addAll(variables());
        pieces.forEach((piece, poly) -> {
            Guard guard = piece.guard();
            Poly renamed = poly;
            Set<Variable> bound = new LinkedHashSet<>();
            for (Variable variable : piece.bound()) {
                if (!taken.contains(variable)) {
                    bound.add(variable);
                    continue;
                }
                Variable fresh = fresh(used);
                used.add(fresh);
                bound.add(fresh);
                guard = guard.substitute(variable, Form.of(fresh));
                renamed = renamed.substitute(variable, Form.of(fresh));
            }
            all.merge(new Piece(guard, bound), renamed, Poly::plus);
        });
        return new Piecewise(all);
    }

    /** An integer variable that is none of these. */
    static Variable fresh(Set<Variable> used) {
        int k = 0;
        Variable variable;
        do {
            variable = Variable.scalar("bound " + k++, Fact.Named.INTEGER);
        } while (used.contains(variable));
        return variable;
    }

    /** As an expression that selects; sums that are not closed have none. */
    Expr expr() {
        List<Expr> terms = new ArrayList<>();
        pieces.forEach((piece, poly) -> {
            if (!piece.bound().isEmpty()) {
                throw new NotClosed("a sum over all integers is not closed");
            }
            List<Expr> factors = new ArrayList<>();
            piece.guard().forms().stream().sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .forEach(form -> factors.add(atLeastZero(form)));
            Expr value = poly.expr();
            terms.add(factors.isEmpty() ? value
                    : Where.of(Tensors.product(factors), value, Constant.ZERO));
        });
        return Linear.of(Shape.SCALAR, terms, terms.stream().map(t -> Rational.ONE).toList());
    }

    private static Expr atLeastZero(Form form) {
        Inequality inequality = Inequality.of(form);
        return inequality.strict() ? Functions.LESS.apply(inequality.left(), inequality.right())
                : Functions.LESS_EQUAL.apply(inequality.left(), inequality.right());
    }
}
