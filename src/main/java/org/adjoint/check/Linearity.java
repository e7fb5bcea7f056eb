package org.adjoint.check;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The laws of products with a Jacobian: J(x)ᵀ(a w) = a J(x)ᵀw for large, small, negative and zero a,
 * J(x)ᵀ(w + z) = J(x)ᵀw + J(x)ᵀz, the same for J(x)v, and ⟨J v, w⟩ = ⟨v, Jᵀw⟩.
 *
 * <p>Factors are powers of two, so that a product that is linear obeys them to rounding, whatever its conditioning. Where x
 * is huge or tiny, numbers inside overflow or lose their digits at the lower end of the range, and a product is linear no
 * more, without any mistake: a law counts as broken there only if it is at an ordinary point too.
 */
final class Linearity {

    private static final double[] FACTORS = {-1, 0x1p20, -0x1p40, 0x1p-20, 0x1p-40};
    private static final double[] FEW_FACTORS = {-0x1p20};
    private static final double RELATIVE = 1e-10;
    private static final double UNITS = 64;
    private static final double OVERFLOWING = 0x1p-40 * Double.MAX_VALUE;

    private final Site site;
    private final Map<String, String> broken = new LinkedHashMap<>();

    Linearity(Site site) { this.site = site; }

    /** Notes every law that is broken with the calls. */
    void run() throws Refusal {
        var laws = broken();
        if (!laws.isEmpty() && !calls().precision.isOrdinary(site.x)) {
            laws.keySet().retainAll(brokenAtOrdinaryPoint().keySet());
        }
        laws.forEach(calls()::breaks);
    }

    private Calls calls() { return site.calls; }

    /** x divided by the size of its largest entry keeps its shape: a positive definite matrix remains one. */
    private Map<String, String> brokenAtOrdinaryPoint() {
        var largest = Arrays.stream(site.x).map(Math::abs).max().orElse(0);
        var ordinary = times(Math.scalb(1.0, -Math.getExponent(largest)), site.x);
        try {
            return new Linearity(site.at(ordinary)).broken();
        } catch (Refusal outsideTheDomain) {
            return Map.of();
        }
    }

    private Map<String, String> broken() throws Refusal {
        if (site.calls.isScalar()) {
            return broken;
        }
        if (site.calls.pulls()) {
            laws(true);
        }
        if (site.calls.pushes()) {
            laws(false);
        }
        if (site.calls.pulls() && site.calls.pushes()) {
            adjoint();
        }
        if (site.calls.pushes() && site.calls.subject.quantity().equals(Subject.HESSIAN)) {
            symmetric();
        }
        return broken;
    }

    /** Whether an entry may be compared: nothing is said of derivatives of what is not finite. */
    private boolean counts(boolean pull, int entry) {
        return pull || Double.isFinite(site.y[entry]);
    }

    private double[] apply(boolean pull, double[] with) throws Refusal {
        return pull ? site.calls.pull(site.x, with) : site.calls.push(site.x, with);
    }

    private void laws(boolean pull) throws Refusal {
        var who = pull ? site.pulled() : site.pushed();
        var letter = pull ? "w" : "v";
        int count = pull ? site.m() : site.n();
        var w = site.drawn(site.ones(count));
        var base = apply(pull, w);
        var beside = apply(pull, Site.moved(w, w, site.epsilon(), site.random));
        var allowed = allowed(pull, w, base, beside);
        var largest = largest(base);
        for (double a : site.effort == Effort.FAST ? FEW_FACTORS : FACTORS) {
            if (site.calls.precision == Precision.SINGLE && Math.abs(a) > 1e9) {
                continue;
            }
            var scaled = apply(pull, times(a, w));
            for (int j = 0; j < base.length; j++) {
                var is = scaled[j] / a;
                if (counts(pull, j) && Double.isFinite(base[j] * a) && !overflows(scaled[j], largest * a)
                        && !(Math.abs(is - base[j]) <= allowed[j])) {
                    broken.putIfAbsent(who + " is linear in " + letter, String.format(Locale.ROOT,
                            "with %s it gives %s at entry %d, with %s · %s it gives %s, %s times as much", letter,
                            base[j], j, number(a), letter, scaled[j], number(scaled[j] / base[j])));
                    break;
                }
            }
        }
        zero(pull, who, letter, base);
        additive(pull, who, letter, w, base, allowed);
    }

    private void zero(boolean pull, String who, String letter, double[] base) throws Refusal {
        var none = apply(pull, new double[pull ? site.m() : site.n()]);
        for (int j = 0; j < none.length; j++) {
            if (counts(pull, j) && Double.isFinite(base[j]) && none[j] != 0) {
                broken.putIfAbsent(who + " of zero is zero",
                        "with %s = 0 it gives %s at entry %d".formatted(letter, none[j], j));
                return;
            }
        }
    }

