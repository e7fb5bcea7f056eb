package org.adjoint.lang;

/**
 * Where statements begin and end: at a line that is not indented deeper than the first line of the statement, unless a
 * bracket is open, and at {@code ;}.
 */
final class Statements {
    private Statements() {
    }

    /** Takes the tokens of a statement, {@code first} to before {@code end}. */
    interface Visitor {
        void statement(int first, int end);
    }

    /** Visits the statements in order; empty ones are left out. */
    static void forEach(Tokens tokens, Visitor visitor) {
        int indent = 0;
        int first = 0;
        while (first < tokens.size()) {
            if (tokens.startsLine(first)) {
                indent = tokens.indent(first);
            }
            int end = end(tokens, first, indent);
            if (end > first) {
                visitor.statement(first, end);
            }
            first = end < tokens.size() && tokens.isSymbol(end, ";") ? end + 1 : end;
        }
    }

    private static int end(Tokens tokens, int first, int indent) {
        int i = first;
        while (i < tokens.size() && !tokens.isSymbol(i, ";")) {
            boolean nextLine = i > first && tokens.startsLine(i) && tokens.indent(i) <= indent;
            if (nextLine || i > first && Brackets.beginsStatement(tokens, i)) {
                break;
            }
            i = Brackets.opens(tokens, i) && tokens.partner(i) > i ? tokens.partner(i) + 1 : i + 1;
        }
        return i;
    }
}
