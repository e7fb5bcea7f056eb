package org.adjoint.cli;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {
    }

    /** Whether standard output is a terminal: the launcher knows, and asking costs it nothing. */
    static boolean isAttached() {
        return Boolean.getBoolean("adjoint.terminal") && !"dumb".equals(System.getenv("TERM"));
    }
}
