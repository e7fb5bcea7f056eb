package org.adjoint.cli;

import org.adjoint.algebra.Assumptions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.limit.Target;

/**
 * What {@code adjoint limit} was asked.
 *
 * @param source the expression as written
 * @param f      the expression, definitions inserted
 */
record LimitQuestion(String source, Expr f, Variable v, Target target, Assumptions assumptions) {
}
