package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check of all entries of a small Jacobian, and of directions: entries cannot see how kinks combine. */
final class Dense {

    private static final int DIRECTIONS = 2;
    private static final int ROUGH_DIRECTIONS = 12;

    private final Site site;
    private final List<Finding> findings = new ArrayList<>();
    private final Row[] rows;
    private final double[] scales;
    private final boolean[] kinked;

    Dense(Site site) {
        this.site = site;
        this.rows = new Row[site.calls.pulls() ? site.m() : 0];
        this.scales = new double[site.m()];
        this.kinked = new boolean[site.m()];
    }

    List<Finding> run() throws Refusal {
        for (int i = 0; i < site.m(); i++) {
            scales[i] = Math.abs(site.y[i]);
            if (rows.length > 0) {
                rows[i] = site.row(Site.unit(site.m(), i));
                scales[i] = site.scale(i, rows[i].values());
            }
        }
        for (int j = 0; j < site.n(); j++) {
            column(j);
        }
        var rough = false;
        for (boolean k : kinked) {
            rough |= k;
        }
        if (site.n() > 1 || rough) {
            int count = rough ? ROUGH_DIRECTIONS : DIRECTIONS;
            for (int k = 0; k < count; k++) {
                var sizes = k % 2 == 0 ? site.common : site.own;
                along(site.drawn(sizes), sizes);
            }
            if (rough) {
                along(site.ones(site.n()), site.own);
                for (int i = 0; i < rows.length; i++) {
                    if (kinked[i]) {
                        ownDirections(rows[i].values());
                    }
                }
            }
        }
        return findings;
    }

    private void column(int j) throws Refusal {
        var v = Site.unit(site.n(), j);
        var sweep = site.sweep(v, site.own);
        var column = site.calls.pushes() ? site.column(v) : null;
        var found = new ArrayList<Finding>();
        for (int i = 0; i < site.m(); i++) {
            if (!Double.isFinite(site.y[i])) {
                continue;
            }
            var probe = site.entry(i, j);
            if (rows.length > 0) {
                var claim = Claim.of(rows[i].values()[j], rows[i].rounding()[j], site.epsilon());
                found.add(site.judge(site.pulled(), probe, sweep, i, claim, scales[i]));
            }
            if (column != null) {
                found.add(site.judge(site.pushed(), probe, sweep, i, column.entry(i), scales[i]));
            }
            kinked[i] |= !found.isEmpty() && found.getLast().numeric().kind() == Kind.KINK;
        }
        // 0 · ∞: where some entry of the result has no finite slope, NaN for the others is no defect of its own
        var endless = found.stream().anyMatch(f -> Double.isNaN(f.numeric().value()));
        for (var f : found) {
            findings.add(endless && f.isWrong() && Double.isNaN(f.analytic())
                    ? f.as(Outcome.INCONCLUSIVE, "0 · ∞: other entries of the result have no finite slope here") : f);
        }
    }

    private void ownDirections(double[] row) throws Refusal {
        double largest = 0;
        for (double v : row) {
            largest = Math.max(largest, Math.abs(v));
        }
        if (largest > 0 && largest < Double.POSITIVE_INFINITY) {
            var scale = largest;
            along(Arrays.stream(row).map(v -> v / scale).toArray(), site.own);
            along(Arrays.stream(row).map(Math::signum).toArray(), site.own);
        }
    }

    /** Along a direction only what is wrong, or right, says more than the entries do. */
    private void along(double[] v, double[] sizes) throws Refusal {
        var sweep = site.sweep(v, sizes);
        @Nullable
        Row column = site.calls.pushes() ? site.column(v) : null;
        for (int i = 0; i < site.m(); i++) {
            if (!Double.isFinite(site.y[i])) {
                continue;
            }
            var probe = site.direction(v, i);
            if (rows.length > 0) {
                keep(site.judge(site.pulled(), probe, sweep, i, rows[i].along(v), scales[i]));
            }
            if (column != null) {
                keep(site.judge(site.pushed(), probe, sweep, i, column.entry(i), scales[i]));
            }
        }
    }

    private void keep(Finding finding) {
        if (finding.outcome() != Outcome.INCONCLUSIVE && Double.isFinite(finding.analytic())) {
            findings.add(finding);
        }
    }
}
