package org.adjoint.check;

/** Other lengths of the steps, for when the size of x is not the scale on which f varies. */
final class Scales {

    private static final int NARROWINGS = 40;
    private static final int OCTAVES = 24;
    private static final double WIDENING = 1 << 16;

    private Scales() {}

    /**
     * Steps longer than x, up to the widest: where x is tiny the change of f may drown in the rounding of f, as that of
     * 1 + sin(x) at 1e-20. The first scale counts on which f looks smooth and changes significantly.
     */
    static Estimate wider(Line line, Estimate found, double widest) {
        for (var length = line.unit() * WIDENING; length < WIDENING * widest; length *= WIDENING) {
            var wide = Stencil.smooth(line.rescaled(Math.min(length, widest)));
            if (wide != null && wide.isSignificant()
                    && found.distance(wide.value()) <= 10 * (found.error() + wide.error())) {
                return wide;
            }
        }
        return found;
    }

    /**
     * Steps shorter than any that x = 0 suggests, down to 1e-289: e^(x/s) at 0 looks like a jump to steps much longer
     * than s. A scale is tried where f is finite and changes at least about linearly.
     */
    static Estimate narrower(Line line, Estimate found) {
        var length = line.unit();
        for (int i = 0; i < NARROWINGS; i++) {
            length = Math.scalb(length, -OCTAVES);
            var narrow = line.rescaled(length);
            if (changesLinearly(narrow, 1) && changesLinearly(narrow, -1)) {
                var smooth = Stencil.smooth(narrow);
                var estimate = smooth != null ? smooth : Ladder.climb(narrow);
                if (estimate.isSignificant()) {
                    return estimate;
                }
            }
        }
        return found;
    }

    private static boolean changesLinearly(Line line, int side) {
        var far = Math.abs(line.at(side / 16.0) - line.center);
        var near = Math.abs(line.at(side / 64.0) - line.center);
        return near > 0 && far > 3 * near && far < Double.POSITIVE_INFINITY;
    }
}
