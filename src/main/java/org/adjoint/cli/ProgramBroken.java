package org.adjoint.cli;

/**
 * The program under test no longer answers, or answers what cannot be read. An error, not an exception: a check takes
 * exceptions of a function as findings and goes on, and here nothing is left to go on with.
 */
final class ProgramBroken extends Error {
    private static final long serialVersionUID = 1L;

    ProgramBroken(String message) {
        super(message, null, false, false);
    }

    /** What happened. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
