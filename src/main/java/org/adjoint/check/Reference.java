package org.adjoint.check;

import org.jspecify.annotations.Nullable;

/** A better measurement of slopes than differences in doubles: asked where those do not confirm a claim. */
@FunctionalInterface
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
}
