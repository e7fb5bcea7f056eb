package org.adjoint.limit;

import java.util.List;
import org.adjoint.expr.Expr;

/**
 * One step of how a limit was found.
 *
 * @param law   the name of what is used
 * @param text  a sentence in which {@code {0}}, {@code {1}}, … stand for the operands
 * @param exprs the operands, which the printers write
 */
public record Step(String law, String text, List<Expr> exprs) {
    public Step {
        exprs = List.copyOf(exprs);
    }

    public static Step of(String law, String text, Expr... exprs) {
        return new Step(law, text, List.of(exprs));
    }
}
