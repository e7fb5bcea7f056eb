package org.adjoint.check;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.ejml.data.SingularMatrixException;

/**
 * Directional derivatives of a function of which only the values are known, each with an error bar.
 *
 * <p>All steps are relative to the size of x, so functions of arguments near 1e-300 and 1e300 are measured as well as
 * those near 1. A smooth function costs nine evaluations ({@link Stencil}); everything else - kinks, jumps, edges of the
 * domain, noise, features much narrower than x itself - is read off a ladder of steps ({@link Ladder}).
 */
public final class Differences {

    private final ToDoubleFunction<double[]> f;
    private final double[] x;
    private final double center;
    private final double[] sizes;
    private final Precision precision;

    private Differences(ToDoubleFunction<double[]> f, double[] x, double center, Precision precision) {
        this.precision = precision;
        this.f = f;
        this.x = x;
        this.center = center;
        this.sizes = Sizes.own(x, Layout.of(new Slot("x", x.length)));
    }

    /** Measures f near x; evaluates f(x) once. The arrays are not kept and not changed. */
    public static Differences of(ToDoubleFunction<double[]> f, double[] x) {
        return of(f, x, Precision.DOUBLE);
    }

    /** The same for a function that computes in this precision. */
    static Differences of(ToDoubleFunction<double[]> f, double[] x, Precision precision) {
        var own = x.clone();
        Arrays.setAll(own, i -> precision.round(x[i]));
        return new Differences(f, own, f.applyAsDouble(own.clone()), precision);
    }

    /**
     * The derivative of f at x along a direction: the limit of (f(x + t d) − f(x)) / t, of both sides where they agree.
     *
     * @throws IllegalArgumentException if the direction has another length than x or is not finite
     */
    public static Estimate directional(ToDoubleFunction<double[]> f, double[] x, double[] direction) {
        return of(f, x).along(direction);
    }

    /** f(x). */
    public double value() { return center; }

    /** The partial derivative by entry i. */
    public Estimate entry(int i) {
        var direction = new double[x.length];
        direction[i] = 1;
        return along(direction);
    }

    /** The derivative along a direction; the zero direction gives zero. */
    public Estimate along(double... direction) {
        return sweep(direction).quick(0);
    }

    /** As {@link #along}, on the ladder even if the function looks smooth from a few values. */
    public Estimate thoroughlyAlong(double... direction) {
        return sweep(direction).thorough(0);
    }

    private Sweep sweep(double[] direction) {
        if (direction.length != x.length) {
            throw new IllegalArgumentException("a direction needs as many entries as x: x has %d, the direction %d"
                    .formatted(x.length, direction.length));
        }
        for (double v : direction) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException("a direction must be finite; it has the entry " + v);
            }
        }
        var ray = new Ray(this::value, x, direction.clone(), precision);
        return new Sweep(ray, new double[] {center}, Sizes.shortest(sizes, direction), false);
    }

    private double[] value(double[] point) {
        try {
            return new double[] {f.applyAsDouble(point)};
        } catch (ArithmeticException | IllegalArgumentException | SingularMatrixException outsideTheDomain) {
            return new double[] {Double.NaN};
        }
    }
}
