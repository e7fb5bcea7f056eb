package org.adjoint.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The check of a large Jacobian along random directions, and in some columns.
 *
 * <p>⟨w, J v⟩ from differences is compared with ⟨Jᵀw, v⟩ to the error bars, without the tolerance: what looks wrong is
 * traced to an entry by halving w, then v, and that entry is judged.
 */
final class Sparse {

    private static final int FAST_CALLS = 30;

    private final Site site;
    private final List<Finding> findings = new ArrayList<>();
    private final Culprit culprit;

    Sparse(Site site) {
        this.site = site;
        this.culprit = new Culprit(site);
    }

    List<Finding> run() throws Refusal {
        var sweeps = new ArrayList<Sweep>();
        int directions = site.effort.directions((long) site.n() * site.m());
        for (int k = 0; k < directions; k++) {
            var sizes = k % 2 == 0 ? site.common : site.own;
            if (!affordable(sweeps)) {
                break;
            }
            sweeps.add(site.sweep(site.drawn(sizes), sizes));
            check(sweeps.getLast());
            if (culprit.isFound()) {
                break;
            }
        }
        for (int j : columns()) {
            if (!culprit.isFound()) {
                check(site.sweep(Site.unit(site.n(), j), site.own));
            }
        }
        findings.addAll(culprit.findings());
        return findings;
    }

    /** Whether another direction fits into what a fast check may cost. */
    private boolean affordable(List<Sweep> done) {
        if (done.isEmpty() || site.effort != Effort.FAST || !site.isScalar()) {
            return true;
        }
        int calls = site.calls.functionCalls() + site.calls.derivativeCalls();
        return calls + Math.max(Stencil.VALUES, done.getLast().evaluations()) <= FAST_CALLS;
    }

    /** Columns with the largest and with any entries. */
    private Set<Integer> columns() throws Refusal {
        var chosen = new LinkedHashSet<Integer>();
        int count = site.effort.columns;
        if (count == 0) {
            return chosen;
        }
        if (site.calls.pulls() && site.isScalar()) {
            var g = culprit.row(0).values();
            IntStream.range(0, g.length).filter(j -> !Double.isFinite(g[j])).limit(count).forEach(chosen::add);
            IntStream.range(0, g.length).boxed()
                    .sorted(Comparator.comparingDouble(j -> -Math.abs(g[j] * site.own[j]))).limit(count)
                    .forEach(chosen::add);
        }
        site.random.ints(count, 0, site.n()).forEach(chosen::add);
        return chosen;
    }

    private void check(Sweep sweep) throws Refusal {
        if (site.calls.pulls()) {
            if (site.isScalar()) {
                single(sweep, 0);
            } else {
                new Projection(site, sweep).run(culprit, findings);
            }
        }
        if (site.calls.pushes()) {
            pushed(sweep);
        }
    }

    /** One entry of the result, by its row. */
    private void single(Sweep sweep, int i) throws Refusal {
        var row = culprit.row(i);
        var claim = row.along(sweep.direction());
        var scale = site.scale(i, row.values());
        if (!site.looksRight(sweep, i, claim, scale)) {
            culprit.trace(sweep, i, true);
        }
        findings.add(site.judge(site.pulled(), site.direction(sweep.direction(), i), sweep, i, claim, scale));
    }

    private void pushed(Sweep sweep) throws Refusal {
        var column = site.column(sweep.direction());
        for (int i = 0; i < site.m(); i++) {
            if (Double.isFinite(site.y[i])) {
                var claim = column.entry(i);
                var scale = Math.abs(site.y[i]);
                if (!site.looksRight(sweep, i, claim, scale)) {
                    culprit.trace(sweep, i, false);
                }
                findings.add(site.judge(site.pushed(), site.direction(sweep.direction(), i), sweep, i, claim, scale));
                if (culprit.isFound()) {
                    return;
                }
            }
        }
    }
}
