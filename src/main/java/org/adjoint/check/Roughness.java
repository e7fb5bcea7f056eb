package org.adjoint.check;

/**
 * Whether φ is rough, or varies fast but smoothly, where its difference quotients change from one limit to another.
 *
 * <p>A function with cancellation inside, as (x − atan x)/x at small x, is a staircase: its quotients tend to the
 * derivative until steps get as short as a stair, and then to the slope of the stair. A smooth fast component, as
 * sin(10⁵x), shows the same two limits, but there the second is the derivative. Fourth differences on the scale of the
 * change tell them apart: of values that vary smoothly they are small, of stairs larger than the variation itself.
 */
final class Roughness {

    private static final int POINTS = 12;

    private Roughness() {}

    /** The height of the stairs near h on the smoother side; 0 if φ is smooth there. */
    static double at(Line line, double h) {
        return Math.min(on(line, h), on(line, -h));
    }

    private static double on(Line line, double h) {
        var value = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            value[i] = line.at((i + 1) * h) - line.center;
        }
        var slope = (value[POINTS - 1] - value[0]) / (POINTS - 1);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double fourth = 0;
        for (int i = 0; i < POINTS; i++) {
            var off = value[i] - slope * i;
            least = Math.min(least, off);
            most = Math.max(most, off);
            if (i >= 4) {
                fourth = Math.max(fourth,
                        Math.abs(value[i] - 4 * value[i - 1] + 6 * value[i - 2] - 4 * value[i - 3] + value[i - 4]));
            }
        }
        return fourth > most - least ? most - least : 0;
    }
}
