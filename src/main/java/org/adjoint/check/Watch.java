package org.adjoint.check;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a check on a thread of its own, so that it can be given up when one call does not return in time.
 *
 * <p>Java cannot stop a thread. The one that is stuck is interrupted and left behind as a daemon.
 */
final class Watch {

    /** A call under way. */
    record Call(String who, double[] x, long since) {}

    /** Ends a check that was given up, should its call return after all. */
    private static final class GivenUp extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final long limit;
    private volatile @Nullable Call current;
    private volatile boolean givenUp;

    Watch(Duration limit) { this.limit = limit.toNanos(); }

    <T extends @Nullable Object> T call(String who, double[] x, Supplier<T> body) {
        endIfGivenUp();
        current = new Call(who, x, System.nanoTime());
        T result;
        try {
            result = body.get();
        } finally {
            current = null;
        }
        endIfGivenUp();
        return result;
    }

    private void endIfGivenUp() {
        if (givenUp) {
            throw new GivenUp();
        }
    }

    /** Runs the body to its end, or returns the call in which it is stuck. */
    @Nullable
    Call run(Runnable body) {
        var failure = new Throwable[1];
        var thread = new Thread(() -> {
            try {
                body.run();
            } catch (GivenUp abandoned) {
                // nobody waits for the rest
            } catch (Throwable t) {
                failure[0] = t;
            }
        }, "gradient check");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        var stuck = await(thread);
        if (failure[0] instanceof RuntimeException e) {
            throw e;
        }
        if (failure[0] instanceof Error e) {
            throw e;
        }
        return stuck;
    }

    private @Nullable Call await(Thread thread) {
        try {
            while (thread.isAlive()) {
                var call = current;
                var left = call == null ? limit : limit - (System.nanoTime() - call.since);
                if (left <= 0 && call == current) {
                    givenUp = true;
                    thread.interrupt();
                    return call;
                }
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        } catch (InterruptedException interrupted) {
            givenUp = true;
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new Call("the check", new double[0], System.nanoTime());
        }
        return null;
    }
}
