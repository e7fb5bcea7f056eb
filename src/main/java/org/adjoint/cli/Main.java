package org.adjoint.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.adjoint.expr.Budget;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code adjoint}: closed-form adjoints, verdicts on claims, numbers, gradient checks, drawings. */
@Command(name = "adjoint", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Derives closed-form adjoints, judges claims about them, evaluates and checks them.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all as expected", "1:some claim or check is not as expected, or a result is withheld",
                "2:bad input", "3:internal error"})
public final class Main implements Runnable {
    static final int NOT_AS_EXPECTED = 1;
    static final int BAD_INPUT = 2;
    static final int INTERNAL = 3;
    static final int BROKEN_PROGRAM = 4;

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    /** Runs the command and leaves its exit code to the process. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(args, out, err);
        out.flush();
        err.flush();
        // Threads of libraries must not keep the process alive.
        System.exit(code);
    }

    /** Runs the command with these writers. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine commands = commandLine(args).setOut(out).setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // An expression may begin with a minus sign.
                .setUnmatchedOptionsArePositionalParams(true).setUsageHelpAutoWidth(true);
        commands.getSubcommands().forEach((name, command) -> command
                .setUnmatchedOptionsArePositionalParams(!name.equals("verify")));
        commands.setParameterExceptionHandler(Main::badParameter);
        commands.setExecutionExceptionHandler(Main::failed);
        return commands.execute(args);
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("derive", DeriveCommand::new);
        commands.put("limit", LimitCommand::new);
        commands.put("matrix", MatrixCommand::new);
        commands.put("equal", EqualCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("eval", EvalCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("graph", GraphCommand::new);
        commands.put("model", ModelCommand::new);
        return commands;
    }

    /**
     * The command that is asked for, alone and under a bare name, or all of them when it is none: to read the options of one out
     * of its annotations takes as long as a derivation.
     */
    private static CommandLine commandLine(String[] args) {
        Supplier<Object> asked = args.length > 0 ? COMMANDS.get(args[0]) : null;
        if (asked != null) {
            CommandSpec bare = CommandSpec.wrapWithoutInspection(new Main()).name("adjoint");
            return new CommandLine(bare.addSubcommand(args[0], new CommandLine(asked.get())));
        }
        CommandLine line = new CommandLine(new Main());
        COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing; expected one of "
                    + String.join(", ", spec.subcommands().keySet()));
        }
    }

    private static int badParameter(ParameterException exception, String[] args) {
        PrintWriter err = exception.getCommandLine().getErr();
        String message = Objects.requireNonNullElse(exception.getMessage(), "the arguments cannot be read");
        err.println("adjoint: " + unknownCommand(exception).or(() -> unknownOption(exception.getCommandLine(), args))
                .orElseGet(() -> message.replaceAll(" is not an? (int|long)$", " is not an integer")
                        .replaceAll(" is not a double$", " is not a number")));
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("see: " + exception.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help");
        return BAD_INPUT;
    }

    private static Optional<String> unknownCommand(ParameterException exception) {
        Set<String> commands = exception.getCommandLine().getSubcommands().keySet();
        return exception instanceof UnmatchedArgumentException unmatched && !commands.isEmpty()
                ? Optional.of("unknown command " + unmatched.getUnmatched().get(0) + "; expected one of "
                        + String.join(", ", commands))
                : Optional.empty();
    }

    private static Optional<String> unknownOption(CommandLine command, String[] args) {
        return Arrays.stream(args).filter(arg -> arg.startsWith("--") && arg.length() > 2)
                .map(arg -> arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg)
                .filter(arg -> !command.getCommandSpec().optionsMap().containsKey(arg)).findFirst()
                .map(option -> "unknown option " + option);
    }

    private static int failed(Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
        if (exception instanceof BadInput) {
            command.getErr().println(exception.getMessage());
            return BAD_INPUT;
        }
        if (exception instanceof Budget.Exceeded exceeded) {
            command.getErr().println("adjoint: undecided: " + exceeded.getMessage());
            return NOT_AS_EXPECTED;
        }
        command.getErr().println("adjoint: internal error, please report it: " + exception
                + " at " + (exception.getStackTrace().length > 0 ? exception.getStackTrace()[0] : "an unknown place"));
        return INTERNAL;
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"adjoint " + (version == null ? "(development build)" : version)};
        }
    }
}
