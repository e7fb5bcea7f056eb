package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ejml.data.SingularMatrixException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a function and its derivative with rows of numbers, each watched: arguments must come back unchanged, results
 * keep their shape, and no later call may change an earlier result.
 */
final class Calls {

    private static final int KEPT = 16;

    /** A result as the function returned it, and what it was then. */
    private record Kept(String who, Result result, double[] then) {}

    /** What a function returned, of a known type. */
    private record Result(Form form, Object value) {}

    final Subject subject;
    final Layout inputs;
    final Precision precision;
    final @Nullable Reference reference;
    private final Watch watch;
    private final Map<String, String> broken = new LinkedHashMap<>();
    private final List<Kept> kept = new ArrayList<>();
    private @Nullable Form outputForm;
    private @Nullable Layout outputs;
    private int functionCalls;
    private int derivativeCalls;

    Calls(Subject subject, Layout inputs, Settings settings, Watch watch) {
        this.subject = subject;
        this.inputs = inputs;
        this.precision = settings.precision();
        // what is known of f says nothing of its gradient
        this.reference = subject.quantity().equals(Subject.HESSIAN) ? settings.slopeReference() : settings.reference();
        this.watch = watch;
    }

    /** Rules broken so far, with what was seen. */
    Map<String, String> broken() {
        for (var k : kept) {
            if (!Arrays.equals(k.result.form.flat(k.result.value), k.then)) {
                breaks(k.who + " returns a result of its own",
                        "a later call changed the array that an earlier call returned");
            }
        }
        return broken;
    }

    void breaks(String rule, String reason) { broken.putIfAbsent(rule, reason); }

    int functionCalls() { return functionCalls; }

    int derivativeCalls() { return derivativeCalls; }

    /** The shape of results; known after the first. */
    Layout outputs() {
        return outputs == null ? Layout.of() : outputs;
    }

    boolean isScalar() { return subject.derivative() instanceof Derivative.Gradient; }

    boolean pulls() {
        return switch (subject.derivative()) {
            case Derivative.Gradient g -> true;
            case Derivative.Products p -> p.pullback() != null;
        };
    }

    boolean pushes() { return subject.derivative() instanceof Derivative.Products p && p.pushforward() != null; }

    /** F(x). */
    double[] value(double[] x) throws Refusal {
        functionCalls++;
        var who = subject.functionName();
        var argument = subject.form().build(x, inputs);
        var result = invoke(who, x, () -> subject.function().apply(argument), false);
        unchanged(who, "its input", argument, x);
        var form = result.form();
        if (isScalar() && form.flat(result.value()).length != 1) {
            throw new Refusal(Outcome.WRONG, "f returns a number", "f returns " + form.layout(result.value(), "y")
                    + "; a gradient belongs to a function whose value is one number: use vjp or jvp for this one",
                    null);
        }
        var layout = form.layout(result.value(), "y");
        if (outputs == null) {
            outputForm = form;
            outputs = layout;
        } else if (form != outputForm || !layout.sameShapes(outputs)) {
            throw new Refusal(Outcome.WRONG, who + " returns the same shape whenever the input has the same",
                    "its result was %s and is %s".formatted(shapes(outputs), shapes(layout)), null);
        }
        return keep(who, result);
    }

    /** F(x), or nothing where it is refused. */
    double @Nullable [] valueNear(double[] x) {
        try {
            return value(x);
        } catch (Refusal outsideTheDomain) {
            return null;
        }
    }

    /** J(x)ᵀw: after a call of {@link #value}, which tells the shape of w. */
    double[] pull(double[] x, double[] w) throws Refusal {
        return switch (subject.derivative()) {
            case Derivative.Gradient g -> derivative(subject.quantity(), x, g.map(), true, w[0]);
            case Derivative.Products p -> {
                var cotangent = outputForm().build(w, outputs());
                var pullback = p.pullback();
                if (pullback == null) {
                    throw new IllegalStateException("no pullback");
                }
                var result = derivative("the vjp", x, argument -> pullback.apply(argument, cotangent), true, 1);
                unchangedRow("the vjp", "its cotangent", outputForm(), cotangent, w);
                yield result;
            }
        };
    }

