package org.adjoint.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adjoint.derive.Derivation;
import org.adjoint.derive.Derived;
import org.adjoint.derive.Deriver;
import org.adjoint.derive.Layout;
import org.adjoint.derive.Refused;
import org.adjoint.expr.Expr;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Variable;
import org.adjoint.show.code.CodeLanguage;
import org.adjoint.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint derive}: the derivative of an expression by its variables in closed form. */
@Command(name = "derive", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Derives the gradient, Jacobian or Hessian of an expression in closed form, and checks it.",
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint derive \"sum((W @ x)**2)\" --shape \"W=[m,n]\" --shape \"x=[n]\"",
                "  adjoint derive \"-sum(y*log(softmax(z)))\" --shape \"z=[k]\" --shape \"y=[k] probability\" --wrt z",
                "  adjoint derive \"W @ x\" --shape \"W=[m,n]\" --shape \"x=[n]\" --layout jacobian --format unicode"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every derivative was derived and checked", "1:some derivative is refused", "2:bad input",
                "3:internal error"})
final class DeriveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXPRESSION", description = "What is differentiated.")
    private String text = "";

    @Mixin
    private Inputs inputs = new Inputs();

    @Option(names = "--wrt", paramLabel = "NAME", split = ",",
            description = "The variables by which is differentiated. Default: all.")
    private List<String> wrt = new ArrayList<>();

    @Option(names = "--layout", defaultValue = "gradient",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Layout layout = Layout.GRADIENT;

    @Option(names = "--format", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--seed", defaultValue = "1",
            description = "From which points and sizes of the check are drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return Verifier.DEFAULT_BUDGET.call(this::run);
    }

    private Integer run() {
        Expr f = inputs.expression(text);
        List<Variable> variables = inputs.wrt(f, wrt);
        if (variables.isEmpty()) {
            throw new BadInput("<expression>: nothing to differentiate by: " + text + " has no variables");
        }
        Deriver deriver = new Deriver(inputs.environment().definitions(), seed);
        List<Derivation> results = new ArrayList<>();
        for (Variable x : variables) {
            try {
                results.add(deriver.derive(f, x, layout));
            } catch (ShapeError error) {
                throw new BadInput("<expression>: " + error.getMessage());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        DerivationReport report = new DerivationReport(text, f, variables, layout, results, inputs);
        Optional<CodeLanguage> code = format.code();
        out.print(code.isPresent() ? CodeReport.of(text, f, results, inputs.environment().definitions(), code.get())
                : format == OutputFormat.JSON ? report.json() : report.text(format));
        out.flush();
        boolean refused = results.stream().anyMatch(result -> switch (result) {
            case Derived ignored -> false;
            case Refused ignored -> true;
        });
        return refused ? Main.NOT_AS_EXPECTED : 0;
    }
}
