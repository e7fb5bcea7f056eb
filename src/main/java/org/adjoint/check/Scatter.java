package org.adjoint.check;

import java.util.Arrays;

/**
 * How far a claimed derivative scatters when x moves by its last bits.
 *
 * <p>cos(x)/x − sin(x)/x² is right as a formula, and at small x its value is rounding. Claims a few roundings of x apart then lie
 * all around the derivative. At a kink of the claim, or a branch taken by mistake, they take two values, or one.
 */
final class Scatter {

    private static final int CLAIMS = 9;
    private static final int DISTINCT = 4;
    /** Apart by more than this part of the whole width, values are distinct. */
    private static final double PART = 1.0 / 64;
    private static final double MUCH = 1.0 / 4;

    private final double[] claims;

    private Scatter(double[] claims) { this.claims = claims; }

    /** A claim at another point. */
    @FunctionalInterface
    interface Claimed {
        double at(double[] near) throws Refusal;
    }

    static Scatter of(Site site, Claimed claimed) {
        var claims = new double[CLAIMS];
        for (int k = 0; k < CLAIMS; k++) {
            try {
                claims[k] = claimed.at(site.beside(k + 1));
            } catch (Refusal outsideTheDomain) {
                claims[k] = Double.NaN;
            }
        }
        Arrays.sort(claims);
        return new Scatter(claims);
    }

    /** Whether claims lie around a number from which one of them is this far off. */
    boolean covers(double low, double high, double off) {
        var least = claims[0];
        var width = claims[CLAIMS - 1] - least;
        return width >= MUCH * off && width < Double.POSITIVE_INFINITY && high >= least - width
                && low <= least + 2 * width && distinct(width * PART) >= DISTINCT;
    }

    private int distinct(double apart) {
        int count = 1;
        for (int k = 1; k < CLAIMS; k++) {
            count += claims[k] - claims[k - 1] > apart ? 1 : 0;
        }
        return count;
    }
}
