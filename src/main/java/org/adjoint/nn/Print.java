package org.adjoint.nn;

import java.util.List;
import java.util.stream.Collectors;

/** Hyperparameters as Python prints them. */
final class Print {
    private Print() {
    }

    static String truth(boolean value) {
        return value ? "True" : "False";
    }

    /** {@code (3, 3)}, {@code (3,)}. */
    static String tuple(List<?> entries) {
        return entries.stream().map(Object::toString).collect(Collectors.joining(", ", "(", entries.size() == 1 ? ",)" : ")"));
    }
}
