/**
 * The expression graph: immutable, hash-consed nodes; sizes and shapes; facts; definitions; the table of elementwise
 * functions. Every other package is an interpreter over this one, and this one knows none of them.
 */
@NullMarked
package org.adjoint.expr;

import org.jspecify.annotations.NullMarked;
