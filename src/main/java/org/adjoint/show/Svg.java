package org.adjoint.show;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Draws a graph in DOT as SVG, with Graphviz where it is installed. */
public final class Svg {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Svg() {
    }

    /** A drawing, or why there is none. */
    public sealed interface Result permits Drawn, NotDrawn {
    }

    /** The drawing. */
    public record Drawn(String svg) implements Result {
    }

    /** Nothing was drawn; the reason is a sentence for the user. */
    public record NotDrawn(String reason) implements Result {
    }

    /** The graph drawn by the command {@code dot}. */
    public static Result draw(String dot) {
        return draw(dot, "dot", LIMIT);
    }

    static Result draw(String dot, String command, Duration limit) {
        Process process;
        try {
            process = new ProcessBuilder(command, "-Tsvg").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            return new NotDrawn("Graphviz is needed to draw SVG, and its command `" + command
                    + "` was not found; install Graphviz, or ask for DOT");
        }
        CompletableFuture<String> svg = CompletableFuture.supplyAsync(() -> read(process));
        try (OutputStream in = process.getOutputStream()) {
            in.write(dot.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The command has ended early; its exit code tells.
        }
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new NotDrawn("Graphviz did not finish within " + limit.toSeconds()
                        + " seconds; the graph is too large to draw, ask for DOT");
            }
            String drawn = svg.get();
            return process.exitValue() == 0 && drawn.contains("<svg") ? new Drawn(drawn)
                    : new NotDrawn("Graphviz could not draw the graph: `" + command + "` ended with code "
                            + process.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return new NotDrawn("drawing was interrupted");
        } catch (ExecutionException e) {
            return new NotDrawn("the drawing made by Graphviz could not be read");
        }
    }

    private static String read(Process process) {
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
