package org.adjoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where results go: a file, or standard output. */
final class Output {
    private Output() {
    }

    static void write(CommandSpec spec, @Nullable Path file, String text) {
        if (file == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
            return;
        }
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new BadInput("--output " + file + ": cannot be written: " + BadInput.reason(failure));
        }
    }
}
