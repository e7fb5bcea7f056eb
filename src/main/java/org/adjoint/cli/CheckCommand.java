package org.adjoint.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.adjoint.derive.DifferenceCheck;
import org.adjoint.diff.Backward;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint check}: a gradient, derived or claimed, against differences. */
@Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Holds the gradient of an expression against central differences at random points and sizes.",
                "The gradient is the engine's own, or the one that --gradient claims. With --command: the gradient",
                "that a program in any language computes, against differences of the values that it computes."},
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint check \"sum((W @ x)**2)\" --shape \"W=[m,n]\" --shape \"x=[n]\"",
                "  adjoint check \"sum((W @ x)**2)\" --shape \"W=[m,n]\" --shape \"x=[n]\" --wrt W"
                        + " --gradient \"2*outer(W @ x, x)\"",
                "  adjoint check --command \"python3 my_gradient.py\" --shape \"W=[3,4]\" --shape \"x=[4]\""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every gradient agrees", "1:some gradient is contradicted, or no point tells", "2:bad input",
                "3:internal error",
                "4:the program of --command ended, did not answer in time, or gave an answer that cannot be read"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXPRESSION", arity = "0..1", description = "A scalar function; none with --command.")
    private String text = "";

    @Mixin
    private Inputs inputs = new Inputs();

    @Mixin
    private DerivativeOptions options = new DerivativeOptions();

    @Option(names = "--gradient", paramLabel = "EXPRESSION",
            description = "A claimed gradient by the one variable that --wrt names.")
    private String claimed = "";

    @Mixin
    private ProgramCheck program = new ProgramCheck();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (program.isAsked()) {
            return checkProgram();
        }
        if (program.isNeeded()) {
            throw new BadInput("--derivative, --points, --at, --fast, --single, --tolerance, --junit and --plot are for"
                    + " a program, given by --command");
        }
        if (spec.commandLine().getParseResult().matchedPositionals().isEmpty()) {
            throw new BadInput("<expression>: an expression is missing, or a program by --command");
        }
        return Verifier.DEFAULT_BUDGET.call(this::run);
    }

    private int checkProgram() {
        if (!text.isEmpty() || !claimed.isEmpty() || !options.wrt().isEmpty()) {
            throw new BadInput("--command: a program is checked by itself, without an expression, --gradient or --wrt;"
                    + " its inputs are those of --shape");
        }
        // unless a seed is given each run draws afresh: a fixed seed never learns
        OptionalLong seed = spec.commandLine().getParseResult().hasMatchedOption("--seed")
                ? OptionalLong.of(options.seed()) : OptionalLong.empty();
        return program.run(inputs.statements(), seed, options.format() == OutputFormat.JSON,
                spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    private Integer run() {
        Expr f = inputs.expression(text);
        if (!f.shape().isScalar()) {
            throw new BadInput("<expression>: a gradient is checked of a scalar; " + text + " is " + f.shape());
        }
        List<Variable> variables = inputs.wrt(f, options.wrt());
        if (!claimed.isEmpty() && variables.size() != 1) {
            throw new BadInput("--gradient: name the one variable it is the gradient by, with --wrt");
        }
        boolean all = true;
        List<Map<String, Object>> checks = new ArrayList<>();
        for (Variable x : variables) {
            Map<String, Object> check = check(f, x);
            all &= "agrees".equals(check.get("verdict"));
            checks.add(check);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.format() == OutputFormat.JSON) {
            out.println(Json.write(Map.of("checks", checks)));
        } else {
            checks.forEach(check -> out.println("grad(f, " + check.get("wrt") + ") " + check.get("verdict") + ": "
                    + check.get("detail")));
        }
        out.flush();
        return all ? 0 : Main.NOT_AS_EXPECTED;
    }

    private Map<String, Object> check(Expr f, Variable x) {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("wrt", x.name());
        check.put("shape", x.shape().toString());
        Expr whole = inputs.environment().definitions().inline(f);
        Expr gradient = claimed.isEmpty() ? Backward.gradient(inputs.environment().definitions(), f, x)
                : inputs.another(claimed);
        if (!gradient.shape().equals(x.shape())) {
            check.put("verdict", "contradicted");
            check.put("detail", "the gradient by " + x.name() + " is shaped " + x.shape() + ", the claimed one "
                    + gradient.shape());
            return check;
        }
        try {
            DifferenceCheck.Agreement agreement = DifferenceCheck.check(whole, x,
                    inputs.environment().definitions().inline(gradient), options.seed());
            check.put("verdict", "agrees");
            check.put("detail", agreement.directions() + " directional derivatives at " + agreement.points()
                    + " points, largest relative deviation " + String.format(Locale.ROOT, "%.1e", agreement.worst())
                    + " (seed " + options.seed() + ")");
        } catch (DifferenceCheck.Withheld withheld) {
            check.put("verdict", switch (withheld.cause()) {
                case CONTRADICTED -> "contradicted";
                case JUMPS, NO_POINT, LAYOUT, CONSTANT, NO_RULE, TOO_LARGE -> "undecided";
            });
            check.put("detail", withheld.getMessage());
        }
        return check;
    }
}
