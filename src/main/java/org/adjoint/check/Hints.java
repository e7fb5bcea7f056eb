package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the wrong entries of one point have in common. */
final class Hints {

    private static final double CLOSE = 1e-4;
    private static final String UNLIKE = "the ratio of the two differs from entry to entry: a factor that depends on x"
            + " is missing, as where the chain rule stops early";
    private static final String ALONE = "only this entry is wrong of ";

    private Hints() {}

    static List<String> of(List<Finding> findings) {
        var entries = findings.stream().filter(f -> f.probe() instanceof Probe.Entry).toList();
        var wrong = entries.stream().filter(f -> f.isWrong() && f.numeric().kind() == Kind.SMOOTH).toList();
        var hints = new ArrayList<String>();
        if (wrong.isEmpty()) {
            return hints;
        }
        if (wrong.stream().anyMatch(f -> Double.isNaN(f.analytic()))) {
            hints.add("the gradient is NaN where f is smooth: 0/0, 0·∞ or the derivative of a branch not taken?");
            return hints;
        }
        var analytic = wrong.stream().mapToDouble(Finding::analytic).toArray();
        var numeric = wrong.stream().mapToDouble(f -> f.numeric().value()).toArray();
        int n = findings.get(0).place().x().length;
        JacobianHints.of(entries, wrong).ifPresent(hints::add);
        if (hints.isEmpty() && Arrays.stream(analytic).allMatch(a -> a == 0)) {
            hints.add("the gradient is 0 there: a term is missing, or the graph is cut");
        } else if (hints.isEmpty()) {
            factor(analytic, numeric, n, hints);
        }
        if (hints.isEmpty() && wrong.size() > 1) {
            arrangement(analytic, numeric, wrong, hints);
        }
        if (hints.isEmpty() && wrong.size() > 2) {
            hints.add(UNLIKE);
        }
        if (wrong.size() == 1 && entries.size() > 2) {
            hints.add(ALONE + entries.size() + " tested");
        }
        return hints;
    }

    /** What a smaller failure must have in common with a larger one: not how many entries are wrong. */
    static List<String> lasting(List<Finding> findings) {
        return of(findings).stream().filter(h -> !h.equals(UNLIKE) && !h.startsWith(ALONE)).toList();
    }

    private static void factor(double[] analytic, double[] numeric, int n, List<String> hints) {
        var ratio = analytic[0] / numeric[0];
        for (int i = 0; i < analytic.length; i++) {
            if (!(Math.abs(analytic[i] / numeric[i] - ratio) <= CLOSE * Math.abs(ratio))) {
                return;
            }
        }
        if (!Double.isFinite(ratio)) {
            hints.add("the derivative is 0 there");
        } else if (is(ratio, -1)) {
            hints.add("the sign is wrong");
        } else if (analytic.length > 1 || known(ratio, n)) {
            hints.add("the gradient is " + name(ratio, n) + " times the derivative");
        }
    }

    private static boolean known(double ratio, int n) { return !name(ratio, n).contains("."); }

    private static String name(double ratio, int n) {
        var sign = ratio < 0 ? "-" : "";
        var size = Math.abs(ratio);
        if (n > 3 && (is(size, n) || is(size, 1.0 / n))) {
            return sign + (is(size, n) ? "n" : "1/n") + " (n = " + n + ": a mean and a sum mixed up?)";
        }
        for (int top = 1; top <= 12; top++) {
            for (int below = 1; below <= 12; below++) {
                if (top != below && is(size, (double) top / below)) {
                    return sign + top + (below == 1 ? "" : "/" + below);
                }
            }
        }
        if (is(size, Math.PI / 180) || is(size, 180 / Math.PI)) {
            return sign + (size < 1 ? "π/180" : "180/π");
        }
        if (is(size, Math.log(2)) || is(size, 1 / Math.log(2))) {
            return sign + (size < 1 ? "log(2)" : "1/log(2)");
        }
        if (is(size, Math.log(10)) || is(size, 1 / Math.log(10))) {
            return sign + (size > 1 ? "log(10)" : "1/log(10)");
        }
        return String.format(Locale.ROOT, "%.6g", ratio);
    }

    private static void arrangement(double[] analytic, double[] numeric, List<Finding> wrong, List<String> hints) {
        var shift = analytic[0] - numeric[0];
        var constant = true;
        for (int i = 0; i < analytic.length; i++) {
            var bar = wrong.get(i).numeric().error();
            constant &= Math.abs(analytic[i] - numeric[i] - shift) <= CLOSE * Math.abs(shift) + bar;
        }
        var given = analytic.clone();
        var asked = numeric.clone();
        Arrays.sort(given);
        Arrays.sort(asked);
        var permuted = true;
        for (int i = 0; i < given.length; i++) {
            permuted &= Math.abs(given[i] - asked[i]) <= 1e-6 * Math.abs(asked[i]);
        }
        if (constant) {
            hints.add(String.format(Locale.ROOT, "the gradient is the derivative %s the constant %.6g",
                    shift > 0 ? "plus" : "minus", Math.abs(shift)));
        } else if (permuted) {
            hints.add("the right values in the wrong places: transposed, flipped or shifted?");
        }
    }

    private static boolean is(double a, double b) { return Math.abs(a - b) <= CLOSE * Math.abs(b); }
}
