package org.adjoint.check;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A point at which a function and its derivative are checked: n entries of input, m of the result. */
final class Site {

    /** A larger change of the derivative is no rounding: x lies on a kink or a tie. */
    private static final double LARGEST_ROUNDING = 1e-3;

    final Calls calls;
    final Place place;
    final double[] x;
    final double[] y;
    final double[] own;
    final double[] common;
    final Effort effort;
    final double tolerance;
    final RandomGenerator random;
    private final Judge judge;

    Site(Calls calls, int point, double[] x, double[] y, Effort effort, double tolerance, RandomGenerator random) {
        this.calls = calls;
        this.x = x;
        this.y = y;
        this.place = new Place(point, x, calls.inputs.slots(), calls.outputs().slots());
        this.own = Sizes.own(x, calls.inputs);
        this.common = Sizes.common(x, calls.inputs);
        this.effort = effort;
        this.tolerance = tolerance;
        this.random = random;
        this.judge = new Judge(calls, place, random);
    }

    /** The same functions at another point. */
    Site at(double[] other) throws Refusal {
        return new Site(calls, place.point(), other, calls.value(other), effort, tolerance, random);
    }

    int n() { return x.length; }

    int m() { return y.length; }

    boolean isScalar() { return y.length == 1; }

    double epsilon() { return calls.precision.epsilon(); }

    /** The derivatives of all entries of the result along a direction; lengths of steps follow from the sizes. */
    Sweep sweep(double[] direction, double[] sizes) {
        return new Sweep(new Ray(calls::valueNear, x, direction, calls.precision), y,
                Sizes.shortest(sizes, direction), effort == Effort.FAST);
    }

    /** J(x)ᵀw with its rounding, measured where x is one rounding off. */
    Row row(double[] w) throws Refusal {
        var values = calls.pull(x, w);
        var rounding = lost(values.length, w);
        for (int k = 0; k < (effort == Effort.FAST ? 1 : 2); k++) {
            compare(values, rounding, neighbour(w, true));
        }
        return new Row(values, rounding, epsilon());
    }

    /** J(x)v with its rounding. */
    Row column(double[] v) throws Refusal {
        var values = calls.push(x, v);
        var rounding = lost(values.length, v);
        compare(values, rounding, neighbour(v, false));
        return new Row(values, rounding, epsilon());
    }

    /** What is lost of each entry of a product with these numbers where entries of the Jacobian are too small for numbers. */
    private double[] lost(int count, double[] with) {
        double largest = 0;
        for (double v : with) {
            largest = Math.max(largest, Math.abs(v));
        }
        var lost = new double[count];
        Arrays.fill(lost, calls.precision.least() * largest);
        return lost;
    }

    private double @Nullable [] neighbour(double[] with, boolean pull) {
        try {
            return pull ? calls.pull(beside(1), with) : calls.push(beside(1), with);
        } catch (Refusal outsideTheDomain) {
            return null;
        }
    }

    private static void compare(double[] values, double[] rounding, double @Nullable [] other) {
        if (other == null) {
            return;
        }
        for (int i = 0; i < values.length; i++) {
            var change = Math.abs(other[i] - values[i]);
            if (change <= LARGEST_ROUNDING * Math.abs(values[i])) {
                rounding[i] = Math.max(rounding[i], change);
            }
        }
    }

