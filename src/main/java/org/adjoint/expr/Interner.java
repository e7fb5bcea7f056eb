package org.adjoint.expr;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
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
    private static final int GONE = 1;

    static {
        for (int i = 0; i < STRIPES; i++) {
            TABLES[i] = new Interner();
        }
    }

    private static final class Entry extends WeakReference<Expr> {
        final long key;

        Entry(Expr node, ReferenceQueue<Expr> queue, long key) {
            super(node, queue);
            this.key = key;
        }
    }

    private final ReferenceQueue<Expr> queue = new ReferenceQueue<>();
    private int[] tags = new int[64];
    private @Nullable Entry[] entries = new Entry[64];
    private int used;
    private int live;

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
        return (int) (key >>> 26) | 2;
    }

    private Expr find(Expr candidate) {
        expunge();
        long key = candidate.digestLow();
        int tag = tag(key);
        int mask = tags.length - 1;
        int slot = (int) key & mask;
        for (; tags[slot] != FREE; slot = (slot + 1) & mask) {
            Entry entry = tags[slot] == tag ? entries[slot] : null;
            if (entry != null && entry.key == key) {
                Expr node = entry.get();
                if (node != null && node.getClass() == candidate.getClass() && node.shape().equals(candidate.shape())
                        && node.sameAs(candidate)) {
                    return node;
                }
            }
        }
        tags[slot] = tag;
        entries[slot] = new Entry(candidate, queue, key);
        live++;
        if (++used * 2 > tags.length) {
            rebuild();
        }
        return candidate;
    }

    /** Makes room, and forgets the places of entries that are gone. */
    private void rebuild() {
        @Nullable
        Entry[] old = entries;
        int size = Math.max(64, Integer.highestOneBit(live) * 4);
        tags = new int[size];
        entries = new Entry[size];
        used = live;
        for (Entry entry : old) {
            if (entry != null) {
                int slot = (int) entry.key & (size - 1);
                while (tags[slot] != FREE) {
                    slot = (slot + 1) & (size - 1);
                }
                tags[slot] = tag(entry.key);
                entries[slot] = entry;
            }
        }
    }

    private void expunge() {
        for (Reference<? extends Expr> dead = queue.poll(); dead != null; dead = queue.poll()) {
            Entry gone = (Entry) dead;
            int mask = tags.length - 1;
            for (int slot = (int) gone.key & mask; tags[slot] != FREE; slot = (slot + 1) & mask) {
                if (entries[slot] == gone) {
                    entries[slot] = null;
                    tags[slot] = GONE;
                    live--;
                    break;
                }
            }
        }
    }
}
