package org.adjoint.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was tested at a point. */
public sealed interface Probe {

    /**
     * The derivative ∂yᵢ/∂xⱼ of one entry of the result by one entry of the inputs.
     *
     * @param output i
     * @param input  j
     * @param name   how it is written: {@code x[2]}, or {@code dy[1]/dA[0, 2]}
     */
    record Entry(int output, int input, String name) implements Probe {

        @Override
        public String toString() { return "entry " + name; }
    }

    /** ⟨w, J v⟩: the derivative along a direction v, of the entries of the result weighted by a cotangent w. */
    record Direction(double[] tangent, double[] cotangent) implements Probe {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Direction d && Arrays.equals(tangent, d.tangent)
                    && Arrays.equals(cotangent, d.cotangent);
        }

        @Override
        public int hashCode() { return 31 * Arrays.hashCode(tangent) + Arrays.hashCode(cotangent); }

        @Override
        public String toString() {
            return "direction " + Text.of(tangent)
                    + (cotangent.length > 1 ? " with cotangent " + Text.of(cotangent) : "");
        }
    }

    /** A rule that a function and its derivative must keep: inputs unchanged, the same result twice, linearity, ... */
    record Rule(String statement) implements Probe {

        @Override
        public String toString() { return statement; }
    }
}
