package org.adjoint.lang;

import java.util.List;

/** A text that cannot be read, with everything that is wrong with it. */
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    /** One or more problems. */
    public SyntaxException(List<Problem> problems) {
        // without a stack trace: this is an answer to the user, not a defect
        super(String.join("\n", problems.stream().map(Problem::render).toList()), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** One problem. */
    public SyntaxException(Problem problem) {
        this(List.of(problem));
    }

    /** What is wrong, in the order of the text. */
    public List<Problem> problems() {
        return problems;
    }

    /** The first of the problems. */
    public Problem problem() {
        return problems.get(0);
    }
}
