package org.adjoint.check;

import java.util.Arrays;

/** What was tested at a point. */
public sealed interface Probe {

    /** The partial derivative by one entry of the input. */
    record Entry(int index) implements Probe {

        @Override
        public String toString() { return "entry " + index; }
    }

    /** The derivative along a direction d, compared with ⟨g, d⟩. */
    record Direction(double[] components) implements Probe {

        @Override
        public boolean equals(Object other) {
            return other instanceof Direction d && Arrays.equals(components, d.components);
        }

        @Override
        public int hashCode() { return Arrays.hashCode(components); }

        @Override
        public String toString() { return "direction " + Text.of(components); }
    }

    /** A rule that f and its gradient must keep: inputs unchanged, the same result twice, a gradient shaped as x. */
    record Rule(String statement) implements Probe {

        @Override
        public String toString() { return statement; }
    }
}
