package org.adjoint.derive;

/** Which derivative, and how its axes are arranged. */
public enum Layout {
    /** Of a scalar, shaped like the variable. */
    GRADIENT,
    /** Numerator layout: {@code shape(f) + shape(x)}. */
    JACOBIAN,
    /** Of a scalar, twice by the same variable: {@code shape(x) + shape(x)}. */
    HESSIAN
}
