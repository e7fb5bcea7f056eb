package org.adjoint.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that is kept running: a line in, a line out.
 *
 * <p>Nothing it does can hang the caller: each answer has a time limit that counts the writing of the question too, lines
 * are limited in length, and closing ends it with all processes that it started.
 */
final class Program implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 26;
    private static final int QUEUED = 64;
    private static final int KEPT_LINES = 20;
    private static final int KEPT_WIDTH = 400;
    private static final long GRACE_MILLIS = 500;

    private final Process process;
    private final BufferedWriter questions;
    private final long limitNanos;
    /** Answers; nothing after the last. */
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>(QUEUED);
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread complaining;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(Program::daemon);
    private final Thread atExit = new Thread(this::kill);
    private volatile boolean tooLong;

    private Program(Process process, Duration limit) {
        this.process = process;
        this.limitNanos = limit.toNanos();
        this.questions = new BufferedWriter(
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.complaining = daemon(this::complaints);
        daemon(this::answers).start();
        complaining.start();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts the command as the shell understands it.
     *
     * @param limit for each answer
     * @throws BadInput if there is no shell to start it
     */
    static Program start(String command, Duration limit) {
        boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> shell = windows ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        try {
            return new Program(new ProcessBuilder(shell).start(), limit);
        } catch (IOException e) {
            throw new BadInput("--command: it cannot be started: " + e.getMessage());
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "program under test");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The line with which the program answers this one.
     *
     * @throws ProgramBroken if there is none
     */
    String ask(String line) {
        if (answers.peek() != null && answers.peek().isPresent()) {
            throw new ProgramBroken("it printed a line before it was asked: " + quoted(answers.remove().orElse("")));
        }
        long end = System.nanoTime() + limitNanos;
        try {
            if (!write(line, end)) {
                throw new ProgramBroken("it did not read the question within " + limit());
            }
            Optional<String> answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                throw new ProgramBroken("it did not answer within " + limit()
                        + "; does it write each answer as one line and flush it?");
            }
            return answer.orElseThrow(() -> new ProgramBroken(tooLong
                    ? "it printed a line of more than " + LONGEST_LINE + " characters" : ending()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramBroken("the check was interrupted");
        }
    }

    /** Whether the line was written in time; a program that has ended will be seen to have ended. */
    private boolean write(String line, long end) throws InterruptedException {
        try {
            writer.submit(() -> {
                questions.write(line);
                questions.write('\n');
                questions.flush();
                return line;
            }).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException closed) {
            return true;
        }
        return true;
    }

    private String limit() {
        return limitNanos / 1e9 + " s";
    }

    private String ending() {
        try {
            return process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)
                    ? "it ended with exit code " + process.exitValue() : "it closed its standard output";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it ended";
        }
    }

    /** The last lines that the program wrote to standard error. */
    List<String> standardError() {
        try {
            if (!process.isAlive()) {
                complaining.join(GRACE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (complaints) {
            return new ArrayList<>(complaints);
        }
    }

    /** Text of the program in a message, cut. */
    static String quoted(String text) {
        return text.length() <= KEPT_WIDTH ? text : text.substring(0, KEPT_WIDTH) + "… (" + text.length()
                + " characters)";
    }

    // ---- what it prints

    private void answers() {
        try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    answers.put(Optional.of(line.toString()));
                    line.setLength(0);
                } else if (line.length() == LONGEST_LINE) {
                    tooLong = true;
                    break;
                } else {
                    line.append((char) c);
                }
            }
            if (!line.isEmpty() && !tooLong) {
                answers.put(Optional.of(line.toString()));
            }
        } catch (IOException closed) {
            // that was the last line
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            answers.put(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complaints() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    keep(line.toString());
                    line.setLength(0);
                } else if (line.length() < 2 * KEPT_WIDTH) {
                    line.append((char) c);
                }
            }
            if (!line.isEmpty()) {
                keep(line.toString());
            }
        } catch (IOException closed) {
            // nothing more to keep
        }
    }

    private void keep(String line) {
        synchronized (complaints) {
            complaints.add(quoted(line.stripTrailing()));
            if (complaints.size() > KEPT_LINES) {
                complaints.remove();
            }
        }
    }

    // ---- its end

    /** Lets the program end at the end of its input, then ends it and whatever it started. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        writer.shutdownNow();
        try {
            // a stream to which is being written cannot be closed
            if (writer.awaitTermination(1, TimeUnit.MILLISECONDS)) {
                process.getOutputStream().close();
                process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
            kill();
        } catch (IOException alreadyEnded) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        started.forEach(ProcessHandle::destroyForcibly);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException shuttingDown) {
            // it runs already
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
