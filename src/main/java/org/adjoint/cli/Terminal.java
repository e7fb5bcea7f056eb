package org.adjoint.cli;

import java.io.Console;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {
    }

    /** Whether both input and output are a terminal. */
    // Null before Java 22, and asked for isTerminal() since.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isAttached() {
        Console console = System.console();
        // From Java 22 on there is a console object without a terminal, too.
        return console != null && !"dumb".equals(System.getenv("TERM")) && isTerminal(console);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }
}