    private void additive(boolean pull, String who, String letter, double[] w, double[] base, double[] allowed)
            throws Refusal {
        var sizes = site.ones(w.length);
        // large elsewhere, so that what depends on the largest entry shows
        int largest = 0;
        for (int i = 1; i < w.length; i++) {
            largest = Math.abs(w[i]) > Math.abs(w[largest]) ? i : largest;
        }
        sizes[w.length == 1 ? 0 : (largest + 1 + site.random.nextInt(w.length - 1)) % w.length] = 64;
        var z = site.drawn(sizes);
        var sum = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            sum[i] = w[i] + z[i];
        }
        var other = apply(pull, z);
        var beside = apply(pull, Site.moved(z, z, site.epsilon(), site.random));
        var more = allowed(pull, z, other, beside);
        var both = apply(pull, sum);
        for (int j = 0; j < both.length; j++) {
            var expected = base[j] + other[j];
            if (counts(pull, j) && Double.isFinite(expected) && !overflows(both[j], largest(base) + largest(other))
                    && !(Math.abs(both[j] - expected) <= 2 * (allowed[j] + more[j]))) {
                broken.putIfAbsent(who + " is linear in " + letter, String.format(Locale.ROOT,
                        "entry %d is %s for one %s, %s for another, and %s for their sum", j, base[j], letter,
                        other[j], both[j]));
                return;
            }
        }
    }

    /** Whether a term may have left the range of numbers before others cancelled it. */
    private static boolean overflows(double result, double size) {
        return !Double.isFinite(result) && Math.abs(size) > OVERFLOWING;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double v : values) {
            largest = Double.isFinite(v) ? Math.max(largest, Math.abs(v)) : largest;
        }
        return largest;
    }

    private double[] allowed(boolean pull, double[] with, double[] base, double[] beside) {
        var largest = largest(base);
        var allowed = new double[base.length];
        var relative = Math.max(RELATIVE, UNITS * site.epsilon());
        for (int j = 0; j < base.length; j++) {
            var moved = Math.abs(beside[j] - base[j]);
            allowed[j] = relative * largest + (Double.isFinite(moved) ? 8 * moved : 0) + 0x1p44 * Double.MIN_NORMAL
                    + (pull ? site.leastPulled(with, j) : site.leastPushed(with, j));
        }
        return allowed;
    }

    private void adjoint() throws Refusal {
        var v = site.drawn(site.common);
        var w = site.drawn(site.ones(site.m()));
        for (int i = 0; i < w.length; i++) {
            w[i] = counts(false, i) ? w[i] : 0;
        }
        var forward = site.column(v).along(w);
        var backward = site.row(w).along(v);
        agree("<J v, w> = <v, J^T w>", forward, backward, v, w);
    }

    private void symmetric() throws Refusal {
        var v = site.drawn(site.common);
        var w = site.drawn(site.common);
        agree("<H v, w> = <v, H w>", site.column(v).along(w), site.column(w).along(v), v, w);
    }

    /** At a kink both sides may be right and differ: each takes a generalised derivative of its own. */
    private boolean isSmooth(double[] direction) {
        var sweep = site.sweep(direction, site.common);
        for (int i = 0; i < site.m(); i++) {
            switch (sweep.quick(i).kind()) {
                case KINK, EDGE, JUMP, STEEP -> {
                    return false;
                }
                case SMOOTH, UNDEFINED -> {
                    // noise of f says nothing of its derivative
                }
            }
        }
        return true;
    }

    private void agree(String law, Claim one, Claim other, double[] v, double[] w) {
        double least = 0;
        for (int i = 0; i < w.length; i++) {
            least += Math.abs(w[i]) * site.leastPushed(v, i);
        }
        var allowed = one.rounding() + other.rounding() + site.tolerance * (one.size() + other.size()) + least;
        if (Double.isFinite(one.value()) && Double.isFinite(other.value())
                && !(Math.abs(one.value() - other.value()) <= allowed) && isSmooth(v)) {
            broken.putIfAbsent(law, String.format(Locale.ROOT, "the left is %s, the right is %s, allowed distance %.1e",
                    one.value(), other.value(), allowed));
        }
    }

    private static double[] times(double a, double[] w) {
        var scaled = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            scaled[i] = a * w[i];
        }
        return scaled;
    }

    private static String number(double a) {
        return a == Math.rint(a) && Math.abs(a) < 1e15 ? Long.toString((long) a)
                : String.format(Locale.ROOT, "%.4g", a);
    }
}
