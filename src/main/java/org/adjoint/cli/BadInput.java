package org.adjoint.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.adjoint.lang.Problem;

/** What was given cannot be read; the message is what the user sees. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message);
    }

    BadInput(List<Problem> problems) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
    }
}