    /** x with every entry changed by so much of its size, up or down at random. */
    static double[] moved(double[] x, double[] sizes, double relative, RandomGenerator random) {
        var moved = x.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (random.nextBoolean() ? relative : -relative) * sizes[i];
        }
        return moved;
    }

    /**
     * Random numbers of random sign, none near zero and no two alike, times the sizes: along them every single entry
     * shows, and no two errors cancel.
     */
    double[] drawn(double[] sizes) {
        var drawn = new double[sizes.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.5, 1.5) * sizes[i];
        }
        return drawn;
    }

    double[] ones(int count) {
        var ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    static double[] unit(int count, int i) {
        var unit = new double[count];
        unit[i] = 1;
        return unit;
    }

    /** What is rounding in entry i of J(x)v: the change of that entry of the result, were it of the size of its rounding. */
    double leastPushed(double[] v, int i) {
        var length = Sizes.shortest(own, v);
        return length == Double.POSITIVE_INFINITY ? 0 : Judge.NOTHING * magnitude(i) / length * coarseness();
    }

    /** What is rounding in entry j of J(x)ᵀw. */
    double leastPulled(double[] w, int j) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            sum += Double.isFinite(y[i]) ? Math.abs(w[i]) * magnitude(i) : 0;
        }
        return Judge.NOTHING * sum / own[j] * coarseness();
    }

    private double magnitude(int i) {
        var reference = calls.reference;
        return Math.max(Double.isFinite(y[i]) ? Math.abs(y[i]) : 0, reference == null ? 0 : reference.magnitude(x));
    }

    private double coarseness() { return epsilon() / Precision.DOUBLE.epsilon(); }

    Probe entry(int output, int input) {
        var by = place.layout().entry(input);
        return new Probe.Entry(output, input, isScalar() ? by : "d" + outputName(output) + "/d" + by);
    }

    String outputName(int output) { return new Layout(place.outputs()).entry(output); }

    Probe direction(double[] v, int output) { return new Probe.Direction(v, unit(m(), output)); }

    Finding judge(String quantity, Probe probe, Sweep sweep, int i, Claim claim, double scale) {
        var finding = judge.judge(quantity, probe, sweep, i, claim, tolerance, scale);
        return finding.isWrong() && scatters(finding, sweep.direction(), i)
                ? finding.as(Outcome.INCONCLUSIVE, "as much as it is off, the claim changes with the last bits of x")
                : finding;
    }

    private boolean scatters(Finding wrong, double[] v, int i) {
        var numeric = wrong.numeric();
        if (calls.reference != null || numeric.kind() != Kind.SMOOTH || !Double.isFinite(wrong.analytic())) {
            return false;
        }
        var pushed = calls.pushes() && wrong.quantity().equals(pushed());
        var scatter = Scatter.of(this, near -> pushed ? calls.push(near, v)[i]
                : Claim.of(calls.pull(near, unit(m(), i)), new double[n()], v, epsilon()).value());
        return scatter.covers(numeric.low(), numeric.high(), numeric.distance(wrong.analytic()));
    }

    /** x with every entry some last bits off, up or down. */
    double[] beside(int bits) {
        return moved(x, own, bits * epsilon(), random);
    }

    /** Without the tolerance: what looks wrong is to be looked at closely. */
    boolean looksRight(Sweep sweep, int i, Claim claim, double scale) {
        return judge.judge("", direction(sweep.direction(), i), sweep, i, claim, 0, scale).outcome() != Outcome.WRONG;
    }

    Finding rule(Outcome outcome, String rule, String reason) {
        return Finding.rule(outcome, calls.subject.quantity(), place, rule, reason);
    }

    Finding rule(Refusal refusal) { return rule(refusal.outcome(), refusal.rule(), refusal.reason()); }

    /** What J(x)ᵀw is called. */
    String pulled() {
        return switch (calls.subject.derivative()) {
            case Derivative.Gradient g -> calls.subject.quantity();
            case Derivative.Products p -> "the vjp";
        };
    }

    /** What J(x)v is called. */
    String pushed() {
        return calls.subject.quantity().equals(Subject.HESSIAN) ? Subject.HESSIAN : "the jvp";
    }

    /** The change of entry i of the result when x changes by its own size, at most, as a row of the derivative says. */
    double scale(int i, double[] row) {
        var largest = Math.abs(y[i]);
        for (int j = 0; j < row.length; j++) {
            var change = Math.abs(row[j]) * own[j];
            largest = change < Double.POSITIVE_INFINITY ? Math.max(largest, change) : largest;
        }
        return largest;
    }

    List<Slot> inputs() { return place.inputs(); }
}
