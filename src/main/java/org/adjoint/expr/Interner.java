package org.adjoint.expr;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The table that makes equal nodes one object. Entries are weak: a node that nothing else refers to is collected, so
 * nothing leaks from one problem file to the next. Striped, so that threads rarely meet.
 */
final class Interner {
    private static final int STRIPES = 64;
    private static final Interner[] TABLES = new Interner[STRIPES];

    static {
        for (int i = 0; i < STRIPES; i++) {
            TABLES[i] = new Interner();
        }
    }

    private static final class Entry extends WeakReference<Expr> {
        final long key;
        @Nullable
        Entry next;

        Entry(Expr node, ReferenceQueue<Expr> queue, long key, @Nullable Entry next) {
            super(node, queue);
            this.key = key;
            this.next = next;
        }
    }

    private final ReferenceQueue<Expr> queue = new ReferenceQueue<>();
    private @Nullable Entry[] buckets = new Entry[64];
    private int count;

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

    private Expr find(Expr candidate) {
        expunge();
        long key = candidate.digestLow();
        int bucket = (int) key & (buckets.length - 1);
        for (Entry entry = buckets[bucket]; entry != null; entry = entry.next) {
            if (entry.key == key) {
                Expr node = entry.get();
                if (node != null && node.getClass() == candidate.getClass() && node.shape().equals(candidate.shape())
                        && node.sameAs(candidate)) {
                    return node;
                }
            }
        }
        buckets[bucket] = new Entry(candidate, queue, key, buckets[bucket]);
        if (++count > buckets.length) {
            grow();
        }
        return candidate;
    }

    private void grow() {
        @Nullable
        Entry[] larger = new Entry[buckets.length * 2];
        for (Entry head : buckets) {
            for (Entry entry = head; entry != null;) {
                Entry next = entry.next;
                int bucket = (int) entry.key & (larger.length - 1);
                entry.next = larger[bucket];
                larger[bucket] = entry;
                entry = next;
            }
        }
        buckets = larger;
    }

    private void expunge() {
        for (Reference<? extends Expr> dead = queue.poll(); dead != null; dead = queue.poll()) {
            Entry gone = (Entry) dead;
            int bucket = (int) gone.key & (buckets.length - 1);
            Entry previous = null;
            for (Entry entry = buckets[bucket]; entry != null; previous = entry, entry = entry.next) {
                if (entry == gone) {
                    if (previous == null) {
                        buckets[bucket] = entry.next;
                    } else {
                        previous.next = entry.next;
                    }
                    count--;
                    break;
                }
            }
        }
    }
}
