package org.adjoint.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adjoint.algebra.Assumptions;
import org.adjoint.derive.Limit;
import org.adjoint.derive.LimitDeriver;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Undefined;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.Side;
import org.adjoint.limit.Target;
import org.adjoint.verify.LimitHypotheses;
import org.adjoint.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint limit}: the limit of an expression, with its cases and conditions. */
@Command(name = "limit", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Finds the limit of an expression by proof, and holds it against its values on the way there.",
                "Names without a shape are real numbers; what depends on their signs is told case by case."},
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint limit \"log(sum(exp(b*x)))/b\" --var b --to inf --shape \"x=[n]\"",
                "  adjoint limit \"(x^p + y^p)^(1/p)\" --var p --to inf --assume \"x > 0; y > 0\"",
                "  adjoint limit \"sin(x)/x\" --var x --to 0",
                "  adjoint limit \"log(mean(exp(b*x)))/b\" --var b --to 0 --shape \"x=[n]\" --order 1",
                "  adjoint limit \"abs(x)/x\" --var x --to 0 --from above --format json"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the limit is shown, or its cases", "1:there is no limit, or it is undecided or withheld",
                "2:bad input", "3:internal error"})
final class LimitCommand implements Callable<Integer> {
    private static final double LONGEST = 3600;
    private static final int POINT_DIGITS = 60;
    private static final int HIGHEST_ORDER = 20;

    @Parameters(paramLabel = "EXPRESSION", description = "Whose limit is asked for.")
    private String text = "";

    @Option(names = "--var", paramLabel = "NAME", required = true, description = "The variable that moves, a scalar.")
    private String name = "";

    @Option(names = "--to", paramLabel = "POINT", required = true,
            description = "Where it goes: inf, -inf (or oo, infinity), a number, a name or any expression; 0+ is from above.")
    private String to = "";

    @Option(names = "--from", paramLabel = "SIDE",
            description = "From which side: above or below. Default: both must agree.")
    private @org.jspecify.annotations.Nullable String from;

    @Mixin
    private Inputs inputs = new Inputs();

    @Option(names = "--assume", paramLabel = "CONDITION",
            description = {
                    "What holds of the variables: \"x > 0\", \"x > y\", \"unique_max(x)\"; several are separated by",
                    "; or , and the option may be given several times."})
    private List<String> assumptions = new ArrayList<>();

