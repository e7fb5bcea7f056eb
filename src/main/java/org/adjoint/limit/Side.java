package org.adjoint.limit;

/** From where a finite point is approached. */
public enum Side {
    BOTH, ABOVE, BELOW
}
