package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejml.data.SingularMatrixException;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a function and its gradient: they leave their input alone, return the same result twice and in any
 * order, and the gradient has the shape of x and an array of its own.
 */
final class Protocol {

    private final ToDoubleFunction<double[]> f;
    private final Function<double[], double[]> g;
    private final double[] x;
    private final int point;
    private final List<Finding> broken = new ArrayList<>();

    Protocol(ToDoubleFunction<double[]> f, Function<double[], double[]> g, double[] x, int point) {
        this.f = f;
        this.g = g;
        this.x = x;
        this.point = point;
    }

    List<Finding> broken() { return List.copyOf(broken); }

    /** The gradient at x, or nothing if it has no usable shape. Rules broken on the way are noted. */
    double @Nullable [] gradient(double[] elsewhere) {
        var value = value();
        var first = call();
        if (first == null) {
            return null;
        }
        var kept = first.clone();
        // the other point in between exposes caches and shared buffers
        visit(elsewhere);
        if (!Arrays.equals(first, kept)) {
            fail("the gradient returns an array of its own", "a later call changed the array that an earlier returned");
        }
        var again = value();
        if (Double.compare(again, value) != 0) {
            fail("f is deterministic", "f(x) is %s, and %s when called again".formatted(value, again));
        }
        var second = call();
        if (second != null && !Arrays.equals(second, kept)) {
            int i = Arrays.mismatch(second, kept);
            fail("the gradient is deterministic",
                    i < kept.length && i < second.length
                            ? "entry %d is %s, and %s when called again".formatted(i, kept[i], second[i])
                            : "its length changes");
        }
        return kept;
    }

    private void visit(double[] elsewhere) {
        try {
            var unused = f.applyAsDouble(elsewhere.clone());
            var unusedToo = g.apply(elsewhere.clone());
        } catch (ArithmeticException | IllegalArgumentException | SingularMatrixException outsideTheDomain) {
            // x is in the domain; its neighbour need not be
        }
    }

    private double value() {
        var input = x.clone();
        var value = f.applyAsDouble(input);
        unchanged("f", input);
        return value;
    }

    private double @Nullable [] call() {
        var input = x.clone();
        double @Nullable [] result = g.apply(input);
        unchanged("the gradient", input);
        if (result == null || result.length != x.length) {
            fail("the gradient has one entry for every entry of x",
                    "x has %d entries, the gradient %s".formatted(x.length,
                            result == null ? "is null" : "has " + result.length));
            return null;
        }
        return result;
    }

    private void unchanged(String who, double[] input) {
        if (!Arrays.equals(input, x)) {
            int i = Arrays.mismatch(input, x);
            fail(who + " leaves its input unchanged", "entry %d was %s and is %s after the call".formatted(i, x[i],
                    input[i]));
        }
    }

    private void fail(String rule, String reason) {
        if (broken.stream().noneMatch(b -> b.probe().equals(new Probe.Rule(rule)))) {
            broken.add(Finding.rule(Outcome.WRONG, point, x, rule, reason));
        }
    }
}
