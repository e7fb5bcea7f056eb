/** Problem files: what they claim, the verdicts, and the evidence. */
@NullMarked
package org.adjoint.verify;

import org.jspecify.annotations.NullMarked;
