package org.adjoint.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Traces an error seen along a direction to an entry of the Jacobian, by halving. */
final class Culprit {

    /** Further entries of the same row and column, for what they have in common. */
    private static final int RELATED = 12;

    private final Site site;
    private final Map<Integer, Row> rows = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Projection.Cotangent> cotangents = new ArrayList<>();
    private boolean found;
    private int traces;

    Culprit(Site site) { this.site = site; }

    boolean isFound() { return found; }

    List<Finding> findings() { return findings; }

    /** Row i of the Jacobian as the pullback gives it, computed once. */
    Row row(int i) throws Refusal {
        var known = rows.get(i);
        if (known == null) {
            known = site.row(Site.unit(site.m(), i));
            rows.put(i, known);
        }
        return known;
    }

    /** Draws random cotangents, with what the pullback makes of them. */
    @FunctionalInterface
    interface Draw {
        List<Projection.Cotangent> draw() throws Refusal;
    }

    /** Cotangents that serve all directions along which the whole result is smooth; drawn once. */
    List<Projection.Cotangent> cotangents(Draw draw) throws Refusal {
        if (cotangents.isEmpty()) {
            cotangents.addAll(draw.draw());
        }
        return cotangents;
    }

    /** Halves the support of a direction along which entry i of the result looks wrong, down to an entry of x. */
    void trace(Sweep sweep, int i, boolean pull) throws Refusal {
        if (found || traces++ > 4) {
            return;
        }
        int j = halve(sweep.direction(), i, pull);
        entry(i, j, pull);
        if (found) {
            for (int k = 0; k < RELATED; k++) {
                entry(i, site.random.nextInt(site.n()), pull);
                if (!site.isScalar()) {
                    entry(site.random.nextInt(site.m()), j, pull);
                }
            }
        }
    }

    private void entry(int i, int j, boolean pull) throws Refusal {
        var probe = site.entry(i, j);
        if (findings.stream().anyMatch(f -> f.probe().equals(probe)) || !Double.isFinite(site.y[i])) {
            return;
        }
        var v = Site.unit(site.n(), j);
        var finding = judge(site.sweep(v, site.own), probe, i, pull);
        findings.add(finding);
        found |= finding.isWrong();
    }

    private Finding judge(Sweep sweep, Probe probe, int i, boolean pull) throws Refusal {
        if (pull) {
            var row = row(i);
            return site.judge(site.pulled(), probe, sweep, i, row.along(sweep.direction()),
                    site.scale(i, row.values()));
        }
        return site.judge(site.pushed(), probe, sweep, i, site.column(sweep.direction()).entry(i),
                Math.abs(site.y[i]));
    }

    private int halve(double[] direction, int i, boolean pull) throws Refusal {
        int from = 0;
        int to = site.n();
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            var left = suspicion(part(direction, from, middle), i, pull);
            var right = suspicion(part(direction, middle, to), i, pull);
            if (left >= right) {
                to = middle;
            } else {
                from = middle;
            }
        }
        return from;
    }

    /** How many error bars the claim is off. */
    private double suspicion(double[] v, int i, boolean pull) throws Refusal {
        var sweep = site.sweep(v, site.common);
        var e = sweep.quick(i);
        var claim = pull ? row(i).along(v) : site.column(v).entry(i);
        var miss = e.distance(claim.value());
        return Double.isNaN(miss) ? Double.isNaN(claim.value()) ? Double.POSITIVE_INFINITY : 0
                : miss / (e.error() + claim.rounding() / Judge.BARS + Double.MIN_NORMAL);
    }

    private static double[] part(double[] direction, int from, int to) {
        var part = new double[direction.length];
        System.arraycopy(direction, from, part, from, to - from);
        return part;
    }
}
