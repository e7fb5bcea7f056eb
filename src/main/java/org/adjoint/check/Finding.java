package org.adjoint.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing tested at one point.
 *
 * @param outcome  right, wrong or inconclusive
 * @param point    number of the point, from 0
 * @param input    the point x
 * @param probe    entry, direction or rule
 * @param analytic what the gradient under test says; NaN for a rule
 * @param numeric  what the differences say; an estimate without value for a rule
 * @param allowed  how far the two may be apart: error bars, rounding of the gradient, the tolerance
 * @param reason   why, in words; empty for what is plainly right
 */
public record Finding(Outcome outcome, int point, double[] input, Probe probe, double analytic, Estimate numeric,
        double allowed, String reason) {

    static Finding rule(Outcome outcome, int point, double[] input, String rule, String reason) {
        return new Finding(outcome, point, input, new Probe.Rule(rule), Double.NaN, Estimate.none(Kind.UNDEFINED, 0),
                Double.NaN, reason);
    }

    boolean isRight() { return outcome == Outcome.RIGHT; }

    boolean isWrong() { return outcome == Outcome.WRONG; }

    @Override
    public boolean equals(@Nullable Object other) { return this == other; }

    @Override
    public int hashCode() { return System.identityHashCode(this); }

    @Override
    public String toString() {
        var head = outcome + "  " + probe + ", point " + point;
        return switch (probe) {
            case Probe.Rule rule -> head + ": " + reason;
            case Probe.Entry entry -> head + comparison();
            case Probe.Direction direction -> head + comparison();
        };
    }

    private String comparison() {
        return ": the gradient says " + analytic + ", differences say " + numeric
                + (isRight() ? "" : String.format(Locale.ROOT, ", allowed distance %.1e", allowed))
                + (reason.isEmpty() ? "" : "; " + reason);
    }
}
