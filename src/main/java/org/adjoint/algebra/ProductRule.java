package org.adjoint.algebra;

import java.util.Optional;

/**
 * A law that is applied to one product of a sum.
 *
 * @param name what a derivation calls it
 * @param law  the product after the law was applied once, or nothing where it does not apply
 */
record ProductRule(String name, Law law) {
    /** One step. */
    @FunctionalInterface
    interface Law {
        Optional<Product> apply(Product product);
    }
}
