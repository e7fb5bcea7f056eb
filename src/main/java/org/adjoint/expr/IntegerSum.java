package org.adjoint.expr;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code Σ_{i ∈ ℤ} body}, where no closed form is known: the application of a function of which only its name is known to the
 * body, in which the index is a variable. What knows about such sums reads them; equal bodies have equal sums for everything else.
 *
 * @param index an integer variable that occurs nowhere outside
 * @param body  a scalar
 */
public record IntegerSum(Variable index, Expr body) {
    private static final String NAME = "sum over ";

    /** The index of that number; no name that people write is like it. */
    public static Variable index(int number) {
        return Variable.scalar("index " + number, Fact.Named.INTEGER);
    }

    /** As a node. */
    public Expr expr() {
        return new UnknownFunction(NAME + index.name(), List.of(Shape.SCALAR), Shape.SCALAR, Set.of())
                .apply(List.of(body));
    }

    /** The sum that a node is. */
    public static Optional<IntegerSum> of(Expr node) {
        return node instanceof Application application && application.function().name().startsWith(NAME)
                && application.derivatives().length == 0
                        ? Optional.of(new IntegerSum(Variable.scalar(
                                application.function().name().substring(NAME.length()), Fact.Named.INTEGER),
                                application.operand(0)))
                        : Optional.empty();
    }

    /** Whether a node is such a sum, or a derivative of one. */
    public static boolean isIn(Expr root) {
        return Walk.postorder(root).stream().anyMatch(node -> node instanceof Application application
                && application.function().name().startsWith(NAME));
    }
}
