package org.adjoint.check;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing tested at one point.
 *
 * @param outcome  right, wrong or inconclusive
 * @param quantity what is claimed: the gradient, the vjp, the jvp, the Hessian product
 * @param place    the point
 * @param probe    entry, direction or rule
 * @param analytic what the derivative under test says; NaN for a rule
 * @param numeric  what the differences say; an estimate without value for a rule
 * @param allowed  how far the two may be apart: error bars, rounding of the claim, the tolerance
 * @param reason   why, in words; empty for what is plainly right
 * @param ladder   the steps on which it was measured, for some of what is not right
 */
public record Finding(Outcome outcome, String quantity, Place place, Probe probe, double analytic, Estimate numeric,
        double allowed, String reason, List<Rung> ladder) {

    public Finding {
        ladder = List.copyOf(ladder);
    }

    static Finding rule(Outcome outcome, String quantity, Place place, String rule, String reason) {
        return new Finding(outcome, quantity, place, new Probe.Rule(rule), Double.NaN,
                Estimate.none(Kind.UNDEFINED, 0), Double.NaN, reason, List.of());
    }

    Finding as(Outcome other, String because) {
        return new Finding(other, quantity, place, probe, analytic, numeric, allowed, because, ladder);
    }

    Finding with(List<Rung> rungs) {
        return new Finding(outcome, quantity, place, probe, analytic, numeric, allowed, reason, rungs);
    }

    boolean isRight() { return outcome == Outcome.RIGHT; }

    boolean isWrong() { return outcome == Outcome.WRONG; }

    /** How far the claim is off what was measured. */
    double miss() {
        var miss = numeric.distance(analytic);
        return Double.isNaN(miss) ? Double.POSITIVE_INFINITY : miss;
    }

    @Override
    public boolean equals(@Nullable Object other) { return this == other; }

    @Override
    public int hashCode() { return System.identityHashCode(this); }

    @Override
    public String toString() { return text(", point " + place.point()); }

    /** The finding in words, with this behind what was tested. */
    String text(String where) {
        var head = outcome + "  " + probe + where;
        return switch (probe) {
            case Probe.Rule rule -> head + ": " + reason;
            case Probe.Entry entry -> head + comparison();
            case Probe.Direction direction -> head + comparison();
        };
    }

    private String comparison() {
        return ": " + quantity + " says " + analytic + ", differences say " + numeric
                + (isRight() ? "" : String.format(Locale.ROOT, ", allowed distance %.1e", allowed))
                + (reason.isEmpty() ? "" : "; " + reason);
    }
}
