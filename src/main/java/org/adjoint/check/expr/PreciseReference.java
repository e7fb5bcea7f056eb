package org.adjoint.check.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.adjoint.check.Estimate;
import org.adjoint.check.Kind;
import org.adjoint.check.Reference;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.jspecify.annotations.Nullable;

/**
 * Slopes of an expression along a line, from both sides, by differences with sixty digits.
 *
 * <p>With h = 1e-12 and 1e-16 the truncation of {@code (φ(h) − φ(0))/h} is φ″h/2; the two extrapolate to sixteen digits,
 * and forty remain for cancellation.
 */
final class PreciseReference implements Reference {

    private static final PreciseArithmetic FIELD = new PreciseArithmetic(60);
    private static final double LONG = 1e-12;
    private static final double SHORT = 1e-16;
    private static final double AGREE = 1e-6;

    private final Expr function;
    private final List<Variable> inputs;
    private final Sizes sizes;
    private final List<Expr> claims;
    private final List<Variable> all;
    private final Evaluator<Precise> evaluator;
    private volatile Seen seen = new Seen(new double[0], new double[0]);

    PreciseReference(Expr function, List<Variable> inputs, Sizes sizes) {
        this(function, inputs, sizes, List.of(), List.of());
    }

    /**
     * @param claims   the claimed derivatives
     * @param tangents the variables in them that stand for a direction, one for each input; may be none
     */
    PreciseReference(Expr function, List<Variable> inputs, Sizes sizes, List<Expr> claims, List<Variable> tangents) {
        this.function = function;
        this.inputs = inputs;
        this.sizes = sizes;
        this.claims = claims;
        this.all = Stream.concat(inputs.stream(), tangents.stream()).toList();
        this.evaluator = new Evaluator<>(FIELD, sizes);
    }

    /** What was computed for one direction, for all entries of the result. */
    private record Seen(double[] x, double[] direction, Map<Double, Optional<NumberTensor<Precise>>> values,
            Map<String, Double> magnitudes) {

        Seen(double[] x, double[] direction) {
            this(x, direction, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        boolean isOf(double[] otherX, double[] otherDirection) {
            return Arrays.equals(x, otherX) && Arrays.equals(direction, otherDirection);
        }
    }

    private Seen seen(double[] x, double[] direction) {
        var known = seen;
        if (!known.isOf(x, direction)) {
            known = new Seen(x.clone(), direction.clone());
            seen = known;
        }
        return known;
    }

    @Override
    public @Nullable Estimate along(double[] x, double[] direction, int output) {
        var unit = unit(x, direction);
        var center = at(x, direction, 0, output);
        if (unit == 0 || center == null) {
            return null;
        }
        var right = slope(x, direction, unit, output, center);
        var left = slope(x, direction, -unit, output, center);
        if (right == null && left == null) {
            return null;
        }
        if (right == null || left == null) {
            var one = right == null ? left : right;
            return one == null ? null : new Estimate(one.value, one.error, Kind.EDGE,
                    left == null ? Double.NaN : one.value, right == null ? Double.NaN : one.value,
                    one.error * unit, 6);
        }
        var error = Math.max(left.error, right.error);
        var smooth = Math.abs(left.value - right.value) <= 10 * error;
        var middle = left.value / 2 + right.value / 2;
        return smooth ? new Estimate(middle, error, Kind.SMOOTH, middle, middle, error * unit, 6)
                : new Estimate(middle, error, Kind.KINK, left.value, right.value, error * unit, 6);
    }

    /** A one-sided slope. */
    private record Slope(double value, double error) {}

    /** Nothing where there is no value, or the quotients do not settle: a jump, or an infinite slope. */
    private @Nullable Slope slope(double[] x, double[] direction, double unit, int output, Precise center) {
        var coarse = quotient(x, direction, unit * LONG, output, center);
        var fine = quotient(x, direction, unit * SHORT, output, center);
        if (Double.isNaN(coarse) || Double.isNaN(fine) || Double.isInfinite(fine)) {
            return null;
        }
        var apart = Math.abs(coarse - fine);
        if (apart > AGREE * Math.max(Math.abs(fine), Math.abs(coarse)) && apart * Math.abs(unit) > 1e-9) {
            return null;
        }
        return new Slope(fine, Math.max(apart * 1e-3, 4 * Math.ulp(fine)));
    }

    private double quotient(double[] x, double[] direction, double step, int output, Precise center) {
        var moved = at(x, direction, step, output);
        return moved == null ? Double.NaN
                : FIELD.toDouble(FIELD.divide(FIELD.subtract(moved, center), FIELD.of(Rational.ofDouble(step))));
    }

    @Override
    public double magnitude(double[] x) {
        return seen(x, seen.direction).magnitudes.computeIfAbsent("function",
                k -> largest(List.of(function), moved(inputs, x, new double[x.length], 0)));
    }

    @Override
    public double magnitudeOfClaim(double[] x, double[] direction) {
        if (claims.isEmpty()) {
            return 0;
        }
        return seen(x, direction).magnitudes.computeIfAbsent("claim", k -> {
            if (all.size() > inputs.size()) {
                var both = DoubleStream.concat(Arrays.stream(x), Arrays.stream(direction)).toArray();
                return largest(claims, moved(all, both, new double[both.length], 0));
            }
            return Arrays.stream(direction).map(Math::abs).max().orElse(0)
                    * largest(claims, moved(inputs, x, new double[x.length], 0));
        });
    }

    private double largest(List<Expr> roots, Map<Variable, NumberTensor<Precise>> at) {
        double largest = 0;
        try {
            for (var value : evaluator.evaluate(Walk.postorder(roots), at)) {
                for (int k = 0; k < value.count(); k++) {
                    largest = value.isDefined(k) ? Math.max(largest, Math.abs(FIELD.toDouble(value.get(k)))) : largest;
                }
            }
        } catch (ArithmeticException noValue) {
            return largest;
        }
        return largest;
    }

    private @Nullable Precise at(double[] x, double[] direction, double step, int output) {
        var result = seen(x, direction).values.computeIfAbsent(step, h -> {
            try {
                return Optional.of(evaluator.evaluate(function, moved(inputs, x, direction, h)));
            } catch (ArithmeticException noValue) {
                return Optional.empty();
            }
        }).orElse(null);
        return result != null && result.isDefined(output) ? result.get(output) : null;
    }

    private Map<Variable, NumberTensor<Precise>> moved(List<Variable> variables, double[] x, double[] direction,
            double step) {
        Map<Variable, NumberTensor<Precise>> values = new LinkedHashMap<>();
        int k = 0;
        for (var input : variables) {
            var shape = sizes.of(input.shape());
            int count = 1;
            for (int size : shape) {
                count *= size;
            }
            var entries = new ArrayList<Precise>();
            for (int e = 0; e < count; e++, k++) {
                var moved = Rational.ofDouble(x[k])
                        .plus(Rational.ofDouble(direction[k]).times(Rational.ofDouble(step)));
                entries.add(FIELD.of(moved));
            }
            values.put(input, NumberTensor.of(shape, entries));
        }
        return values;
    }

    /** How far x may go to change by its own size. */
    private static double unit(double[] x, double[] direction) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            if (direction[i] != 0) {
                shortest = Math.min(shortest, (x[i] == 0 ? 1 : Math.abs(x[i])) / Math.abs(direction[i]));
            }
        }
        return shortest == Double.POSITIVE_INFINITY ? 0 : Math.scalb(1.0, Math.getExponent(shortest));
    }
}
