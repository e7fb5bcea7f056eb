/**
 * The only public way to a derivative: derived, put into the form that people read, proved equal to the raw result, held
 * against finite differences, and only then handed out; or refused with the reason.
 */
@NullMarked
package org.adjoint.derive;

import org.jspecify.annotations.NullMarked;
