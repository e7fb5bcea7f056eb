package org.adjoint.expr;

import java.util.Collection;
import java.util.List;

/** The nodes reachable from some roots, numbered so that operands come before the nodes that use them. */
public final class Order {
    private final List<Expr> nodes;
    private final int[] slots;

    private Order(List<Expr> nodes) {
        this.nodes = nodes;
        this.slots = new int[Math.max(4, Integer.highestOneBit(nodes.size()) * 4)];
        for (int k = 0; k < nodes.size(); k++) {
            slots[slot(nodes.get(k))] = k + 1;
        }
    }

    public static Order of(Collection<? extends Expr> roots) {
        return new Order(Walk.postorder(roots));
    }

    public int size() {
        return nodes.size();
    }

    public Expr node(int number) {
        return nodes.get(number);
    }

    /** The number of a node, or −1 when it is not reachable. */
    public int number(Expr node) {
        return slots[slot(node)] - 1;
    }

    private int slot(Expr node) {
        int mask = slots.length - 1;
        int slot = (int) node.digestLow() & mask;
        while (slots[slot] != 0 && nodes.get(slots[slot] - 1) != node) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
