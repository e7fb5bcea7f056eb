package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.jspecify.annotations.Nullable;

/**
 * Whether linear inequalities have a common solution, by eliminating one unknown after the other (Fourier 1827, Motzkin
 * 1936). Unknowns are atoms: that there is a solution says nothing, that there is none is a proof.
 */
final class FourierMotzkin {
    private static final int SIZE_LIMIT = 300;

    /** {@code Σ c·atom + constant > 0}, or {@code >= 0}. */
    record Constraint(Map<Expr, Rational> atoms, Rational constant, boolean strict) {
        static Constraint of(LinearForm form, boolean strict) {
            return new Constraint(form.atoms(), form.constant(), strict);
        }

        /** Whether no values can fulfil it, seen from its constant alone. */
        private boolean isFalse() {
            return atoms.isEmpty() && (strict ? constant.signum() <= 0 : constant.signum() < 0);
        }

        /** {@code a·this + b·other} for positive a and b. */
        private Constraint combine(Rational a, Constraint other, Rational b) {
            Map<Expr, Rational> sum = new HashMap<>();
            atoms.forEach((atom, c) -> sum.put(atom, c.times(a)));
            other.atoms.forEach((atom, c) -> sum.merge(atom, c.times(b), Rational::plus));
            sum.values().removeIf(Rational::isZero);
            return new Constraint(sum, constant.times(a).plus(other.constant.times(b)), strict || other.strict);
        }
    }

    private FourierMotzkin() {
    }

    /** Whether there is certainly no solution over the reals. */
    static boolean isInfeasible(List<Constraint> constraints) {
        Set<Constraint> open = new LinkedHashSet<>(constraints);
        while (true) {
            if (open.stream().anyMatch(Constraint::isFalse)) {
                return true;
            }
            Expr next = cheapest(open);
            if (next == null || open.size() > SIZE_LIMIT) {
                return false;
            }
            open = eliminate(open, next);
        }
    }

    private static @Nullable Expr cheapest(Set<Constraint> constraints) {
        Map<Expr, int[]> uses = new HashMap<>();
        for (Constraint constraint : constraints) {
            constraint.atoms
                    .forEach((atom, c) -> uses.computeIfAbsent(atom, a -> new int[2])[c.signum() > 0 ? 0 : 1]++);
        }
        Expr best = null;
        int cost = Integer.MAX_VALUE;
        for (Map.Entry<Expr, int[]> use : uses.entrySet()) {
            int own = use.getValue()[0] * use.getValue()[1];
            if (own < cost) {
                cost = own;
                best = use.getKey();
            }
        }
        return best;
    }

    private static Set<Constraint> eliminate(Set<Constraint> constraints, Expr atom) {
        List<Constraint> lower = new ArrayList<>();
        List<Constraint> upper = new ArrayList<>();
        Set<Constraint> rest = new LinkedHashSet<>();
        for (Constraint constraint : constraints) {
            Rational c = constraint.atoms.getOrDefault(atom, Rational.ZERO);
            if (c.isZero()) {
                rest.add(constraint);
            } else {
                (c.signum() > 0 ? lower : upper).add(constraint);
            }
        }
        for (Constraint a : lower) {
            for (Constraint b : upper) {
                Budget.current().poll();
                rest.add(a.combine(b.atoms.getOrDefault(atom, Rational.ZERO).negate(), b,
                        a.atoms.getOrDefault(atom, Rational.ZERO)));
            }
        }
        return rest;
    }
}
