package org.adjoint.check;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A point: all entries in one row, and their sizes.
 *
 * @param instead draws another, for a point of our own that lies outside the domain; nothing for a point that was given
 */
record PointAt(double[] x, Layout layout, @Nullable Function<RandomGenerator, PointAt> instead) {

    PointAt(double[] x, Layout layout) { this(x, layout, null); }
}
