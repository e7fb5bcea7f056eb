package org.adjoint.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adjoint.verify.JsonReport;
import org.adjoint.verify.Report;
import org.adjoint.verify.TextReport;
import org.adjoint.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint verify}: a verdict with evidence for every claim of problem files. */
@Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Judges the claims of problem files and shows the evidence.",
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint verify problems", "  adjoint verify homework.md --format json",
                "  adjoint verify problems --seconds 30"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every claim has the verdict that its author expects", "1:some claim has not",
                "2:bad input: a file that is missing or cannot be read, a statement that is wrong", "3:internal error"})
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 24 * 3600;

    @Parameters(paramLabel = "PATH", arity = "1..*",
            description = "Problem files, or directories that are searched for files ending .md.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--format", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. Claims are shown as they are written.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "5",
            description = "Time for one claim; beyond it the claim is undecided. Default: ${DEFAULT-VALUE}.")
    private double seconds = 5;

    @Option(names = "--proofs", description = "Tell the proof of each claim that is proved by laws, a step on a line.")
    private boolean proofs;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!(seconds > 0) || seconds > MOST_SECONDS) {
            throw new BadInput("--seconds must be above 0 and at most " + MOST_SECONDS + "; got " + seconds);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean terminal = Terminal.isAttached();
        boolean json = format == OutputFormat.JSON;
        Report report;
        try (Progress progress = Progress.start(terminal, err)) {
            report = Verifier.verify(paths,
                    Verifier.DEFAULT_BUDGET.withTime(Duration.ofMillis((long) (seconds * 1000))),
                    proofs || json, progress::claimDone);
        }
        out.print(json ? JsonReport.of(report)
                : TextReport.of(report, terminal && System.getenv("NO_COLOR") == null, proofs));
        out.flush();
        for (String problem : report.problems()) {
            err.println(problem);
        }
        err.flush();
        return report.exitCode();
    }
}