    /** J(x)v. */
    double[] push(double[] x, double[] v) throws Refusal {
        if (!(subject.derivative() instanceof Derivative.Products p) || p.pushforward() == null) {
            throw new IllegalStateException("no pushforward");
        }
        var pushforward = p.pushforward();
        var tangent = subject.form().build(v, inputs);
        var who = subject.quantity().equals(Subject.HESSIAN) ? Subject.HESSIAN : "the jvp";
        var result = derivative(who, x, argument -> pushforward.apply(argument, tangent), false, 1);
        unchanged(who, "its tangent", tangent, v);
        return result;
    }

    private double[] derivative(String who, double[] x, Function<Object, ? extends @Nullable Object> map,
            boolean towardsInputs, double factor) throws Refusal {
        derivativeCalls++;
        var argument = subject.form().build(x, inputs);
        var result = invoke(who, x, () -> map.apply(argument), true);
        unchanged(who, "its input", argument, x);
        var form = result.form();
        var layout = form.layout(result.value(), "d");
        var wanted = towardsInputs ? inputs : outputs();
        var wantedForm = towardsInputs ? subject.form() : outputForm();
        if (form != wantedForm || !fits(form, layout, wanted)) {
            throw new Refusal(Outcome.WRONG, who + " is shaped as " + (towardsInputs ? "the input" : "the output"),
                    "the %s is %s, %s is %s".formatted(towardsInputs ? "input" : "output", shapes(wanted), who,
                            shapes(layout)),
                    null);
        }
        var row = keep(who, result);
        if (factor != 1) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= factor;
            }
        }
        return row;
    }

    /** A row that stands for a tensor of declared sizes needs the same length only. */
    private static boolean fits(Form form, Layout layout, Layout wanted) {
        if (form.isOneArray() || form == Form.NUMBER) {
            return layout.count() == wanted.count();
        }
        if (form == Form.ARRAYS) {
            return layout.slots().stream().map(Slot::count).toList()
                    .equals(wanted.slots().stream().map(Slot::count).toList());
        }
        return layout.sameShapes(wanted);
    }

    private static String shapes(Layout layout) {
        return layout.slots().size() == 1 ? layout.slots().get(0).shape()
                : layout.slots().stream().map(Slot::shape).toList().toString();
    }

    private Form outputForm() { return outputForm == null ? Form.DOUBLES : outputForm; }

    private double[] keep(String who, Result result) {
        var row = result.form().flat(result.value());
        if (kept.size() < KEPT && result.form() != Form.NUMBER) {
            kept.add(new Kept(who, result, row.clone()));
        }
        return row;
    }

    private Result invoke(String who, double[] x, Supplier<? extends @Nullable Object> body,
            boolean isDerivative) throws Refusal {
        @Nullable
        Object result;
        try {
            result = watch.call(who, x, body);
        } catch (NoValue none) {
            throw none.refusal(who, isDerivative);
        } catch (ArithmeticException | IllegalArgumentException | SingularMatrixException outsideTheDomain) {
            throw new Refusal(isDerivative ? Outcome.WRONG : Outcome.INCONCLUSIVE, who + " returns a value",
                    "it threw " + outsideTheDomain, outsideTheDomain);
        } catch (Exception | AssertionError | StackOverflowError | LinkageError | OutOfMemoryError thrown) {
            throw new Refusal(Outcome.WRONG, who + " returns a value", "it threw " + thrown, thrown);
        }
        return typed(who, result);
    }

    private static Result typed(String who, @Nullable Object result) throws Refusal {
        var form = Form.of(result);
        if (result == null || form == null) {
            throw new Refusal(Outcome.WRONG, who + " returns numbers", result == null ? "it returned null"
                    : "it returned a " + result.getClass().getSimpleName() + "; what can be checked are numbers,"
                            + " double[], float[], DMatrixRMaj, NDArray, and arrays of them without null",
                    null);
        }
        return new Result(form, result);
    }

    private void unchanged(String who, String what, Object argument, double[] before) {
        unchangedRow(who, what, subject.form(), argument, before);
    }

    private void unchangedRow(String who, String what, Form form, Object argument, double[] before) {
        var now = form.flat(argument);
        var was = form == Form.FLOATS ? Arrays.stream(before).map(v -> (float) v).toArray() : before;
        if (!Arrays.equals(now, was)) {
            int i = Math.max(0, Arrays.mismatch(now, was));
            breaks(who + " leaves " + what + " unchanged", i < now.length && i < was.length
                    ? "entry %d was %s and is %s after the call".formatted(i, was[i], now[i])
                    : "its size was %d and is %d after the call".formatted(was.length, now.length));
        }
    }
}
