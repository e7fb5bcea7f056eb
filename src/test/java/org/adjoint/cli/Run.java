package org.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One run of the command.
 *
 * @param code the exit code
 * @param out  standard output
 * @param err  standard error
 */
record Run(int code, String out, String err) {

    static Run adjoint(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(args, new PrintWriter(out), new PrintWriter(err, true));
        return new Run(code, out.toString(), err.toString());
    }

    /** Both streams. */
    String all() {
        return out + err;
    }

    /** Ended so, and what is said is meant for people. */
    Run ends(int expected) {
        assertThat(all()).doesNotContain("at org.adjoint", "Exception", "Error:", "internal error, ");
        assertThat(code).as("exit code; it said:%n%s", all()).isEqualTo(expected);
        return this;
    }

    /** What was said on standard error has each of these. */
    Run says(String... parts) {
        assertThat(err).contains(parts);
        return this;
    }

    /** What was shown on standard output has each of these. */
    Run shows(String... parts) {
        assertThat(out).contains(parts);
        return this;
    }
}
