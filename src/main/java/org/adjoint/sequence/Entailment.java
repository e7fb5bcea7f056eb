package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;

/**
 * Statements about linear inequalities between integers, joined by logic, as the points at which they hold: a union of regions.
 * A statement follows from others where its contrary shares no integer points with them.
 */
public final class Entailment {
    private static final int REGIONS = 200;

    private final List<Guard> regions;

    private Entailment(List<Guard> regions) {
        if (regions.size() > REGIONS) {
            throw new NotClosed("there are more than " + REGIONS + " regions");
        }
        this.regions = List.copyOf(regions);
    }

    /** Holds everywhere, or nowhere. */
    public static Entailment of(boolean holds) {
        return new Entailment(holds ? List.of(Guard.ALWAYS) : List.of());
    }

    /** A comparison; nothing when a side is no form in integer variables. */
    public static Optional<Entailment> of(Expr a, Identity.Order order, Expr b) {
        Optional<Form> first = Reading.formOf(a);
        Optional<Form> second = Reading.formOf(b);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Entailment(List.of(order.guard(second.get().minus(first.get())))));
    }

    /** Where both hold. */
    public Entailment and(Entailment other) {
        List<Guard> all = new ArrayList<>();
        for (Guard a : regions) {
            for (Guard b : other.regions) {
                Guard both = a.and(b);
                if (!both.isEmpty()) {
                    all.add(both);
                }
            }
        }
        return new Entailment(all);
    }

    /** Where one holds. */
    public Entailment or(Entailment other) {
        List<Guard> all = new ArrayList<>(regions);
        all.addAll(other.regions);
        return new Entailment(all);
    }

    /** Where it does not hold. */
    public Entailment not() {
        Entailment rest = of(true);
        for (Guard region : regions) {
            List<Guard> outside = new ArrayList<>();
            region.forms().forEach(form -> outside.add(Guard.atLeastZero(Guard.contrary(form))));
            rest = rest.and(new Entailment(outside));
        }
        return rest;
    }

    /** Whether it is proved to hold for no integers that are as they are declared. */
    public boolean isNowhere() {
        return regions.stream().allMatch(region -> region.and(Domain.of(region.variables())).isEmpty());
    }
}
