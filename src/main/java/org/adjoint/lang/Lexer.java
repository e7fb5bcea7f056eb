package org.adjoint.lang;

import org.adjoint.lang.Tokens.Kind;

/**
 * Cuts lines into tokens. No token runs over a line end; {@code #} begins a comment. What is no token becomes one of
 * kind {@link Kind#ERROR}, which spoils its statement only.
 *
 * <p>Three tokens depend on what stands before: {@code '} after an operand is a prime or a transpose and else opens a
 * string; {@code %} touching a number is a percent sign unless an operand follows; the word after {@code claim},
 * {@code ask} and {@code choice} at the start of a statement is an id, taken as written.
 */
final class Lexer {
    private static final int TAB = 8;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private final String text;
    private final Tokens tokens;
    private int at;
    private int lineEnd;
    private int indent;
    private int count;

    private Lexer(Source source, Dialect dialect) {
        this.text = source.text();
        this.tokens = new Tokens(source, dialect);
    }

    /** The tokens of the given lines, which are stretches of one source in ascending order. */
    static Tokens tokens(Source source, Iterable<Span> lines, Dialect dialect) {
        Lexer lexer = new Lexer(source, dialect);
        int end = 0;
        for (Span line : lines) {
            lexer.line(line);
            end = line.end();
        }
        lexer.tokens.finish(end);
        return lexer.tokens;
    }

    private void line(Span line) {
        at = line.start();
        lineEnd = line.end();
        indent = 0;
        while (at < lineEnd && isBlank(text.charAt(at))) {
            indent = text.charAt(at) == '\t' ? (indent / TAB + 1) * TAB : indent + 1;
            at++;
        }
        while (true) {
            while (at < lineEnd && isBlank(text.charAt(at))) {
                at++;
            }
            if (at >= lineEnd || text.charAt(at) == '#') {
                return;
            }
            token();
        }
    }

    private void token() {
        char c = text.charAt(at);
        if (Letters.starts(c)) {
            name();
        } else if (Letters.isDigit(c) || c == '.' && digitAt(at + 1) && !afterOperand()) {
            number();
        } else if (c == '"' || c == '\'' && !afterOperand()) {
            string(c);
        } else if (c == '\'') {
            add(Kind.SYMBOL, "'", at + 1);
        } else if (SUPERSCRIPTS.indexOf(c) >= 0 || c == '⁻') {
            superscript();
        } else {
            symbol();
        }
    }

    private void name() {
        int start = at;
        int end = at + 1;
        while (end < lineEnd && Letters.continues(text.charAt(end))) {
            end++;
        }
        boolean first = count == 0 || indent >= 0 || tokens.isSymbol(count - 1, ";");
        String name = Letters.spell(text.substring(start, end));
        add(Kind.NAME, name, end);
        if (first && (name.equals("claim") || name.equals("ask") || name.equals("choice"))) {
            id();
        }
    }

    /** An id after at least one blank, as written: {@code 000.3b/ii-z1}. */
    private void id() {
        int start = at;
        while (start < lineEnd && isBlank(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < lineEnd && isIdPart(text.charAt(end))) {
            end++;
        }
        if (start > at && end > start) {
            at = start;
            add(Kind.ID, text.substring(start, end), end);
        }
    }

    private void number() {
        int end = digits(at);
        if (end < lineEnd && text.charAt(end) == '.' && !dotIsOperator(end)) {
            end = digits(end + 1);
        }
        if (end < lineEnd && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1 < lineEnd && "+-".indexOf(text.charAt(end + 1)) >= 0 ? 1 : 0;
            end = digitAt(end + 1 + sign) ? digits(end + 1 + sign) : end;
        }
        if (end < lineEnd && text.charAt(end) == '%' && !operandFollows(end + 1)) {
            end++;
        }
        add(Kind.NUMBER, text.substring(at, end), end);
    }

    /** Whether the dot after digits is the first of {@code ..}, or of {@code .*}, or begins an attribute. */
    private boolean dotIsOperator(int dot) {
        if (dot + 1 >= lineEnd) {
            return false;
        }
        char next = text.charAt(dot + 1);
        boolean dotted = tokens.dialect() != Dialect.NUMPY && "*/^'".indexOf(next) >= 0;
        boolean exponent = (next == 'e' || next == 'E')
                && (digitAt(dot + 2)
                        || dot + 2 < lineEnd && "+-".indexOf(text.charAt(dot + 2)) >= 0 && digitAt(dot + 3));
        return next == '.' || dotted || Letters.starts(next) && !exponent;
    }

    /** Whether an operand begins after the blanks at {@code from}: then the percent sign before is the remainder. */
    private boolean operandFollows(int from) {
        int next = from;
        while (next < lineEnd && isBlank(text.charAt(next))) {
            next++;
        }
        if (next >= lineEnd) {
            return false;
        }
        int end = next;
        while (end < lineEnd && Letters.continues(text.charAt(end))) {
            end++;
        }
        char c = text.charAt(next);
        return end > next ? !Words.followsExpression(text.substring(next, end))
                : "([{√∇".indexOf(c) >= 0 || c == '.' && digitAt(next + 1);
    }

    private void string(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || end >= lineEnd) {
            Problem problem = Problem.at(tokens.source().span(at, at + 1), "the string that starts here does not end")
                    .expecting("another `" + quote + "` on the same line");
            String hint = quote == '\'' ? "a transpose is written `.T`" : "";
            tokens.addError(problem.hint(hint), at, lineEnd, takeIndent());
            at = lineEnd;
            count++;
        } else {
            add(Kind.STRING, text.substring(at + 1, end), end + 1);
        }
    }

