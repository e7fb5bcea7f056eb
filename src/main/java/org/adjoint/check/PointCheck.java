package org.adjoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The check of one function with its derivative at one point: the protocol, then the values. */
final class PointCheck {

    private static final int TRACED = 4;

    private final Calls calls;
    private final double[] x;
    private final int point;
    private final Effort effort;
    private final double tolerance;
    private final RandomGenerator random;

    PointCheck(Calls calls, double[] x, int point, Effort effort, double tolerance, RandomGenerator random) {
        this.calls = calls;
        this.x = x;
        this.point = point;
        this.effort = effort;
        this.tolerance = tolerance;
        this.random = random;
    }

    List<Finding> run() {
        var protocol = new Protocol(calls, x, effort, random);
        var y = protocol.run();
        var known = y == null ? new double[0] : y;
        var site = new Site(calls, point, x, known, effort, tolerance, random);
        var findings = new ArrayList<Finding>();
        try {
            if (y != null) {
                values(site, findings);
            }
        } catch (Refusal refusal) {
            findings.add(site.rule(refusal));
        }
        trace(site, findings);
        protocol.refusals().forEach(r -> findings.add(site.rule(r)));
        calls.broken().forEach((rule, reason) -> findings.add(0, site.rule(Outcome.WRONG, rule, reason)));
        return findings;
    }

    /** Records the steps for some of what is not right. */
    private static void trace(Site site, List<Finding> findings) {
        int traced = 0;
        for (int k = 0; k < findings.size() && traced < TRACED; k++) {
            var finding = findings.get(k);
            if (!finding.isRight() && !(finding.probe() instanceof Probe.Rule)) {
                var rungs = switch (finding.probe()) {
                    case Probe.Entry e ->
                        Rung.on(site.sweep(Site.unit(site.n(), e.input()), site.own).line(e.output()));
                    case Probe.Direction d -> alone(d.cotangent()) < 0 ? List.<Rung>of()
                            : Rung.on(site.sweep(d.tangent(), site.own).line(alone(d.cotangent())));
                    case Probe.Rule r -> List.<Rung>of();
                };
                findings.set(k, finding.with(rungs));
                traced++;
            }
        }
    }

    /** The one entry that a cotangent weighs; -1 if it weighs several. */
    private static int alone(double[] cotangent) {
        int only = -1;
        for (int i = 0; i < cotangent.length; i++) {
            if (cotangent[i] != 0) {
                if (only >= 0) {
                    return -1;
                }
                only = i;
            }
        }
        return only;
    }

    private void values(Site site, List<Finding> findings) throws Refusal {
        if (site.n() == 0 || site.m() == 0) {
            findings.add(site.rule(Outcome.INCONCLUSIVE, "there is something to check",
                    site.n() == 0 ? "the input has no entries" : "the result has no entries"));
            return;
        }
        for (int j = 0; j < site.n(); j++) {
            if (!Double.isFinite(x[j])) {
                findings.add(site.rule(Outcome.INCONCLUSIVE, "x is finite",
                        "%s is %s".formatted(site.place.layout().entry(j), x[j])));
                return;
            }
        }
        int finite = 0;
        for (int i = 0; i < site.m(); i++) {
            if (Double.isFinite(site.y[i])) {
                finite++;
            } else {
                findings.add(site.rule(Outcome.INCONCLUSIVE,
                        (site.isScalar() ? "f(x)" : site.outputName(i)) + " is finite", "it is " + site.y[i]));
            }
        }
        if (finite == 0) {
            return;
        }
        new Linearity(site).run();
        var small = site.n() <= effort.small && site.m() <= effort.small;
        findings.addAll(small ? new Dense(site).run() : new Sparse(site).run());
    }
}
