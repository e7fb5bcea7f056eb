package org.adjoint.lang;

/**
 * A stretch of a source, from offset {@code start} to before offset {@code end}.
 *
 * @param source the text
 * @param start  offset of the first character
 * @param end    offset after the last character
 */
public record Span(Source source, int start, int end) {

    /** Checks the bounds. */
    public Span {
        if (start < 0 || end < start || end > source.text().length()) {
            throw new IndexOutOfBoundsException("span " + start + ".." + end + " of " + source.name());
        }
    }

    /** What messages call the text: the file. */
    public String file() {
        return source.name();
    }

    /** Line of the first character, from 1. */
    public int line() {
        return position().line();
    }

    /** Column of the first character, from 1. */
    public int column() {
        return position().column();
    }

    /** Line and column of the first character. */
    public Position position() {
        return source.position(start);
    }

    /** How many characters the stretch has. */
    public int length() {
        return end - start;
    }

    /** The text exactly as written. */
    public String text() {
        return source.text().substring(start, end);
    }

    /** From the start of this stretch to the end of {@code last}. */
    public Span to(Span last) {
        return new Span(source, start, Math.max(end, last.end));
    }

    /** {@code file:line:column}. */
    @Override
    public String toString() {
        return file() + ":" + position();
    }
}
