package org.adjoint.show.code;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Shape;

/**
 * A value in generated Java: an entry as an expression in the indices, and, when it is in memory, the array.
 *
 * @param shape  the sizes
 * @param entry  the entry at indices, which are expressions of type int
 * @param weight how many operations an entry costs; 0 for what is in memory
 * @param array  an expression for the entries in row-major order
 */
record JavaValue(Shape shape, Function<List<String>, Term> entry, int weight, Optional<String> array) {
    /** What is computed where it is needed. */
    static JavaValue computed(Shape shape, int weight, Function<List<String>, Term> entry) {
        return new JavaValue(shape, entry, weight, Optional.empty());
    }

    Term at(List<String> indices) {
        return entry.apply(indices);
    }

    /** The expression of a scalar. */
    Term scalar() {
        return entry.apply(List.of());
    }
}
