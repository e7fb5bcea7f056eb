/** Sums over the integers: piecewise exponential polynomials, closed sums, and identities proved by cases. */
@NullMarked
package org.adjoint.sequence;

import org.jspecify.annotations.NullMarked;
