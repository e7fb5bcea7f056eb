package org.adjoint.lang;

import java.util.Arrays;

/** A named text with its lines: a file, or an argument of the command line. Lines end with LF, CRLF or CR. */
public final class Source {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    private Source(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    /** The text {@code text} that messages call {@code name}. A leading byte order mark is dropped. */
    public static Source of(String name, String text) {
        return new Source(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** What messages call this text: a path as the user gave it, or something like {@code <expression>}. */
    public String name() {
        return name;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** How many lines there are; an empty text has one. */
    public int lineCount() {
        return lineStarts.length;
    }

    /** The offset at which line {@code line}, counted from 1, starts. */
    public int lineStart(int line) {
        return lineStarts[line - 1];
    }

    /** The offset just after the last character of line {@code line}, its line end left out. */
    public int lineEnd(int line) {
        int end = line < lineStarts.length ? lineStarts[line] : text.length();
        int start = lineStarts[line - 1];
        if (end > start && text.charAt(end - 1) == '\n') {
            end--;
        }
        return end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** Line and column of an offset. */
    public Position position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, text.codePointCount(lineStarts[line], Math.min(offset, text.length())) + 1);
    }

    /** The stretch from {@code start} to before {@code end}. */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    /** The whole text as one stretch. */
    public Span whole() {
        return span(0, text.length());
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[Math.max(16, text.length() / 32)];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    @Override
    public String toString() {
        return name;
    }
}
