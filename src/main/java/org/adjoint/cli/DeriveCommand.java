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
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Value;
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
                "  adjoint derive \"W @ x\" --shape \"W=[m,n]\" --shape \"x=[n]\" --layout jacobian --format unicode",
                "  adjoint derive \"log(det(X))\" --dialect matlab --shape \"X=[n,n] spd\" --format matlab"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every derivative was derived and checked", "1:some derivative is refused", "2:bad input",
                "3:internal error"})
final class DeriveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXPRESSION", description = "What is differentiated.")
    private String text = "";

    @Mixin
    private Inputs inputs = new Inputs();

    @Mixin
    private DerivativeOptions options = new DerivativeOptions();

    @Option(names = "--layout", defaultValue = "gradient",
            description = {"${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
                    "jacobian is d f_i/d x_j; jacvec d vec(F)/d vec(X)' and hessvec stack columns; symgradient moves",
                    "x_ij and x_ji of a symmetric matrix together; dscalar, by a scalar, is shaped like the function."})
    private Layout layout = Layout.GRADIENT;

    @Option(names = "--assume", paramLabel = "CONDITION",
            description = {"What holds of the variables: \"x > 0\", \"t in (0, 1)\", \"m == n\".",
                    "May be given several times."})
    private List<String> assumptions = new ArrayList<>();

    @Option(names = "--steps", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Tell the forward and backward pass; --no-steps leaves them out.")
    private boolean steps = true;

    @Option(names = "--proofs",
            description = {"Tell, a step on a line, how the raw derivative became the form shown, and the proof that",
                    "they are equal."})
    private boolean proofs;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Value.Tensor function = Verifier.DEFAULT_BUDGET.call(this::function);
        Expr f = function.expr();
        List<Variable> variables = inputs.wrt(f, options.wrt());
        if (variables.isEmpty()) {
            throw new BadInput("<expression>: nothing to differentiate by: " + text + " has no variables");
        }
        Deriver deriver = new Deriver(inputs.environment().definitions(), options.seed());
        List<Derivation> results = variables.stream().map(x -> derive(deriver, f, x)).toList();
        return Verifier.DEFAULT_BUDGET.call(() -> report(function, variables, results));
    }

    private Value.Tensor function() {
        inputs.assume(assumptions);
        try {
            return inputs.tensor(text);
        } catch (BadInput bad) {
            if (options.format() == OutputFormat.JSON) {
                print(DerivationJson.refused(options.wrt(), bad));
            }
            throw bad;
        }
    }

    private Integer report(Value.Tensor function, List<Variable> variables, List<Derivation> results) {
        DerivationReport report = new DerivationReport(text, function, variables, layout, results, inputs);
        Optional<CodeLanguage> code = options.format().code();
        print(code.isPresent()
                ? CodeReport.of(text, function.expr(), results, inputs.environment().definitions(), code.get())
                : options.format() == OutputFormat.JSON ? new DerivationJson(report, proofs).text()
                        : report.text(options.format(), steps, proofs));
        return report.isWithheld(options.format()) || results.stream().anyMatch(result -> switch (result) {
            case Derived ignored -> false;
            case Refused ignored -> true;
        }) ? Main.NOT_AS_EXPECTED : 0;
    }

    /** Each derivative has a budget of its own, so that one that takes too long does not lose the others. */
    private Derivation derive(Deriver deriver, Expr f, Variable x) {
        try {
            return Verifier.DEFAULT_BUDGET.call(() -> deriver.derive(f, x, layout));
        } catch (Budget.Exceeded exceeded) {
            return new Refused(x, Refused.Cause.TOO_LARGE, exceeded.getMessage()
                    + "; with letters for large sizes, as in x=[n, 3], the derivative is the same and costs less", f);
        } catch (ShapeError error) {
            return new Refused(x, Refused.Cause.LAYOUT, String.valueOf(error.getMessage()), f);
        }
    }

    private void print(String report) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(report);
        out.flush();
    }
}
