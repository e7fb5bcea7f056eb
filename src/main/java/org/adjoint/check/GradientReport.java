package org.adjoint.check;

import java.util.List;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param seed     of all that was drawn; the same seed, functions and points give the same report
 * @param findings in the order tested
 * @param hints    what the errors look like, in words: a factor, a sign, a permutation; empty if nothing fits
 * @param smallest the first failure, reduced; empty if nothing is wrong, or a function did not return
 */
public record GradientReport(long seed, List<Finding> findings, List<String> hints, Optional<Smallest> smallest) {

    public GradientReport {
        findings = List.copyOf(findings);
        hints = List.copyOf(hints);
    }

    /** Whether nothing is wrong; what is inconclusive does not fail. */
    public boolean passed() {
        return count(Outcome.WRONG) == 0;
    }

    /** Whether nothing is wrong and something is right. */
    public boolean confirmed() {
        return passed() && count(Outcome.RIGHT) > 0;
    }

    /** Wrong if anything is; right if anything is and nothing is wrong; otherwise nothing can be said. */
    public Outcome outcome() {
        return !passed() ? Outcome.WRONG : confirmed() ? Outcome.RIGHT : Outcome.INCONCLUSIVE;
    }

    public long count(Outcome outcome) { return findings.stream().filter(f -> f.outcome() == outcome).count(); }

    public List<Finding> wrong() { return of(Outcome.WRONG); }

    public List<Finding> inconclusive() { return of(Outcome.INCONCLUSIVE); }

    List<Finding> of(Outcome outcome) { return findings.stream().filter(f -> f.outcome() == outcome).toList(); }

    /** The report for people; its last line says how to run the whole check again. */
    public String toText(String again) {
        return TextReport.of(this, again);
    }

    /** The report as JSON, with all findings that are not right. */
    public String toJson() {
        return JsonReport.of(this);
    }

    /** The report as JUnit XML: a suite of this name, with one test case for each point and quantity. */
    public String toJUnitXml(String suite) {
        return XmlReport.of(this, suite);
    }

    /** A summary line, what is wrong or inconclusive, hints, a test to paste, and how to run it again. */
    @Override
    public String toString() { return toText(".seed(" + seed + "L)"); }
}
