package org.adjoint.cli;

import java.util.List;
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

    /** The first problem, when it has a place. */
    Optional<Problem> problem() {
        return problem;
    }
}
