package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Variable;

/**
 * Whether a function by cases is zero at all integer points of a guard: the points are divided by the inequalities of the
 * cases until each is settled, and what is left in every part is zero as a sum of monomials. Equations that hold in a part are
 * put in. That nothing is found to be zero proves nothing.
 */
final class Vanishing {
    private static final int LIMIT = 4_000;
    private int parts;
    private int tried;

    private record Entry(Guard guard, Poly poly) {
    }

    /** Whether it is proved. */
    boolean isProved(Piecewise f, Guard where) {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<Piecewise.Piece, Poly> piece : f.pieces().entrySet()) {
            if (!piece.getKey().bound().isEmpty()) {
                throw new NotClosed("a sum over all integers is not closed");
            }
            entries.add(new Entry(piece.getKey().guard(), piece.getValue()));
        }
        return isProved(entries, where);
    }

    /** Into how many parts the integers were divided. */
    int parts() {
        return parts;
    }

    private boolean isProved(List<Entry> entries, Guard where) {
        Budget.current().checkTime();
        if (++tried > LIMIT) {
            throw new NotClosed("there are more than " + LIMIT + " cases");
        }
        if (where.isEmpty()) {
            return true;
        }
        List<Entry> open = new ArrayList<>();
        Optional<Form> split = Optional.empty();
        for (Entry entry : entries) {
            Guard rest = settled(entry.guard(), where);
            if (rest.and(where).isEmpty()) {
                continue;
            }
            open.add(new Entry(rest, entry.poly()));
            split = split.or(() -> rest.forms().stream().findFirst());
        }
        if (split.isPresent()) {
            return isProved(open, where.and(split.get()))
                    && isProved(open, where.and(Guard.contrary(split.get())));
        }
        parts++;
        Poly sum = Poly.ZERO;
        for (Entry entry : open) {
            sum = sum.plus(entry.poly());
        }
        return isZero(sum, where);
    }

    /** The guard without what holds anyway. */
    private static Guard settled(Guard guard, Guard where) {
        Guard rest = guard;
        for (Form form : guard.forms()) {
            if (where.implies(form)) {
                rest = rest.without(form);
            }
        }
        return rest;
    }

    private static boolean isZero(Poly sum, Guard where) {
        Poly left = sum.cleared();
        Guard guard = where;
        while (!left.isZero()) {
            Optional<Form> equation = guard.equation();
            if (equation.isEmpty()) {
                return false;
            }
            Form form = equation.get();
            Variable solved = form.variables().stream().filter(v -> Math.abs(form.coefficient(v)) == 1).findFirst()
                    .orElseThrow();
            Form value = form.without(solved).times(-form.coefficient(solved));
            left = left.substitute(solved, value).cleared();
            guard = guard.substitute(solved, value);
        }
        return true;
    }
}
