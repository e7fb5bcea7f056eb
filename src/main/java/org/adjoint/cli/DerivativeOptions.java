package org.adjoint.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options by which a command is told what to differentiate by and how to answer. */
final class DerivativeOptions {
    @Option(names = "--wrt", paramLabel = "NAME", split = ",",
            description = "The variables by which is differentiated. Default: all.")
    private List<String> wrt = new ArrayList<>();

    @Option(names = "--format", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--seed", defaultValue = "1",
            description = "From which points and sizes of the check are drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    /** The names of the variables; none for all. */
    List<String> wrt() {
        return wrt;
    }

    OutputFormat format() {
        return format;
    }

    long seed() {
        return seed;
    }
}
