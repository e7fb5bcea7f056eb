package org.adjoint.expr;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The table that makes equal nodes one object. Entries are weak: a node that nothing else refers to is collected, so
 * nothing leaks from one problem file to the next. Striped, so that threads rarely meet; open-addressed with a tag beside
 * each entry, so that looking for a new node rarely touches another one.
 */
final class Interner {
    private static final int STRIPES = 64;
    private static final Interner[] TABLES = new Interner[STRIPES];
    private static final int FREE = 0;

    static {
        for (int i = 0; i < STRIPES; i++) {
            TABLES[i] = new Interner();
        }
    }

    private int[] tags = new int[64];
    private @Nullable WeakReference<Expr>[] entries = newEntries(64);
    private int used;

    private Interner() {
    }

    /** The one node equal to the candidate: an earlier one if there is one, else the candidate itself. */
    @SuppressWarnings("unchecked")
    static <E extends Expr> E intern(E candidate) {
        Interner table = TABLES[(int) (candidate.digestLow() >>> 58)];
        Expr node;
        synchronized (table) {
            node = table.find(candidate);
        }
        if (node == candidate) {
            Budget.current().countNodes(1);
        }
        return (E) node;
    }

    private static int tag(long key) {
        return (int) (key >>> 26) | 1;
    }

    private Expr find(Expr candidate) {
        long key = candidate.digestLow();
        int tag = tag(key);
        int mask = tags.length - 1;
        int slot = (int) key & mask;
        for (; tags[slot] != FREE; slot = (slot + 1) & mask) {
            WeakReference<Expr> entry = tags[slot] == tag ? entries[slot] : null;
            if (entry != null) {
                Expr node = entry.get();
                if (node != null && node.digestLow() == key && node.getClass() == candidate.getClass()
                        && node.shape().equals(candidate.shape())
                        && node.sameAs(candidate)) {
                    return node;
                }
            }
        }
        tags[slot] = tag;
        entries[slot] = new WeakReference<>(candidate);
        if (++used * 2 > tags.length) {
            rebuild();
        }
        return candidate;
    }

    /**
     * Drops the entries whose nodes are gone and makes room. This is the only time when they are looked for: a queue of
     * cleared references would cost more than all the rest of the table.
     */
    private void rebuild() {
        @Nullable
        WeakReference<Expr>[] old = entries;
        int live = 0;
        for (WeakReference<Expr> entry : old) {
            live += entry == null || entry.refersTo(null) ? 0 : 1;
        }
        int size = Math.max(64, Integer.highestOneBit(live) * 4);
        tags = new int[size];
        entries = newEntries(size);
        used = 0;
        for (WeakReference<Expr> entry : old) {
            Expr node = entry == null ? null : entry.get();
            if (node != null) {
                int slot = (int) node.digestLow() & (size - 1);
                while (tags[slot] != FREE) {
                    slot = (slot + 1) & (size - 1);
                }
                tags[slot] = tag(node.digestLow());
                entries[slot] = entry;
                used++;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable WeakReference<Expr>[] newEntries(int size) {
        return (WeakReference<Expr>[]) new WeakReference<?>[size];
    }
}
