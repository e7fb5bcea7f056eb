/** The command line: one class per command. */
@NullMarked
package org.adjoint.cli;

import org.jspecify.annotations.NullMarked;
