package org.adjoint.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;

/** A line on a terminal that says how many claims are done, from the second second on; it is wiped at the end. */
final class Progress implements AutoCloseable {
    private static final long FIRST_AFTER_MILLIS = 1000;
    private static final long EVERY_MILLIS = 200;

    private final AtomicInteger done = new AtomicInteger();
    private final PrintWriter err;
    private volatile boolean stopped;
    private boolean shown;

    private Progress(PrintWriter err) {
        this.err = err;
    }

    static Progress start(boolean terminal, PrintWriter err) {
        Progress progress = new Progress(err);
        if (terminal) {
            Thread thread = new Thread(progress::run, "progress");
            thread.setDaemon(true);
            thread.start();
        }
        return progress;
    }

    void claimDone() {
        done.incrementAndGet();
    }

    private void run() {
        try {
            Thread.sleep(FIRST_AFTER_MILLIS);
            while (!stopped) {
                show();
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        if (!stopped) {
            shown = true;
            err.print("\r" + done.get() + " claims judged …");
            err.flush();
        }
    }

    @Override
    public synchronized void close() {
        stopped = true;
        if (shown) {
            err.print("\r\u001B[K");
            err.flush();
        }
    }
}
