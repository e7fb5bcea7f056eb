package org.adjoint.expr;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What one computation may use: time, graph nodes, terms of a normal form, bits of a rational, entries of a tensor.
 *
 * <p>Time is that of the processor, so that a busy machine changes no answer, and at most {@value #PATIENCE} times as much on
 * the clock.
 *
 * <p>A budget is bound to the running thread by {@link #call} or {@link #run} and found by {@link #current()}, so that
 * every interpreter can poll it without passing it along. Time starts when it is bound, and a budget bound inside
 * another never outlives it. Outside any binding the {@linkplain #defaults() defaults} hold: no deadline, and sizes
 * that fit in memory.
 */
public final class Budget {

    /** What ran out. */
    public enum Limit {
        /** Time in milliseconds. */
        TIME("milliseconds"),
        /** Nodes of the expression graph built. */
        NODES("nodes"),
        /** Terms of a normal form. */
        TERMS("terms"),
        /** Bits of a rational number, numerator and denominator together. */
        BITS("bits in a number"),
        /** Entries of a tensor. */
        ENTRIES("tensor entries");

        private final String unit;

        Limit(String unit) {
            this.unit = unit;
        }
    }

    /** A limit of the budget was passed; the computation's result is unknown, not wrong. */
    public static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Limit limit;
        private final long allowed;

        private Exceeded(Limit limit, long allowed, String message) {
            super(message, null, false, false);
            this.limit = limit;
            this.allowed = allowed;
        }

        /** Which limit was passed. */
        public Limit limit() {
            return limit;
        }

        /** The value of that limit. */
        public long allowed() {
            return allowed;
        }
    }

    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final int POLLS_PER_CLOCK_READING = 64;
    private static final int PATIENCE = 4;
    private static final Budget DEFAULTS = new Budget(NO_LIMIT, NO_LIMIT, 1_000_000, 1_000_000, 1L << 28,
            Time.UNLIMITED);
    private static final ThreadLocal<Budget> CURRENT = ThreadLocal.withInitial(() -> DEFAULTS.during(Time.UNLIMITED));

    private final long millis;
    private final long nodes;
    private final long terms;
    private final long bits;
    private final long entries;

    private final Time time;

    /** When to look again whether time is up: on the scale of {@link #now()}; NO_LIMIT for never. */
    private long deadline;

    private long nodesUsed;
    private int polls;

    /**
     * When work began, by the clock and by the processor time of its thread, and how much of the latter it may use, in
     * nanoseconds.
     */
    private record Time(long began, long beganBusy, long allowed) {
        static final Time UNLIMITED = new Time(0, 0, NO_LIMIT);

        static Time beginning(long allowed) {
            return new Time(now(), busy(), allowed);
        }

        /** When it is up unless the thread had to wait for the processor. */
        long earliest() {
            return allowed == NO_LIMIT ? NO_LIMIT : began + allowed;
        }

        /** When it may be up, as far as is known now; in the past when it is up. */
        long next() {
            long left = allowed - (busy() - beganBusy);
            return Math.min(now() + left, began + PATIENCE * allowed);
        }
    }

    private Budget(long millis, long nodes, long terms, long bits, long entries, Time time) {
        this.millis = millis;
        this.nodes = nodes;
        this.terms = terms;
        this.bits = bits;
        this.entries = entries;
        this.time = time;
        this.deadline = time.earliest();
    }

    /** No deadline, no limit on nodes, a million terms, a million bits, 2^28 entries. */
    public static Budget defaults() {
        return DEFAULTS;
    }

    /** The budget bound to this thread. */
    public static Budget current() {
        return CURRENT.get();
    }

    /** This budget with a limit on time, counted from when it is bound. */
    public Budget withTime(Duration limit) {
        return withMillis(limit.toMillis()).during(Time.UNLIMITED);
    }

    /** This budget with a limit on the nodes built. */
    public Budget withNodes(long limit) {
        return new Budget(millis, limit, terms, bits, entries, time);
    }

    /** This budget with a limit on the terms of one normal form. */
    public Budget withTerms(long limit) {
        return new Budget(millis, nodes, limit, bits, entries, time);
    }

    /** This budget with a limit on the bits of one rational. */
    public Budget withBits(long limit) {
        return new Budget(millis, nodes, terms, limit, entries, time);
    }

    /** This budget with a limit on the entries of one tensor. */
    public Budget withEntries(long limit) {
        return new Budget(millis, nodes, terms, bits, limit, time);
    }

    private Budget withMillis(long limit) {
        return new Budget(limit, nodes, terms, bits, entries, time);
    }

    private Budget during(Time limit) {
        return new Budget(millis, nodes, terms, bits, entries, limit);
    }

    /**
     * Runs {@code work} under this budget and restores the one bound before, whatever happens.
     *
     * @throws Exceeded if a limit is passed
     */
    public <T> T call(Supplier<T> work) {
        Budget outer = CURRENT.get();
        Time own = millis == NO_LIMIT ? Time.UNLIMITED
                : Time.beginning(Math.min(millis, NO_LIMIT / 16_000_000) * 1_000_000);
        CURRENT.set(outer.deadline < own.earliest() ? withMillis(outer.millis).during(outer.time) : during(own));
        try {
            return work.get();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** {@link #call} without a result. */
    public void run(Runnable work) {
        // A result no one reads: Supplier may not return null here.
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Says that work goes on; reads the clock every 64 calls. Cheap enough for inner loops. */
    public void poll() {
        if (deadline != NO_LIMIT && (++polls & POLLS_PER_CLOCK_READING - 1) == 0) {
            checkTime();
        }
    }

    /** Reads the clock now; for use before a step that is itself long. */
    public void checkTime() {
        if (deadline != NO_LIMIT && now() > deadline) {
            deadline = time.next();
            if (now() > deadline) {
                throw exceeded(Limit.TIME, millis, "time");
            }
        }
    }

    /** Adds {@code count} to the nodes built under this budget. */
    public void countNodes(long count) {
        nodesUsed += count;
        if (nodesUsed > nodes) {
            throw exceeded(Limit.NODES, nodes, "graph");
        }
        poll();
    }

    /** Checks the number of terms of a normal form, best before it is built. */
    public void checkTerms(long count) {
        check(Limit.TERMS, count, terms, "normal form");
        poll();
    }

    /** Checks the size of a number, best before it is computed. */
    public void checkBits(long count) {
        check(Limit.BITS, count, bits, "exact number");
        poll();
    }

    /** Checks the number of entries of a tensor, best before it is allocated. */
    public void checkEntries(long count) {
        check(Limit.ENTRIES, count, entries, "tensor");
        poll();
    }

    private static void check(Limit limit, long count, long allowed, String what) {
        if (count > allowed) {
            throw exceeded(limit, allowed, what);
        }
    }

    private static Exceeded exceeded(Limit limit, long allowed, String what) {
        String amount = String.format(Locale.ROOT, "%,d %s", allowed, limit.unit);
        return new Exceeded(limit, allowed, "budget exceeded (" + what + "): more than " + amount);
    }

    /** Nanoseconds since the class was loaded: never negative, never wraps. */
    private static long now() {
        return System.nanoTime() - Clock.START;
    }

    /** Nanoseconds that this thread has had the processor; where that is not measured, those on the clock. */
    private static long busy() {
        return Clock.THREADS.isCurrentThreadCpuTimeSupported() ? Clock.THREADS.getCurrentThreadCpuTime() : now();
    }

    private static final class Clock {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final long START = System.nanoTime();
    }
}
