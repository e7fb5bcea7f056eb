package org.adjoint.eval;

import java.util.Optional;
import org.adjoint.expr.Expr;

/** Where the values of nodes are while a plan is compiled. */
interface Memory {
    /** The slot of the node's value, which is computed now where it has been put off. */
    int slot(Expr node);

    /** The windows that the node is: most of what reads them does not need them in memory. */
    Optional<Windows> windows(Expr node);

    /**
     * Windows of a tensor.
     *
     * @param view   how they lie in the source
     * @param source what they are windows of
     */
    record Windows(WindowView view, Expr source) {
    }
}
