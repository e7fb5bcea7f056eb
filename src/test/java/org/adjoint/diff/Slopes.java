package org.adjoint.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.adjoint.diff.DualArithmetic.Dual;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Undefined;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.graphs.JavaCode;
import org.adjoint.graphs.Numerically;

/**
 * Holds a Jacobian against forward mode and against central differences at 60 digits, along a random direction at a point.
 * The two agree with each other where the function is smooth; where they do not, nothing is concluded.
 */
final class Slopes {
    private static final PreciseArithmetic FIELD = Numerically.FIELD;
    private static final DualArithmetic DUALS = new DualArithmetic(FIELD);
    /** {@code h = 10⁻¹⁵}: the differences are right to {@code h² f'''/6}, and the rounding of 60 digits is far below. */
    private static final Rational STEP = Rational.of(1, 1_000_000_000_000_000L);
    private static final double TOLERANCE = 1e-20;

    private Slopes() {
    }

    /** How many entries were compared with forward mode and with differences. */
    record Compared(int forward, int differences) {
        Compared plus(Compared other) {
            return new Compared(forward + other.forward, differences + other.differences);
        }
    }

    /** Fails unless {@code Σ J · d}, J the Jacobian of f by x, is the slope of f along d, wherever these are defined. */
    static Compared check(Expr f, Variable x, Expr jacobian, Point point, long seed) {
        Random random = new Random(seed);
        List<Rational> direction = new ArrayList<>();
        for (int k = point.value(x).count(); k > 0; k--) {
            direction.add(Rational.of(random.nextInt(-6, 7), random.nextInt(1, 4)));
        }
        NumberTensor<Precise> analytic = along(f, x, jacobian, point, direction);
        List<Dual> forward = forward(f, x, point, direction);
        if (forward.isEmpty()) {
            // Somewhere there is no value, or a tie of rounded numbers, which cannot be told.
            return new Compared(0, 0);
        }
        List<Optional<Precise>> differences = differences(f, x, point, direction);
        int byForward = 0;
        int byDifferences = 0;
        for (int k = 0; k < analytic.count(); k++) {
            Dual dual = forward.get(k);
            if (differences.get(k).isPresent() && !close(dual.slope(), differences.get(k).get())) {
                // A kink.
                continue;
            }
            if (!analytic.isDefined(k)) {
                if (analytic.undefined(k).orElseThrow().kind() == Undefined.Kind.UNDECIDABLE) {
                    continue;
                }
                throw failure("the derivative has no value: " + analytic.undefined(k).orElseThrow().reason(), f, x,
                        point, direction, seed);
            }
            byForward++;
            if (!Numerically.same(analytic.get(k), dual.slope())) {
                throw failure("entry " + k + ": " + analytic.get(k) + ", forward mode " + dual.slope()
                        + ", differences " + differences.get(k), f, x, point, direction, seed);
            }
            byDifferences += differences.get(k).isPresent() ? 1 : 0;
        }
        return new Compared(byForward, byDifferences);
    }

    private static AssertionError failure(String what, Expr f, Variable x, Point point, List<Rational> direction,
            long seed) {
        return new AssertionError("seed " + seed + ", by " + x + ": " + what + "\nat " + point + "\nalong " + direction
                + "\n" + JavaCode.of(f));
    }

    /** {@code Σ_x J[f, x] d[x]}. */
    private static NumberTensor<Precise> along(Expr f, Variable x, Expr jacobian, Point point,
            List<Rational> direction) {
        Variable d = Variable.of(x.name() + "_direction", x.shape());
        int rank = f.shape().rank();
        int total = rank + x.shape().rank();
        Expr moved = Tensors.pull(d, Tensors.permute(jacobian, IntStream
                .concat(IntStream.range(rank, total), IntStream.range(0, rank))
                .toArray()));
        return Numerically.value(moved,
                point.with(d, NumberTensor.of(point.value(x).shape(), direction)));
    }

    private static List<Dual> forward(Expr f, Variable x, Point point, List<Rational> direction) {
        Map<Variable, NumberTensor<Dual>> values = new LinkedHashMap<>();
        point.values().forEach((variable, value) -> values.put(variable, value.map(DUALS::of)));
        List<Rational> at = point.value(x).entries();
        List<Dual> moving = new ArrayList<>();
        for (int k = 0; k < at.size(); k++) {
            moving.add(new Dual(FIELD.of(at.get(k)), FIELD.of(direction.get(k))));
        }
        values.put(x, NumberTensor.of(point.value(x).shape(), moving));
        NumberTensor<Dual> result = new Evaluator<>(DUALS, point.sizes()).evaluate(f, values);
        return result.isDefined() ? result.entries() : List.of();
    }

    /** {@code (f(x + h d) − f(x − h d)) / 2h}, for entries that have values there and at x and no visible kink at x. */
    private static List<Optional<Precise>> differences(Expr f, Variable x, Point point, List<Rational> direction) {
        NumberTensor<Precise> ahead = Numerically.value(f, point.with(x, moved(point.value(x), direction, STEP)));
        NumberTensor<Precise> behind = Numerically.value(f,
                point.with(x, moved(point.value(x), direction, STEP.negate())));
        NumberTensor<Precise> here = Numerically.value(f, point);
        List<Optional<Precise>> slopes = new ArrayList<>();
        for (int k = 0; k < here.count(); k++) {
            if (!ahead.isDefined(k) || !behind.isDefined(k) || !here.isDefined(k)) {
                slopes.add(Optional.empty());
                continue;
            }
            Precise right = FIELD.divide(FIELD.subtract(ahead.get(k), here.get(k)), FIELD.of(STEP));
            Precise left = FIELD.divide(FIELD.subtract(here.get(k), behind.get(k)), FIELD.of(STEP));
            double jump = Math.abs(FIELD.toDouble(FIELD.subtract(right, left)));
            double scale = 1 + Math.abs(FIELD.toDouble(right));
            slopes.add(jump < 1e-6 * scale
                    ? Optional.of(FIELD.multiply(FIELD.add(left, right), FIELD.of(Rational.HALF)))
                    : Optional.empty());
        }
        return slopes;
    }

    private static NumberTensor<Rational> moved(NumberTensor<Rational> value, List<Rational> direction, Rational step) {
        List<Rational> entries = new ArrayList<>();
        for (int k = 0; k < value.count(); k++) {
            entries.add(value.get(k).plus(direction.get(k).times(step)));
        }
        return NumberTensor.of(value.shape(), entries);
    }

    private static boolean close(Precise a, Precise b) {
        double difference = Math.abs(FIELD.toDouble(FIELD.subtract(a, b)));
        return difference <= TOLERANCE * (1 + Math.abs(FIELD.toDouble(a)));
    }
}
