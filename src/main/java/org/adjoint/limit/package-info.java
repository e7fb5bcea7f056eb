/** Limits of exp-log functions, with the sizes and the parameters as symbols; nothing here is verified numerically. */
@NullMarked
package org.adjoint.limit;

import org.jspecify.annotations.NullMarked;
