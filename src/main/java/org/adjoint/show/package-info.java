/** From the graph back to notation: text that parses back, Unicode, LaTeX, and drawings of the graph. */
@NullMarked
package org.adjoint.show;

import org.jspecify.annotations.NullMarked;
