package org.adjoint.check;

import java.util.Locale;

/**
 * A directional derivative measured from function values.
 *
 * <p>The one-sided derivatives {@code left} and {@code right} are equal where the function is smooth. At a kink they
 * are the two ends of the interval of slopes and {@code value} is its midpoint. At an edge of the domain the side that
 * does not exist is NaN and {@code value} is the other one. For a jump, an infinite slope or an undefined value all
 * three are NaN and the error is infinite.
 *
 * @param value       the derivative along the direction
 * @param error       error bar of value, left and right: truncation and the measured noise of the function together
 * @param kind        smooth, kink, edge, jump, steep or undefined
 * @param left        limit of (f(x) − f(x − t d)) / t for t → 0+
 * @param right       limit of (f(x + t d) − f(x)) / t for t → 0+
 * @param sensitivity error × length, where length is the distance over which x changes by its own size: the error bar
 *                    as an absolute change of f
 * @param evaluations how often the function was called
 */
public record Estimate(double value, double error, Kind kind, double left, double right, double sensitivity,
        int evaluations) {

    static Estimate smooth(double value, double error, double length, int evaluations) {
        if (!Double.isFinite(value)) {
            return none(Kind.UNDEFINED, evaluations);
        }
        return new Estimate(value, error, Kind.SMOOTH, value, value, error * length, evaluations);
    }

    static Estimate kink(double left, double right, double error, double length, int evaluations) {
        return new Estimate(left / 2 + right / 2, error, Kind.KINK, left, right, error * length, evaluations);
    }

    static Estimate edge(double left, double right, double error, double length, int evaluations) {
        var value = Double.isNaN(left) ? right : left;
        return new Estimate(value, error, Kind.EDGE, left, right, error * length, evaluations);
    }

    static Estimate none(Kind kind, int evaluations) {
        return new Estimate(Double.NaN, Double.POSITIVE_INFINITY, kind, Double.NaN, Double.NaN,
                Double.POSITIVE_INFINITY, evaluations);
    }

    /** Smallest of the one-sided derivatives that exist; NaN if none does. */
    public double low() {
        return Double.isNaN(left) ? right : Double.isNaN(right) ? left : Math.min(left, right);
    }

    /** Largest of the one-sided derivatives that exist; NaN if none does. */
    public double high() {
        return Double.isNaN(left) ? right : Double.isNaN(right) ? left : Math.max(left, right);
    }

    /** Whether the measurement tells the derivative from zero, or the noise is as small as numbers get. */
    boolean isSignificant() {
        return error <= 1e-3 * Math.max(Math.abs(low()), Math.abs(high())) || sensitivity < 1e-300;
    }

    /** How far a claimed derivative lies outside the interval of one-sided derivatives; 0 inside, NaN without one. */
    public double distance(double claimed) {
        return Math.max(0, Math.max(low() - claimed, claimed - high()));
    }

    @Override
    public String toString() {
        return switch (kind) {
            case SMOOTH -> String.format(Locale.ROOT, "%.10g ± %.1e", value, error);
            case KINK -> String.format(Locale.ROOT,
                    "[%.10g, %.10g] ± %.1e (a kink: slopes from the left and from the right)", left, right, error);
            case EDGE ->
                String.format(Locale.ROOT, "%.10g ± %.1e (from one side: an edge of the domain)", value, error);
            case JUMP, STEEP, UNDEFINED -> "none (" + kind + ")";
        };
    }
}
