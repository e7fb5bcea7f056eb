package org.adjoint.lang;

/**
 * Something wrong at a place of a source.
 *
 * @param span     where
 * @param message  what was got or which law is broken, in one line
 * @param expected what was expected; empty when the message says it all
 * @param hint     what to write instead; empty when there is nothing to suggest
 */
public record Problem(Span span, String message, String expected, String hint) {

    private static final int WINDOW = 100;

    /** A problem that its message says completely. */
    public static Problem at(Span span, String message) {
        return new Problem(span, message, "", "");
    }

    /** The same problem with a hint. */
    public Problem hint(String text) {
        return new Problem(span, message, expected, text);
    }

    /** The same problem, saying what was expected. */
    public Problem expecting(String text) {
        return new Problem(span, message, text, hint);
    }

    /** Message and expectation in one line, without the place. */
    public String headline() {
        return expected.isEmpty() ? message : message + "; expected " + expected;
    }

    /**
     * The problem for a person, over several lines without a final line end:
     *
     * <pre>
     * file:line:column: message
     *    12 | the line
     *       |     ^^^^
     *   hint: …
     * </pre>
     *
     * Of a very long line only the neighbourhood of the place is shown.
     */
    public String render() {
        Source source = span.source();
        Position at = span.position();
        int lineEnd = source.lineEnd(at.line());
        int from = source.lineStart(at.line());
        int start = Math.min(span.start(), lineEnd);
        int shownFrom = start - from > WINDOW ? start - WINDOW / 2 : from;
        int shownTo = Math.min(lineEnd, start + WINDOW);
        String number = String.format("%6d", at.line());
        StringBuilder out = new StringBuilder();
        out.append(span).append(": ").append(headline()).append('\n');
        out.append(number).append(" | ");
        out.append(shownFrom > from ? "…" : "").append(source.text(), shownFrom, shownTo);
        out.append(shownTo < lineEnd ? "…" : "").append('\n');
        out.append(" ".repeat(number.length())).append(" | ").append(shownFrom > from ? " " : "");
        // tabs are copied, so that the caret stands under its character whatever their width
        source.text().substring(shownFrom, start).codePoints().forEach(c -> out.append(c == '\t' ? '\t' : ' '));
        out.append("^".repeat(Math.max(1, Math.min(span.end(), shownTo) - start)));
        if (!hint.isEmpty()) {
            out.append("\n  hint: ").append(hint);
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return span + ": " + headline();
    }
}
