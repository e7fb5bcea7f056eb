package org.adjoint.verify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of all claims of some problem files.
 *
 * @param claims   in the order of the files and of their lines
 * @param problems what could not be read, each as a person should see it, with file, line and column where it has one
 */
public record Report(List<Claim> claims, List<String> problems) {
    /** All claims are as their authors expect. */
    public static final int AS_EXPECTED = 0;
    /** Some claim is not as its author expects. */
    public static final int UNEXPECTED = 1;
    /** Something could not be read. */
    public static final int BAD_INPUT = 2;
    /** Exit code: the engine failed on some claim. */
    public static final int INTERNAL = 3;

    /** Copies the lists. */
    public Report {
        claims = List.copyOf(claims);
        problems = List.copyOf(problems);
    }

    /** How many claims have each verdict; every verdict is a key. */
    public Map<Verdict, Integer> counts() {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0);
        }
        for (Claim claim : claims) {
            counts.merge(claim.verdict(), 1, Integer::sum);
        }
        return counts;
    }

    /** How many claims are not as their authors expect. */
    public int unexpected() {
        int count = 0;
        for (Claim claim : claims) {
            count += claim.asExpected() ? 0 : 1;
        }
        return count;
    }

    /** 0, 1, 2 or 3: what the command ends with. */
    public int exitCode() {
        boolean defect = claims.stream().anyMatch(claim -> claim.evidence().detail().contains(Failure.DEFECT))
                || problems.stream().anyMatch(problem -> problem.contains(Failure.DEFECT));
        return defect ? INTERNAL : !problems.isEmpty() ? BAD_INPUT : unexpected() > 0 ? UNEXPECTED : AS_EXPECTED;
    }

    /** {@code 93 claims: 80 proved, 3 supported, 10 refuted; all as expected}. */
    public String summary() {
        StringBuilder text = new StringBuilder().append(claims.size())
                .append(claims.size() == 1 ? " claim" : " claims");
        String separator = ": ";
        for (Map.Entry<Verdict, Integer> count : counts().entrySet()) {
            if (count.getValue() > 0) {
                text.append(separator).append(count.getValue()).append(' ').append(count.getKey().word());
                separator = ", ";
            }
        }
        if (!claims.isEmpty()) {
            text.append(unexpected() == 0 ? "; all as expected" : "; " + unexpected() + " not as expected");
        }
        if (!problems.isEmpty()) {
            text.append("; ").append(problems.size()).append(problems.size() == 1 ? " problem" : " problems")
                    .append(" in the input");
        }
        return text.toString();
    }
}
