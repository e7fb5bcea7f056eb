package org.adjoint.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values F(x + t d) of a function along a line, each computed once and shared by all entries of F.
 *
 * <p>Every call of F gets an array of its own: a function that overwrites its input, or keeps it, does not disturb the
 * measurement.
 */
final class Ray {

    private final Function<double[], double @Nullable []> f;
    private final Map<Double, double[]> values = new HashMap<>();
    final double[] x;
    final double[] direction;
    final Precision precision;
    /** The same for all entries of F, and asked for by each. */
    private final double rounding;
    private int calls;

    private static final double[] NONE = {};

    Ray(Function<double[], double @Nullable []> f, double[] x, double[] direction, Precision precision) {
        this.f = f;
        this.x = x;
        this.direction = direction;
        this.precision = precision;
        this.rounding = rounding(x, direction, precision);
    }

    int evaluations() { return calls; }

    /** F(x + t d), or an empty row where the point is not representable or F refuses it. */
    double[] at(double t) {
        var known = values.get(t);
        if (known == null) {
            known = compute(t);
            values.put(t, known);
        }
        return known;
    }

    private double[] compute(double t) {
        var point = x.clone();
        for (int i = 0; i < point.length; i++) {
            if (direction[i] != 0) {
                point[i] = precision.round(point[i] + t * direction[i]);
                if (!Double.isFinite(point[i])) {
                    return NONE;
                }
            }
        }
        calls++;
        var value = f.apply(point);
        return value == null ? NONE : value;
    }

    /** The largest entry of the direction. */
    double speed() {
        double largest = 0;
        for (double entry : direction) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest;
    }

    /** The largest entry of the direction, relative to that of x. */
    double swiftness() {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = x[i] == 0 ? largest : Math.max(largest, Math.abs(direction[i] / x[i]));
        }
        return largest;
    }

    /** The largest entry of x. */
    double size() {
        double largest = 0;
        for (double entry : x) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest;
    }

    /** How far rounding moves the points of the line off it. */
    double rounding() { return rounding; }

    private static double rounding(double[] x, double[] direction, Precision precision) {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            if (direction[i] != 0) {
                largest = Math.max(largest, precision.ulp(x[i]) / 2 / Math.abs(direction[i]));
            }
        }
        return largest;
    }
}
