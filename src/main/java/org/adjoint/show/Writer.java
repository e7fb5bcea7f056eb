package org.adjoint.show;

import org.adjoint.expr.Expr;

/** Writes nodes in one notation; nodes that were given a name are written by it. */
interface Writer {
    /**
     * The text of the node, cut off with an ellipsis once it is longer than the limit.
     *
     * @throws NoWords when the notation cannot say it
     */
    String write(Expr node, int limit);

    /** Writes the node by a name from now on. */
    void name(Expr node, String name);

    /** A name as this notation spells it. */
    default String spelled(String name) {
        return name;
    }

    /** The order in which things are listed, which also knows how large they are. */
    Order order();
}
