package org.adjoint.lang;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens of one block, as parallel arrays: a block of ten megabytes has millions.
 *
 * <p>Symbols, words and names carry their canonical text ({@code ≤} is {@code <=}, {@code β} is {@code beta}); numbers
 * and strings their text as written. After the last token there is one of kind {@link Kind#END}.
 */
final class Tokens {

    enum Kind {
        NUMBER, NAME, STRING, SYMBOL, SUPERSCRIPT, ID, ERROR, END
    }

    private static final int NO_INDENT = -1;

    private final Source source;
    private final Dialect dialect;
    private final Map<Integer, Problem> errors = new HashMap<>();
    private final Map<String, String> shared = new HashMap<>();
    private Kind[] kinds = new Kind[64];
    private String[] texts = new String[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] indents = new int[64];
    private int[] partners = {};
    private int size;

    Tokens(Source source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    Source source() {
        return source;
    }

    Dialect dialect() {
        return dialect;
    }

    /** How many there are, without the END. */
    int size() {
        return size - 1;
    }

    Kind kind(int i) {
        return kinds[i];
    }

    String text(int i) {
        return texts[i];
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    Span span(int i) {
        return source.span(starts[i], ends[i]);
    }

    /** From the start of token {@code first} to the end of token {@code last}. */
    Span span(int first, int last) {
        return source.span(starts[first], Math.max(ends[last], starts[first]));
    }

    boolean startsLine(int i) {
        return indents[i] != NO_INDENT;
    }

    /** The column at which the line of a token that starts its line begins, tabs reaching to multiples of 8. */
    int indent(int i) {
        return indents[i];
    }

    boolean isSymbol(int i, String text) {
        return kinds[i] == Kind.SYMBOL && texts[i].equals(text);
    }

    boolean isWord(int i, String word) {
        return kinds[i] == Kind.NAME && texts[i].equals(word);
    }

    /** Whether token {@code i} follows the one before it without a blank. */
    boolean touchesPrevious(int i) {
        return i > 0 && starts[i] == ends[i - 1];
    }

    /** What is wrong with a token of kind {@link Kind#ERROR}. */
    Problem error(int i) {
        return errors.getOrDefault(i, Problem.at(span(i), "unexpected text"));
    }

    void add(Kind kind, String text, int start, int end, int indent) {
        if (size == kinds.length) {
            grow();
        }
        kinds[size] = kind;
        // names and symbols repeat; numbers and strings seldom do
        texts[size] = kind == Kind.NAME || kind == Kind.SYMBOL ? shared.computeIfAbsent(text, t -> t) : text;
        starts[size] = start;
        ends[size] = end;
        indents[size] = indent;
        size++;
    }

    void addError(Problem problem, int start, int end, int indent) {
        errors.put(size, problem);
        add(Kind.ERROR, "", start, end, indent);
    }

    /** Ends the block at an offset and pairs the brackets. */
    void finish(int offset) {
        add(Kind.END, "", offset, offset, NO_INDENT);
        partners = Brackets.partners(this);
    }

    /** For a bracket the token that it is paired with, or −1 when there is none. */
    int partner(int i) {
        return partners[i];
    }

    /** The token as a message quotes it. */
    String quote(int i) {
        return kinds[i] == Kind.END ? "the end" : "`" + Excerpt.of(source.text().substring(starts[i], ends[i])) + "`";
    }

    private void grow() {
        int capacity = size * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        texts = Arrays.copyOf(texts, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        indents = Arrays.copyOf(indents, capacity);
    }
}
