package org.adjoint.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.adjoint.expr.Budget;
import org.adjoint.lang.Problem;

/**
 * Judges the claims of problem files. Files are independent of each other, and so are claims once they are read; the report
 * does not depend on how the work is spread over threads.
 */
public final class Verifier {
    /** What one claim may use unless said otherwise. */
    public static final Budget DEFAULT_BUDGET = Budget.defaults().withTime(Duration.ofSeconds(5)).withEntries(2_000_000)
            .withNodes(3_000_000).withTerms(100_000);
    private static final String NO_PROBLEM_FILES = ": no problem files in this directory; expected Markdown files "
            + "ending .md that have blocks fenced by ```adjoint";
    private static final long LARGEST_FILE = 64L << 20;

    private final Budget budget;
    private final Runnable claimDone;
    private final boolean proofs;

    private Verifier(Budget budget, boolean proofs, Runnable claimDone) {
        this.budget = budget;
        this.proofs = proofs;
        this.claimDone = claimDone;
    }

    /**
     * The report on all problem files in the paths, directories searched for names ending {@code .md}.
     *
     * @param paths files and directories
     */
    public static Report verify(List<Path> paths) {
        return verify(paths, DEFAULT_BUDGET, false, () -> {
        });
    }

    /**
     * The same with a budget for each claim.
     *
     * @param proofs    whether the report keeps the proofs
     * @param claimDone called, from any thread, whenever a claim has been judged
     */
    public static Report verify(List<Path> paths, Budget budget, boolean proofs, Runnable claimDone) {
        return new Verifier(budget, proofs, claimDone).run(paths);
    }

    /** The report on the text of one problem file. */
    public static Report verify(ProblemFile file) {
        Verifier verifier = new Verifier(DEFAULT_BUDGET, true, () -> {
        });
        return verifier.inThreads(pool -> verifier.collect(List.of(verifier.start(file, pool)), new ArrayList<>()));
    }

    // ---- finding files

    /** A file to read, and the directory in which it was found, when it was not named itself. */
    private record Found(Path file, Optional<Path> directory) {
    }

    private Report run(List<Path> paths) {
        List<String> problems = new ArrayList<>();
        List<Found> files = new ArrayList<>();
        if (paths.isEmpty()) {
            problems.add("no path to verify; expected problem files or directories with them");
        }
        for (Path path : paths) {
            find(path, files, problems);
        }
        return inThreads(pool -> {
            List<Future<Reading>> readings = new ArrayList<>();
            for (Found found : files) {
                readings.add(pool.submit(() -> start(found.file(), pool)));
            }
            List<Reading> done = new ArrayList<>();
            Set<Path> empty = new LinkedHashSet<>();
            Set<Path> full = new HashSet<>();
            for (int k = 0; k < files.size(); k++) {
                Reading reading = get(readings.get(k));
                done.add(reading);
                Optional<Path> directory = files.get(k).directory();
                if (directory.isPresent()) {
                    (reading.isEmpty() ? empty : full).add(directory.get());
                } else if (reading.isEmpty()) {
                    problems.add(
                            files.get(k).file() + ": no claims in this file; expected blocks fenced by ```adjoint");
                }
            }
            empty.removeAll(full);
            empty.forEach(directory -> problems.add(directory + NO_PROBLEM_FILES));
            return collect(done, problems);
        });
    }

    private static void find(Path path, List<Found> files, List<String> problems) {
        if (!Files.exists(path)) {
            problems.add(path + ": there is no such file or directory");
        } else if (Files.isDirectory(path)) {
            int before = files.size();
            try (Stream<Path> inside = Files.walk(path)) {
                inside.filter(p -> p.toString().endsWith(".md") && Files.isRegularFile(p)).sorted()
                        .forEach(p -> files.add(new Found(p, Optional.of(path))));
            } catch (IOException | UncheckedIOException e) {
                problems.add(path + ": the directory cannot be read: " + e.getMessage());
            }
            if (files.size() == before) {
                problems.add(path + NO_PROBLEM_FILES);
            }
        } else {
            files.add(new Found(path, Optional.empty()));
        }
    }

    // ---- reading and judging

    /** A file that has been read and whose claims are being judged. */
    private record Reading(List<Future<Claim>> claims, List<FileReader.Broken> broken, List<String> problems) {
        boolean isEmpty() {
            return claims.isEmpty() && broken.isEmpty() && problems.isEmpty();
        }
    }

    private Reading start(Path path, ExecutorService pool) {
        try {
            if (Files.size(path) > LARGEST_FILE) {
                return failed(path + ": the file is larger than " + (LARGEST_FILE >> 20) + " MB");
            }
            return start(ProblemFile.read(path), pool);
        } catch (NoSuchFileException gone) {
            return failed(path + ": there is no such file");
        } catch (IOException e) {
            return failed(path + ": the file cannot be read: " + e.getMessage());
        }
    }

    private static Reading failed(String problem) {
        return new Reading(List.of(), List.of(), List.of(problem));
    }

    private Reading start(ProblemFile file, ExecutorService pool) {
        List<Future<Claim>> claims = new ArrayList<>();
        List<FileReader.Broken> broken = new FileReader(budget,
                pending -> claims.add(pool.submit(() -> judge(pending)))).read(file);
        List<String> problems = new ArrayList<>();
        for (Problem problem : file.problems()) {
            problems.add(problem.render());
        }
        return new Reading(claims, broken, problems);
    }

    private Claim judge(Pending pending) {
        Claim claim = pending.judge(budget);
        claimDone.run();
        return proofs ? claim : claim.withoutProofs();
    }

    private Report collect(List<Reading> readings, List<String> problems) {
        List<Claim> all = new ArrayList<>();
        for (Reading reading : readings) {
            List<Claim> claims = new ArrayList<>();
            for (Future<Claim> claim : reading.claims()) {
                claims.add(get(claim));
            }
            problems.addAll(reading.problems());
            for (FileReader.Broken broken : reading.broken()) {
                if (!isExpected(broken, claims)) {
                    problems.add(broken.problem().render());
                }
            }
            all.addAll(claims);
        }
        return new Report(all, problems);
    }

    /** A definition without a meaning is no bad input when a claim is about that. */
    private static boolean isExpected(FileReader.Broken broken, List<Claim> claims) {
        return broken.name().isPresent() && claims.stream().anyMatch(claim -> claim.asExpected()
                && claim.verdict() == Verdict.ILL_FORMED && claim.evidence().detail().contains(broken.name().get()));
    }

    // ---- threads

    private interface Work {
        Report in(ExecutorService pool);
    }

    private Report inThreads(Work work) {
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            // Generous stacks: what nests deeply is read by recursion within bounds.
            Thread thread = new Thread(null, task, "verify", 64L << 20);
            thread.setDaemon(true);
            return thread;
        });
        try {
            return work.in(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while verifying", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a defect while verifying: " + e.getCause(), e.getCause());
        }
    }
}