    @Option(names = "--order", paramLabel = "K",
            description = "Tell the asymptotic series as well, up to the power K of what goes to zero.")
    private @org.jspecify.annotations.Nullable Integer order;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "5",
            description = "After which it is undecided. Default: ${DEFAULT-VALUE}.")
    private double seconds = 5;

    @Option(names = "--format", defaultValue = "text",
            description = "text, unicode, latex, matlab or json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--steps", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Tell how it was found; --no-steps leaves that out.")
    private boolean steps = true;

    @Option(names = "--seed", defaultValue = "1",
            description = "From which points and sizes of the check are drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            return run();
        } catch (BadInput bad) {
            if (format == OutputFormat.JSON) {
                print(LimitJson.refused(bad));
            }
            throw bad;
        } catch (Budget.Exceeded exceeded) {
            if (format == OutputFormat.JSON) {
                print(LimitJson.refused(new BadInput(String.valueOf(exceeded.getMessage()))));
                return Main.NOT_AS_EXPECTED;
            }
            throw exceeded;
        }
    }

    private int run() {
        if (format.code().isPresent()) {
            throw new BadInput("--format " + format.name().toLowerCase(Locale.ROOT)
                    + ": a limit is written as text, unicode, latex, matlab or json");
        }
        if (!(seconds > 0 && seconds <= LONGEST)) {
            throw new BadInput("--time-limit must be more than 0 and at most 3600 seconds; got " + seconds);
        }
        if (order != null && (order < 0 || order > HIGHEST_ORDER)) {
            throw new BadInput("--order must be from 0 to " + HIGHEST_ORDER + "; got " + order);
        }
        LimitQuestion question = Verifier.DEFAULT_BUDGET.call(this::question);
        Budget budget = Verifier.DEFAULT_BUDGET.withTime(Duration.ofMillis(Math.round(1000 * seconds)));
        Limit limit = new LimitDeriver(seed).limit(question.f(), question.v(), question.target(),
                question.assumptions(), budget);
        LimitReport report = new LimitReport(question, limit, inputs, series(question, budget));
        print(format == OutputFormat.JSON ? new LimitJson(report).text() : report.text(format, steps));
        return switch (limit.result()) {
            case LimitResult.Value ignored -> 0;
            case LimitResult.Cases ignored -> 0;
            case LimitResult.None ignored -> Main.NOT_AS_EXPECTED;
            case LimitResult.Undecided ignored -> Main.NOT_AS_EXPECTED;
        };
    }

    private Optional<SeriesReport> series(LimitQuestion question, Budget budget) {
        if (order == null) {
            return Optional.empty();
        }
        if (!question.f().shape().isScalar()) {
            throw new BadInput(
                    "--order " + order + ": a series is of a scalar; the expression is " + question.f().shape());
        }
        return Optional.of(new SeriesReport(new LimitDeriver(seed).series(question.f(), question.v(), question.target(),
                order, question.assumptions(), budget), question.f()));
    }

    private LimitQuestion question() {
        List<String> split = LimitAssumptions.split(assumptions);
        inputs.assume(split);
        Expr f = inputs.environment().definitions().inline(inputs.expression(text));
        Variable v = variable(f);
        Assumptions assumed = LimitHypotheses.of(inputs.hypotheses());
        Target target = new LimitWay(v, assumed).of(target(v));
        return new LimitQuestion(text, f, v, target, assumed);
    }

    private Variable variable(Expr f) {
        List<String> free = new ArrayList<>(Variable.names(Walk.variables(f)));
        Variable v = inputs.environment().variable(name).orElseThrow(() -> new BadInput("--var " + name
                + ": it does not occur in the expression" + there(free)
                + inputs.environment().nearest(name).filter(free::contains)
                        .map(near -> "\n  hint: did you mean " + near + "?").orElse("")));
        if (!v.shape().isScalar()) {
            throw new BadInput("--var " + name + ": the variable of a limit is a scalar; " + name + " is " + v.shape());
        }
        if (!Walk.variables(f).contains(v)) {
            throw new BadInput("--var " + name + ": it does not occur in the expression, or cancels: the expression is"
                    + " constant in " + name + there(free));
        }
        return v;
    }

    private static String there(List<String> free) {
        return free.isEmpty() ? "; there is no variable in it" : "; there " + (free.size() == 1 ? "is " : "are ")
                + String.join(", ", free);
    }

    private Target target(Variable v) {
        String point = to.strip();
        int infinity = LimitPoint.infinity(point);
        if (infinity != 0) {
            if (from != null) {
                throw new BadInput("--from " + from + ": an infinity is approached from one side only");
            }
            return infinity > 0 ? Target.INFINITY : Target.MINUS_INFINITY;
        }
        Side side = side();
        if (LimitPoint.isOneSided(point)) {
            Side written = point.endsWith("+") ? Side.ABOVE : Side.BELOW;
            if (side != Side.BOTH && side != written) {
                throw new BadInput("--to " + to + " --from " + from + ": the two sides contradict each other");
            }
            side = written;
            point = point.substring(0, point.length() - 1);
        }
        Expr at = inputs.environment().definitions().inline(inputs.further("--to", point));
        if (!at.shape().isScalar()) {
            throw new BadInput("--to " + to + ": the point of a limit is a scalar; it is " + at.shape());
        }
        if (Walk.variables(at).contains(v)) {
            throw new BadInput("--to " + to + ": the point must not depend on " + v.name());
        }
        if (Walk.variables(at).isEmpty() && Walk.sizeSymbols(List.of(at)).isEmpty()) {
            new Evaluator<>(new PreciseArithmetic(POINT_DIGITS), Sizes.NONE).evaluate(at, Map.of()).firstUndefined()
                    .filter(Undefined::isOutsideDomain).ifPresent(reason -> {
                        throw new BadInput("--to " + to + ": the point is no number: " + reason.reason());
                    });
        }
        return new Target(new Extended.Finite(at), side);
    }

    private Side side() {
        if (from == null) {
            return Side.BOTH;
        }
        return switch (from.strip().toLowerCase(Locale.ROOT)) {
            case "above", "right", "+" -> Side.ABOVE;
            case "below", "left", "-" -> Side.BELOW;
            case "both" -> Side.BOTH;
            default -> throw new BadInput("--from " + from + ": expected above or below");
        };
    }

    private void print(String report) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(report);
        out.flush();
    }
}
