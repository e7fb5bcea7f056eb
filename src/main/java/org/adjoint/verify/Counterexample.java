package org.adjoint.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes and values at which a claim is false, as small as could be found.
 *
 * @param sizes  the value of every size symbol
 * @param values the value of every free variable and index, as it would be typed
 * @param left   what the left side is there
 * @param right  what the right side is there
 * @param seed   the seed from which unknown functions and the first point were drawn; the same claim draws it again
 */
public record Counterexample(Map<String, Integer> sizes, Map<String, String> values, String left, String right,
        long seed) {
    /** Copies the maps, keeping their order. */
    public Counterexample {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** In one line: {@code n = 1, x = [2]: left 4, right 2 (seed 17)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        sizes.forEach(
                (name, value) -> text.append(text.isEmpty() ? "" : ", ").append(name).append(" = ").append(value));
        values.forEach(
                (name, value) -> text.append(text.isEmpty() ? "" : ", ").append(name).append(" = ").append(value));
        text.append(text.isEmpty() ? "" : ": ").append("left ").append(left).append(", right ").append(right);
        return sizes.isEmpty() && values.isEmpty() ? text.toString() : text + " (seed " + seed + ")";
    }
}
