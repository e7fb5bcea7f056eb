/** A second opinion on scalar calculus from Symja; nothing it says counts before it is proved here. */
@NullMarked
package org.adjoint.symja;

import org.jspecify.annotations.NullMarked;
