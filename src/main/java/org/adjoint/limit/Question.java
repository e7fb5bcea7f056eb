package org.adjoint.limit;

import org.adjoint.algebra.Assumptions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/** {@code lim f as v → target}, under the assumptions. */
public record Question(Expr f, Variable v, Target target, Assumptions assumptions) {
}
