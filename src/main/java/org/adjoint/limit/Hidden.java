package org.adjoint.limit;

import java.util.Optional;
import org.adjoint.expr.Expr;

/**
 * What is said in a step about a symbol whose value is not known.
 *
 * @param name  what it is called
 * @param words what it is, after "where g is"
 * @param of    the expression that the words end with
 */
record Hidden(String name, String words, Optional<Expr> of) {
}
