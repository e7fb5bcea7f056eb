/**
 * What is known of expressions without evaluating them: signs, a normal form that decides equality for every size at once,
 * and proofs.
 */
@NullMarked
package org.adjoint.algebra;

import org.jspecify.annotations.NullMarked;
