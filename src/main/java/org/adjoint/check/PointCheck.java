package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.SingularMatrixException;

/** The check of a gradient at one point: the protocol, entries, directions. */
final class PointCheck {

    /** Up to this many entries each is tested. */
    private static final int SMALL = 64;
    private static final int RANDOM_ENTRIES = 12;
    private static final int LARGEST_ENTRIES = 12;
    private static final int DIRECTIONS = 2;
    private static final int MANY_DIRECTIONS = 12;

    private final ToDoubleFunction<double[]> f;
    private final Function<double[], double[]> g;
    private final double[] x;
    private final int point;
    private final double tolerance;
    private final RandomGenerator random;
    private final double[] size;

    PointCheck(ToDoubleFunction<double[]> f, Function<double[], double[]> g, double[] x, int point, double tolerance,
            RandomGenerator random) {
        this.f = f;
        this.g = g;
        this.x = x;
        this.point = point;
        this.tolerance = tolerance;
        this.random = random;
        var atZero = Line.sizeAtZero(x);
        this.size = Arrays.stream(x).map(v -> v == 0 ? atZero : Math.abs(v)).toArray();
    }

    List<Finding> run() {
        var protocol = new Protocol(f, g, x, point);
        var gradient = protocol.gradient(moved(0.01));
        var findings = new ArrayList<>(protocol.broken());
        if (gradient == null) {
            return findings;
        }
        var differences = Differences.of(f, x);
        if (!Double.isFinite(differences.value())) {
            findings.add(Finding.rule(Outcome.INCONCLUSIVE, point, x, "f(x) is finite",
                    "f(x) is " + differences.value()));
            return findings;
        }
        var comparison = new Comparison(f, differences, x, point, gradient, rounding(gradient), size, tolerance,
                random);
        for (int i : entries(gradient)) {
            findings.add(comparison.entry(i));
        }
        // entries cannot see how kinks combine, nor, of a large gradient, all of it
        var rough = findings.stream().anyMatch(e -> e.numeric().kind() == Kind.KINK);
        var wrongEntries = findings.stream().anyMatch(Finding::isWrong);
        for (var direction : directions(gradient, rough)) {
            var finding = comparison.direction(direction);
            findings.add(finding);
            if (finding.isWrong() && !wrongEntries && x.length > SMALL) {
                findings.add(comparison.culprit(direction));
                wrongEntries = true;
            }
        }
        return findings;
    }

    /** All entries of a small input; of a large one those that weigh most, and some at random. */
    private Set<Integer> entries(double[] gradient) {
        var chosen = new LinkedHashSet<Integer>();
        if (x.length <= SMALL) {
            IntStream.range(0, x.length).forEach(chosen::add);
            return chosen;
        }
        IntStream.range(0, x.length).filter(i -> !Double.isFinite(gradient[i])).limit(LARGEST_ENTRIES)
                .forEach(chosen::add);
        IntStream.range(0, x.length).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(gradient[i] * size[i]))).limit(LARGEST_ENTRIES)
                .forEach(chosen::add);
        random.ints(RANDOM_ENTRIES, 0, x.length).forEach(chosen::add);
        return chosen;
    }

    /** Random ones, half of them relative to the sizes of the entries; at kinks the gradient's own, and all ones. */
    private List<double[]> directions(double[] gradient, boolean rough) {
        var directions = new ArrayList<double[]>();
        if (x.length == 1 && !rough) {
            return directions;
        }
        int count = x.length > SMALL || rough ? MANY_DIRECTIONS : DIRECTIONS;
        for (int k = 0; k < count; k++) {
            var relative = k % 2 == 0;
            directions.add(IntStream.range(0, x.length)
                    .mapToDouble(i -> random.nextGaussian() * (relative ? size[i] : 1)).toArray());
        }
        if (rough) {
            directions.add(IntStream.range(0, x.length).mapToDouble(i -> 1).toArray());
            var largest = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
            if (largest > 0 && largest < Double.POSITIVE_INFINITY) {
                directions.add(Arrays.stream(gradient).map(v -> v / largest).toArray());
                directions.add(Arrays.stream(gradient).map(Math::signum).toArray());
            }
        }
        return directions;
    }

    /** How much the gradient changes when its input is rounded differently: its conditioning, times one rounding. */
    private double[] rounding(double[] gradient) {
        var rounding = new double[x.length];
        for (int k = 0; k < 2; k++) {
            var other = neighbour();
            for (int i = 0; i < rounding.length; i++) {
                var change = Math.abs(other[i] - gradient[i]);
                // larger changes are no rounding: x lies on a kink or a tie
                if (change <= 1e-3 * Math.abs(gradient[i])) {
                    rounding[i] = Math.max(rounding[i], change);
                }
            }
        }
        return rounding;
    }

    private double[] neighbour() {
        try {
            var other = g.apply(moved(Math.ulp(1.0)));
            if (other != null && other.length == x.length) {
                return other;
            }
        } catch (ArithmeticException | IllegalArgumentException | SingularMatrixException outsideTheDomain) {
            // no neighbour, no measurement
        }
        return new double[x.length];
    }

    private double[] moved(double relative) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> x[i] + (random.nextBoolean() ? relative : -relative) * size[i]).toArray();
    }
}
