package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.Expr;
import org.jspecify.annotations.Nullable;

/** Numbers nodes 0, 1, 2, … in the order in which they come; open addressing on the digest, without boxes. */
final class NodeNumbers {
    private @Nullable Expr[] keys = new Expr[64];
    private int[] numbers = new int[64];
    private int count;

    /** The number of the node, which gets the next one when it has none. */
    int number(Expr node) {
        int slot = slot(node);
        if (keys[slot] == null) {
            keys[slot] = node;
            numbers[slot] = count++;
            if (count * 2 > keys.length) {
                grow();
                return count - 1;
            }
        }
        return numbers[slot];
    }

    private int slot(Expr node) {
        int mask = keys.length - 1;
        int slot = (int) node.digestLow() & mask;
        while (keys[slot] != null && keys[slot] != node) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        @Nullable
        Expr[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = Arrays.copyOf(new Expr[0], oldKeys.length * 2);
        numbers = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            Expr key = oldKeys[i];
            if (key != null) {
                int slot = slot(key);
                keys[slot] = key;
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
