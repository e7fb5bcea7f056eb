package org.adjoint.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adjoint.lang.Problem;

/** What was given cannot be read; the message is what the user sees. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Problem> problem;

    BadInput(String message) {
        super(message);
        this.problem = Optional.empty();
    }

    BadInput(List<Problem> problems) {
        this(problems, "");
    }

    /** Problems, with something more to say after them. */
    BadInput(List<Problem> problems, String more) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")) + more);
        this.problem = problems.stream().findFirst();
    }

    /** Why a file can be neither read nor written, in words. */
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no such file or directory";
            case AccessDeniedException denied -> "it may not be read or written";
            case FileSystemException other when other.getReason() != null -> Objects
                    .requireNonNull(other.getReason());
            default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        };
    }

    /** The first problem, when it has a place. */
    Optional<Problem> problem() {
        return problem;
    }
}
