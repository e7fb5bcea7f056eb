package org.adjoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.adjoint.check.Checked;
import org.adjoint.check.Domain;
import org.adjoint.check.ErrorPlot;
import org.adjoint.check.GradientCheck;
import org.adjoint.check.GradientReport;
import org.adjoint.check.NDArray;
import org.adjoint.check.NoValue;
import org.adjoint.check.Place;
import org.adjoint.check.Precision;
import org.adjoint.check.Smallest;
import org.adjoint.lang.FactSyntax;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.TypeSyntax;
import picocli.CommandLine.Option;

/** The check of a program in any language, that is asked over its standard input and answers on its standard output. */
final class ProgramCheck {
    private static final int DEFAULT_POINTS = 9;
    private static final long MARGIN_SECONDS = 30;

    /** What the program computes. */
    enum Given {
        /** The gradient of a function whose value is a number. */
        GRADIENT,
        /** The gradient and the product of the Hessian with a vector. */
        HVP,
        /** The product of a cotangent with the Jacobian. */
        VJP,
        /** The product of the Jacobian with a tangent. */
        JVP,
        /** Both. */
        PRODUCTS
    }

    @Option(names = "--command", paramLabel = "COMMAND",
            description = {"Checks a program instead: it is started once, reads questions from its standard input and",
                    "answers each with a line. See src/docs/check-command.md."})
    private String command = "";

    @Option(names = "--derivative", paramLabel = "KIND", defaultValue = "gradient",
            description = "What the program computes: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Given given = Given.GRADIENT;

    @Option(names = "--points", paramLabel = "N",
            description = "Of a program: how many points are drawn. Default: " + DEFAULT_POINTS + ", with --at 0.")
    private int points = -1;

    @Option(names = "--at", paramLabel = "JSON",
            description = {"Of a program: checks at this point, as in '{\"W\": [[1, 2]], \"b\": [0]}'.",
                    "May be given several times."})
    private List<String> at = new ArrayList<>();

    @Option(names = "--fast", description = "Of a program: a few directions at each point instead of all entries.")
    private boolean fast;

    @Option(names = "--single", description = "The program computes in single precision.")
    private boolean single;

    @Option(names = "--tolerance", paramLabel = "R",
            description = "Of a program: relative error of the derivative that is no bug. Default: 1e-8, single 1e-4.")
    private double tolerance = Double.NaN;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10",
            description = "Of a program: time for each answer. Default: ${DEFAULT-VALUE}.")
    private double seconds = 10;

    @Option(names = "--junit", paramLabel = "FILE", description = "Of a program: writes the report as JUnit XML too.")
    private Path junit = Path.of("");

    @Option(names = "--plot", paramLabel = "FILE",
            description = "Of a program: draws the error of the first failing entry over the step, as SVG.")
    private Path plot = Path.of("");

    /** Whether a program is to be checked. */
    boolean isAsked() {
        return !command.isEmpty();
    }

    /** Whether an option was given that makes sense for a program alone. */
    boolean isNeeded() {
        return points >= 0 || !at.isEmpty() || fast || single || !Double.isNaN(tolerance)
                || !junit.toString().isEmpty() || !plot.toString().isEmpty() || given != Given.GRADIENT;
    }

