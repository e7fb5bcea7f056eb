package org.adjoint.verify;

import org.adjoint.diff.Backward;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Direction;
import org.adjoint.lang.Operators;
import org.adjoint.lang.Undecided;

/** The operators of the language, computed by the backward pass through the definitions. */
public final class DerivedOperators implements Operators {

    @Override
    public Expr gradient(Expr f, Variable x, Definitions definitions) {
        return Backward.gradient(definitions, f, x);
    }

    @Override
    public Expr jacobian(Expr f, Variable x, Definitions definitions) {
        return Backward.jacobian(definitions, f, x);
    }

    @Override
    public Expr partial(Variable v, Variable u, Definitions definitions) {
        return Backward.partial(definitions, v, u);
    }

    @Override
    public Expr limit(Expr f, Variable v, Expr target, Direction direction, Definitions definitions) {
        throw new Undecided("limits are not computed");
    }
}
