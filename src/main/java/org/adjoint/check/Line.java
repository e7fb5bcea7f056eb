package org.adjoint.check;

/**
 * One entry of a function on a line, φ(u) = F(x + u·unit·d)ᵢ, where the unit makes u = 1 a change of x by its own size.
 *
 * <p>The unit is a power of two, so that steps with few bits are taken exactly along an axis.
 */
final class Line {

    private static final double SPARSE = 1.0 / 16;

    private final Ray ray;
    private final int entry;
    private final double unit;
    /** F(x)ᵢ. */
    final double center;

    Line(Ray ray, int entry, double center, double length) {
        this.ray = ray;
        this.entry = entry;
        this.center = center;
        this.unit = Math.scalb(1.0, Math.clamp(Math.getExponent(length), -1000, 1000));
    }

    Line rescaled(double length) { return new Line(ray, entry, center, length); }

    double unit() { return unit; }

    /** The largest entry of x. */
    double size() { return ray.size(); }

    /** The largest move along the direction of an entry relative to itself; those at zero do not count. */
    double swiftness() {
        return ray.swiftness();
    }

    /** How much the fastest entry of x moves along the direction. */
    double speed() { return ray.speed(); }

    /** Whether numbers as large as entries that move lie so far apart that the sine of their squares cannot be followed. */
    boolean isSparse() {
        return rounding() * unit * speed() * Math.max(1, size()) >= SPARSE;
    }

    /** How far rounding moves the points of the line off it, in units. */
    double rounding() {
        return ray.rounding() / unit;
    }

    /** The distance from a value of φ to the next in the precision of the function. */
    double ulp(double value) {
        return ray.precision.ulp(value);
    }

    /** The smallest number with all its digits. */
    double least() { return ray.precision.least(); }

    boolean isSingle() { return ray.precision == Precision.SINGLE; }

    int evaluations() { return ray.evaluations(); }

    /** φ(u), or NaN where there is no value. */
    double at(double u) {
        var value = ray.at(u * unit);
        return entry < value.length ? value[entry] : Double.NaN;
    }
}
