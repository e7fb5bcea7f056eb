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
    private static final int LOWEST = 8;
    private static final int AGREEING = 3;
    private static final int SHORT = 5;
    private static final double WILD = 1.0 / 16;
    private static final double VISIBLE = 0x1p-20;
    /** In last bits of the inputs. */
    private static final double MUCH = 4096;

    private Roughness() {}

    /** The height of the stairs near h on the smoother side; 0 if φ is smooth there. */
    static double at(Line line, double h) {
        return Math.min(on(line, h), on(line, -h));
    }

    /**
     * Whether φ varies as much over the shortest steps as over all, by far more than rounding makes: as sin x does where
     * neighbouring numbers are further apart than its periods.
     */
    static boolean hides(Line line, double slope) {
        var steps = Ladder.steps(line);
        double all = 0;
        double least = 0;
        for (int k = 0; k < steps.length; k++) {
            var change = Math.max(Math.abs(line.at(steps[k]) - line.center),
                    Math.abs(line.at(-steps[k]) - line.center));
            all = Math.max(all, change);
            least = k < steps.length - SHORT ? 0 : Math.max(least, change);
        }
        // with such a slope f would change more from one number to the next than it does at all, or no less than its last bit
        var next = Math.abs(slope) * line.unit() * line.rounding();
        var rounding = line.ulp(line.center);
        return least >= WILD * all && (next >= WILD * Math.max(all, rounding) && line.isSparse()
                || all >= Math.max(VISIBLE * Math.abs(line.center), MUCH * line.ulp(Math.max(1, line.size()))));
    }

    /** Whether short steps see this slope, three of them at least, and another is seen on long ones only. */
    static boolean resolves(Line line, double slope, double measured) {
        var steps = Ladder.steps(line);
        int agreeing = 0;
        for (int k = steps.length - LOWEST; k < steps.length && agreeing < AGREEING; k++) {
            var seen = (line.at(steps[k]) / 2 - line.at(-steps[k]) / 2) / (steps[k] * line.unit());
            var agrees = seen != 0 && Math.abs(seen - slope) <= WILD * Math.abs(slope)
                    && Math.abs(seen - measured) >= Math.abs(slope) / 2;
            agreeing = agrees ? agreeing + 1 : 0;
        }
        return agreeing == AGREEING;
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
