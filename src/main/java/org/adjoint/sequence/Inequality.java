package org.adjoint.sequence;

import java.util.Map;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/**
 * {@code left ≤ right}, or {@code left < right}, without negative terms on either side.
 *
 * @param strict whether the sides differ
 */
public record Inequality(Expr left, Expr right, boolean strict) {

    /** That the form is at least 0: {@code L − n − 1 ≥ 0} is {@code n < L}. */
    static Inequality of(Form form) {
        Form left = Form.of(0);
        Form right = Form.of(0);
        for (Map.Entry<Variable, Long> part : form.parts().entrySet()) {
            Form term = Form.of(part.getKey()).times(Math.abs(part.getValue()));
            if (part.getValue() < 0) {
                left = left.plus(term);
            } else {
                right = right.plus(term);
            }
        }
        boolean strict = form.constant() < 0 && !left.isConstant() && !right.isConstant();
        long constant = strict ? form.constant() + 1 : form.constant();
        if (left.isConstant() || right.isConstant()) {
            // A number stands alone: 1 <= n, n <= 3.
            return left.isConstant() ? new Inequality(Form.of(-constant).expr(), right.expr(), false)
                    : new Inequality(left.expr(), Form.of(constant).expr(), false);
        }
        return constant < 0 ? new Inequality(left.plus(-constant).expr(), right.expr(), strict)
                : new Inequality(left.expr(), right.plus(constant).expr(), strict);
    }
}
