package org.adjoint.check;

import org.jspecify.annotations.Nullable;

/** A better measurement of slopes than differences in doubles: asked where those do not confirm a claim. */
public interface Reference {

    /**
     * The derivative of one entry of the result along a direction, from both sides.
     *
     * @param x         all entries of the inputs
     * @param direction as long as x
     * @param output    number of the entry
     * @return nothing if it cannot tell
     */
    @Nullable
    Estimate along(double[] x, double[] direction, int output);

    /**
     * The largest number that is met on the way to f(x), results in between included: what is computed in doubles is off by
     * some units in the last place of it, however small the result is.
     */
    double magnitude(double[] x);

    /**
     * The largest number that is met on the way to the claimed derivative along a direction, where that is known: it is off
     * by some units in the last place of it. 0 if nothing is known.
     */
    default double magnitudeOfClaim(double[] x, double[] direction) {
        return 0;
    }
}
