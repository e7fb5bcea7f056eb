package org.adjoint.lang;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name most like an unknown one, by edit distance with transpositions (Damerau, 1964). */
final class Nearest {
    private Nearest() {
    }

    private static final int CANDIDATES = 5_000;

    /** The nearest of the names, when it is near: within a third of the length, and at least one edit away. */
    static Optional<String> to(String name, Collection<String> known) {
        int limit = Math.max(1, (name.length() + 1) / 3);
        String best = "";
        int least = limit + 1;
        int tried = 0;
        for (String candidate : known) {
            if (++tried > CANDIDATES) {
                break;
            }
            if (Math.abs(candidate.length() - name.length()) > limit) {
                continue;
            }
            // a difference of case alone is nearer than any edit
            int distance = candidate.equalsIgnoreCase(name) ? 0
                    : distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least || (distance == least && isBefore(name, candidate, best))) {
                least = distance;
                best = candidate;
            }
        }
        // two names of one letter have nothing in common
        boolean alike = least <= limit && (least == 0 || name.length() > 1 || best.length() > 1);
        return alike ? Optional.of(best) : Optional.empty();
    }

    /** Of two that are as near, the one of the same case; else by the alphabet. */
    private static boolean isBefore(String name, String candidate, String best) {
        int order = Integer.compare(distance(name, candidate), distance(name, best));
        return order < 0 || order == 0 && candidate.compareTo(best) < 0;
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
