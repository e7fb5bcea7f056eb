package org.adjoint.algebra;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.MatrixFunction;

/** Functions of matrices in normal forms. */
final class MatrixForms {
    private final NormalForm forms;

    MatrixForms(NormalForm forms) {
        this.forms = forms;
    }

    Expr of(MatrixFunction f, Expr operand) {
        return f.withOperands(List.of(operand));
    }

    NormalForm forms() {
        return forms;
    }
}
