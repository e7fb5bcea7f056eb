package org.adjoint.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Undefined;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.IntegerSum;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Value;
import org.adjoint.verify.Insertion;
import org.adjoint.verify.ValueText;
import org.adjoint.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint eval}: the value of an expression, exact where it can be, else to as many digits as are asked for. */
@Command(name = "eval", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Computes the value of an expression, exactly or to as many digits as are asked for.",
                "Rationals and square roots are exact. Values are given as definitions."},
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint eval \"0.1 + 0.2\"", "  adjoint eval \"exp(1)\" --digits 50",
                "  adjoint eval \"W @ x\" --define \"W = [[1, 2], [3, 4]]\" --define \"x = [1/2, -1]\"",
                "  adjoint eval \"grad(L, w)\" --define \"w = 2; z = relu(w)\" --define \"L = (z - 1/2)**2 / 2\""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the value is shown", "1:the expression has no value, or it takes too much to compute",
                "2:bad input", "3:internal error"})
final class EvalCommand implements Callable<Integer> {
    private static final int MOST_DIGITS = 1000;
    private static final int SHOWN_PLACES = 20;

    @Parameters(paramLabel = "EXPRESSION", description = "What is computed.")
    private String text = "";

    @Mixin
    private Inputs inputs = new Inputs();

    @Option(names = "--with", paramLabel = "NAME=VALUE",
            description = {"The value of a variable, as of a parameter of a model: \"net[0].weight = [[1, 2]]\".",
                    "A number is put in for every entry. May be given several times."})
    private List<String> substitutions = new ArrayList<>();

    @Option(names = "--digits", paramLabel = "N", defaultValue = "20",
            description = "Digits of what is not exact, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int digits = 20;

    @Option(names = "--format", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. Numbers read the same in all but json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A value as text, entry by entry, and whether it is exact. */
    private record Shown(NumberTensor<String> value, boolean exact) {
    }

    @Override
    public Integer call() {
        if (digits < 1 || digits > MOST_DIGITS) {
            throw new BadInput("--digits must be from 1 to " + MOST_DIGITS + "; got " + digits);
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            PrintWriter out = spec.commandLine().getOut();
            Value value = Verifier.DEFAULT_BUDGET.call(() -> inputs.value(text));
            Optional<String> other = symbolic(value);
            if (other.isPresent()) {
                out.print(format == OutputFormat.JSON
                        ? Json.write(Map.of("expression", text, "value", other.get())) + "\n"
                        : other.get() + "\n");
                out.flush();
                return 0;
            }
            Optional<CasesReport> cases = Verifier.DEFAULT_BUDGET.call(() -> byCases(value));
            if (cases.isPresent()) {
                out.print(format == OutputFormat.JSON ? Json.write(cases.get().json(text)) + "\n"
                        : cases.get().text() + "\n");
                out.flush();
                return 0;
            }
            Shown shown = Verifier.DEFAULT_BUDGET.call(() -> compute(given(inputs.tensor(value, text))));
            out.print(format == OutputFormat.JSON ? Json.write(json(shown)) + "\n" : shown.value() + "\n");
            out.flush();
            Optional<Undefined> reason = shown.value().firstUndefined();
            reason.ifPresent(r -> err.println("no value: " + r.reason()));
            return reason.isPresent() ? Main.NOT_AS_EXPECTED : 0;
        } catch (Budget.Exceeded tooMuch) {
            err.println("<expression>: not computed: " + tooMuch.getMessage());
            return Main.NOT_AS_EXPECTED;
        }
    }

    /** Sets, shapes and models are shown as they are written, and so are counts with symbolic sizes. */
    private static Optional<String> symbolic(Value value) {
        return switch (value) {
            case Value.Tensor tensor when tensor.expr() instanceof Dimension size && !size.size().isInteger() ->
                Optional.of(size.size().toString());
            case Value.Tensor tensor -> Optional.empty();
            case Value.ListValue list when list.items().stream().noneMatch(Value.ShapeValue.class::isInstance) ->
                Optional.empty();
            case Value.ListValue list -> Optional.of(ValueText.of(list));
            case Value.ShapeValue shape -> Optional.of(ValueText.of(shape));
            case Value.SetValue set -> Optional.of(ValueText.of(set));
            case Value.Module module -> Optional.of(ValueText.of(module));
            case Value.Criterion loss -> Optional.of(ValueText.of(loss));
            case Value.Sequence sequence -> Optional.of(ValueText.of(sequence));
            case Value.Fields fields -> Optional.empty();
            case Value.Text text -> Optional.of(ValueText.of(text));
            case Value.Truth truth -> Optional.of(ValueText.of(truth));
        };
    }

    /** What depends on integer variables is shown by cases. */
    private Optional<CasesReport> byCases(Value value) {
        return value instanceof Value.Tensor tensor && tensor.axes().isEmpty()
                ? CasesReport.of(inserted(tensor.expr()), format)
                : Optional.empty();
    }

    private Expr inserted(Expr expr) {
        return new Insertion(inputs.environment()::definitions, inputs.substitutions(substitutions)).apply(expr);
    }

    private Expr given(Expr expr) {
        Expr value = inserted(expr);
        if (IntegerSum.isIn(value)) {
            throw new BadInput("<expression>: a sum over all integers has no closed form; give its sequences by cases");
        }
        List<String> missing = new ArrayList<>();
        for (Variable variable : Walk.variables(value)) {
            missing.add(variable.name() + " " + variable.shape());
        }
        if (!missing.isEmpty()) {
            throw new BadInput("<expression>: no value for " + String.join(", ", missing)
                    + "\n  hint: " + hint(missing.get(0).split(" ", 2)[0]));
        }
        Set<String> sizes = Walk.sizeSymbols(List.of(value));
        if (!sizes.isEmpty()) {
            throw new BadInput("<expression>: the sizes " + String.join(", ", sizes)
                    + " have no values; give shapes with integers");
        }
        return value;
    }

    private static String hint(String variable) {
        return variable.matches("\\w+") ? "define it, as in --define \"" + variable + " = 1\""
                : "give it one, as in --with \"" + variable + " = 1\", or by a tensor of its shape";
    }

    private Shown compute(Expr expr) {
        NumberTensor<Radical> exact = new Evaluator<>(new ExactArithmetic(), Sizes.NONE).evaluate(expr, Map.of());
        boolean isExact = true;
        for (int k = 0; k < exact.count(); k++) {
            isExact &= exact.undefined(k).map(Undefined::isOutsideDomain).orElse(true);
        }
        if (isExact) {
            return new Shown(exact.map(EvalCommand::show), true);
        }
        PreciseArithmetic field = new PreciseArithmetic(digits + 10);
        return new Shown(new Evaluator<>(field, Sizes.NONE).evaluate(expr, Map.of()).map(x -> x.toString(digits)),
                false);
    }

    /** A finite decimal when it is short, else the fraction or the root. */
    private static String show(Radical value) {
        return value.toRational().flatMap(Rational::toDecimalString).filter(d -> d.length() <= SHOWN_PLACES)
                .orElseGet(value::toString);
    }

    private Map<String, Object> json(Shown shown) {
        List<Object> entries = new ArrayList<>();
        for (int k = 0; k < shown.value().count(); k++) {
            entries.add(shown.value().isDefined(k) ? shown.value().get(k) : "undefined");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("expression", text);
        object.put("shape", shown.value().shape());
        object.put("value", shown.value().toString());
        object.put("entries", entries);
        object.put("exact", shown.exact());
        return object;
    }
}
