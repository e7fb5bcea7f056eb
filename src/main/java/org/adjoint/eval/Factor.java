package org.adjoint.eval;

import java.util.Optional;
import org.adjoint.expr.Expr;

/**
 * A tensor that is contracted: in memory, or windows that need not be.
 *
 * @param slot    where it is
 * @param labels  the index of each axis that is longer than 1
 * @param windows what it is, when it need not be in memory
 * @param node    the node of which it then is the value
 * @param axes    of windows, the index of every axis
 */
record Factor(int slot, int[] labels, Optional<Memory.Windows> windows, Optional<Expr> node, int[] axes) {
    static Factor at(int slot, int[] labels) {
        return new Factor(slot, labels, Optional.empty(), Optional.empty(), labels);
    }

    static Factor of(Memory.Windows windows, Expr node, int[] labels, int[] axes) {
        return new Factor(-1, labels, Optional.of(windows), Optional.of(node), axes);
    }

    /** The same in memory. */
    Factor made(Memory memory) {
        return node.isPresent() ? at(memory.slot(node.get()), labels) : this;
    }
}
