package org.adjoint.algebra;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A law that is applied to one product of a sum.
 *
 * @param name what a derivation calls it, once it was applied
 * @param law  the product after the law was applied once, or nothing where it does not apply
 */
record ProductRule(Supplier<String> name, Law law) {
    ProductRule(String name, Law law) {
        this(() -> name, law);
    }

    /** One step. */
    @FunctionalInterface
    interface Law {
        Optional<Product> apply(Product product);
    }
}
