package org.adjoint.expr;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A map keyed by nodes (equality of nodes is identity), open-addressed on their digest; much leaner than a hash map. */
public final class NodeMap<V> {
    private @Nullable Expr[] keys = new Expr[16];
    private @Nullable Object[] values = new Object[16];
    private int count;

    /** The value of the node, or null when there is none. */
    @SuppressWarnings("unchecked")
    public @Nullable V get(Expr key) {
        return (V) values[slot(key)];
    }

    public boolean contains(Expr key) {
        return keys[slot(key)] != null;
    }

    /** Stores the value and returns the one it replaces, or null. */
    @SuppressWarnings("unchecked")
    public @Nullable V put(Expr key, V value) {
        int slot = slot(key);
        Object old = values[slot];
        if (keys[slot] == null) {
            keys[slot] = key;
            if (++count * 2 > keys.length) {
                values[slot] = value;
                grow();
                return null;
            }
        }
        values[slot] = value;
        return (V) old;
    }

    public int size() {
        return count;
    }

    private int slot(Expr key) {
        int mask = keys.length - 1;
        int slot = (int) key.digestLow() & mask;
        while (keys[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        @Nullable
        Expr[] oldKeys = keys;
        @Nullable
        Object[] oldValues = values;
        keys = Arrays.copyOf(new Expr[0], oldKeys.length * 2);
        values = new Object[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            Expr key = oldKeys[i];
            if (key != null) {
                int slot = slot(key);
                keys[slot] = key;
                values[slot] = oldValues[i];
            }
        }
    }
}
