/**
 * Gradient checking for anyone's function: directional derivatives from function values alone, each with an honest
 * error bar, and the comparison of a claimed gradient with them. Depends on no test framework and on nothing else here.
 */
@NullMarked
package org.adjoint.check;

import org.jspecify.annotations.NullMarked;
