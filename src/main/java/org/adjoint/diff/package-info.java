/**
 * Differentiation: from graph to graph, so that adjoints are ordinary expressions and gradients of gradients need nothing
 * new. Simplifies no more than the factories of the nodes do.
 */
@NullMarked
package org.adjoint.diff;

import org.jspecify.annotations.NullMarked;