    /** The exit code, after the report was printed. */
    int run(List<Statement> declared, OptionalLong seed, boolean json, PrintWriter out, PrintWriter err) {
        if (!(seconds > 0) || seconds > TimeUnit.DAYS.toSeconds(1)) {
            throw new BadInput("--seconds must be above 0 and at most a day; got " + seconds);
        }
        if (declared.isEmpty()) {
            throw new BadInput("--command: the inputs of the program are needed, as in --shape \"W=[3,4]\"");
        }
        List<Statement.Declaration> inputs = new ArrayList<>();
        for (Statement statement : declared) {
            if (!(statement instanceof Statement.Declaration d)) {
                throw new BadInput("--define is for expressions; a program has inputs, given by --shape");
            }
            inputs.add(d);
        }
        List<String> names = inputs.stream().flatMap(d -> d.names().stream()).map(Syntax.Name::id).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new BadInput("--shape: a name is given twice among " + String.join(", ", names));
        }
        Duration limit = Duration.ofNanos((long) (seconds * 1e9));
        try (Program program = Program.start(command, limit)) {
            ProgramProtocol protocol = new ProgramProtocol(program, names);
            GradientCheck check = check(protocol).timeLimit(limit.plusSeconds(MARGIN_SECONDS));
            check = withPoints(withInputs(check, inputs), names);
            if (seed.isPresent()) {
                check = check.seed(seed.getAsLong());
            }
            GradientReport report;
            try {
                report = check.check();
            } catch (ProgramBroken broken) {
                return broken(broken, protocol, program, json, out, err);
            }
            return report(readable(report, protocol, inputs), program, json, out, err);
        }
    }

    private GradientCheck check(ProgramProtocol program) {
        Checked<NDArray[], Object> function = GradientCheck.ofNDArrays(program::value);
        GradientCheck check = switch (given) {
            case GRADIENT -> function.gradient(program::gradient);
            case HVP -> function.gradient(program::gradient, program::hvp);
            case VJP -> function.vjp(program::vjp);
            case JVP -> function.jvp(program::jvp);
            case PRODUCTS -> function.products(program::vjp, program::jvp);
        };
        check = fast ? check.fast() : check;
        check = single ? check.precision(Precision.SINGLE) : check;
        try {
            return Double.isNaN(tolerance) ? check : check.tolerance(tolerance);
        } catch (IllegalArgumentException bad) {
            throw new BadInput("--tolerance: " + bad.getMessage());
        }
    }

    private static GradientCheck withInputs(GradientCheck check, List<Statement.Declaration> inputs) {
        GradientCheck all = check;
        for (Statement.Declaration input : inputs) {
            if (!(input.type() instanceof TypeSyntax.Tensor tensor)) {
                throw new BadInput("--shape " + input.text() + ": an input of a program is an array, name=[sizes]");
            }
            String sizes = tensor.sizes().stream().map(Syntax::text).collect(Collectors.joining(","));
            Domain domain = domain(input);
            for (Syntax.Name name : input.names()) {
                try {
                    all = all.input(name.id(), sizes, domain);
                } catch (IllegalArgumentException bad) {
                    throw new BadInput("--shape " + input.text() + ": " + bad.getMessage());
                }
            }
        }
        return all;
    }

    private static Domain domain(Statement.Declaration input) {
        Domain domain = Domain.REAL;
        for (FactSyntax fact : input.facts()) {
            try {
                domain = switch (fact.name()) {
                    case "positive" -> Domain.POSITIVE;
                    case "in" -> Domain.between(Double.parseDouble(fact.arguments().get(0).text()),
                            Double.parseDouble(fact.arguments().get(1).text()));
                    default -> throw new BadInput("--shape " + input.text() + ": of the inputs of a program can be said"
                            + " positive and in(a, b); got " + fact.name());
                };
            } catch (IllegalArgumentException | IndexOutOfBoundsException unread) {
                throw new BadInput("--shape " + input.text() + ": in(a, b) needs two numbers, a < b");
            }
        }
        return domain;
    }

    private GradientCheck withPoints(GradientCheck check, List<String> names) {
        GradientCheck all = check;
        for (String text : at) {
            try {
                all = all.at(ProgramProtocol.inputs("point of --at", text, names));
            } catch (NoValue | ProgramBroken bad) {
                throw new BadInput("--at: " + bad.getMessage());
            }
        }
        int count = points >= 0 ? points : at.isEmpty() ? DEFAULT_POINTS : 0;
        if (count == 0 && at.isEmpty()) {
            throw new BadInput("--points 0 needs a point by --at");
        }
        return count == 0 ? all : all.points(count);
    }

    // ---- the report

    /** The same with a command in place of a test in Java. */
    private GradientReport readable(GradientReport report, ProgramProtocol protocol,
            List<Statement.Declaration> inputs) {
        return new GradientReport(report.seed(), report.findings(), report.hints(), report.smallest()
                .map(s -> new Smallest(s.place(), s.wrong(), again(s.place(), protocol, inputs, report.seed()))));
    }

    private String again(Place place, ProgramProtocol protocol, List<Statement.Declaration> inputs, long seed) {
        NDArray[] arrays = new NDArray[place.inputs().size()];
        int from = 0;
        for (int i = 0; i < arrays.length; i++) {
            int count = place.inputs().get(i).count();
            arrays[i] = new NDArray(java.util.Arrays.copyOfRange(place.x(), from, from + count),
                    place.inputs().get(i).sizes());
            from += count;
        }
        return "adjoint check --command " + word(command)
                + inputs.stream().map(i -> " --shape " + word(i.text())).collect(Collectors.joining())
                + (given == Given.GRADIENT ? "" : " --derivative " + given.name().toLowerCase(java.util.Locale.ROOT))
                + (fast ? " --fast" : "") + (single ? " --single" : "")
                + (Double.isNaN(tolerance) ? "" : " --tolerance " + tolerance)
                + " --at " + word(protocol.inputs(arrays)) + " --seed " + seed;
    }

    /** One word of a command line. */
    private static String word(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private int report(GradientReport report, Program program, boolean json, PrintWriter out, PrintWriter err) {
        write(junit, report.toJUnitXml(command));
        if (!plot.toString().isEmpty()) {
            report.findings().stream().filter(f -> !f.ladder().isEmpty()).findFirst()
                    .ifPresentOrElse(f -> write(plot, ErrorPlot.svg(f)),
                            () -> err.println("--plot: nothing to draw: no entry fails or is inconclusive"));
        }
        out.println(json ? report.toJson().strip() : report.toText("--seed " + report.seed()));
        if (!json && !report.passed()) {
            complaints(program, out);
        }
        out.flush();
        return report.confirmed() ? 0 : Main.NOT_AS_EXPECTED;
    }

    private static void write(Path file, String text) {
        if (!file.toString().isEmpty()) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new BadInput(file + ": it cannot be written: " + BadInput.reason(e));
            }
        }
    }

    private static int broken(ProgramBroken broken, ProgramProtocol protocol, Program program, boolean json,
            PrintWriter out, PrintWriter err) {
        if (json) {
            out.println(Json.write(java.util.Map.of("outcome", "broken", "reason", broken.reason(), "question",
                    protocol.question(), "asked", protocol.asked(), "stderr", program.standardError())));
            out.flush();
        } else {
            err.println("gradient check: the program broke off at question " + protocol.asked() + ": "
                    + broken.reason() + "\n  the question was  " + Program.quoted(protocol.question()));
            complaints(program, err);
            err.flush();
        }
        return Main.BROKEN_PROGRAM;
    }

    private static void complaints(Program program, PrintWriter to) {
        List<String> lines = program.standardError();
        if (!lines.isEmpty()) {
            to.println("\n  the program wrote to standard error, at last:");
            lines.forEach(line -> to.println("    " + line));
        }
    }
}
