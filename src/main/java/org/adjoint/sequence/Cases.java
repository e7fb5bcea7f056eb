package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/** A function of integers as a person writes it down: cases that exclude each other, each with one formula. */
public final class Cases {
    private static final int LIMIT = 60;

    /**
     * One case.
     *
     * @param conditions what holds in it; none when it holds everywhere
     * @param value      the formula
     */
    public record Case(List<Inequality> conditions, Expr value) {
    }

    private final Guard domain;
    private final Map<Guard, Poly> found = new LinkedHashMap<>();

    private Cases(Guard domain) {
        this.domain = domain;
    }

    /**
     * The cases in which an expression is not 0; elsewhere it is.
     *
     * @throws NotClosed when it is no function of integers by cases
     */
    public static List<Case> of(Expr expr) {
        try {
            Piecewise f = new Reading().piecewise(expr);
            if (f.isFormal()) {
                throw new NotClosed("a sum over all integers has no closed form");
            }
            Set<Variable> variables = new LinkedHashSet<>(f.variables());
            Cases cases = new Cases(Domain.of(variables));
            List<Map.Entry<Guard, Poly>> pieces = new ArrayList<>();
            f.pieces().forEach((piece, poly) -> pieces.add(Map.entry(piece.guard(), poly)));
            cases.divide(pieces, cases.domain);
            return cases.found.entrySet().stream().map(one -> new Case(cases.conditions(one.getKey()),
                    one.getValue().expr())).toList();
        } catch (ArithmeticException tooLarge) {
            throw new NotClosed("a number is too large");
        }
    }

    private void divide(List<Map.Entry<Guard, Poly>> pieces, Guard where) {
        if (where.isEmpty()) {
            return;
        }
        List<Map.Entry<Guard, Poly>> open = pieces.stream().filter(p -> !p.getKey().and(where).isEmpty()).toList();
        Optional<Form> split = open.stream().flatMap(p -> p.getKey().forms().stream())
                .filter(form -> !where.implies(form)).min(Comparator.comparing(Form::toString));
        if (split.isPresent()) {
            divide(open, where.and(split.get()));
            divide(open, where.and(Guard.contrary(split.get())));
            return;
        }
        Poly sum = Poly.ZERO;
        for (Map.Entry<Guard, Poly> piece : open) {
            sum = sum.plus(piece.getValue());
        }
        if (sum.isZero()) {
            return;
        }
        if (found.size() == LIMIT) {
            throw new NotClosed("there are more than " + LIMIT + " cases");
        }
        found.put(where, sum);
    }

    /** The inequalities without those that follow from the others and from what is declared. */
    private List<Inequality> conditions(Guard where) {
        Guard rest = where;
        for (Form form : where.forms()) {
            Guard fewer = rest.without(form);
            if (fewer.and(domain).implies(form)) {
                rest = fewer;
            }
        }
        return rest.forms().stream().sorted(Comparator.comparing(Form::toString)).map(Inequality::of).toList();
    }
}
