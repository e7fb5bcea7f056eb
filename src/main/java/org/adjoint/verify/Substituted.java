package org.adjoint.verify;

import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Value;

/**
 * What {@code with W = e} puts in for a variable. A number is put in for every entry.
 *
 * @param variable a declared or defined quantity, or a parameter of a model, {@code net[0].weight}
 * @param value    of the same shape, free of defined variables
 */
public record Substituted(Variable variable, Expr value) {

    /** @throws IllFormed when the target is no variable, or the value has another shape */
    public static Substituted read(Elaborator reader, Clause.Substitution s) {
        Variable variable = reader.variable(s.target())
                .orElseThrow(() -> new IllFormed(IllFormed.Kind.TYPE, Problem
                        .at(s.target().span(), Text.line(s.target().text()) + " is no variable")
                        .expecting("the name of a variable before =")));
        Value.Tensor value = reader.tensor(s.value());
        Expr expr = reader.environment().definitions().inline(value.expr());
        if (!expr.shape().equals(variable.shape())) {
            if (!value.axes().isEmpty() || !expr.shape().isScalar()) {
                throw new IllFormed(IllFormed.Kind.SHAPE, Problem.at(s.value().span(),
                        Text.line(s.target().text()) + " = " + Text.line(s.value().text())
                                + ": a substitution keeps the shape; " + variable.name() + " is " + variable.shape()
                                + ", " + Text.line(s.value().text()) + " is " + value.shape()));
            }
            expr = Linear.isZero(expr) ? Linear.zero(variable.shape()) : Tensors.broadcast(expr, variable.shape());
        }
        return new Substituted(variable, expr);
    }
}
