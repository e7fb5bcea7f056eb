package org.adjoint.limit;

import java.util.List;
import org.adjoint.algebra.Assumptions;

/** How the cases were told apart: by the signs of expressions of the parameters. */
sealed interface Node {
    /** What was assumed here. */
    Assumptions assumptions();

    /**
     * No more cases.
     *
     * @param undefined whether the function is not defined near the target
     */
    record Leaf(LimitResult result, boolean undefined, Assumptions assumptions) implements Node {
    }

    /** By the sign of an expression; a sign that cannot be is not among the branches. */
    record Split(Term by, List<Branch> branches, Assumptions assumptions) implements Node {
    }

    /** What holds where the expression has that sign. */
    record Branch(int sign, Node node) {
    }
}
