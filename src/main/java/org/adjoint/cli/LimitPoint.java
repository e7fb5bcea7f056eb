package org.adjoint.cli;

import java.util.Locale;
import java.util.Set;

/** How the point of a limit is written. */
final class LimitPoint {
    private static final Set<String> INFINITY = Set.of("inf", "oo", "infinity", "∞");

    private LimitPoint() {
    }

    /** 1 or −1 for an infinity, else 0. */
    static int infinity(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        boolean negative = word.startsWith("-") || word.startsWith("−");
        String rest = negative || word.startsWith("+") ? word.substring(1).strip() : word;
        return !INFINITY.contains(rest) ? 0 : negative ? -1 : 1;
    }

    /** Whether the text ends in the side, as {@code 0+} does. */
    static boolean isOneSided(String text) {
        return text.length() > 1 && (text.endsWith("+") || text.endsWith("-"));
    }
}
