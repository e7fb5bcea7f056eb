package org.adjoint.show;

import java.util.List;

/** How unknown functions and their derivatives are called: {@code sigma'}, {@code derivative(f, 0, 1)}. */
final class Unknowns {
    private Unknowns() {
    }

    static String text(Shown.Unknown unknown) {
        List<Integer> by = unknown.derivatives();
        if (by.isEmpty()) {
            return unknown.function();
        }
        if (unknown.single()) {
            return unknown.function() + "'".repeat(by.size());
        }
        String positions = by.toString();
        return "derivative(" + unknown.function() + ", " + positions.substring(1, positions.length() - 1) + ")";
    }
}
