/** The problem language: positions, problems, lexer, parser and syntax tree, and the way from the tree to the graph. */
@NullMarked
package org.adjoint.lang;

import org.jspecify.annotations.NullMarked;
