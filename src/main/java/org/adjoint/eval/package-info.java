/**
 * Evaluation of the graph: in doubles through compiled plans, exactly among rationals and square roots, and to many
 * digits with error bounds.
 */
@NullMarked
package org.adjoint.eval;

import org.jspecify.annotations.NullMarked;
