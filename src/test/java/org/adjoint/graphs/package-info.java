/** Random graphs, comparison at 60 digits, and pasteable cases: what the tests of several packages share. */
@NullMarked
package org.adjoint.graphs;

import org.jspecify.annotations.NullMarked;
