package org.adjoint.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.adjoint.lang.Problem;
import org.adjoint.lang.Source;

/**
 * A problem file: Markdown whose fenced blocks marked {@code adjoint}, {@code adjoint matlab} or {@code adjoint math}
 * hold statements, and whose headings open scopes.
 *
 * @param scope    the file as a scope, with the sections inside
 * @param problems what could not be read, in the order of the text; the rest is in the scope
 */
public record ProblemFile(Source source, Scope scope, List<Problem> problems) {

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read at all; a file of the wrong kind has a problem instead
     */
    public static ProblemFile read(Path path) throws IOException {
        return of(path.toString(), Files.readAllBytes(path));
    }

    /** Reads the bytes of a file, which must be UTF-8. */
    public static ProblemFile of(String name, byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        Source source = Source.of(name, text.flip().toString());
        int binary = source.text().indexOf('\0');
        if (result.isError() || binary >= 0) {
            int place = binary >= 0 ? binary : source.text().length();
            String found = binary >= 0 ? "a zero byte" : "bytes that are not UTF-8";
            return unreadable(source,
                    Problem.at(source.span(place, place), "this is not a text file: it has " + found)
                            .expecting("Markdown in UTF-8"));
        }
        return of(source);
    }

    /** Reads a text. */
    public static ProblemFile of(Source source) {
        if (source.text().isBlank()) {
            return unreadable(source, Problem.at(source.span(0, 0), "the file is empty")
                    .expecting("Markdown with blocks fenced by ```adjoint"));
        }
        return new MarkdownReader(source).read();
    }

    private static ProblemFile unreadable(Source source, Problem problem) {
        Scope empty = new Scope(source.name(), 0, source.whole(), List.of(), List.of());
        return new ProblemFile(source, empty, List.of(problem));
    }
}
