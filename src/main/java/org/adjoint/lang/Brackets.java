package org.adjoint.lang;

import java.util.Arrays;

/** Pairs the brackets of a block in one pass, so that an unclosed one spoils its own statement only. */
final class Brackets {
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private Brackets() {
    }

    static boolean opens(Tokens tokens, int i) {
        return tokens.kind(i) == Tokens.Kind.SYMBOL && indexIn(OPENING, tokens.text(i)) >= 0;
    }

    static boolean closes(Tokens tokens, int i) {
        return tokens.kind(i) == Tokens.Kind.SYMBOL && indexIn(CLOSING, tokens.text(i)) >= 0;
    }

    /** The bracket that closes {@code opening}. */
    static String closing(String opening) {
        return String.valueOf(CLOSING.charAt(indexIn(OPENING, opening)));
    }

    /**
     * For every bracket its partner, for everything else −1. A closing bracket that fits an outer open one leaves the
     * inner ones without a partner; one that fits none has none itself. A line that begins a claim closes nothing, but
     * what is open there stays open for good.
     */
    static int[] partners(Tokens tokens) {
        int[] partners = new int[tokens.size() + 1];
        Arrays.fill(partners, -1);
        int[] open = new int[16];
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (depth > 0 && beginsStatement(tokens, i)) {
                depth = 0;
            }
            if (opens(tokens, i)) {
                if (depth == open.length) {
                    open = Arrays.copyOf(open, depth * 2);
                }
                open[depth++] = i;
            } else if (closes(tokens, i)) {
                int kind = indexIn(CLOSING, tokens.text(i));
                int at = depth - 1;
                while (at >= 0 && indexIn(OPENING, tokens.text(open[at])) != kind) {
                    at--;
                }
                if (at >= 0) {
                    partners[i] = open[at];
                    partners[open[at]] = i;
                    depth = at;
                }
            }
        }
        return partners;
    }

    /** Whether a line starts here that cannot be the continuation of anything: {@code claim x}, {@code assume n}. */
    static boolean beginsStatement(Tokens tokens, int i) {
        if (!tokens.startsLine(i) || tokens.kind(i) != Tokens.Kind.NAME) {
            return false;
        }
        return switch (tokens.text(i)) {
            case "claim", "ask", "choice" -> tokens.kind(i + 1) == Tokens.Kind.ID;
            case "assume" -> tokens.kind(i + 1) == Tokens.Kind.NAME || tokens.kind(i + 1) == Tokens.Kind.NUMBER;
            default -> false;
        };
    }

    private static int indexIn(String brackets, String text) {
        return text.length() == 1 ? brackets.indexOf(text.charAt(0)) : -1;
    }
}
