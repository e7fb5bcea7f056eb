package org.adjoint.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.SyntaxException;
import org.adjoint.verify.Equation;
import org.adjoint.verify.Verdict;
import org.adjoint.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint equal}: whether two expressions are equal wherever both have a value. */
@Command(name = "equal", mixinStandardHelpOptions = true, sortOptions = false,
        description = {
                "Judges whether two expressions are equal wherever both have a value: proved, supported by points,",
                "refuted by a counterexample, undecided, or ill-formed. Names without a shape are real numbers."},
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint equal \"2*cos(x)^2 - 1\" \"cos(2*x)\" --dialect math",
                "  adjoint equal \"sqrt(x^2)\" \"x\" --dialect math --assume \"x > 0\"",
                "  adjoint equal \"A*B\" \"B*A\" --dialect math --shape \"A=[2,2]\" --shape \"B=[2,2]\"",
                "  adjoint equal 3.14 pi --tolerance rel=0.001"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:equal: proved or supported", "1:not shown to be equal: refuted or undecided",
                "2:bad input: a side has no meaning, or an option is wrong", "3:internal error"})
final class EqualCommand implements Callable<Integer> {
    @Parameters(paramLabel = "A", index = "0", description = "One expression.")
    private String left = "";

    @Parameters(paramLabel = "B", index = "1", description = "The other.")
    private String right = "";

    @Mixin
    private Inputs inputs = new Inputs();

    @Option(names = "--assume", paramLabel = "CONDITION",
            description = {"Where they are compared: \"a > 0\", \"x in (-1, 1)\", \"m < n\".",
                    "May be given several times; all must hold."})
    private List<String> assumptions = new ArrayList<>();

    @Option(names = "--tolerance", paramLabel = "T",
            description = {"How far entries may be apart, the bound included: abs=0.01 or 0.01 at most that much,",
                    "rel=0.05 or 5%% at most that part of B. Default: they are equal exactly."})
    private @org.jspecify.annotations.Nullable String tolerance;

    @Option(names = "--format", defaultValue = "text",
            description = {"text or json; unicode, latex and matlab write the proof in that notation.",
                    "Default: ${DEFAULT-VALUE}."})
    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--proofs", description = "Tell the proof, a step on a line.")
    private boolean proofs;

    @Option(names = "--seed", defaultValue = "1",
            description = "From which random points are drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Statement> given = new ArrayList<>(inputs.statements());
        Equation.Judged judged;
        try {
            for (String assumption : assumptions) {
                given.addAll(assumption(assumption));
            }
            judged = new Equation(left, right, inputs.dialect(), given,
                    Optional.ofNullable(tolerance).map(EqualCommand::within), seed).judge(Verifier.DEFAULT_BUDGET);
        } catch (SyntaxException broken) {
            throw new BadInput(broken.problems());
        }
        EqualReport report = new EqualReport(left, right, judged, seed);
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == OutputFormat.JSON ? report.json() : report.text(format, proofs));
        out.flush();
        return code(judged.verdict());
    }

    private static int code(Verdict verdict) {
        return switch (verdict) {
            case PROVED, SUPPORTED -> 0;
            case REFUTED, UNDECIDED -> Main.NOT_AS_EXPECTED;
            case ILL_FORMED -> Main.BAD_INPUT;
        };
    }

    private List<Statement> assumption(String text) {
        return Parser.statements(Source.of("--assume", "assume " + text.replace(";", "; assume ")), inputs.dialect())
                .orThrow();
    }

    /** {@code abs=t}, {@code t}, {@code rel=t}, {@code t%}. */
    private static Clause.Within within(String text) {
        boolean relative = text.startsWith("rel=");
        String amount = relative || text.startsWith("abs=") ? text.substring(4) : text;
        Syntax number = Parser.expression(Source.of("--tolerance", amount), Dialect.NUMPY);
        if (!(number instanceof Syntax.NumberLit literal) || literal.value().signum() < 0) {
            throw new BadInput("--tolerance " + text + ": expected abs=0.01, rel=0.05, 0.01 or 5%");
        }
        return new Clause.Within(number, relative || literal.percent(), number.span());
    }
}
