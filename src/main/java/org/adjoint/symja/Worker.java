package org.adjoint.symja;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.matheclipse.core.eval.EvalEngine;
import org.matheclipse.core.eval.ExprEvaluator;

/**
 * One thread with one evaluator, which never serves another thread: a shared evaluator gives wrong answers.
 *
 * <p>The thread is a daemon, and so are those that Symja starts from it, so none delays the exit. What the evaluator prints
 * is dropped. A question that takes too long is given up together with its thread; the next one gets a new thread.
 */
final class Worker {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMillis(900);
    private static final short HISTORY = 1;

    /** A thread and the evaluator that was made on it. */
    private record Desk(ExecutorService thread, ExprEvaluator evaluator) {
    }

    private @Nullable Desk desk;
    private boolean broken;

    /** The answer, or nothing when it fails or takes too long. */
    synchronized <T> Optional<T> call(Function<ExprEvaluator, Optional<T>> question) {
        Desk open = open();
        if (open == null) {
            return Optional.empty();
        }
        Future<Optional<T>> answer = open.thread.submit(() -> attempt(question, open.evaluator));
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            return Optional.empty();
        } catch (TimeoutException tooLong) {
            close(open);
            return Optional.empty();
        } catch (InterruptedException stop) {
            close(open);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static <T> Optional<T> attempt(Function<ExprEvaluator, Optional<T>> question, ExprEvaluator evaluator) {
        try {
            return question.apply(evaluator);
        } catch (RuntimeException | StackOverflowError failure) {
            // Whatever goes wrong over there is no answer here.
            return Optional.empty();
        }
    }

    private void close(Desk open) {
        open.evaluator.getEvalEngine().stopRequest();
        open.thread.shutdownNow();
        desk = null;
    }

    private @Nullable Desk open() {
        if (desk != null || broken) {
            return desk;
        }
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread daemon = new Thread(work, "symja");
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            desk = new Desk(thread,
                    thread.submit(Worker::evaluator).get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException unusable) {
            broken = true;
            thread.shutdownNow();
        } catch (InterruptedException stop) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        return desk;
    }

    private static ExprEvaluator evaluator() {
        ExprEvaluator evaluator = new ExprEvaluator(false, HISTORY);
        PrintStream dropped = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        EvalEngine engine = evaluator.getEvalEngine();
        engine.setOutPrintStream(dropped);
        engine.setErrorPrintStream(dropped);
        return evaluator;
    }
}
