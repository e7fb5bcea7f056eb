package org.adjoint.expr;

import java.util.List;
import java.util.Set;

/**
 * A declared differentiable function of which nothing else is known: {@code sigma : R -> R}, or
 * {@code phi : R[m, n] -> R}, which proves a rule for every loss at once.
 *
 * @param name       how it is called
 * @param parameters the shapes of its arguments
 * @param result     the shape of its value
 * @param facts      what is declared of it, such as {@code linear}
 */
public record UnknownFunction(String name, List<Shape> parameters, Shape result, Set<Fact> facts) {
    public UnknownFunction {
        parameters = List.copyOf(parameters);
        facts = Set.copyOf(facts);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("an unknown function has at least one argument: " + name);
        }
    }

    /** Whether it is a scalar function of scalars, which then maps tensors entry by entry. */
    public boolean isElementwise() {
        return result.isScalar() && parameters.stream().allMatch(Shape::isScalar);
    }

    /** The function of the arguments. */
    public Expr apply(List<Expr> arguments) {
        return Application.of(this, new int[0], arguments);
    }
}
