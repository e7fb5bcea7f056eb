/** Layers and their arithmetic as expressions: windows that slide, convolutions, pools. Knows nothing of how they are computed. */
@NullMarked
package org.adjoint.nn;

import org.jspecify.annotations.NullMarked;