    private void superscript() {
        int end = at + 1;
        if (text.charAt(at) == '⁻' && end < lineEnd && text.charAt(end) == 'ᵀ') {
            // A⁻ᵀ is the transpose of A⁻¹
            add(Kind.SUPERSCRIPT, "-1", end);
            return;
        }
        StringBuilder digits = new StringBuilder(text.charAt(at) == '⁻' ? "-" : digitOf(text.charAt(at)));
        while (end < lineEnd && SUPERSCRIPTS.indexOf(text.charAt(end)) >= 0) {
            digits.append(digitOf(text.charAt(end++)));
        }
        if (digits.toString().equals("-")) {
            error("`⁻` without digits", "", end);
        } else {
            add(Kind.SUPERSCRIPT, digits.toString(), end);
        }
    }

    private void symbol() {
        String written = Symbols.at(text, at, tokens.dialect());
        if (written.isEmpty()) {
            int end = at + Character.charCount(text.codePointAt(at));
            String shown = Character.isISOControl(text.charAt(at)) || Character.isSpaceChar(text.codePointAt(at))
                    ? String.format("U+%04X", text.codePointAt(at))
                    : "`" + text.substring(at, end) + "`";
            error("unexpected character " + shown, "names have ASCII letters, digits, _ and Greek letters", end);
            return;
        }
        int end = at + written.length();
        String word = Symbols.word(written);
        String symbol = Symbols.canonical(written);
        if (!word.isEmpty()) {
            add(Kind.NAME, word, end);
        } else if (!Symbols.hint(symbol).isEmpty() && !Symbols.isKnown(symbol, tokens.dialect())) {
            error("`" + written + "` is not an operator of this language", Symbols.hint(symbol), end);
        } else {
            add(Kind.SYMBOL, symbol, end);
        }
    }

    private void error(String message, String hint, int end) {
        Problem problem = Problem.at(tokens.source().span(at, end), message).hint(hint);
        tokens.addError(problem, at, end, takeIndent());
        at = end;
        count++;
    }

    private void add(Kind kind, String canonical, int end) {
        tokens.add(kind, canonical, at, end, takeIndent());
        at = end;
        count++;
    }

    /** The indentation for the first token of a line, −1 for the others. */
    private int takeIndent() {
        int taken = indent;
        indent = -1;
        return taken;
    }

    /** Whether the token just before, without a blank between, is an operand or ends one. */
    private boolean afterOperand() {
        if (count == 0 || tokens.end(count - 1) != at) {
            return false;
        }
        return switch (tokens.kind(count - 1)) {
            case NAME -> !Words.isReserved(tokens.text(count - 1));
            case NUMBER, STRING, SUPERSCRIPT -> true;
            case SYMBOL -> ")]}'ᵀ".contains(tokens.text(count - 1));
            case ID, ERROR, END -> false;
        };
    }

    private boolean digitAt(int i) {
        return i < lineEnd && Letters.isDigit(text.charAt(i));
    }

    private int digits(int from) {
        int end = from;
        while (digitAt(end)) {
            end++;
        }
        return end;
    }

    private static String digitOf(char superscript) {
        return String.valueOf(SUPERSCRIPTS.indexOf(superscript));
    }

    private static boolean isIdPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || Letters.isDigit(c) || "._/-".indexOf(c) >= 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0' || c == '\f';
    }
}
