package org.adjoint.limit;

import java.util.List;

/** The table of theorems and of expansions, in the order in which they are tried. */
final class Theorems {
    private Theorems() {
    }

    static List<LimitTheorem> theorems() {
        return List.of(new IndexTheorems());
    }

    static List<SumExpansion> expansions() {
        return List.of(new IndexExpansion(), new PassThrough());
    }
}
