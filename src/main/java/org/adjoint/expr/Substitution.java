package org.adjoint.expr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Replaces variables by expressions of the same shape, rebuilding the graph above them through its factories. */
public final class Substitution {
    private final NodeMap<Expr> images = new NodeMap<>();

    private Substitution() {
    }

    /** @throws ShapeError when an image has another shape than its variable */
    public static Substitution of(Map<? extends Expr, ? extends Expr> replacements) {
        Substitution substitution = new Substitution();
        replacements.forEach((variable, image) -> {
            if (!variable.shape().equals(image.shape())) {
                throw new ShapeError("a substitution keeps the shape", variable, image);
            }
            substitution.images.put(variable, image);
        });
        return substitution;
    }

    /** The replacements of those variables that occur in the expression: for many replacements and short expressions. */
    public static Substitution ofOccurring(Map<Variable, ? extends Expr> replacements, Expr expr) {
        Map<Variable, Expr> occurring = new LinkedHashMap<>();
        for (Variable variable : Walk.variables(expr)) {
            Expr image = replacements.get(variable);
            if (image != null) {
                occurring.put(variable, image);
            }
        }
        return of(occurring);
    }

    /** The expression with the replacements made; results are remembered, so shared parts are rebuilt once. */
    public Expr apply(Expr expr) {
        if (images.get(expr) == null) {
            for (Expr node : Walk.postorder(expr)) {
                if (images.get(node) == null) {
                    images.put(node, rebuild(node));
                }
            }
        }
        return Objects.requireNonNull(images.get(expr));
    }

    private Expr rebuild(Expr node) {
        boolean same = true;
        Expr[] operands = new Expr[node.operandCount()];
        for (int k = 0; k < operands.length; k++) {
            operands[k] = Objects.requireNonNull(images.get(node.operand(k)));
            same &= operands[k] == node.operand(k);
        }
        return same ? node : node.withOperands(List.of(operands));
    }
}
