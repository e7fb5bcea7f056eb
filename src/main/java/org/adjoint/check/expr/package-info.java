/**
 * Gradient checking of functions given as expressions: derivatives are measured with sixty digits wherever doubles do
 * not settle the matter.
 */
@NullMarked
package org.adjoint.check.expr;

import org.jspecify.annotations.NullMarked;
