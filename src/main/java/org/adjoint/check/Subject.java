package org.adjoint.check;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function with a derivative to check against it.
 *
 * @param quantity   what is checked: the gradient, the Hessian, ...
 * @param form       of the inputs
 * @param function   from a value of that form
 * @param derivative claimed
 */
record Subject(String quantity, Form form, Function<Object, ? extends @Nullable Object> function,
        Derivative derivative) {

    String functionName() { return quantity.equals(HESSIAN) ? "the gradient" : "f"; }

    static final String GRADIENT = "the gradient";
    static final String HESSIAN = "the Hessian product";
    static final String PRODUCTS = "the derivative";
}
