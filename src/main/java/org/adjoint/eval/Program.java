package org.adjoint.eval;

import java.util.List;
import org.adjoint.expr.Variable;

/** What a plan runs. */
interface Program {
    List<Tensor> evaluate(Values values);

    List<Variable> variables();
}
