package org.adjoint.eval;

import java.util.Optional;
import org.adjoint.expr.Expr;

/**
 * A tensor that is contracted: in memory, or windows that are not.
 *
 * @param slot    where it is
 * @param labels  the index of each axis that is longer than 1
 * @param windows what it is, as long as it is not in memory
 * @param node    the node of which it is the value, where it is not in memory
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
