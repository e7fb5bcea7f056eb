package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ⟨w, J v⟩ for one v and some w: the entries of J v are measured, the weights w have random signs, so that errors of the
 * measurement add up as √Σ(wᵢeᵢ)².
 *
 * <p>Entries of the result that have a kink here, or far more noise than the others, are left out and judged alone.
 */
final class Projection {

    private static final int ALONE = 8;
    private static final double NOISY = 1e3;

    private final Site site;
    private final Sweep sweep;
    private final Estimate[] estimates;
    private final boolean[] alone;
    /** 1 / size of each entry of J v: the weights that let all of them count. */
    private final double[] weights;

    Projection(Site site, Sweep sweep) {
        this.site = site;
        this.sweep = sweep;
        int m = site.m();
        this.estimates = new Estimate[m];
        this.alone = new boolean[m];
        this.weights = new double[m];
        var relative = new double[m];
        double largest = 0;
        for (int i = 0; i < m; i++) {
            estimates[i] = sweep.rough(i);
            var size = Math.max(Math.abs(estimates[i].low()), Math.abs(estimates[i].high()));
            weights[i] = size;
            largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
        }
        for (int i = 0; i < m; i++) {
            // an entry that is zero by accident must not get an endless weight
            var size = Double.isFinite(weights[i]) ? Math.max(weights[i], 1e-3 * largest) : 0;
            size = weights[i] < 1e-9 * largest && weights[i] > 0 ? weights[i] : size;
            weights[i] = size > 0 ? 1 / size : 1;
            relative[i] = estimates[i].error() * weights[i];
        }
        var sorted = relative.clone();
        Arrays.sort(sorted);
        var usual = sorted[m / 2];
        for (int i = 0; i < m; i++) {
            alone[i] = estimates[i].kind() != Kind.SMOOTH || !Double.isFinite(site.y[i])
                    || relative[i] > NOISY * usual && relative[i] > 1e-9;
        }
    }

    void run(Culprit culprit, List<Finding> findings) throws Refusal {
        int shown = 0;
        for (int i = 0; i < site.m() && shown < ALONE; i++) {
            if (alone[i] && Double.isFinite(site.y[i])) {
                shown++;
                var row = culprit.row(i);
                var finding = site.judge(site.pulled(), site.direction(sweep.direction(), i), sweep, i,
                        row.along(sweep.direction()), site.scale(i, row.values()));
                if (finding.isWrong()) {
                    culprit.trace(sweep, i, true);
                }
                findings.add(finding);
            }
        }
        var shared = masked() ? shared() : culprit.cotangents(this::shared);
        for (int k = 0; k < shared.size() && !culprit.isFound(); k++) {
            findings.add(with(shared.get(k), culprit));
        }
    }

    /** Weights and what the pullback makes of them. */
    record Cotangent(double[] w, Row row) {}

    private boolean masked() {
        for (boolean a : alone) {
            if (a) {
                return true;
            }
        }
        return false;
    }

    private List<Cotangent> shared() throws Refusal {
        var drawn = new ArrayList<Cotangent>();
        for (int k = 0; k < site.effort.cotangents; k++) {
            var w = draw();
            drawn.add(new Cotangent(w, site.row(w)));
        }
        return drawn;
    }

    private double[] draw() {
        var w = site.drawn(weights);
        for (int i = 0; i < w.length; i++) {
            w[i] = alone[i] ? 0 : w[i];
        }
        return w;
    }

    private Finding with(Cotangent cotangent, Culprit culprit) throws Refusal {
        var w = cotangent.w;
        var claim = cotangent.row.along(sweep.direction());
        var numeric = numeric(w);
        var off = numeric.distance(claim.value());
        if (!(off <= Judge.BARS * numeric.error() + claim.rounding())) {
            culprit.trace(sweep, halve(w), true);
        }
        // the rounding of what is near the largest entry is not seen in the sum
        var allowed = Judge.BARS * numeric.error() + claim.allowed(site.tolerance);
        var size = Math.max(claim.size(), Math.abs(numeric.value()));
        var outcome = !(off <= allowed) ? Outcome.WRONG
                : Judge.BARS * numeric.error() > 0.01 * size && size > 0 ? Outcome.INCONCLUSIVE : Outcome.RIGHT;
        return new Finding(outcome, site.pulled(), site.place, new Probe.Direction(sweep.direction(), w),
                claim.value(), numeric, allowed,
                outcome == Outcome.INCONCLUSIVE ? "noise of f hides the derivative" : "", List.of());
    }

    /** Σ wᵢ eᵢ with its error bar. */
    private Estimate numeric(double[] w) {
        double value = 0;
        double error = 0;
        double size = 0;
        for (int i = 0; i < w.length; i++) {
            if (w[i] != 0) {
                value += w[i] * estimates[i].value();
                error = Math.hypot(error, w[i] * estimates[i].error());
                size += Math.abs(w[i] * estimates[i].value());
            }
        }
        return Estimate.smooth(value, error + size * 0x1p-52, 1, sweep.evaluations());
    }

    /** The entry of the result whose row is furthest off, by halving w; the other half follows by linearity. */
    private int halve(double[] w) throws Refusal {
        int from = 0;
        int to = w.length;
        var whole = miss(w);
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            var half = new double[w.length];
            System.arraycopy(w, from, half, from, middle - from);
            var left = miss(half);
            var right = whole - left;
            var keepLeft = !(Math.abs(left) < Math.abs(right));
            to = keepLeft ? middle : to;
            from = keepLeft ? from : middle;
            whole = keepLeft ? left : right;
        }
        return from;
    }

    private double miss(double[] w) throws Refusal {
        var g = site.calls.pull(site.x, w);
        var claim = Claim.of(g, new double[g.length], sweep.direction(), site.epsilon());
        return claim.value() - numeric(w).value();
    }
}
