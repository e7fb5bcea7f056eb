package org.adjoint.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.adjoint.lang.Dialect;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Source;
import org.adjoint.lang.Span;
import org.adjoint.lang.Statement;
import org.commonmark.node.Block;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;

/** Finds headings and fenced blocks in a Markdown text and reads the statements in the blocks. */
final class MarkdownReader {

    /** A scope whose end has not come. */
    private static final class Open {
        final String title;
        final int level;
        final Span span;
        final List<Statement> statements = new ArrayList<>();
        final List<Scope> children = new ArrayList<>();

        Open(String title, int level, Span span) {
            this.title = title;
            this.level = level;
            this.span = span;
        }
    }

    private final Source source;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();

    MarkdownReader(Source source) {
        this.source = source;
    }

    ProblemFile read() {
        // only blocks matter here: inline text is kept as it is, which also keeps long paragraphs cheap
        org.commonmark.parser.Parser markdown = org.commonmark.parser.Parser.builder()
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .inlineParserFactory(context -> (lines, node) -> node.appendChild(new Text(lines.getContent())))
                .build();
        open.push(new Open(source.name(), 0, source.whole()));
        Deque<Node> todo = new ArrayDeque<>();
        todo.push(markdown.parse(source.text()));
        while (!todo.isEmpty()) {
            Node node = todo.pop();
            if (node instanceof Heading heading && heading.getParent() instanceof Document) {
                heading(heading);
            } else if (node instanceof FencedCodeBlock block) {
                fence(block);
            } else if (node instanceof Block) {
                for (Node child = node.getLastChild(); child != null; child = child.getPrevious()) {
                    todo.push(child);
                }
            }
        }
        closeTo(1);
        problems.sort(Comparator.comparingInt(p -> p.span().start()));
        return new ProblemFile(source, scope(open.pop()), List.copyOf(problems));
    }

    private void heading(Heading heading) {
        closeTo(heading.getLevel());
        String title = heading.getFirstChild() instanceof Text text ? text.getLiteral().strip() : "";
        List<Span> lines = lines(heading);
        Span span = lines.get(0).to(lines.get(lines.size() - 1));
        open.push(new Open(title, heading.getLevel(), span));
    }

    /** Ends the scopes of this level and deeper ones. */
    private void closeTo(int level) {
        while (open.element().level >= level) {
            Scope done = scope(open.pop());
            open.element().children.add(done);
        }
    }

    private static Scope scope(Open open) {
        return new Scope(open.title, open.level, open.span, List.copyOf(open.statements), List.copyOf(open.children));
    }

    private void fence(FencedCodeBlock block) {
        List<Span> lines = lines(block);
        if (lines.isEmpty()) {
            return;
        }
        boolean closed = block.getClosingFenceLength() != null;
        List<Span> content = lines.subList(1, closed ? lines.size() - 1 : lines.size());
        fence(lines.get(0), block.getInfo(), content, closed);
    }

    /** A block whose content may hold the opening of the next one, when its own end is missing. */
    private void fence(Span opening, String opened, List<Span> lines, boolean closed) {
        Span fence = opening;
        String info = opened;
        List<Span> rest = lines;
        while (isOurs(info)) {
            int next = 0;
            while (next < rest.size() && !isFence(rest.get(next).text())) {
                next++;
            }
            boolean inner = next < rest.size();
            if (inner || !closed) {
                problems.add(Problem.at(fence, "the block that starts here does not end")
                        .expecting("a line ``` after its last statement"));
            }
            block(fence, info, rest.subList(0, next), !inner && closed);
            if (!inner) {
                return;
            }
            fence = rest.get(next);
            info = fence.text().strip().replaceFirst("^[`~]+", "");
            rest = rest.subList(next + 1, rest.size());
        }
    }

    private void block(Span fence, String info, List<Span> lines, boolean closed) {
        Optional<Dialect> dialect = dialect(info);
        if (dialect.isEmpty()) {
            problems.add(new Problem(fence, "unknown dialect in `" + info.strip() + "`",
                    "adjoint, adjoint matlab or adjoint math", ""));
            return;
        }
        Parser.Block read = Parser.statements(source, lines, dialect.get());
        int end = Integer.MAX_VALUE;
        if (!closed && !read.problems().isEmpty()) {
            // from the first line that is no statement on, it is most likely prose
            end = read.problems().get(0).span().start();
        } else {
            problems.addAll(read.problems());
        }
        for (Statement statement : read.statements()) {
            if (statement.span().start() < end) {
                open.element().statements.add(statement);
            }
        }
    }

    private static Optional<Dialect> dialect(String info) {
        String[] words = info.strip().toUpperCase(Locale.ROOT).split("\\s+");
        if (words.length == 1) {
            return Optional.of(Dialect.NUMPY);
        }
        for (Dialect dialect : Dialect.values()) {
            if (words.length == 2 && words[1].equals(dialect.name())) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    private static boolean isOurs(String info) {
        return info.strip().split("\\s+")[0].equals("adjoint");
    }

    private static boolean isFence(String line) {
        String text = line.strip();
        return text.startsWith("```") || text.startsWith("~~~");
    }

    private List<Span> lines(Node node) {
        List<Span> lines = new ArrayList<>();
        for (SourceSpan span : node.getSourceSpans()) {
            int start = source.lineStart(span.getLineIndex() + 1) + span.getColumnIndex();
            lines.add(source.span(start, start + span.getLength()));
        }
        return lines;
    }
}
