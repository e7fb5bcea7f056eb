package org.adjoint.check;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a gradient check found.
 *
 * @param seed     of all that was drawn; the same seed, function and points give the same report
 * @param findings in the order tested
 * @param hints    what the errors look like, in words: a factor, a sign, a permutation; empty if nothing fits
 */
public record GradientReport(long seed, List<Finding> findings, List<String> hints) {

    private static final int SHOWN = 10;

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

    public long count(Outcome outcome) {
        return findings.stream().filter(f -> f.outcome() == outcome).count();
    }

    public List<Finding> wrong() { return of(Outcome.WRONG); }

    public List<Finding> inconclusive() { return of(Outcome.INCONCLUSIVE); }

    private List<Finding> of(Outcome outcome) {
        return findings.stream().filter(f -> f.outcome() == outcome).toList();
    }

    /** A summary line, what is wrong or inconclusive, hints, and the points to paste into a test. */
    @Override
    public String toString() {
        var counts = new EnumMap<Outcome, Long>(Outcome.class);
        for (var outcome : Outcome.values()) {
            counts.put(outcome, count(outcome));
        }
        var text = new StringBuilder("gradient check, seed %d: %d right, %d wrong, %d inconclusive".formatted(seed,
                counts.get(Outcome.RIGHT), counts.get(Outcome.WRONG), counts.get(Outcome.INCONCLUSIVE)));
        var inputs = new LinkedHashMap<Integer, String>();
        for (var outcome : List.of(Outcome.WRONG, Outcome.INCONCLUSIVE)) {
            var shown = of(outcome);
            for (var finding : shown.subList(0, Math.min(SHOWN, shown.size()))) {
                text.append("\n  ").append(finding);
                inputs.put(finding.place().point(), Text.of(finding.place().x()));
            }
            if (shown.size() > SHOWN) {
                text.append("\n  and ").append(shown.size() - SHOWN).append(" more ").append(outcome);
            }
        }
        hints.forEach(hint -> text.append("\n  hint: ").append(hint));
        text.append(inputs.entrySet().stream().map(GradientReport::pasteable).collect(Collectors.joining()));
        return text.toString();
    }

    private static String pasteable(Map.Entry<Integer, String> point) {
        return "\n  point %d: .at(new double[] %s)".formatted(point.getKey(), point.getValue());
    }
}
