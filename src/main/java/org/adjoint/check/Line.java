package org.adjoint.check;

import java.util.function.ToDoubleFunction;
import org.ejml.data.SingularMatrixException;

/**
 * A function restricted to a line, φ(u) = f(x + u·unit·d), where the unit makes u = 1 a change of x by its own size.
 *
 * <p>The unit is a power of two, so that steps with few bits are taken exactly along an axis. Every call of f gets an
 * array of its own: a function that overwrites its input, or keeps it, does not disturb the measurement.
 */
final class Line {

    private final ToDoubleFunction<double[]> f;
    private final double[] x;
    private final double[] direction;
    private final double unit;
    private final Counter counter;
    /** f(x). */
    final double center;

    /** Calls of f, shared by a line and its rescalings. */
    private static final class Counter {
        private int calls;
    }

    Line(ToDoubleFunction<double[]> f, double center, double[] x, double[] direction, double length) {
        this(f, center, x, direction, length, new Counter());
    }

    private Line(ToDoubleFunction<double[]> f, double center, double[] x, double[] direction, double length,
            Counter counter) {
        this.f = f;
        this.center = center;
        this.x = x;
        this.direction = direction;
        this.unit = Math.scalb(1.0, Math.clamp(Math.getExponent(length), -1000, 1000));
        this.counter = counter;
    }

    Line rescaled(double length) { return new Line(f, center, x, direction, length, counter); }

    double unit() { return unit; }

    /** How far rounding moves the points of the line off it, in units. */
    double rounding() {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            if (direction[i] != 0) {
                largest = Math.max(largest, Math.ulp(x[i]) / 2 / Math.abs(direction[i]));
            }
        }
        return largest / unit;
    }

    int evaluations() { return counter.calls; }

    /** φ(u), or NaN where the point is not representable or f refuses it. */
    double at(double u) {
        var point = x.clone();
        var t = u * unit;
        for (int i = 0; i < point.length; i++) {
            if (direction[i] != 0) {
                point[i] += t * direction[i];
                if (!Double.isFinite(point[i])) {
                    return Double.NaN;
                }
            }
        }
        counter.calls++;
        try {
            return f.applyAsDouble(point);
        } catch (ArithmeticException | IllegalArgumentException | SingularMatrixException outsideTheDomain) {
            return Double.NaN;
        }
    }

    /**
     * The size that x has where a coordinate of it is zero: that of the largest coordinate, and at most 1.
     */
    static double sizeAtZero(double[] x) {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest == 0 ? 1 : Math.min(1, largest);
    }

    /** Smallest t for which some coordinate changes by its own size; infinite for the zero direction. */
    static double shortest(double[] x, double[] direction, double atZero) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            if (direction[i] != 0) {
                var size = x[i] == 0 ? atZero : Math.abs(x[i]);
                shortest = Math.min(shortest, size / Math.abs(direction[i]));
            }
        }
        return shortest;
    }
}
