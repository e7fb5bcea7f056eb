/** Programs in other languages that compute an expression and its derivatives without this one. */
@NullMarked
package org.adjoint.show.code;

import org.jspecify.annotations.NullMarked;
